/** 受理: decides the payment rows that wait. */
import type { Transaction } from '../../db/connect';
import { decidePayments, firstWaitingDay } from '../../db/residents';

/** Accepts or quarantines them, of all areas together: one person may be on two rolls. Returns the earliest day among them. */
export async function decideWaiting(trx: Transaction, year: number): Promise<string | null> {
  const first = await firstWaitingDay(trx, year);
  await decidePayments(trx, year);
  return first;
}
