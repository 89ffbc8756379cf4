/** The measure that the collection is held to: a bare COPY of the same two files into tables with the keys and indexes of ours. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { secondsOf } from './timed-run';

const ROLL_COLUMNS = 'person, area, banner, "group", coverage_year';
const PAYMENT_COLUMNS = 'receipt, person, area, coverage_year, amount, paid_at, kind, original_receipt';
const asText = (columns: string): string =>
  columns
    .split(', ')
    .map((name) => `${name} text`)
    .join(', ');

const TABLES = `
  create schema bare_copy;
  create table bare_copy.roll (${asText(ROLL_COLUMNS)}, primary key (coverage_year, person, area));
  create index on bare_copy.roll (coverage_year, area);
  create table bare_copy.payment (id bigint generated always as identity primary key, ${asText(PAYMENT_COLUMNS)});
  create index on bare_copy.payment (coverage_year, receipt);
  create index on bare_copy.payment (coverage_year, person);
  create index on bare_copy.payment (coverage_year, area)`;

/** The seconds it takes; its tables are gone afterwards, and what was written is on the disk. */
export async function bareCopy(databaseUrl: string, pack: string): Promise<{ roll: number; payments: number }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const copied = (file: string, into: string): Promise<number> =>
    secondsOf(() =>
      pipeline(
        createReadStream(join(pack, file), { highWaterMark: 1 << 20 }),
        client.query(copyFrom(`copy bare_copy.${into} from stdin (format csv, header)`)),
      ),
    );
  try {
    await client.query(TABLES);
    const roll = await copied('resident_roll.csv', `roll (${ROLL_COLUMNS})`);
    const payments = await copied('resident_payments.csv', `payment (${PAYMENT_COLUMNS})`);
    await client.query('drop schema bare_copy cascade');
    await client.query('checkpoint');
    return { roll, payments };
  } finally {
    await client.end();
  }
}
