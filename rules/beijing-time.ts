/** Time in China, eight hours ahead of UTC all year (without summer time since 1991), whatever a machine's own zone is. */
export const AHEAD = 8 * 60 * 60 * 1000; // milliseconds

/** An instant as a person in China reads it: 2026-09-01 00:00:00. */
export const beijingTime = (instant: string): string =>
  new Date(Date.parse(instant) + AHEAD).toISOString().slice(0, 19).replace('T', ' ');
