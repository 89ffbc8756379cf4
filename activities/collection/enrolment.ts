/** 参保连续性: how the persons paid in an area were enrolled before, counted when its collection is reconciled. */
import type { Transaction } from '../../db/connect';
import { enrolledBefore, hasEnrolmentHistory } from '../../db/enrolment';
import { insertRows } from '../../db/rows';
import { enrolmentRows } from '../../figures/collection/enrolment';
import type { Law } from '../../parameters/law';

export async function recordEnrolment(trx: Transaction, law: Law, year: number, area: string): Promise<void> {
  if (!(await hasEnrolmentHistory(trx, year))) return;
  await insertRows(trx, 'enrolment', enrolmentRows(law, year, area, await enrolledBefore(trx, year, area)));
}
