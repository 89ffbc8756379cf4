/** An instant as a person in China reads it: 2026-09-01 00:00:00. */
export const beijingTime = (instant: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
