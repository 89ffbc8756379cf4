/** A database of its own for each suite, on the tests' PostgreSQL: a copy of one that is migrated, and dropped at the end. */
import { randomUUID } from 'node:crypto';
import { type Database, type DatabaseRole, type Queryable, connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { execute, select } from '../db/rows';
import { Signers } from '../scripts/trials/signers';

export interface TestDatabase {
  url: string;
  /** Acts as the worker, as the product does. */
  pool: Database;
  as(role: DatabaseRole): Database;
  /** Whoever acts there, with a key. */
  signers: Signers;
  drop(): Promise<void>;
}

/**
 * Defaults of a database that would change what a date, an amount or a list is read as, who acts, what a transaction sees
 * and how long it may take.
 * The roles must be there already.
 */
const HOSTILE_DEFAULTS = {
  datestyle: 'German, DMY',
  intervalstyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: 'serializable',
  timezone: 'America/New_York',
  role: 'fund_reader',
  default_transaction_read_only: 'on',
  row_security: 'off',
  statement_timeout: '1ms',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
};

/** Gives a database hostile defaults, for every session that begins from now on. */
export async function spoilDefaults(admin: Database, name: string): Promise<void> {
  for (const [setting, value] of Object.entries(HOSTILE_DEFAULTS)) {
    await execute(admin, `alter database ${name} set ${setting} = '${value}'`);
  }
  await execute(admin, `alter database ${name} set search_path = pg_catalog`);
}

const urlOf = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

/** Migrated once for all suites. Nobody else connects to a template, or it could not be copied. */
const EMPTY = 'test_template';

/** How the names of templates begin that suites fill. */
const FILLED = 'test_filled_';

/**
 * Prepares the tests' PostgreSQL, once. One that is started for them need not outlive a failure of power, only the kills that tests try:
 * without a flush for every commit and every copy, suites that make many databases take half the time.
 */
export async function prepareServer(server: string): Promise<void> {
  await clearServer(server);
  const admin = connect(server, 'owner', 1);
  if (process.env.DATABASE_URL === undefined) {
    await execute(admin, 'alter system set fsync = off');
    await execute(admin, 'select pg_reload_conf()');
  }
  await execute(admin, `create database ${EMPTY}`);
  await admin.destroy();
  await migrate(urlOf(server, EMPTY));
}

/** Drops the templates. Of a server that is not the tests’ own nothing else is left. */
export async function clearServer(server: string): Promise<void> {
  const admin = connect(server, 'owner', 1);
  const templates = await select<{ name: string }>(
    admin,
    'select datname as name from pg_database where datname = :empty or starts_with(datname, :filled)',
    { empty: EMPTY, filled: FILLED },
  );
  for (const { name } of templates) await execute(admin, `drop database ${name} with (force)`);
  await admin.destroy();
}

export async function testDatabase(template = EMPTY): Promise<TestDatabase> {
  const { database, end } = await copyOf(template);
  return { ...database, drop: () => end((name) => `drop database ${name} with (force)`) };
}

/**
 * The name of a template that is filled once for all suites: whoever asks first fills it, the others wait. One that could not be
 * filled does not keep the name.
 */
export async function filledTemplate(of: string, fill: (worker: Database) => Promise<void>): Promise<string> {
  const name = FILLED + of;
  const admin = connect(serverUrl(), 'owner', 1);
  try {
    await execute(admin, 'select pg_advisory_lock(hashtext(:name))', { name });
    const known = await select(admin, 'select datname from pg_database where datname = :name', { name });
    if (known.length === 0) {
      const { database, end } = await copyOf(EMPTY);
      await fill(database.pool);
      await end((filled) => `alter database ${filled} rename to ${name}`);
    }
    return name;
  } finally {
    await admin.destroy();
  }
}

const serverUrl = (): string => process.env.FUND_TEST_DATABASE as string;

/** A copy of a template; `end` closes its sessions, and does the last to it. */
async function copyOf(template: string) {
  const server = serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(server, 'owner', 1);
  await execute(admin, `create database ${name} template ${template}`);
  const url = urlOf(server, name);
  const pools: Database[] = [];
  const as = (role: DatabaseRole): Database => {
    const pool = connect(url, role, 6);
    pools.push(pool);
    return pool;
  };
  return {
    database: { url, pool: as('worker'), as, signers: new Signers(as('owner')) },
    end: async (last: (name: string) => string): Promise<void> => {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await execute(admin, last(name));
      await admin.destroy();
    },
  };
}

/** Room for persons and payments of a year, for tests that write the tables themselves. */
export async function openPersonTables(owner: Queryable, year: number): Promise<void> {
  for (const table of [
    'resident_roll',
    'full_aid_enrolment',
    'received_payment',
    'resident_payment',
    'enrolment_history',
  ]) {
    await execute(owner, 'select fund.new_partition(:table, :year)', { table, year });
    await execute(owner, 'select fund.attach_partition(:table, :year)', { table, year });
  }
}
