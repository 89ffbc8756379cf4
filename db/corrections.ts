/** Corrections (更正): who changed which imported row, why, from what to what. The database refuses to change a row without one. */
import type { Proof } from '../signing/act-text';
import type { Queryable, Transaction } from './connect';
import { select, selectOne } from './rows';

/** Who corrects, and why. The operator `system` fills empty cells and keeps provisional openings equal to the books. */
export interface Correction {
  reason: string;
  operator: string;
  proof?: Proof; // over the files; recorded by the import before anything is corrected
}

/** What to do with a row that differs from the stored one, where a correction may replace that. */
export const TO_CORRECT =
  '核对；确需更正的，说明理由更正：在办事台“文件”页，或命令加 --correct 理由 --as 工号 (check it; a correction gives its reason)';

/** Stores the correction that allows the changes of this transaction. Returns its number. */
export async function noteCorrection(
  trx: Transaction,
  year: number,
  { file, key, before, after }: { file: string; key: object; before: object; after: object },
  { reason, operator, proof }: Correction,
): Promise<string> {
  const row = await selectOne<{ id: string }>(
    trx,
    `insert into fund.correction (fund_year, file, key, before, after, reason, operator, proof)
     values (:year, :file, :key, :before, :after, :reason, :operator, :proof) returning id`,
    {
      year,
      file,
      key: JSON.stringify(key),
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      reason,
      operator,
      proof: proof?.nonce ?? null,
    },
  );
  return row?.id as string;
}

/** A row as this transaction has corrected it. */
export type CorrectedRow = Omit<StoredCorrection, 'id' | 'at'>;

/** The rows that this transaction has corrected, but for those about persons. */
export const correctedNow = (trx: Transaction, year: number): Promise<CorrectedRow[]> =>
  select(
    trx,
    `select file, key, before, after, reason, operator from fund.correction
     where fund_year = :year and made_xid = pg_current_xact_id() and not key ? 'line' and not key ? 'person' order by id`,
    { year },
  );

/** A stored correction: the cells of one row before and after. */
export interface StoredCorrection {
  id: string;
  file: string;
  key: Record<string, string>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: string;
  operator: string;
  /** Beijing time, to the minute. */
  at: string;
}

/** The corrections of a year, in their order. */
export const corrections = (db: Queryable, year: number): Promise<StoredCorrection[]> =>
  select(
    db,
    `select id::text, file, key, before, after, reason, operator,
       to_char(corrected_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as at
     from fund.correction where fund_year = :year order by id`,
    { year },
  );
