/** 按季预缴: the days of a fund year's calendar on which its levy is prepaid. They fix how much has been prepaid by a date. */
import { CALENDAR, PREPAYMENTS } from './calendar';
import type { Law } from './law';

/** The days of the four instalments, in their order. */
const instalmentDays = (law: Law): string[] => PREPAYMENTS.map((step) => law.text(CALENDAR[step].name));

/** How many instalments fall due on or before a date. */
export const instalmentsDueBy = (law: Law, date: string): number =>
  instalmentDays(law).filter((day) => day <= date).length;

/** The months of the instalments, as a reason quotes them: 1、4、7、10. */
export const instalmentMonths = (law: Law): string =>
  instalmentDays(law)
    .map((day) => Number.parseInt(day.slice(5, 7), 10))
    .join('、');
