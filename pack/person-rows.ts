/** The other files of persons of a pack, streamed again after the pack was found to be in order: no file is held in memory. */
import { join } from 'node:path';
import { FaultList, faultText } from './fault';
import type { Source } from './lines';
import { rowBatches } from './read-table';
import type { Columns, Row, Table } from './table';

/** The rows of one file, in batches. */
export async function* personRows<C extends Columns>(
  table: Table<C>,
  source: Source,
  onBytes: (bytes: Buffer) => void,
): AsyncGenerator<Row<C>[]> {
  const faults = new FaultList();
  yield* rowBatches(source, table, { known: { schemesOf: null, year: null }, faults, keys: null }, { onBytes });
  const [fault] = faults.all();
  if (fault)
    throw new Error(`${join(source.directory, source.file)} changed after the pack was read: ${faultText(fault)}`);
}
