/**
 * Beijing time (北京时间), the one time of China: eight hours ahead of UTC, all year since the last summer time ended on
 * 15 September 1991. The zone of the machine plays no part.
 */
import { daysAfter } from './calendar-day';

const AHEAD = 8 * 60 * 60 * 1000; // milliseconds

const clockAt = (instant: Date): string => new Date(instant.getTime() + AHEAD).toISOString();

/** An instant as a person in China reads it: 2026-09-01 00:00:00. */
export const beijingTime = (instant: string): string => clockAt(new Date(instant)).slice(0, 19).replace('T', ' ');

/** The date in China at an instant. */
export const beijingDate = (instant: Date): string => clockAt(instant).slice(0, 10);

/** The instant at which a date begins in China, in milliseconds since 1970. */
export const startOfDay = (date: string): number => Date.parse(date) - AHEAD;

/** The instant at which a date is over in China. */
export const endOfDay = (date: string): number => startOfDay(daysAfter(date, 1));
