/**
 * Calendar days as ISO dates such as `2028-02-29`. No clock and no time zone: a day of the law is a day on the calendar, and
 * a JavaScript date is used for its Gregorian calendar only, in UTC. When a day begins in China is the matter of
 * beijing-time.ts.
 */
const DATE = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MILLISECONDS_A_DAY = 86_400_000;

/** The start of a day in UTC, in milliseconds; `month` counts from 1, and a day 0 is the last of the month before. */
const startOf = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month - 1, day);
const isoDate = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
const numbersOf = (date: string) =>
  date.split('-').map((part) => Number.parseInt(part, 10)) as [year: number, month: number, day: number];

/** Whether a text is a real date, `YYYY-MM-DD`, of the years 1 to 9999. */
export function isRealDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year, month, day] = numbersOf(text);
  // Every month has 28 days, and this is asked for every payment row.
  return day <= 28 || text <= monthEnd(year, month);
}

/** A day of a year, given as `MM-DD`. */
export const dateIn = (year: number, monthDay: string): string => `${String(year).padStart(4, '0')}-${monthDay}`;

/** The date so many days later; earlier for a negative number. */
export const daysAfter = (date: string, days: number): string => isoDate(Date.parse(date) + days * MILLISECONDS_A_DAY);

/** The same day so many months later, or the last day of that month where it has no such day. */
export function monthsAfter(date: string, months: number): string {
  const [year, month, day] = numbersOf(date);
  const sameDay = isoDate(startOf(year, month + months, day));
  const end = isoDate(startOf(year, month + months + 1, 0));
  return sameDay < end ? sameDay : end;
}

/** How many days `to` lies after `from`; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / MILLISECONDS_A_DAY;

/** How many whole months can be added to a date: a year of an ISO date has four digits. */
export const monthsLeft = (date: string): number => {
  const [year, month] = numbersOf(date);
  return (9999 - year) * 12 + (12 - month);
};

/** The last day of a month (1 to 12). */
export const monthEnd = (year: number, month: number): string => isoDate(startOf(year, month + 1, 0));

/** The last day of the month that a date lies in. */
export function endOfMonth(date: string): string {
  const [year, month] = numbersOf(date);
  return monthEnd(year, month);
}

export const lastDayOfFebruary = (year: number): string => monthEnd(year, 2);

/** The months of a year up to one of them. */
export const monthsTo = (month: number): number[] => Array.from({ length: month }, (_, i) => i + 1);

export const QUARTERS = [1, 2, 3, 4] as const;
export type Quarter = (typeof QUARTERS)[number];
/** The last month of a quarter. */
export const lastMonthOf = (quarter: Quarter): number => 3 * quarter;

/** The quarter of a date, such as `2028-3`. */
export const quarterOf = (date: string): string =>
  `${date.slice(0, 4)}-${Math.ceil(Number.parseInt(date.slice(5, 7), 10) / 3)}`;
