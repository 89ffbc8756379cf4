/** The roll of a pack (参保登记), streamed from its files again after the pack was found to be in order. */
import { join } from 'node:path';
import { FaultList, faultText } from './fault';
import { type TableSource, rowBatches } from './read-table';
import { ROLL, type RollRow } from './tables';

/** The rows of one roll file for the coverage year `year`, in batches. */
export async function* rollRows(
  source: TableSource,
  year: number,
  onBytes?: (bytes: Buffer) => void,
): AsyncGenerator<RollRow[]> {
  const faults = new FaultList();
  const context = { known: { schemesOf: null, year }, faults, keys: null };
  for await (const batch of rowBatches(source, ROLL, context, onBytes)) {
    yield batch.filter((row) => ROLL.isOf(row, year));
  }
  const [fault] = faults.all();
  if (fault)
    throw new Error(`${join(source.directory, source.file)} changed after the pack was read: ${faultText(fault)}`);
}
