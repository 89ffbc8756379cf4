/** Records findings (发现问题) in the transaction of the act that made them. */
import type { Transaction } from '../db/connect';
import { insertRows } from '../db/rows';
import type { Finding } from '../figures/finding';

export async function recordFindings(trx: Transaction, fundYear: number, findings: readonly Finding[]): Promise<void> {
  await insertRows(
    trx,
    'finding',
    findings.map(({ month, reckoning = 1, subject, because, raised, ...finding }) => ({
      fund_year: fundYear,
      ...finding,
      because: { figure: because, raised: { ...because, formula: raised, value: true } },
      month: month ?? null,
      reckoning,
      subject: subject ?? '',
    })),
  );
}
