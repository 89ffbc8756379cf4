/**
 * Calendar days as ISO dates such as `2028-02-29`. No clock and no time zone: a day of the law is a day on the calendar.
 * When a day begins in China is the matter of beijing-time.ts.
 */
import { Temporal } from 'temporal-polyfill';

const DATE = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a text is a real date, `YYYY-MM-DD`, of the years 1 to 9999. */
export function isRealDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map((part) => Number.parseInt(part, 10));
  if (year === undefined || month === undefined || day === undefined) return false;
  // Every month has 28 days: without this shortcut a large roll would call the library a million times.
  return day <= 28 || day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** A day of a year, given as `MM-DD`. */
export const dateIn = (year: number, monthDay: string): string => `${String(year).padStart(4, '0')}-${monthDay}`;

/** The date so many days later; earlier for a negative number. */
export const daysAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** The same day so many months later, or the last day of that month where it has no such day. */
export const monthsAfter = (date: string, months: number): string =>
  Temporal.PlainDate.from(date).add({ months }).toString();

/** How many days `to` lies after `from`; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** How many whole months can be added to a date: a year of an ISO date has four digits. */
export const monthsLeft = (date: string): number => {
  const { year, month } = Temporal.PlainDate.from(date);
  return (9999 - year) * 12 + (12 - month);
};

/** The last day of a month (1 to 12). */
export const monthEnd = (year: number, month: number): string =>
  Temporal.PlainDate.from({ year, month, day: 31 }).toString();

export const lastDayOfFebruary = (year: number): string => monthEnd(year, 2);

/** The quarter of a date, such as `2028-3`. */
export const quarterOf = (date: string): string =>
  `${date.slice(0, 4)}-${Math.ceil(Number.parseInt(date.slice(5, 7), 10) / 3)}`;
