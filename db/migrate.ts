/**
 * The schema, brought up to date by knex. Files of `db/migrations` are applied once each, in the order of their names, and
 * never change; files of `db/views` and `db/functions` define the current state, and are applied again whenever they have
 * changed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { type Database, type Queryable, type Transaction, againIfCut, connect, inTransaction } from './connect';
import { execute, select, selectOne } from './rows';

interface SchemaFile {
  name: string; // with its folder, e.g. functions/books.sql
  sha256: string;
}
type Readable = SchemaFile & { sql: string; sha256WithCrlf: string };

const filesOf = (folder: string): Readable[] =>
  readdirSync(join(__dirname, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(__dirname, folder, file), 'utf8');
      return { name: `${folder}/${file}`, ...hashed(text) };
    });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A text with its hash, both with LF, even where a checkout has turned every LF into CRLF. */
export function hashed(text: string): Pick<Readable, 'sql' | 'sha256' | 'sha256WithCrlf'> {
  const sql = text.replaceAll('\r\n', '\n');
  return { sql, sha256: sha256(sql), sha256WithCrlf: sha256(sql.replaceAll('\n', '\r\n')) };
}

/** Whether this was the hash of the file: earlier releases took it from the bytes on disk, which may have had CRLF. */
const isOf = (file: Readable, hash: string | undefined): boolean =>
  hash === file.sha256 || hash === file.sha256WithCrlf;

const migrations = (): Readable[] => filesOf('migrations');
/** Views first: functions read them. */
const repeatables = (): Readable[] => [...filesOf('views'), ...filesOf('functions')];

/** The hash of every file when it was last applied. */
async function applied(db: Queryable): Promise<Map<string, string>> {
  const rows = await select<SchemaFile>(db, 'select name, sha256 from public.fund_schema_file');
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

/**
 * How the database compares with this program: it has exactly our files; also later migrations, of a newer release; not yet all
 * of ours; or a migration with other content. Any role of the fund may ask.
 */
export async function schemaState(db: Queryable): Promise<'current' | 'newer' | 'behind' | 'changed'> {
  const known = await selectOne<{ table: string | null }>(db, `select to_regclass('public.fund_schema_file') as table`);
  if (known?.table == null) return 'behind';
  const then = await applied(db);
  const ours = migrations();
  if (ours.some(({ name }) => !then.has(name))) return 'behind';
  if (ours.some((file) => !isOf(file, then.get(file.name)))) return 'changed';
  if ([...then.keys()].filter((name) => name.startsWith('migrations/')).length > ours.length) return 'newer';
  return repeatables().every((file) => isOf(file, then.get(file.name))) ? 'current' : 'behind';
}

/**
 * Brings the schema up to date, all in one transaction. Safe to call by many at once: an advisory lock makes them take turns,
 * and since it ends with its session, a migration that was killed leaves nothing locked. A login that may not change the schema
 * can call it too when there is nothing to do. Begins again when its session is cut.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const database = connect(databaseUrl, 'owner', 1);
  await againIfCut(() => bringUpToDate(database)).finally(() => database.destroy());
}

async function bringUpToDate(database: Database): Promise<void> {
  if (['current', 'newer'].includes(await schemaState(database))) return;
  await inTransaction(database, async (trx) => {
    await execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund migrations', 0))`);
    await refuseEarlierRelease(trx);
    await execute(
      trx,
      `create table if not exists public.fund_schema_file (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    );
    await refuseEdited(trx);
    const ofKnex = {
      migrationSource: new SqlFiles(),
      schemaName: 'public',
      tableName: 'fund_migration',
      disableMigrationsListValidation: true, // a newer release may have applied more
    };
    // Knex's own lock is a row, which a killed tool may have left locked. Our lock is enough.
    await trx.migrate.forceFreeMigrationsLock(ofKnex);
    const [, ran] = (await trx.migrate.latest(ofKnex)) as [batch: number, names: string[]];
    const then = await applied(trx);
    // Some of them go over all tables: new tables need them as well.
    for (const file of repeatables()) if (ran.length > 0 || !isOf(file, then.get(file.name))) await apply(trx, file);
    // Whoever works or reads may ask how the schema stands.
    await execute(trx, 'grant select on public.fund_schema_file to fund_worker, fund_reader');
  });
}

/** The migrations as knex sees them. */
class SqlFiles implements Knex.MigrationSource<Readable> {
  getMigrations = (): Promise<Readable[]> => Promise.resolve(migrations());
  getMigrationName = ({ name }: Readable): string => name;
  getMigration = (file: Readable): Promise<Knex.Migration> =>
    Promise.resolve({
      up: (trx) => apply(trx, file),
      down: () => Promise.reject(new Error(`Migrations only go forward: write a new one that undoes ${file.name}.`)),
    });
}

async function apply(db: Queryable, { name, sql, sha256 }: Readable): Promise<void> {
  await execute(db, sql);
  await execute(
    db,
    `insert into public.fund_schema_file (name, sha256) values (:name, :sha256)
     on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
    { name, sha256 },
  );
}

async function refuseEdited(trx: Transaction): Promise<void> {
  const then = await applied(trx);
  const edited = migrations().find((file) => then.has(file.name) && !isOf(file, then.get(file.name)));
  if (edited !== undefined) {
    throw new Error(`${edited.name} was applied with other content. Write a new migration, never edit one.`);
  }
}

/** A database from before knex ran the migrations: its files have since been merged into others. */
async function refuseEarlierRelease(trx: Transaction): Promise<void> {
  const earlier = await selectOne(
    trx,
    `select from pg_attribute where attrelid = to_regclass('public.fund_migration') and attname = 'sha256'`,
  );
  if (earlier !== undefined) {
    throw new Error('The database was made by a release that this one cannot continue: use another database.');
  }
}
