/** Migrations go forward, once, whoever calls them and how often; an applied file never changes. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { execute, select } from '../../db/rows';

const FILES = readdirSync(join(__dirname, '../../db/migrations')).sort();

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
  database = connect(url, 'owner', 1);
});
afterEach(async () => {
  await database.destroy();
  await execute(server, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await server.destroy();
});

/** Every table, column, constraint, trigger and function of the fund, as one text. */
async function schema(): Promise<string> {
  const rows = await select<{ thing: string }>(
    database,
    `
    select concat_ws(' ', table_name, column_name, data_type, domain_name, is_nullable, column_default) as thing
    from information_schema.columns where table_schema = 'fund'
    union all select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'fund'::regnamespace
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'fund'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'fund'
    order by 1`,
  );
  return rows.map(({ thing }) => thing).join('\n');
}
const applied = async (): Promise<string[]> =>
  (await select<{ name: string }>(database, 'select name from public.fund_migration order by name')).map(
    ({ name }) => name,
  );

test('every file is applied, in the order of their names', async () => {
  await migrate(url);
  expect(await applied()).toEqual(FILES);
});

test('twice does no harm', async () => {
  await migrate(url);
  await execute(database, `insert into fund.fund_year (year, mode) values (2028, 'run')`);
  const before = await schema();
  await migrate(url);
  expect(await schema()).toBe(before);
  expect(await select(database, 'select year from fund.fund_year')).toEqual([{ year: 2028 }]);
});

test('five at once do what one does', async () => {
  await Promise.all([1, 2, 3, 4, 5].map(() => migrate(url)));
  expect(await applied()).toEqual(FILES);
});

test('a file that was edited after it was applied is refused, by name', async () => {
  await migrate(url);
  await execute(database, `update public.fund_migration set sha256 = 'of another text' where name = $1`, [FILES[2]]);
  await expect(migrate(url)).rejects.toThrow(`Migration ${String(FILES[2])} was applied with other content`);
});

test('a migration that fails leaves the database as it was', async () => {
  // The schema is there already, and not by us: the first file cannot be applied.
  await execute(database, 'create schema fund');
  await expect(migrate(url)).rejects.toThrow('already exists');
  const rows = await select(database, `select to_regclass('public.fund_migration') as migrations`);
  expect(rows).toEqual([{ migrations: null }]);
});
