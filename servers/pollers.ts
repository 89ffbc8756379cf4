/** The workers that take the fund's work, wherever they run: Temporal knows who polls its queue, and when each last did. */
import { hostname } from 'node:os';
import type { Client, Connection } from '@temporalio/client';
import { TASK_QUEUE } from '../workflows/task-queue';
import { birthOf } from './process-table';

/** A worker polls at least once a minute, but the server lists one that is gone for five more minutes. */
const STILL_THERE = 90_000; // milliseconds

/** The identities (`pid@host`) of the running workers. One that was killed a moment ago on another host is still included. */
export async function workersAtWork(
  connection: Pick<Connection, 'workflowService'>,
  namespace: string,
  { taskQueue = TASK_QUEUE, now = new Date() } = {},
): Promise<string[]> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
  });
  return pollers
    .filter(({ lastAccessTime }) => now.getTime() - Number(lastAccessTime?.seconds ?? 0) * 1000 < STILL_THERE)
    .flatMap(({ identity }) => identity ?? [])
    .filter((identity) => !isDeadHere(identity))
    .sort();
}

/** The same, asked through a client of that namespace. */
export const workersSeenBy = (client: Client, taskQueue = TASK_QUEUE, now = new Date()): Promise<string[]> =>
  workersAtWork(client, client.options.namespace, { taskQueue, now });

/** For the workers of this host, the process table is more up to date. */
function isDeadHere(identity: string): boolean {
  const [pid, host] = identity.split('@');
  return host === hostname() && birthOf(Number(pid)) === null;
}
