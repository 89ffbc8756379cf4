/** Time in China for workflows: eight hours ahead of UTC all year, and no worker's own time zone. */
const HOUR = 60 * 60 * 1000; // milliseconds
const AHEAD = 8 * HOUR; // without summer time since 1991
const DAY = 24 * HOUR;

/** The date in China at an instant. */
export const shanghaiDate = (instant: Date): string => new Date(instant.getTime() + AHEAD).toISOString().slice(0, 10);

/** An instant as a clock in China shows it, e.g. `2027-09-01 08:30`. */
export const shanghaiTime = (instant: Date): string =>
  new Date(instant.getTime() + AHEAD).toISOString().slice(0, 16).replace('T', ' ');

/** The instant at which a date begins in China, in milliseconds since 1970. */
export const startOfDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) - AHEAD;

/** The instant at which a date is over in China. */
export const endOfDay = (date: string): number => startOfDay(date) + DAY;
