/**
 * The large tables of persons have a partition for each year. The first rows of a year go into a table of their own that has no index yet
 * and becomes the partition once it is filled (`db/functions/partitions.sql`).
 */
import type { Transaction } from './connect';
import type { Room } from './copy-rows';
import { execute, selectOne } from './rows';

type Partitioned = 'resident_roll' | 'received_payment' | 'enrolment_history';

/** A new table for the rows of a year; null where the year has its partition already. */
export async function newPartition(trx: Transaction, table: Partitioned, year: number): Promise<Room | null> {
  const row = await selectOne<{ name: string | null }>(trx, 'select fund.open_partition(:table, :year) as name', {
    table,
    year,
  });
  return row === undefined || row.name === null ? null : { table: row.name, isNew: true };
}

/** Makes the filled table the partition of the roll, and counts its persons. */
export const attachRoll = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, 'select fund.attach_roll(:year)', { year });

/** Where rows of a year go, and what to call once they are in it. */
export async function roomFor(
  trx: Transaction,
  table: 'received_payment' | 'enrolment_history',
  year: number,
): Promise<{ room: Room; attach: () => Promise<unknown> }> {
  const room = await newPartition(trx, table, year);
  return room === null
    ? { room: { table: `fund.${table}`, isNew: false }, attach: () => Promise.resolve() }
    : { room, attach: () => execute(trx, 'select fund.close_partition(:table, :year)', { table, year }) };
}
