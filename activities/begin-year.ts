/** 启动年度: what the schedule of 1 September does. It makes the year a live one; which year that is, the calendar says. */
import type { Database } from '../db/connect';
import { type YearRow, beginLiveYear } from '../db/year-opening';
import { fundYearOn } from '../parameters';

export interface Begun extends YearRow {
  year: number;
}

export const createBeginningActivities = (pool: Database) => ({
  /** Begins the fund year whose cycle is the last to have started by `date` (in China); one that has begun stays as it is. */
  async beginYear({ date, year = fundYearOn(date) }: { date: string; year?: number }): Promise<Begun> {
    return { year, ...(await beginLiveYear(pool, year)) };
  },
});
