/**
 * Until when a live year waits for its first files: the day on which its cycle starts. And in how many days a proposed operator is to be
 * appointed: no document says; it is given the days in which files are reported.
 */
import { cycleStartOf } from './calendar';
import { DAYS_TO_REPORT } from './files';

/** `today`: the date in China. */
export const waitDates = (today: string) => ({ today, filesDueOn: cycleStartOf, daysToAppoint: DAYS_TO_REPORT });
