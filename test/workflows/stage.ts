/** A stage for workflows: a worker on the shared Temporal with its own task queue and the acts that the test gives it. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { RefusalInterceptor } from '../../worker/refusals';
import { workflowBundle } from '../../worker/workflow-bundle';

export interface Stage {
  client: Client;
  taskQueue: string;
  leave(): Promise<void>;
}

/** Logs errors only, so that the output of the tests stays readable. */
export function keepQuiet(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
}

export async function stage(activities: object): Promise<Stage> {
  keepQuiet();
  const address = process.env.FUND_TEST_TEMPORAL as string;
  const taskQueue = randomUUID();
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: await workflowBundle(Runtime.instance().logger),
    activities,
    interceptors: { activity: [() => ({ inbound: new RefusalInterceptor() })] },
  });
  const running = worker.run();
  const connection = await Connection.connect({ address });
  return {
    client: new Client({ connection }),
    taskQueue,
    async leave() {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}
