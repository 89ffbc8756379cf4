/**
 * 年度归档: the rows of persons of a closed year, copied into files and taken out of the database, and put back from them. Whoever
 * calls acts as the owner. Archiving is one transaction, and so is restoring: a kill leaves the rows where they were.
 */
import { type Hash, createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type Queryable, type Transaction, connectionOf } from './connect';
import { execute, insertRows, select, selectOne } from './rows';

/** The tables with a partition for each year, referenced ones first. */
const PERSON_TABLES = [
  'resident_roll',
  'full_aid_enrolment',
  'received_payment',
  'resident_payment',
  'enrolment_history',
] as const;
type PersonTable = (typeof PERSON_TABLES)[number];

export interface ArchivedTable {
  name: PersonTable;
  columns: string;
  rows: string;
  sha256: string;
}
export interface Archive {
  folder: string;
  archived_on: string;
  tables: ArchivedTable[];
}

export const fileOf = (name: string): string => `${name}.csv.gz`;

/** Where the rows of a year are; undefined where they are in the database. */
export async function archiveOf(db: Queryable, year: number): Promise<Archive | undefined> {
  const rows = await select<ArchivedTable & Omit<Archive, 'tables'>>(
    db,
    `select name, columns, rows, sha256, folder, archived_at::date as archived_on from fund.archived_table
     where fund_year = :year and restored_at is null order by array_position(:tables::text[], name)`,
    { year, tables: PERSON_TABLES },
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const tables = rows.map(({ name, columns, rows: count, sha256 }) => ({ name, columns, rows: count, sha256 }));
  return { folder: first.folder, archived_on: first.archived_on, tables };
}

/** What to say where rows of persons of an archived year are asked for; null where they are in the database. */
export async function archivedInWords(db: Queryable, year: number): Promise<string | null> {
  const archive = await archiveOf(db, year);
  if (archive === undefined) return null;
  const { folder, archived_on } = archive;
  return `${year} 年度的个人明细已于 ${archived_on} 归档至 ${folder}，恢复（fund archive --restore）后可查 (the rows of persons are archived there)`;
}

/** Whether the login may take tables out: it owns them. */
export async function isOwner(db: Queryable): Promise<boolean> {
  const row = await selectOne<{ owner: boolean }>(
    db,
    `select pg_has_role(relowner, 'USAGE') as owner from pg_class where oid = 'fund.resident_roll'::regclass`,
  );
  return row?.owner === true;
}

interface Partition {
  name: PersonTable;
  partition: string;
  columns: string;
}

/** The partitions that a year has. */
const partitionsOf = (trx: Transaction, year: number): Promise<Partition[]> =>
  select(
    trx,
    `select name, partition, string_agg(quote_ident(attname), ', ' order by attnum) as columns
     from unnest(:tables::text[]) with ordinality as t (name, place)
     cross join lateral (select 'fund.' || fund.partition_name(name, :year) as partition) p
     join pg_attribute on attrelid = to_regclass(partition) and attnum > 0 and not attisdropped
     group by name, partition, place order by place`,
    { tables: PERSON_TABLES, year },
  );

/** A stage of a pipeline that lets bytes through and takes their hash. */
function hashing() {
  const hash = createHash('sha256');
  return { through: (bytes: AsyncIterable<Buffer>) => passing(bytes, hash), digest: () => hash.digest('hex') };
}
async function* passing(bytes: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Copies a year's roll, payments, full aid and earlier enrolment into files of a folder. Each file is on the disk, and was read again, before this returns. */
export async function copyOut(trx: Transaction, year: number, folder: string): Promise<ArchivedTable[]> {
  const copied: ArchivedTable[] = [];
  for (const table of await partitionsOf(trx, year)) copied.push(await copyTable(trx, table, folder));
  return copied;
}

async function copyTable(
  trx: Transaction,
  { name, partition, columns }: Partition,
  folder: string,
): Promise<ArchivedTable> {
  const file = join(folder, fileOf(name));
  const connection = await connectionOf(trx);
  const source = connection.query(copyTo(`copy ${partition} (${columns}) to stdout (format csv, header)`));
  const [rows, bytes] = [hashing(), hashing()];
  // A new file, for its owner's eyes alone.
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(source, rows.through, createGzip({ level: GZIP_LEVEL }), bytes.through, target);
  const [rowsAgain, bytesAgain] = [hashing(), hashing()];
  await pipeline(createReadStream(file), bytesAgain.through, createGunzip(), rowsAgain.through, nowhere());
  const sha256 = bytes.digest();
  const count = await selectOne<{ rows: string }>(trx, `select count(*) as rows from ${partition}`);
  if (rowsAgain.digest() !== rows.digest() || bytesAgain.digest() !== sha256 || String(source.rowCount) !== count?.rows)
    throw new Error(`${file} does not hold what the database has: use another disk.`);
  return { name, columns, rows: count.rows, sha256 };
}
/** Level 6, the default, is 50 % slower, for files 10 % smaller. */
const GZIP_LEVEL = 3;

/** How long to wait for the lock of a table: meanwhile every new query on it queues behind us. */
const PATIENCE = '10s';

/** Takes the rows out of the database, and notes where they are from now on. */
export async function takeOut(
  trx: Transaction,
  year: number,
  { tables, folder, by }: { tables: readonly ArchivedTable[]; folder: string; by: string },
): Promise<void> {
  await execute(trx, `set local lock_timeout = '${PATIENCE}'`);
  for (const { name, partition } of (await partitionsOf(trx, year)).reverse()) {
    await execute(trx, `alter table fund.${name} detach partition ${partition}`);
    await execute(trx, `drop table ${partition}`);
  }
  await insertRows(
    trx,
    'archived_table',
    tables.map((table) => ({ fund_year: year, ...table, folder, archived_by: by })),
  );
}

/** A file of an archive is not the one that was written. */
export class OtherFile extends Error {
  override name = 'OtherFile';
}

/** Puts the rows of a year back, from the very files that were written. */
export async function putBack(
  trx: Transaction,
  year: number,
  { tables, folder, by }: { tables: readonly ArchivedTable[]; folder: string; by: string },
): Promise<void> {
  for (const { name, sha256 } of tables) {
    const file = join(folder, fileOf(name));
    const bytes = hashing();
    await pipeline(createReadStream(file), bytes.through, nowhere());
    if (bytes.digest() !== sha256) throw new OtherFile(file);
  }
  for (const table of tables) await restoreTable(trx, year, table, folder);
  await execute(
    trx,
    'update fund.archived_table set restored_by = :by, restored_at = now() where fund_year = :year and restored_at is null',
    { year, by },
  );
}

async function restoreTable(
  trx: Transaction,
  year: number,
  { name, columns, rows }: ArchivedTable,
  folder: string,
): Promise<void> {
  const made = await selectOne<{ partition: string }>(trx, 'select fund.create_partition(:name, :year) as partition', {
    name,
    year,
  });
  const connection = await connectionOf(trx);
  const target = connection.query(
    copyFrom(`copy ${made?.partition} (${columns}) from stdin (format csv, header match)`),
  );
  await pipeline(createReadStream(join(folder, fileOf(name))), createGunzip(), target);
  if (String(target.rowCount) !== rows) throw new Error(`${target.rowCount} of ${rows} rows of ${name} were read.`);
  await execute(trx, 'select fund.attach_partition(:name, :year)', { name, year });
  await execute(trx, `analyze ${made?.partition}`);
}
