/** Connections to the fund's database. Four roles: owner migrates, worker acts, reader reports, viewer reads for one person (db/seen.ts). */
import { type Knex, knex } from 'knex';
import { Client, types } from 'pg';

export type DatabaseRole = 'owner' | 'worker' | 'reader' | 'viewer';
/** A pool of connections. */
export type Database = Knex;
export type Transaction = Knex.Transaction;
/** Anything that can run a query: the database for one statement, a transaction for an act. */
export type Queryable = Database | Transaction;

/**
 * Every value arrives as text, except small integers, booleans and JSON: money (`numeric`) must not become a JavaScript
 * number, nor a `date` a local midnight. Left to itself, pg would turn `numeric[]` into floats.
 */
const { BOOL, INT4, JSON, JSONB } = types.builtins;
const NATIVE = new Map<number, (text: string) => unknown>(
  [BOOL, INT4, JSON, JSONB].map((oid) => [oid, types.getTypeParser(oid) as (text: string) => unknown]),
);
const asText = { getTypeParser: (oid: number) => NATIVE.get(oid) ?? ((text: string) => text) };

const TLS_PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/**
 * Adds to the URL the TLS settings of the environment (PGSSLMODE, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY), unless the URL has
 * TLS parameters of its own; pg itself reads only PGSSLMODE. Every mode but `disable` and `no-verify` checks the certificate
 * and the host name (libpq's `require` would not). An unreadable URL is refused without being shown: it may hold a password.
 */
export function withTls(databaseUrl: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (!isReadable(databaseUrl)) {
    throw new Error(
      'DATABASE_URL must have the form postgres://user:password@host:5432/fund, with %25 for a % in the password, %23 for #, %2F for / and %3F for ?',
    );
  }
  const url = new URL(databaseUrl);
  const given = url.searchParams;
  if (!TLS_PARAMETERS.some((name) => given.has(name))) {
    for (const name of TLS_PARAMETERS) {
      const value = env[`PG${name.toUpperCase()}`];
      if (value) given.set(name, value);
    }
  }
  const mode = given.get('sslmode');
  if (mode !== null && !['disable', 'no-verify'].includes(mode)) given.set('sslmode', 'verify-full');
  return url.href;
}

/** Whether the driver can read the URL, which means decoding its parts as well. */
function isReadable(databaseUrl: string): boolean {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) return false;
  const bare = new URL(databaseUrl);
  bare.search = ''; // it may name files; whether they exist is checked later
  try {
    new Client({ connectionString: bare.href });
    return true;
  } catch {
    return false;
  }
}

/** Knex prints nothing: an error rejects the query that caused it. */
const SILENT = { debug: () => {}, deprecate: () => {}, error: () => {}, warn: () => {} };

/**
 * The settings that a session must have, whatever the defaults of the server, its database or its login: how values are written
 * as text and read from it, where tables are looked up, and what a transaction sees. A date is compared as text here.
 */
const SESSION = {
  timezone: 'Asia/Shanghai',
  search_path: 'fund',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  row_security: 'on', // off, a query that a policy narrows is an error
} as const;

/**
 * An act on millions of rows takes its time, reads files in between, and waits for others: no default of a server may cut it off.
 * But once whoever began it is gone, its statement ends within seconds, and its locks are released.
 * A limit that the URL itself sets was meant, and stays.
 */
const UNLESS_IN_URL = {
  client_connection_check_interval: '2s',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
} as const;

/** The settings of a session by role. The owner acts as the login itself, even where a default says otherwise. */
const settingsOf = (role: DatabaseRole): Record<string, string> => ({
  role: role === 'owner' ? 'none' : `fund_${role}`,
  ...SESSION,
});

/**
 * The options of a URL, joined with ours. The last of two settings wins, and that is ours. As `options` inside the URL would
 * win over the key of that name, it is taken out of there.
 */
