/** 关账: every invariant is checked on the stored rows, and only then the year is closed for good. */
import type { Pool } from 'pg';
import { type InvariantResult, checkInvariants } from '../audit/invariants';
import { once } from '../db/once';
import { markClosed } from '../db/year-opening';

export const createClosingActivities = (pool: Pool) => ({
  /** Closes the year when every invariant holds; otherwise says which are broken and closes nothing. */
  async closeBooks({
    year,
    date,
  }: {
    year: number;
    date: string;
  }): Promise<{ closed: boolean; broken: InvariantResult[] }> {
    const results = await checkInvariants(pool, year, true);
    const broken = results.filter((one) => one.broken.length > 0);
    if (broken.length > 0) return { closed: false, broken };
    return once(pool, { key: `fund-year-${year}/closed`, input: { year, date } }, async (trx) => {
      await markClosed(trx, year, date);
      return { closed: true, broken: [] };
    });
  },
});
