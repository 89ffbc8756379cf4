/** Calendar arithmetic of a workflow: on whole dates, in UTC, so that no worker's time zone can reach it. */

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The last day of a month. */
export function monthEnd(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${twoDigits(month)}-${twoDigits(last)}`;
}
