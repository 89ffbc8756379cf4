/** 受理: decides payment rows; what a row that came late changes of the months that were checked is reckoned again with it. */
import type { Transaction } from '../../db/connect';
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
