/** Calendar arithmetic on ISO dates: whole days, in UTC, so that no machine's time zone can reach it. */

const isoDate = (day: Date): string => day.toISOString().slice(0, 10);

/** The last day of a month. */
export const monthEnd = (year: number, month: number): string => isoDate(new Date(Date.UTC(year, month, 0)));

/** The quarter a date falls into, e.g. `2028-3`. */
export const quarterOf = (date: string): string =>
  `${date.slice(0, 4)}-${Math.ceil(Number.parseInt(date.slice(5, 7), 10) / 3)}`;

/** The date so many days after another; before it for a negative number. */
export function daysAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return isoDate(day);
}
