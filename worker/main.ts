/** The composition root: connections, acts and workflows in one process. Started by `servers/`, or by systemd. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { connect } from '../db/connect';
import { temporalAccess } from '../servers/temporal-access';
import { TASK_QUEUE } from '../workflows/ids';
import { Heartbeats } from './heartbeats';
import { RefusalInterceptor } from './refusals';

/** Acts that run at once; the pool has a connection for each, and two to spare. */
const ACTS_AT_ONCE = 8;

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the worker with \`npm run fund -- up\`.`);
  return value;
}

async function main(): Promise<void> {
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const ready = join(required('FUND_HOME'), 'worker.ready');
  const pool = connect(required('DATABASE_URL'), 'worker', ACTS_AT_ONCE + 2);
  const connection = await NativeConnection.connect(temporalAccess(required('TEMPORAL_ADDRESS')));
  const worker = await Worker.create({
    connection,
    namespace: required('TEMPORAL_NAMESPACE'),
    taskQueue: TASK_QUEUE,
    workflowsPath: require.resolve('../workflows'),
    activities: createActivities(pool),
    interceptors: {
      activity: [(context) => ({ inbound: new Heartbeats(context) }), () => ({ inbound: new RefusalInterceptor() })],
    },
    maxConcurrentActivityTaskExecutions: ACTS_AT_ONCE,
    maxCachedWorkflows: 200,
    stickyQueueScheduleToStartTimeout: '2 seconds',
    shutdownGraceTime: '10 seconds',
  });
  writeFileSync(ready, String(process.pid));
  try {
    await worker.run();
  } finally {
    rmSync(ready, { force: true });
    await connection.close();
    await pool.end();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
