/** The embedded PostgreSQL of a FUND_HOME: started, healed after a kill, stopped. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { withTls } from '../db/connect';
import { launch, isUsable, stop, type Farewell, type Start } from './detached';
import { readRecord, writeRecord } from './home';
import { as } from './operating-user';
import { freePort, LOOPBACK } from './ports';
import {
  clusterFolder,
  LOGIN,
  openCluster,
  passwordOf,
  postgresMarker,
  type Cluster,
  type PostgresRecord,
} from './postgres-cluster';
import { find, findWorkingIn, type Marker } from './process-table';

const DATABASE = 'fund';

/** SIGINT is PostgreSQL's fast shutdown: it rolls back open transactions and loses nothing that is committed. */
const FAST_SHUTDOWN: Farewell = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 5000],
  ['SIGKILL', 5000],
];

export const markerOfPostgres = (home: string): Marker => postgresMarker(clusterFolder(home));

export const postgresPort = (home: string): number | undefined => readRecord<PostgresRecord>(home, 'postgres').port;

export const postgresUrl = (home: string, port: number, database = DATABASE): string =>
  `postgres://${LOGIN}:${passwordOf(home)}@${LOOPBACK}:${port}/${database}?sslmode=disable`;

/** A single connection. When the server cuts it, the query under way fails, not the process. */
function clientOf(url: string): Client {
  const client = new Client({ connectionString: withTls(url), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  return client;
}

/** Whether the database of this URL accepts us. While it recovers from a crash it does not. */
export async function letsIn(url: string): Promise<boolean> {
  const client = clientOf(url);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = clientOf(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * Stops PostgreSQL, and what a killed one left running: its children notice only when they next pause in their work, and while
 * one of them is alive the cluster cannot be opened again.
 */
async function stopCluster(folder: string): Promise<void> {
  await stop(() => find(postgresMarker(folder)), FAST_SHUTDOWN);
  await stop(() => findWorkingIn(folder, 'postgres'), [['SIGKILL', 10_000]]);
}

/** The pid file of a killed PostgreSQL may name a pid that another process has by now; it would keep the next from starting. */
async function clearAfterKill(folder: string): Promise<void> {
  await stopCluster(folder);
  rmSync(join(folder, 'postmaster.pid'), { force: true });
}

/**
 * It has no standby: rows of a table that is new in their transaction need not be written twice (minimal). Loading millions of
 * rows at once should not force a checkpoint every few seconds.
 */
const FOR_LARGE_LOADS = ['wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB'];

async function start(begin: Start, { folder, programs, user }: Cluster, port: number): Promise<void> {
  begin.say(`Starting PostgreSQL on ${LOOPBACK}:${port}.`);
  const settings = [`listen_addresses=${LOOPBACK}`, 'unix_socket_directories=', ...FOR_LARGE_LOADS];
  await launch(begin, {
    server: 'postgres',
    command: join(programs, 'postgres'),
    args: [...postgresMarker(folder), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    marker: postgresMarker(folder),
    options: as(user),
    isReady: () => letsIn(postgresUrl(begin.home, port, 'postgres')),
    within: 300_000,
  });
}

/** Starts PostgreSQL unless it runs, and returns the URL of the fund's database. */
export async function ensurePostgres(begin: Start): Promise<string> {
  const { home, signal } = begin;
  let port = postgresPort(home);
  // A server that runs and has the database is used as it is; its user and programs matter only for a start.
  if (port && find(markerOfPostgres(home)).length > 0 && (await letsIn(postgresUrl(home, port)))) {
    return postgresUrl(home, port);
  }
  const cluster = await openCluster(begin);
  const isReady = () => letsIn(postgresUrl(home, port ?? 0, 'postgres'));
  if (!port || !(await isUsable({ marker: postgresMarker(cluster.folder), isReady, within: 60_000 }, signal))) {
    await clearAfterKill(cluster.folder);
    port = await freePort(port);
    writeRecord(home, 'postgres', { cluster: cluster.folder, port } satisfies PostgresRecord);
    await start(begin, cluster, port);
  }
  await createDatabase(postgresUrl(home, port, 'postgres'));
  return postgresUrl(home, port);
}

export async function stopPostgres(home: string): Promise<void> {
  await stopCluster(clusterFolder(home));
}
