/** One worker process: it joins connections, acts and workflows until it gets a signal to stop. Any number of them may run. */
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { createImportActivities } from '../activities/imports/import-folder';
import { createInboxActivities } from '../activities/imports/inbox';
import { createWatchActivities } from '../activities/watch';
import { type Database, againIfCut, connect } from '../db/connect';
import { schemaState } from '../db/migrate';
import { workersSeenBy } from '../servers/pollers';
import { freePort, LOOPBACK } from '../servers/ports';
import { errorText, Refused } from '../servers/refused';
import { onStop } from '../servers/signals';
import { temporalAccess } from '../servers/temporal-access';
import type { Workplace } from '../servers/worker';
import { IMPORT_QUEUE, TASK_QUEUE } from '../workflows/task-queue';
import { serveHealth } from './health';
import { Heartbeats } from './heartbeats';
import { forTemporal, workerLog } from './log';
import { RefusalInterceptor } from './refusals';
import { workflowBundle } from './workflow-bundle';

/** Acts that run at once; the pool has a connection for each, and two to spare. */
const ACTS_AT_ONCE = 8;
/** So many more for imports, each on a connection of its own. */
const IMPORTS_AT_ONCE = 2;

/**
 * After a request to stop, acts under way may end; those that do not are given to another worker. Supervisors wait longer than
 * this.
 */
const GRACE = '10 seconds';
const LIMIT = '14 seconds';

/** Called when the worker begins to take work, and when it has ended, so that whoever started it learns of it. */
interface Presence {
  ready?: () => void;
  ended?: () => void;
}

/** Works until SIGTERM, SIGINT or SIGHUP. What keeps it from working is thrown. */
export async function work(workplace: Workplace, presence: Presence = {}): Promise<void> {
  const log = workerLog();
  const healthAddress = process.env.FUND_HEALTH_ADDRESS;
  const metricsPort = healthAddress ? await freePort() : null;
  const namespace = workplace.temporalNamespace;
  let workers: Worker[] = [];
  // Asked to stop before it works, it has nothing to finish.
  const unwatch = onStop(async () => {
    process.exitCode = 0;
    if (workers.length === 0) return;
    log.info('asked to stop: acts under way may end');
    shutDown(workers);
    await whole;
  });
  const whole = connected(
    workplace,
    () => installRuntime(log, metricsPort),
    async (pool, connection) => {
      // Before the worker, so that a port that is taken is reported while nothing has begun.
      const watched = { pool, connection, namespace, state: () => stateOf(workers) };
      const health = healthAddress
        ? await serveHealth(healthAddress, { ...watched, sdkMetricsPort: metricsPort ?? 0 })
        : null;
      try {
        const client = new Client({ connection, namespace });
        workers = [await createWorker(pool, client, connection), await createImportWorker(pool, client, connection)];
        const running = runAll(workers);
        log.info({ database: hostOf(workplace), temporal: workplace.temporalAddress, namespace }, 'taking work');
        presence.ready?.();
        await running;
      } finally {
        presence.ended?.();
        health?.close();
        health?.closeAllConnections();
      }
    },
  );
  await whole.finally(unwatch);
}

/** RUNNING when all take work. */
const stateOf = (workers: readonly Worker[]): string =>
  workers.length === 0
    ? 'STARTING'
    : (workers.map((one) => one.getState()).find((state) => state !== 'RUNNING') ?? 'RUNNING');

function shutDown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** Until all have ended; when one ends, so do the others. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const ended = await Promise.allSettled(workers.map((worker) => worker.run().finally(() => shutDown(workers))));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Signals are handled here: npm passes each on a second time, and the SDK would then drop everything at once. */
function installRuntime(log: Logger, metricsPort: number | null): void {
  const metrics = { prometheus: { bindAddress: `${LOOPBACK}:${metricsPort}` } };
  Runtime.install({
    logger: forTemporal(log),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsPort === null ? {} : { metrics }),
    },
  });
}

async function connected(
  { databaseUrl, temporalAddress }: Workplace,
  begin: () => void,
  act: (pool: Database, connection: NativeConnection) => Promise<void>,
): Promise<void> {
  const pool = connect(databaseUrl, 'worker', ACTS_AT_ONCE + IMPORTS_AT_ONCE + 2, 'fund-worker');
  try {
    await refuseOldSchema(pool);
    // Not earlier: once the SDK's runtime is installed, only a closed connection of its own lets the process end.
    begin();
    const connection = await connectTo(temporalAddress);
    await act(pool, connection).finally(() => connection.close());
  } finally {
    await pool.destroy();
  }
}

/** What both workers have in common. */
const serving = (
  client: Client,
  connection: NativeConnection,
): Pick<WorkerOptions, 'connection' | 'namespace' | 'shutdownGraceTime' | 'shutdownForceTime'> => ({
  connection,
  namespace: client.options.namespace,
  shutdownGraceTime: GRACE,
  shutdownForceTime: LIMIT,
});

const createWorker = async (pool: Database, client: Client, connection: NativeConnection): Promise<Worker> =>
  Worker.create({
    ...serving(client, connection),
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(Runtime.instance().logger),
    activities: {
      ...createActivities(pool),
      ...createWatchActivities(pool, client, workersSeenBy),
      ...createInboxActivities(pool),
    },
    interceptors: {
      activity: [(context) => ({ inbound: new Heartbeats(context) }), () => ({ inbound: new RefusalInterceptor() })],
    },
    maxConcurrentActivityTaskExecutions: ACTS_AT_ONCE,
    maxCachedWorkflows: 200,
    stickyQueueScheduleToStartTimeout: '2 seconds',
  });

/** An import sends heartbeats of its own, which say how far it is. */
const createImportWorker = (pool: Database, client: Client, connection: NativeConnection): Promise<Worker> =>
  Worker.create({
    ...serving(client, connection),
    taskQueue: IMPORT_QUEUE,
    activities: createImportActivities(pool, client),
    interceptors: { activity: [() => ({ inbound: new RefusalInterceptor() })] },
    maxConcurrentActivityTaskExecutions: IMPORTS_AT_ONCE,
  });

const hostOf = ({ databaseUrl }: Workplace): string => new URL(databaseUrl).host;

/** Refuses to start on an old schema, where every act would fail for a missing table or column. */
async function refuseOldSchema(pool: Database): Promise<void> {
  const state = await againIfCut(() => schemaState(pool)).catch((error: unknown) => {
    throw new Refused(`The database cannot be used (${errorText(error)}). Check DATABASE_URL.`);
  });
  if (state === 'behind') {
    throw new Refused('The database is older than this program: run `npm run fund -- migrate` as its owner.');
  }
  if (state === 'changed') {
    throw new Refused(
      'The database was migrated with other files than this program has: use the release it came from.',
    );
  }
}

async function connectTo(address: string): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(temporalAccess(address));
  } catch (error) {
    throw new Refused(`The Temporal server ${address} cannot be reached (${errorText(error)}).`);
  }
}
