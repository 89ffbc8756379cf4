/** 关账: every invariant is checked on the stored rows, and only then the year is closed for good. */
import type { Database } from '../db/connect';
import { type InvariantResult, checkInvariants } from '../audit/invariants';
import { once } from '../db/once';
import { markClosed } from '../db/year-opening';

/** What stops a closing: it undoes the transaction that had begun to close. */
class NotInOrder extends Error {
  constructor(readonly broken: InvariantResult[]) {
    super('The books are not in order.');
  }
}

export const createClosingActivities = (pool: Database) => ({
  /**
   * Closes the year when every invariant holds; otherwise says which are broken and closes nothing. The year is closed
   * first and checked in the same transaction, so that no entry can come in between.
   */
  async closeBooks({
    year,
    date,
  }: {
    year: number;
    date: string;
  }): Promise<{ closed: boolean; broken: InvariantResult[] }> {
    try {
      return await once(pool, { key: `fund-year-${year}/closed`, input: { year, date } }, async (trx) => {
        await markClosed(trx, year, date);
        const broken = (await checkInvariants(trx, year, true)).filter((one) => one.broken.length > 0);
        if (broken.length > 0) throw new NotInOrder(broken);
        return { closed: true, broken };
      });
    } catch (error) {
      if (error instanceof NotInOrder) return { closed: false, broken: error.broken };
      throw error;
    }
  },
});
