/** Connections: what a value arrives as, what an error says, and what happens when the server cuts them. */
import { type Database, type DatabaseRole, connect, inTransaction, withOptions, WrongSession } from '../../db/connect';
import { execute, select, selectOne } from '../../db/rows';
import { type TestDatabase, spoilDefaults, testDatabase } from '../database';
import { poolerWithoutOptions } from './pooler';

let database: TestDatabase;
let owner: Database;
beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
});
afterAll(() => database.drop());

// prettier-ignore
test.each([
  ['numeric',                 '12345678901234567890.12::numeric',          '12345678901234567890.12'],
  ['a list of numerics',      `array[0.10, 1.005]::numeric[]`,             '{0.10,1.005}'],
  ['bigint',                  '9007199254740993::bigint',                  '9007199254740993'],
  ['a date',                  `'2028-01-31'::date`,                        '2028-01-31'],
  ['a moment, Beijing time',  `'2028-01-31 16:00:00+00'::timestamptz`,     '2028-02-01 00:00:00+08'],
  ['a small integer',         '7::int4',                                   7],
  ['a truth',                 'true',                                      true],
  ['JSON',                    `'{"a": ["1.50", null]}'::jsonb`,            { a: ['1.50', null] }],
])('%s arrives as it is to be used', async (_what, expression, value) => {
  expect(await selectOne(database.pool, `select ${expression} as value`)).toEqual({ value });
});

test('a name stands for its value wherever it occurs; casts, question marks and unused colons stay', async () => {
  const row = await selectOne(
    database.pool,
    `select :text as text, :text::text || :day::date as both, '{"a": 1}'::jsonb ? 'a' as has, to_char(now(), 'HH24:MI') <> '' as colon,
            array_length(:list::text[], 1) as length`,
    { text: 'a?', day: '2028-01-31', list: ['x', 'y'] },
  );
  expect(row).toEqual({ text: 'a?', both: 'a?2028-01-31', has: true, colon: true, length: 2 });
});

test('an error keeps the database’s own words, without the statement and its values', async () => {
  const failing = select(database.pool, 'select :amount::int', { amount: 'much' });
  await expect(failing).rejects.toThrow(/^invalid input syntax for type integer: "much"$/);
  const inside = inTransaction(database.pool, (trx) => execute(trx, 'select 1 / :none::int', { none: 0 }));
  await expect(inside).rejects.toThrow(/^division by zero$/);
});

describe('a session has its own settings', () => {
  const sessionOf = async (url: string, role: DatabaseRole) => {
    const pool = connect(url, role, 1);
    return selectOne(
      pool,
      `select current_user = :expected::regrole::text as itself, '2027-12-31'::date as day, current_setting('timezone') as zone,
         to_regclass('act') is not null as finds, '\\x00ff'::bytea as bytes, ('{NULL}'::text[])[1] is null as has_null,
         current_setting('transaction_isolation') as isolation, '1 day 2 hours'::interval as time,
         concat_ws(' ', current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
           current_setting('transaction_read_only')) as limits`,
      { expected: role === 'owner' ? new URL(url).username : `fund_${role}` },
    ).finally(() => pool.destroy());
  };
  const RIGHT = {
    itself: true,
    day: '2027-12-31',
    zone: 'Asia/Shanghai',
    finds: true,
    bytes: '\\x00ff',
    has_null: true,
    isolation: 'read committed',
    time: '1 day 02:00:00',
    limits: '0 0 off',
  };
  const ROLES = ['owner', 'worker', 'reader', 'viewer'] as const;
  let spoiled: TestDatabase;
  beforeAll(async () => {
    spoiled = await testDatabase();
    await spoilDefaults(owner, new URL(spoiled.url).pathname.slice(1));
  });
  afterAll(() => spoiled.drop());

  test.each(ROLES)('whatever the defaults of the database are: %s', async (role) => {
    expect(await sessionOf(spoiled.url, role)).toEqual(RIGHT);
  });

  test.each(ROLES)('whatever the options of the URL are: %s', async (role) => {
    const url = new URL(spoiled.url);
    url.searchParams.append('options', '-c datestyle=SQL -c role=fund_reader');
    url.searchParams.append('options', '--search-path=public -c timezone=UTC -c statement_timeout=77s');
    expect(await sessionOf(url.href, role)).toEqual(RIGHT);
    const pool = connect(url.href, role, 1);
    const kept = await selectOne(pool, `select current_setting('statement_timeout') as timeout`);
    await pool.destroy();
    expect(kept).toEqual({ timeout: '77s' });
  });

  test.each(['owner', 'worker'] as const)('or it is refused: a pooler without options, as %s', async (role) => {
    const pooler = await poolerWithoutOptions(database.url);
    const pool = connect(pooler.url, role, 2);
    const asked = execute(pool, 'select');
    await expect(asked).rejects.toThrow(WrongSession);
    await expect(asked).rejects.toThrow(
      role === 'worker' ? /role 为 none，应为 fund_worker/ : /timezone 为 .*，应为 Asia\/Shanghai|search_path 为/,
    );
    await pool.destroy();
    pooler.stop();
  });
});

test.each(['p#1', 'p/1', 'p?1', 'p%E4'])(
  'a URL with the password %s as it is is refused in words, without it',
  (password) => {
    const url = `postgres://fund:${password}@127.0.0.1:5432/fund`;
    expect(() => withOptions(url, 'worker')).toThrow(
      /^DATABASE_URL must have the form .* with %25 for a % in the password/,
    );
    expect(() => withOptions(url, 'worker')).not.toThrow(password);
  },
);

/** Ends the session of a connection, as a restart or a failover would. */
const cut = (pid: number): Promise<number> => execute(owner, 'select pg_terminate_backend(:pid)', { pid });
const pidOf = async (db: Database): Promise<number> =>
  (await selectOne<{ pid: number }>(db, 'select pg_backend_pid() as pid'))?.pid as number;

describe('a connection that is cut', () => {
  test('while it waits in the pool is replaced', async () => {
    const pid = await pidOf(database.pool);
    await cut(pid);
    await new Promise((done) => setTimeout(done, 100));
    expect(await pidOf(database.pool)).not.toBe(pid);
  });

  test('while a transaction holds it fails the transaction, not the process', async () => {
    const act = inTransaction(database.pool, async (trx) => {
      await cut(await pidOf(trx));
      await new Promise((done) => setTimeout(done, 300));
      return execute(trx, 'select');
    });
    await expect(act).rejects.toThrow(/not queryable|terminat/);
    expect(await selectOne(database.pool, 'select 1 as one')).toEqual({ one: 1 });
  });

  test('while a statement runs fails the statement with a code that tells of the cut', async () => {
    const act = inTransaction(database.pool, async (trx) => {
      const pid = await pidOf(trx);
      const sleeping = execute(trx, 'select pg_sleep(30)');
      await Promise.all([sleeping, cut(pid)]);
    });
    await expect(act).rejects.toThrow(/terminat/i);
  });
});
