/** 更正: who changed which imported row, why, from what to what. The database lets no row be changed without one (0011). */
import type { Transaction } from './connect';
import { selectOne } from './rows';

/** Who corrects, and why; `system` fills what was empty and lets provisional openings follow the books. */
export interface Correction {
  reason: string;
  operator: string;
}

/** Keeps a correction for the transaction that makes it. Returns its number. */
export async function noteCorrection(
  trx: Transaction,
  year: number,
  { file, key, before, after }: { file: string; key: object; before: object; after: object },
  { reason, operator }: Correction,
): Promise<string> {
  const row = await selectOne<{ id: string }>(
    trx,
    `insert into fund.correction (fund_year, file, key, before, after, reason, operator)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [year, file, JSON.stringify(key), JSON.stringify(before), JSON.stringify(after), reason, operator],
  );
  return row?.id as string;
}
