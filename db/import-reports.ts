/** 导入结果: what became of an import. What it took is stored in the transaction that took it. */
import { type Fault, faultText } from '../pack';
import type { Proof } from '../signing/act-text';
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
  /** The row may be taken all the same, as a correction with its reason. */
  correctable?: true;
}

/** 导入途径: by which way files come. */
export type ImportChannel = 'desk' | 'command' | 'inbox';

/** Who brings files. */
export interface Sender {
  operator: string;
  proof?: Proof; // over the files
}

/** Which import a report is of. */
export interface Reported {
  key: string;
  year: number;
  /** Left out by those that were ordered before this was kept. */
  channel?: ImportChannel | undefined;
  operator?: string | undefined;
  /** Of an import that took something: the number of the signature under it. */
  proof?: string | undefined;
  /** Only what it would take was asked. */
  check?: true | undefined;
}

export type ImportReport = { receipt: ImportReceipt } | { faults: StatedFault[] };

export const stated = (faults: readonly Fault[]): StatedFault[] =>
  faults.map((fault) => ({
    file: fault.file,
    text: faultText(fault),
    ...(fault.correctable && { correctable: fault.correctable }),
  }));

/** By the key of the import; undefined while it is not over. */
export async function importReport(db: Queryable, key: string): Promise<ImportReport | undefined> {
  const row = await db('import_report').where({ key }).first('receipt', 'faults');
  if (row === undefined) return undefined;
  const { receipt, faults } = row;
  return receipt === null ? { faults: faults as StatedFault[] } : { receipt: receipt as ImportReceipt };
}

/** Notes it once: of two tries at the same time, the first to be done counts. */
export async function noteReport(
  db: Queryable,
  { key, year, channel, operator, proof, check }: Reported,
  report: ImportReport,
): Promise<void> {
  const { receipt, faults } = { receipt: null, faults: null, ...report };
  await execute(
    db,
    `insert into fund.import_report (key, fund_year, receipt, faults, channel, operator, proof, only_check)
     values (:key, :year, :receipt, :faults, :channel, :operator, :proof, :check) on conflict (key) do nothing`,
    {
      ...{ key, year, channel: channel ?? null, operator: operator ?? null, proof: proof ?? null },
      ...{ receipt: receipt && JSON.stringify(receipt), faults: faults && JSON.stringify(faults) },
      check: check ?? false,
    },
  );
}
