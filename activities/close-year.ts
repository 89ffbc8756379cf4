/** 关账: the year is closed for good once every invariant holds on the stored rows. */
import { type InvariantResult, checkInvariants } from '../audit/invariants';
import { endDifferenceTasks } from '../db/agreement';
import type { Database } from '../db/connect';
import { lockYear, markClosed } from '../db/fund-year';
import { once } from '../db/once';
import { dateIn } from '../rules/calendar-day';
import { actKey } from '../rules/keys';
import { agreeWithBank } from './agreement';
import { bind } from './bind';

/** Thrown to roll back a closing whose books are not in order. */
class NotInOrder extends Error {
  constructor(readonly broken: InvariantResult[]) {
    super('The books are not in order.');
  }
}

interface Closing {
  closed: boolean;
  broken: InvariantResult[];
  /** The workflows that were still asking about differences of books and bank; left out where there are none. */
  asked?: string[];
}

/**
 * Closes the year when every invariant holds; otherwise reports the broken ones and closes nothing. The year is marked closed
 * first and checked in the same transaction, so that no entry can slip in between.
 */
export async function closeBooks(database: Database, { year, date }: { year: number; date: string }): Promise<Closing> {
  try {
    return await once(database, { key: actKey.yearClosed(year), input: { year, date } }, async (trx) => {
      await lockYear(trx, year);
      await agreeWithBank(trx, year, dateIn(year, '12-31'));
      const asked = await endDifferenceTasks(trx, year);
      await markClosed(trx, year, date);
      const broken = (await checkInvariants(trx, year, true)).filter((invariant) => invariant.broken.length > 0);
      if (broken.length > 0) throw new NotInOrder(broken);
      return { closed: true, broken, ...(asked.length > 0 ? { asked } : {}) };
    });
  } catch (error) {
    if (error instanceof NotInOrder) return { closed: false, broken: error.broken };
    throw error;
  }
}

export const createClosingActivities = (database: Database) => bind(database, { closeBooks });
