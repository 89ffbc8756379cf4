/** 导入结果: what became of an import. What it took is stored in the transaction that took it. */
import { type Fault, faultText } from '../pack';
import type { Queryable } from './connect';
import { insertRows } from './rows';

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

/** By the key of the attempt; undefined while it is not over. */
export async function importReport(db: Queryable, key: string): Promise<ImportReport | undefined> {
  const row = await db('import_report').where({ key }).first('receipt', 'faults');
  if (row === undefined) return undefined;
  const { receipt, faults } = row;
  return receipt === null ? { faults: faults as StatedFault[] } : { receipt: receipt as ImportReceipt };
}

export const noteReport = (db: Queryable, year: number, key: string, report: ImportReport): Promise<void> =>
  insertRows(db, 'import_report', [{ receipt: null, faults: null, ...report, key, fund_year: year }]);
