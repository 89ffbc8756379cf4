/** One worker process: it joins connections, acts and workflows until it gets a signal to stop. Any number of them may run. */
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { createWatchActivities } from '../activities/watch';
import { type Database, connect } from '../db/connect';
import { schemaState } from '../db/migrate';
import { workersSeenBy } from '../servers/pollers';
import { freePort, LOOPBACK } from '../servers/ports';
import { errorText, Refused } from '../servers/refused';
import { onStop } from '../servers/signals';
import { temporalAccess } from '../servers/temporal-access';
import type { Workplace } from '../servers/worker';
import { TASK_QUEUE } from '../workflows/task-queue';
import { serveHealth } from './health';
import { Heartbeats } from './heartbeats';
import { forTemporal, workerLog } from './log';
import { RefusalInterceptor } from './refusals';
import { workflowBundle } from './workflow-bundle';

/** Acts that run at once; the pool has a connection for each, and two to spare. */
const ACTS_AT_ONCE = 8;

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
  let worker: Worker | undefined;
  // Asked to stop before it works, it has nothing to finish.
  const unwatch = onStop(async () => {
    process.exitCode = 0;
    if (worker?.getState() !== 'RUNNING') return;
    log.info('asked to stop: acts under way may end');
    worker.shutdown();
    await whole;
  });
  const whole = connected(
    workplace,
    () => installRuntime(log, metricsPort),
    async (pool, connection) => {
      // Before the worker, so that a port that is taken is reported while nothing has begun.
      const watched = { pool, connection, namespace, state: () => worker?.getState() ?? 'STARTING' };
      const health = healthAddress
        ? await serveHealth(healthAddress, { ...watched, sdkMetricsPort: metricsPort ?? 0 })
        : null;
      try {
        worker = await createWorker(pool, connection, namespace);
        const running = worker.run();
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
  const pool = connect(databaseUrl, 'worker', ACTS_AT_ONCE + 2, 'fund-worker');
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

const createWorker = async (pool: Database, connection: NativeConnection, namespace: string): Promise<Worker> =>
  Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(Runtime.instance().logger),
    activities: {
      ...createActivities(pool),
      ...createWatchActivities(pool, new Client({ connection, namespace }), workersSeenBy),
    },
    interceptors: {
      activity: [(context) => ({ inbound: new Heartbeats(context) }), () => ({ inbound: new RefusalInterceptor() })],
    },
    maxConcurrentActivityTaskExecutions: ACTS_AT_ONCE,
    maxCachedWorkflows: 200,
    stickyQueueScheduleToStartTimeout: '2 seconds',
    shutdownGraceTime: GRACE,
    shutdownForceTime: LIMIT,
  });

const hostOf = ({ databaseUrl }: Workplace): string => new URL(databaseUrl).host;

/** Refuses to start on an old schema, where every act would fail for a missing table or column. */
async function refuseOldSchema(pool: Database): Promise<void> {
  const state = await schemaState(pool).catch((error: unknown) => {
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
