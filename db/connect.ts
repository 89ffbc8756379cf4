/** Connections to the fund's database. Three roles: owner migrates, worker acts, reader reports. */
import { type Knex, knex } from 'knex';
import { type Client, types } from 'pg';

export type DatabaseRole = 'owner' | 'worker' | 'reader';
/** A pool of connections. */
export type Database = Knex;
export type Transaction = Knex.Transaction;
/** Anything that can run a query: the database for one statement, a transaction for an act. */
export type Queryable = Database | Transaction;

/**
 * Every value arrives as text, except small integers, booleans and JSON: money is `numeric` and must not become a
 * JavaScript number, and a `date` must not become a local midnight. `numeric[]` would be parsed to floats by pg.
 */
const { BOOL, INT4, JSON, JSONB } = types.builtins;
const NATIVE = new Map<number, (text: string) => unknown>(
  [BOOL, INT4, JSON, JSONB].map((oid) => [oid, types.getTypeParser(oid) as (text: string) => unknown]),
);
const asText = { getTypeParser: (oid: number) => NATIVE.get(oid) ?? ((text: string) => text) };

const TLS_PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/**
 * The URL with everything said about TLS in it: from its own parameters, else from PGSSLMODE, PGSSLROOTCERT, PGSSLCERT and
 * PGSSLKEY, of which pg itself reads the first alone. Every mode but `disable` and `no-verify` checks certificate and host
 * name (libpq's `require` would not). A URL that cannot be read is refused without being shown: it may hold a password.
 */
export function withTls(databaseUrl: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw new Error('DATABASE_URL is no URL of the form postgres://user:password@host:5432/fund');
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

/** The connection pool says nothing by itself: whatever fails rejects the query that met it. */
const SILENT = { debug: () => {}, deprecate: () => {}, error: () => {}, warn: () => {} };

/**
 * Opens a pool whose sessions act as one of the fund's roles (`fund_worker`, `fund_reader`); the owner acts as the login
 * itself. `size` bounds the connections. A connection that the server cuts is replaced when it is next wanted.
 */
export function connect(databaseUrl: string, role: DatabaseRole, size = 4): Database {
  const options = ['-c timezone=Asia/Shanghai', '-c search_path=fund'];
  if (role !== 'owner') options.push(`-c role=fund_${role}`);
  const database = knex({
    client: 'pg',
    connection: { connectionString: withTls(databaseUrl), options: options.join(' '), types: asText },
    pool: { min: 0, max: size },
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

/** The connection a transaction holds, for what only the driver can do: COPY. It goes back to the pool with the transaction. */
export const connectionOf = (trx: Transaction): Promise<Client> =>
  (trx.client as { acquireConnection: () => Promise<Client> }).acquireConnection();
