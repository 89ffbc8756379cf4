/** The files that a year has taken, each with its SHA-256. */
import type { Pack } from '../pack';
import type { Transaction } from './connect';

interface TakenFile {
  sha256: string;
  rows: number;
}

/** What was found out about one file when the pack was read. */
export const packFile = (pack: Pack, file: string): TakenFile =>
  pack.files.find((known) => known.file === file) ?? { sha256: '', rows: 0 };

/** Whether the year has taken a file with the same bytes, under whatever name. */
export async function isTaken(trx: Transaction, { year }: Pack, { sha256 }: TakenFile): Promise<boolean> {
  return (await trx('pack_file').where({ fund_year: year, sha256 }).first('file')) !== undefined;
}

/** That a file arrived matters even when it has no rows (READINGS 62). */
export const noteFile = (
  trx: Transaction,
  { year }: Pack,
  file: string,
  { sha256, rows }: TakenFile,
): Promise<unknown> =>
  trx('pack_file')
    .insert({ fund_year: year, file, sha256, rows })
    .onConflict(['fund_year', 'file'])
    .merge(['sha256', 'rows']);
