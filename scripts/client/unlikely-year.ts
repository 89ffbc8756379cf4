/** A year that is begun by a slip of the hand, such as 2072 for 2027, would wait for its files for decades. */
import type { Database } from '../../db/connect';
import { yearStatus } from '../../db/fund-year';
import { yearsToBegin } from '../../parameters';
import { Refusal } from '../words/refusal';

/** Refuses to begin a year that is neither under way nor the next one; a year that the database has is begun already. */
export async function refuseUnlikelyYear(pool: Database, year: number, today: string): Promise<void> {
  const likely = yearsToBegin(today);
  if (likely.includes(year) || (await yearStatus(pool, year)) !== undefined) return;
  throw new Refusal(
    `${year} 年度不在可启动的年度（${likely.join('、')}）之内，未启动；确要启动的，请执行 fund start --year ${year} --confirm ${year}` +
      ` (not begun: neither under way nor the next year; confirm it if it is meant)`,
  );
}
