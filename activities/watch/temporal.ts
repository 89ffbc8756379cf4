/** What is wrong in Temporal: a schedule that is paused or gone, no worker, a workflow of an open year that has stopped. */
import { type Client, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import type { Problem } from '../../db/alerts';
import type { LiveYear } from '../../db/fund-year';

/** What belongs to the fund in Temporal, by name. */
export interface Watched {
  schedules: readonly string[];
  taskQueue: string;
  news: string; // the signal that workflows hear of
}

/** The kinds of problem that a look at Temporal finds, or finds solved. */
export const TEMPORAL_KINDS = ['temporal', 'worker', 'schedule', 'workflow'] as const;

/** Everything wrong there with the service itself and with the open live years. */
export async function temporalProblems(
  client: Client,
  { schedules, taskQueue }: Watched,
  years: readonly LiveYear[],
  now: Date,
): Promise<Problem[]> {
  const found = [
    ...(await Promise.all(schedules.map((id) => scheduleProblem(client, id)))),
    (await hasWorker(client, taskQueue, now)) ? null : NO_WORKER,
    ...(await Promise.all(years.map((year) => cycleProblem(client, year)))),
    ...(await Promise.all(years.map((year) => stoppedWorkflows(client, year)))).flat(),
  ].filter((problem): problem is Problem => problem !== null);
  return [...new Map(found.map((problem) => [problem.key, problem])).values()];
}

export const UNREACHABLE: Problem = {
  key: 'temporal/unreachable',
  fund_year: null,
  problem: 'Temporal 没有应答，流程全部停止',
  remedy: 'npm run fund -- up；或检查 TEMPORAL_ADDRESS 所指的服务器',
};

const NO_WORKER: Problem = {
  key: 'worker/none',
  fund_year: null,
  problem: '没有工作进程在办理流程，到期事项不会办理',
  remedy: 'npm run fund -- up；原因见 FUND_HOME/logs/worker.log',
};

/** A poller asks for work once a minute at least; the server remembers one that is gone for five minutes. */
const STILL_THERE = 90_000; // milliseconds

/** Whether a worker takes the work of workflows: without one nothing that is started goes on. */
export async function hasWorker(client: Client, taskQueue: string, now: Date): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
  });
  const lastSeen = pollers.map(({ lastAccessTime }) => optionalTsToMs(lastAccessTime) ?? 0);
  return lastSeen.some((at) => now.getTime() - at < STILL_THERE);
}

async function scheduleProblem(client: Client, id: string): Promise<Problem | null> {
  const key = `schedule/${id}`;
  try {
    const { state } = await client.schedule.getHandle(id).describe();
    if (!state.paused) return null;
    const remedy = '恢复：npm run fund -- schedule --resume';
    return { key, fund_year: null, problem: `定时任务 ${id} 已暂停（${state.note || '未注明原因'}）`, remedy };
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    return { key, fund_year: null, problem: `定时任务 ${id} 不存在`, remedy: '重建：npm run fund -- schedule' };
  }
}

const RESET = '查明原因后，在其 Temporal 页面上用 Reset 从中止处继续';

/** The cycle of a year that is open runs, whatever became of its earlier runs. */
async function cycleProblem(client: Client, { year, workflow_id }: LiveYear): Promise<Problem | null> {
  if (workflow_id === null) return null; // a year that has no cycle is found by the calendar
  const status = await statusOf(client, workflow_id);
  if (status === 'RUNNING') return null;
  return stopped(year, workflow_id, status);
}

/** Other workflows of a year whose newest run has not ended well. */
async function stoppedWorkflows(client: Client, { year }: LiveYear): Promise<Problem[]> {
  const ids = new Set<string>();
  const query = `FundYear = ${year} AND ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut', 'Canceled')`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
  const problems: Problem[] = [];
  for (const id of ids) {
    const status = await statusOf(client, id);
    if (!['RUNNING', 'COMPLETED'].includes(status)) problems.push(stopped(year, id, status));
  }
  return problems;
}

const STATUS_NAMES: Record<string, string> = {
  FAILED: '失败',
  TERMINATED: '被终止',
  TIMED_OUT: '超时',
  CANCELLED: '被取消',
  COMPLETED: '已结束而年度尚未关账',
  UNKNOWN: '不存在',
};

const stopped = (year: number, id: string, status: string): Problem => ({
  key: `workflow/${id}`,
  fund_year: year,
  problem: `${year} 年度流程 ${id} ${STATUS_NAMES[status] ?? status}`,
  remedy: RESET,
});

async function statusOf(client: Client, id: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'UNKNOWN';
    throw error;
  }
}
