/** The servers as a command uses them: brought up before, kept alive in between, released after. */
import type { Client } from '@temporalio/client';
import { execute } from '../../db/rows';
import { type Database, type DatabaseRole, WrongSession, connect } from '../../db/connect';
import {
  type System,
  Refused,
  connectTemporal,
  ensureUp,
  externalTemporal,
  isHealthy,
  onStop,
  places,
  release,
} from '../../servers/index';
import { Refusal } from '../words/refusal';
import { errorText } from '../../servers/refused';

/** Runs `work` on a system that it brings up where needed. However `work` ends, what was started is stopped. */
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

/**
 * Runs `work` on servers that are already running. It starts none: a server that ends with the command is no use to a live year.
 */
export async function onRunningSystem<Result>(
  role: DatabaseRole,
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, temporalAddress, temporalNamespace: namespace, uiUrl } = places();
  const connection = await connectTemporal(temporalAddress ?? '', 5000).catch((error: unknown) => {
    throw error instanceof Refused
      ? error
      : notUp('Temporal', temporalAddress, temporalAddress ? errorText(error) : null);
  });
  if (databaseUrl === null) {
    await connection.close();
    throw notUp('PostgreSQL', null, null);
  }
  const pool = connect(databaseUrl, role, 2);
  try {
    await execute(pool, 'select').catch((error: unknown) => {
      if (error instanceof WrongSession) throw new Refusal(error.message);
      throw notUp('PostgreSQL', new URL(databaseUrl).host, errorText(error));
    });
    // Loaded here and not above, because most commands need no Temporal and its client is slow to load.
    const { Client: Temporal } = await import('@temporalio/client');
    return await work({ client: new Temporal({ connection, namespace }), pool, uiUrl });
  } finally {
    await connection.close();
    await pool.destroy();
  }
}

/** Runs `work` on the running system; an embedded one that is down is started for this command. */
export const onSystem = <Result>(role: DatabaseRole, work: (running: Running) => Promise<Result>): Promise<Result> =>
  isHealthy() || externalTemporal()
    ? onRunningSystem(role, work)
    : withSystem(
        (line) => console.error(line),
        () => onRunningSystem(role, work),
      );

/** `up` starts our own servers only: where a variable names a server, it is the variable that must be checked. */
function notUp(server: 'Temporal' | 'PostgreSQL', address: string | null, reason: string | null): Refusal {
  const variable = server === 'Temporal' ? 'TEMPORAL_ADDRESS' : 'DATABASE_URL';
  const isExternal = Boolean(process.env[variable]);
  const which = `${server}${address === null ? '' : `（${address}）`} 没有应答${reason === null ? '' : `：${reason}`}`;
  return new Refusal(
    isExternal
      ? `${which}，请检查 ${variable} 和所指的服务器 (${server} does not answer: check ${variable} and its server)`
      : `${which}，请先执行 npm run fund -- up (${server} does not answer: start the servers with \`up\`)`,
  );
}

/** Restarts a server that dies while a long command works; the callers retry their calls. */
export function keepHealthy(heal: () => Promise<unknown>): { stop: () => void } {
  let healing = false;
  const timer = setInterval(() => {
    if (healing || isHealthy()) return;
    healing = true;
    // A failed restart is tried again at the next tick; the callers decide when to give up.
    heal().then(
      () => (healing = false),
      () => (healing = false),
    );
  }, 1000);
  return { stop: () => clearInterval(timer) };
}

/** Keeps the servers up until Ctrl-C, so that one can look around in the Temporal UI. `withSystem` handles the signal. */
export function serveUntilStopped(say: (line: string) => void, uiUrl: string | null): Promise<never> {
  say(`服务中，按 Ctrl-C 结束${uiUrl === null ? '' : `；界面 ${uiUrl}`} (serving until Ctrl-C)`);
  process.exitCode = 0;
  return new Promise<never>(() => undefined);
}
