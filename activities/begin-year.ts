/** 启动年度: what the schedule of 1 September does. It makes the year a live one; the calendar says which year that is. */
import type { Database } from '../db/connect';
import { type YearRow, beginLiveYear } from '../db/fund-year';
import { fundYearOn } from '../parameters';
import { bind } from './bind';

export interface Begun extends YearRow {
  year: number;
}

/** Begins the fund year whose cycle was the last to start by `date` (in China); a year that has begun stays as it is. */
export async function beginYear(
  database: Database,
  { date, year = fundYearOn(date) }: { date: string; year?: number },
): Promise<Begun> {
  return { year, ...(await beginLiveYear(database, year)) };
}

export const createBeginningActivities = (database: Database) => bind(database, { beginYear });
