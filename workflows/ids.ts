/** The only place that spells a workflow id or a task queue. Ids carry business facts, never a person. */
import type { Scheme } from '../rules/vocabulary';

export const TASK_QUEUE = 'fund';

/** The schedule of 1 September, and the first part of the ids of what it starts. */
export const YEAR_STARTER = 'fund-year-starter';
/** The schedule of the hourly watchdog, and the first part of the ids of what it starts. */
export const WATCHDOG = 'fund-watchdog';

export const fundYearId = (year: number): string => `fund-year-${year}`;
export const collectionId = (year: number, area: string): string => `${fundYearId(year)}-collection-${area}`;
export const budgetId = (year: number, scheme: Scheme, area: string): string =>
  `${fundYearId(year)}-budget-${scheme}-${area}`;
export const monthlyCheckId = (year: number, month: number): string =>
  `${fundYearId(year)}-surplus-${year}-${String(month).padStart(2, '0')}`;
export const adjustmentId = (year: number, scheme: Scheme): string => `${fundYearId(year)}-adjustment-${scheme}`;
export const emergencyId = (year: number, scheme: Scheme, area: string, number: number): string =>
  `${fundYearId(year)}-emergency-${scheme}-${area}-${number}`;
export const closingId = (year: number): string => `${fundYearId(year)}-closing`;
export const methodId = (year: number): string => `${fundYearId(year)}-method`;
