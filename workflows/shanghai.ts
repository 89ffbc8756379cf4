/** Dates in China as workflows wait for them. */
import { AHEAD } from '../rules/beijing-time';

const DAY = 24 * 60 * 60 * 1000; // milliseconds

/** The date in China at an instant. */
export const shanghaiDate = (instant: Date): string => new Date(instant.getTime() + AHEAD).toISOString().slice(0, 10);

/** The instant at which a date begins in China, in milliseconds since 1970. */
export const startOfDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) - AHEAD;

/** The instant at which a date is over in China. */
export const endOfDay = (date: string): number => startOfDay(date) + DAY;
