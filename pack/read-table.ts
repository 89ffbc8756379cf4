/** Reads a CSV file of a pack against its table, as a stream; every fault of every record is reported. */
import { createHash } from 'node:crypto';
import type { FaultList } from './fault';
import { type Source, lineBatches } from './lines';
import type { PlainLines } from './plain-line';
import { records } from './records';
import { RowReader, type SeenKeys } from './row-reader';
import type { Columns, Known, Row, Table } from './table';

/** A file of the pack as it was read. */
export interface PackFile {
  file: string;
  sha256: string;
  rows: number;
}

interface TableContext {
  known: Known;
  faults: FaultList;
  keys: SeenKeys;
}

/** Who sees the bytes of a file, and who takes its plain lines, which are then not among the rows. */
interface Beside {
  onBytes?: (bytes: Buffer) => void;
  plain?: PlainLines;
}

/** The rows of a file that are in order, in batches and including other years; the faults of all others are reported. */
export async function* rowBatches<C extends Columns>(
  source: Source,
  table: Table<C>,
  { known, faults, keys }: TableContext,
  { onBytes, plain }: Beside = {},
): AsyncGenerator<Row<C>[]> {
  const report = faults.of(source.file);
  const rows = new RowReader(source.file, table, { known, keys, report });
  for await (const batch of records(lineBatches(source, onBytes, plain), report)) {
    yield batch.flatMap((record) => rows.read(record) ?? []);
  }
  rows.reportMissingHeader();
}

/** Reads one file. `onRow` gets the rows without fault; files of one kind share `keys`. */
export async function readTable<C extends Columns>(
  source: Source,
  table: Table<C>,
  context: TableContext,
  onRow: (row: Row<C>) => void,
): Promise<PackFile> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const batch of rowBatches(source, table, context, { onBytes: (bytes) => hash.update(bytes) })) {
    rows += batch.length;
    batch.forEach(onRow);
  }
  return { file: source.file, sha256: hash.digest('hex'), rows };
}
