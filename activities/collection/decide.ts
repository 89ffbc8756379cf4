/** 受理: decides payment rows; what a row that came late changes of the months that were checked is reckoned again with it. */
import type { Transaction } from '../../db/connect';
import { execute } from '../../db/rows';
import { areasHoldingAdvance } from '../../db/opening';
import { daysAfter, dateIn } from '../../rules/calendar-day';
import { holdYear } from '../../db/fund-year';
import { decidePayments, firstUndecidedDay } from '../../db/residents';
import { recheckMonths } from '../reckoned-months';

/** Accepts or quarantines every row paid by `through`, of all areas together: one person may be on two rolls. */
export async function decideDue(trx: Transaction, year: number, through: string): Promise<void> {
  await holdYear(trx, year);
  const first = await firstUndecidedDay(trx, year, through);
  await decidePayments(trx, year, through);
  if (first !== null) await recheckMonths(trx, year, first);
}

/**
 * Reads what holds once every row of before the year is decided, and decides none: a run has the rows of its pack before their day
 * has come, and an opening on receipts holds what they bring. Where no opening does, there is nothing to look ahead for.
 */
export async function decidedAhead<Read>(trx: Transaction, year: number, read: () => Promise<Read>): Promise<Read> {
  if ((await areasHoldingAdvance(trx, year, 'resident')).size === 0) return read();
  await execute(trx, 'savepoint ahead', {});
  await decidePayments(trx, year, daysAfter(dateIn(year, '01-01'), -1));
  const found = await read();
  await execute(trx, 'rollback to savepoint ahead', {});
  return found;
}
