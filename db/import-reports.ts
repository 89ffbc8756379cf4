/** 导入结果: what became of an import. What it took is stored in the transaction that took it. */
import { type Fault, faultText } from '../pack';
import type { Queryable } from './connect';
import { execute } from './rows';

export interface ImportReceipt {
  /** Rows by file: added, corrected, and those that were there already. */
  files: Record<string, { added: number; corrected: number; unchanged: number }>;
  /** What the person should look at, although it was accepted; left out when there is nothing. */
  notes?: string[];
}

/** A fault as a sentence, and the file that it is about. */
export interface StatedFault {
  file: string;
  text: string;
}

export type ImportReport = { receipt: ImportReceipt } | { faults: StatedFault[] };

export const stated = (faults: readonly Fault[]): StatedFault[] =>
  faults.map((fault) => ({ file: fault.file, text: faultText(fault) }));

/** By the key of the import; undefined while it is not over. */
export async function importReport(db: Queryable, key: string): Promise<ImportReport | undefined> {
  const row = await db('import_report').where({ key }).first('receipt', 'faults');
  if (row === undefined) return undefined;
  const { receipt, faults } = row;
  return receipt === null ? { faults: faults as StatedFault[] } : { receipt: receipt as ImportReceipt };
}

/** Notes it once: of two tries at the same time, the first to be done counts. */
export async function noteReport(db: Queryable, year: number, key: string, report: ImportReport): Promise<void> {
  const { receipt, faults } = { receipt: null, faults: null, ...report };
  await execute(
    db,
    `insert into fund.import_report (key, fund_year, receipt, faults) values (:key, :year, :receipt, :faults)
     on conflict (key) do nothing`,
    { key, year, receipt: receipt && JSON.stringify(receipt), faults: faults && JSON.stringify(faults) },
  );
}
