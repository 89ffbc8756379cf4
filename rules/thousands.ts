/** 千分位: a number as text with the digits before its point grouped by thousands, 1234567.80 → 1,234,567.80. */
export const withThousands = (number: string): string =>
  number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
