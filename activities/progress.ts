/** 未办结事项: what is left of a part of the year. The year waits for it, whoever does it and in whichever workflow. */
import type { Database } from '../db/connect';
import { type Left, leftOf } from '../db/done';
import { bind } from './bind';

/** The parts of a year that other workflows do. */
export interface Undone {
  year: number;
  what: 'budgets' | 'collections' | 'accounts' | 'adjustments';
}

/** How much is left, and the first of it by name. Changes nothing. */
export const whatIsLeft = (database: Database, { year, what }: Undone): Promise<Left> => leftOf(database, year, what);

export const createProgressActivities = (database: Database) => bind(database, { whatIsLeft });
