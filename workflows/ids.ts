/** The only place that spells a workflow id or a task queue. Ids carry business facts, never a person. */
import type { Scheme } from '../rules/vocabulary';

export const TASK_QUEUE = 'fund';

export const fundYearId = (year: number): string => `fund-year-${year}`;
export const collectionId = (year: number, area: string): string => `${fundYearId(year)}-collection-${area}`;
export const budgetId = (year: number, scheme: Scheme, area: string): string =>
  `${fundYearId(year)}-budget-${scheme}-${area}`;
export const monthlyCheckId = (year: number, month: number): string =>
  `${fundYearId(year)}-surplus-${year}-${String(month).padStart(2, '0')}`;
export const adjustmentId = (year: number, scheme: Scheme): string => `${fundYearId(year)}-adjustment-${scheme}`;
export const closingId = (year: number): string => `${fundYearId(year)}-closing`;
export const methodId = (year: number): string => `${fundYearId(year)}-method`;
