/** Using the system from a command: servers up before, released after, healed in between. */
import type { Client } from '@temporalio/client';
import { execute } from '../../db/rows';
import { type Database, type DatabaseRole, connect } from '../../db/connect';
import { type System, connectTemporal, ensureUp, isHealthy, onStop, places, release } from '../../servers/index';
import { Refusal } from '../words/refusal';
import { onPool, withDatabase } from './with-database';

/** Runs `work` on a running system; what this command started it stops, however it ends. */
export async function withSystem<Result>(
  say: (line: string) => void,
  work: (system: System) => Promise<Result>,
): Promise<Result> {
  onStop(() => release(say));
  try {
    return await work(await ensureUp(say));
  } finally {
    await release();
  }
}

export interface Running {
  client: Client;
  pool: Database;
  uiUrl: string | null;
}

/** Runs `work` on the servers that run. It starts none: what would end with the command is of no use to a live year. */
export async function onRunningSystem<Result>(
  role: DatabaseRole,
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, temporalAddress, temporalNamespace: namespace, uiUrl } = places();
  const connection = await connectTemporal(temporalAddress ?? '', 5000).catch(() => {
    throw notUp('Temporal', temporalAddress);
  });
  if (databaseUrl === null) {
    await connection.close();
    throw notUp('PostgreSQL', null);
  }
  const pool = connect(databaseUrl, role, 2);
  try {
    await execute(pool, 'select').catch(() => {
      throw notUp('PostgreSQL', new URL(databaseUrl).host);
    });
    // Not sooner: most commands ask no Temporal, and its client takes long to load.
    const { Client: Temporal } = await import('@temporalio/client');
    return await work({ client: new Temporal({ connection, namespace }), pool, uiUrl });
  } finally {
    await connection.close();
    await pool.destroy();
  }
}

/** Runs `work` on the system that runs; where it is the embedded one and does not run, it is started for this command. */
export const onSystem = <Result>(role: DatabaseRole, work: (running: Running) => Promise<Result>): Promise<Result> =>
  isHealthy() || process.env.TEMPORAL_ADDRESS
    ? onRunningSystem(role, work)
    : withSystem(
        (line) => console.error(line),
        () => onRunningSystem(role, work),
      );

/** Runs `work` on the database that answers; where none does, it is started, and nothing else. Needs no Temporal. */
export async function onDatabase<Result>(
  work: (pool: Database) => Promise<Result>,
  role: DatabaseRole = 'reader',
): Promise<Result> {
  const { databaseUrl } = places();
  if (databaseUrl !== null && (await answers(databaseUrl))) return onPool(databaseUrl, role, work);
  return withDatabase(role, work);
}

async function answers(databaseUrl: string): Promise<boolean> {
  const pool = connect(databaseUrl, 'reader', 1);
  return execute(pool, 'select').then(
    () => pool.destroy().then(() => true),
    () => pool.destroy().then(() => false),
  );
}

const notUp = (server: string, address: string | null): Refusal =>
  new Refusal(
    `${server}${address === null ? '' : `（${address}）`} 没有应答，请先执行 npm run fund -- up` +
      ` (${server} does not answer: start the servers with \`up\`)`,
  );

/** Restarts a server that dies while a long command works; calls to it are repeated by their callers. */
export function keepHealthy(heal: () => Promise<unknown>): { stop: () => void } {
  let healing = false;
  const timer = setInterval(() => {
    if (healing || isHealthy()) return;
    healing = true;
    // A heal that fails is tried again at the next tick; the caller's own patience decides when to give up.
    heal().then(
      () => (healing = false),
      () => (healing = false),
    );
  }, 1000);
  return { stop: () => clearInterval(timer) };
}

/** Serves until Ctrl-C, so that the Temporal UI can be looked at: the signal ends the command, in `withSystem`. */
export function serveUntilStopped(say: (line: string) => void, uiUrl: string | null): Promise<never> {
  say(`服务中，按 Ctrl-C 结束${uiUrl === null ? '' : `；界面 ${uiUrl}`} (serving until Ctrl-C)`);
  process.exitCode = 0;
  return new Promise<never>(() => undefined);
}
