/** Calendar dates as text. No clock, no time zone: the dates of law are dates in China. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The number of days of a month (1–12); 0 when there is no such month. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);

/** Whether `text` is a real date `YYYY-MM-DD`, of the year 1 or later. */
export function isRealDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return year > 0 && day >= 1 && day <= daysInMonth(year, month);
}

export const fourDigits = (year: number): string => String(year).padStart(4, '0');
export const lastDayOfFebruary = (year: number): string => `${fourDigits(year)}-02-${daysInMonth(year, 2)}`;
