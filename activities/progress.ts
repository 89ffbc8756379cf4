/** 未办结事项: what is left of a part of the year. The year waits for it, whoever does it and in whichever workflow. */
import type { Database } from '../db/connect';
import { type Left, leftOf } from '../db/done';

/** The parts of a year that others do. */
export interface Undone {
  year: number;
  what: 'budgets' | 'collections' | 'accounts' | 'adjustments';
}

export const createProgressActivities = (pool: Database) => ({
  /** How much is left, and the first of it by name. Changes nothing. */
  whatIsLeft({ year, what }: Undone): Promise<Left> {
    return leftOf(pool, year, what);
  },
});
