/** 启动年度: what the schedule of 1 September does. It makes the year a live one; the calendar says which year that is. */
import type { Database } from '../db/connect';
import { type LiveYearRow, beginLiveYear, yearStatus } from '../db/fund-year';
import { fundYearOn, yearsToBegin } from '../parameters';
import { bind } from './bind';

interface Beginning {
  date: string; // in China
  /** The year that a person has typed, an unlikely one twice; when left out, the year that the date belongs to is begun. */
  year?: number;
  confirm?: number;
}
type Begun = { year: number } & (LiveYearRow | { likely: number[] });

/**
 * Begins the fund year whose cycle was the last to start by `date`; a year that has begun stays as it is. A typed year that is
 * neither under way nor the next one is begun only when it is confirmed.
 */
export async function beginYear(database: Database, { date, confirm, ...typed }: Beginning): Promise<Begun> {
  const { year = fundYearOn(date) } = typed;
  const likely = yearsToBegin(date);
  if (!likely.includes(year) && confirm !== year && (await yearStatus(database, year)) === undefined) {
    return { year, likely };
  }
  return { year, ...(await beginLiveYear(database, year)) };
}

export const createBeginningActivities = (database: Database) => bind(database, { beginYear });
