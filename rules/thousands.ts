/** 千分位: a number as text with the digits before its point grouped by thousands, 1234567.80 → 1,234,567.80. */
export const withThousands = (number: string): string =>
  number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** An amount as a person reads it: `-1234567.80` → `-1,234,567.80 元`. */
export const inYuan = (amount: string): string => `${withThousands(amount)} 元`;