export function withOptions(databaseUrl: string, role: DatabaseRole): { connectionString: string; options: string } {
  const url = new URL(withTls(databaseUrl));
  const given = url.searchParams.getAll('options');
  url.searchParams.delete('options');
  const asOptions = (settings: Readonly<Record<string, string>>): string[] =>
    Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`);
  const options = [...asOptions(UNLESS_IN_URL), ...given, ...asOptions(settingsOf(role))];
  return { connectionString: url.href, options: options.join(' ') };
}

/** A session without the settings that were asked for. No act may run in it. */
export class WrongSession extends Error {
  override name = 'WrongSession';
}

/**
 * Asks a new connection, in one round trip, which settings its session really has: a pooler on the way may have dropped the
 * options.
 */
async function assertSession(client: Client, role: DatabaseRole): Promise<void> {
  const wanted = settingsOf(role);
  const { rows } = await client.query<{ name: string; found: string }>(
    'select name, current_setting(name) as found from unnest($1::text[]) as name',
    [Object.keys(wanted)],
  );
  const wrong = rows.find(({ name, found }) => found !== wanted[name]);
  if (wrong === undefined) return;
  const { name, found } = wrong;
  throw new WrongSession(
    `数据库会话的 ${name} 为 ${found}，应为 ${wanted[name]}：请直接连接，或让连接池传递启动参数 options` +
      ` (the session has another ${name}: connect directly, or through a pooler that passes on “options”)`,
  );
}

/**
 * Opens a pool of at most `size` connections, whose sessions act as `fund_worker`, `fund_reader` or `fund_viewer`; the
 * owner acts as the login itself. A connection that the server cuts is replaced when it is next needed. The server lists its sessions as `name`,
 * unless the URL gives another name.
 */
export function connect(databaseUrl: string, role: DatabaseRole, size = 4, name = 'fund'): Database {
  const database = knex({
    client: 'pg',
    version: '15', // the oldest that is served: asked for it, every connection would take one more round trip
    connection: { ...withOptions(databaseUrl, role), types: asText, application_name: name },
    pool: {
      min: 0,
      max: size,
      afterCreate: (client: Client, done: (error: unknown) => void) => {
        assertSession(client, role).then(
          () => done(null),
          (error: unknown) => {
            // The pool does not know this connection yet, so nobody else would close it.
            void client.end().catch(() => undefined);
            done(error);
          },
        );
      },
    },
    acquireConnectionTimeout: 60_000,
    compileSqlOnError: false,
    log: SILENT,
  });
  // An error keeps the database's own words: knex would put the statement before them, which may quote a resident.
  database.on('query-error', (error: Error, { sql }: { sql: string }) => {
    error.message = error.message.replace(`${sql} - `, () => '');
  });
  return database;
}

/** Runs `act` in one transaction: committed when it returns, rolled back when it throws. */
export const inTransaction = <T>(database: Database, act: (trx: Transaction) => Promise<T>): Promise<T> =>
  database.transaction(act);

/** The same, rolled back too when `signal` says so, in whatever statement it is then. Throws the reason of the signal. */
export async function inTransactionUnless<T>(
  signal: AbortSignal,
  database: Database,
  act: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const whole = inTransaction(database, async (trx) => {
    const { connection } = await connectionOf(trx);
    const leave = (): void => void connection.stream.destroy();
    signal.addEventListener('abort', leave);
    try {
      signal.throwIfAborted();
      return await act(trx);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  });
  return whole.catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}

/** Codes with which the server reports that it ends the session, or the network that the connection is gone. */
const CODES_OF_A_CUT = ['57P01', '57P02', 'ECONNRESET', 'EPIPE'];
function isCut(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return CODES_OF_A_CUT.includes(String(code)) || /Connection terminated|not queryable/.test(String(message));
}

/** How often work is begun that is cut every time. */
export const ATTEMPTS = 10;

/** Runs work that may be repeated, and repeats it when its session is cut: the next one has a new connection. */
export async function againIfCut<T>(work: () => Promise<T>, attempts = ATTEMPTS): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isCut(error) || attempts === 1) throw error;
    return againIfCut(work, attempts - 1);
  }
}

/** The connection that a transaction holds, for COPY, which only the driver can do. The transaction gives it back. */
export const connectionOf = (trx: Transaction): Promise<Client> =>
  (trx.client as { acquireConnection: () => Promise<Client> }).acquireConnection();
