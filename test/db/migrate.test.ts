/** The schema only goes forward: each migration once, whoever calls and how often; views and functions as the files say now. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTEMPTS, type Database, connect, inTransaction } from '../../db/connect';
import { hashed, migrate, schemaState } from '../../db/migrate';
import { execute, select } from '../../db/rows';
import { schemaOf } from './schema';

const namesIn = (folder: string): string[] =>
  readdirSync(join(__dirname, '../../db', folder))
    .sort()
    .map((file) => `${folder}/${file}`);
const MIGRATIONS = namesIn('migrations');
const REPEATABLES = [...namesIn('functions'), ...namesIn('views')];

let server: Database;
let url: string;
let database: Database;
beforeEach(async () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const address = new URL(process.env.FUND_TEST_DATABASE as string);
  server = connect(address.href, 'owner', 1);
  await execute(server, `create database ${name}`);
  address.pathname = `/${name}`;
  url = address.href;
  database = connect(url, 'owner', 2);
});
afterEach(async () => {
  await database.destroy();
  await execute(server, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await server.destroy();
});

const namesOf = async (sql: string): Promise<string[]> =>
  (await select<{ name: string }>(database, sql)).map(({ name }) => name);
const migrated = (): Promise<string[]> => namesOf('select name from public.fund_migration order by id');
const applied = (): Promise<string[]> => namesOf('select name from public.fund_schema_file order by name collate "C"');

test('every migration is applied in the order of the names, and every view and function', async () => {
  await migrate(url);
  expect(await migrated()).toEqual(MIGRATIONS);
  expect(await applied()).toEqual([...MIGRATIONS, ...REPEATABLES].sort());
  expect(await schemaState(database)).toBe('current');
});

test('who held an office before appointments goes on to hold it, in years that are open and closed', async () => {
  const run = (name: string) => execute(database, readFileSync(join(__dirname, '../../db', name), 'utf8'));
  const [before, after] = [
    MIGRATIONS.filter((name) => name < 'migrations/0018'),
    MIGRATIONS.filter((name) => name >= 'migrations/0018'),
  ];
  for (const name of before) await run(name);
  await execute(
    database,
    `insert into fund.fund_year (year, mode, status, closed_on) values (2027, 'live', 'closed', '2028-05-31'), (2028, 'live', 'open', null);
     insert into fund.operator (fund_year, operator, name, role, line)
       values (2027, 'a', '甲', 'region_security', 2), (2028, 'a', '甲', 'region_security', 2);
     -- As the triggers of that release do, which are there while the migrations run.
     create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
     create trigger corrected_only before update on fund.operator for each row execute function public.refuse()`,
  );
  for (const name of after) await run(name);
  expect(await select(database, 'select fund_year from fund.operator where appointed_at is not null')).toHaveLength(2);
});

test('twice does no harm', async () => {
  await migrate(url);
  await execute(database, `insert into fund.fund_year (year, mode) values (2028, 'run')`);
  const before = await schemaOf(database);
  await migrate(url);
  expect(await schemaOf(database)).toBe(before);
  expect(await select(database, 'select year from fund.fund_year')).toEqual([{ year: 2028 }]);
});

test('five at once do what one does', async () => {
  await Promise.all([1, 2, 3, 4, 5].map(() => migrate(url)));
  expect(await migrated()).toEqual(MIGRATIONS);
});

test('views and functions that have changed are applied again, all of them also over themselves', async () => {
  await migrate(url);
  const before = await schemaOf(database);
  await execute(database, `update public.fund_schema_file set sha256 = 'older' where name not like 'migrations/%'`);
  await execute(database, 'drop view fund.area_by_person cascade');
  expect(await schemaState(database)).toBe('behind');
  await migrate(url);
  expect(await schemaOf(database)).toBe(before);
  expect(await schemaState(database)).toBe('current');
});

test('a migration that was edited after it was applied is refused, by name', async () => {
  await migrate(url);
  const [, , name] = MIGRATIONS;
  await execute(database, `update public.fund_schema_file set sha256 = 'of another text' where name = :name`, { name });
  expect(await schemaState(database)).toBe('changed');
  await execute(database, `update public.fund_schema_file set sha256 = 'older' where name like 'views/%'`);
  await execute(database, `delete from public.fund_schema_file where name = :last`, { last: MIGRATIONS.at(-1) });
  await expect(migrate(url)).rejects.toThrow(`${String(name)} was applied with other content`);
});

test('a database that a checkout with CRLF has migrated is as good as ours, and can be brought up to date', async () => {
  await migrate(url);
  for (const name of [...MIGRATIONS, ...REPEATABLES]) {
    const { sha256WithCrlf: crlf } = hashed(readFileSync(join(__dirname, '../../db', name), 'utf8'));
    await execute(database, 'update public.fund_schema_file set sha256 = :crlf where name = :name', { crlf, name });
  }
  expect(await schemaState(database)).toBe('current');
  await execute(database, `update public.fund_schema_file set sha256 = 'older' where name = :last`, {
    last: REPEATABLES.at(-1),
  });
  await migrate(url);
  expect(await schemaState(database)).toBe('current');
});

test('a database of a newer release is left as it is', async () => {
  await migrate(url);
  await execute(
    database,
    `insert into public.fund_schema_file (name, sha256) values ('migrations/9999_later.sql', 'x');
     update public.fund_schema_file set sha256 = 'newer' where name like 'functions/%'`,
  );
  expect(await schemaState(database)).toBe('newer');
  await migrate(url);
  expect(await schemaState(database)).toBe('newer');
});

test('a database from before the migrations were folded is refused', async () => {
  await execute(database, 'create table public.fund_migration (name text primary key, sha256 text not null)');
  await expect(migrate(url)).rejects.toThrow('use another database');
});

test('a migration that fails leaves the database as it was', async () => {
  // The schema is there already, and not by us: the first file cannot be applied.
  await execute(database, 'create schema fund');
  await expect(migrate(url)).rejects.toThrow('already exists');
  const rows = await select(database, `select to_regclass('public.fund_migration') as migrations`);
  expect(rows).toEqual([{ migrations: null }]);
});

test('a lock that another tool has left in the table of knex does not get in the way', async () => {
  await migrate(url);
  await execute(database, 'update public.fund_migration_lock set is_locked = 1');
  const [first] = await select<{ name: string }>(
    database,
    'delete from public.fund_migration where id = (select min(id) from public.fund_migration) returning name',
  );
  await execute(database, 'delete from public.fund_schema_file where name = :name', { name: first?.name });
  // It comes as far as the file, which is there already.
  await expect(migrate(url)).rejects.toThrow(/already exists|does not exist|is not a view/);
});

describe('a migration whose session is cut while it waits for its turn', () => {
  /** Starts a migration while the lock is held by which migrations take turns, and cuts so many sessions that wait for it. */
  async function cutWhileWaiting(cuts: number): Promise<{ migrating: Promise<void> }> {
    return inTransaction(database, async (trx) => {
      await execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund migrations', 0))`);
      const migrating = migrate(url);
      migrating.catch(() => undefined); // it is awaited after the lock is given back
      const cut: number[] = [];
      while (cut.length < cuts) {
        const waiting = await select<{ pid: number }>(
          database,
          `select pid, pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and pid <> all (:cut)`,
          { cut },
        );
        cut.push(...waiting.map(({ pid }) => pid));
      }
      return { migrating };
    });
  }

  test.each([1, 3])('%d times, continues in another one', async (cuts) => {
    const { migrating } = await cutWhileWaiting(cuts);
    await migrating;
    expect(await schemaState(database)).toBe('current');
  });

  test('again and again, fails and leaves nothing behind, not even a lock', async () => {
    const { migrating } = await cutWhileWaiting(ATTEMPTS);
    await expect(migrating).rejects.toThrow(/terminat/);
    await migrate(url);
    expect(await schemaState(database)).toBe('current');
  });
});
