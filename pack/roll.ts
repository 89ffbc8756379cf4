/**
 * The roll of a pack (参保登记): judged when the pack is read, and streamed from its files again when it is loaded. A region has
 * 16 million persons on it, so no row is kept.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FaultList, faultText } from './fault';
import { PlainRoll, type PlainRollRow } from './plain-roll';
import type { Source } from './lines';
import { type PackFile, rowBatches } from './read-table';
import type { Known } from './table';
import { ROLL, type RollRow } from './tables';

/** Judges one file, row by row; whether a person is there twice is asked of all files together (`reportRepeatedPersons`). */
export async function judgeRoll(source: Source, known: Known, faults: FaultList): Promise<PackFile> {
  const hash = createHash('sha256');
  let rows = 0;
  const plain = new PlainRoll(known, () => (rows += 1));
  const beside = { plain, onBytes: (bytes: Buffer) => hash.update(bytes) };
  for await (const batch of rowBatches(source, ROLL, { known, faults, keys: null }, beside)) rows += batch.length;
  return { file: source.file, sha256: hash.digest('hex'), rows };
}

/**
 * The rows of one roll file for the coverage year `year`, in batches. Plain ones go to `onPlain`, of whatever year, before the batch
 * that they were read with.
 */
export async function* rollRows(
  source: Source,
  year: number,
  onPlain: (row: PlainRollRow) => void,
  onBytes: (bytes: Buffer) => void,
): AsyncGenerator<RollRow[]> {
  const faults = new FaultList();
  const context = { known: { schemesOf: null, year: null }, faults, keys: null };
  const plain = new PlainRoll(context.known, (row) => {
    if (row.cells.year(row.places.coverage_year) === year) onPlain(row);
  });
  for await (const batch of rowBatches(source, ROLL, context, { onBytes, plain })) {
    yield batch.filter((row) => ROLL.isOf(row, year));
  }
  const [fault] = faults.all();
  if (fault)
    throw new Error(`${join(source.directory, source.file)} changed after the pack was read: ${faultText(fault)}`);
}
