/** What is wrong in Temporal: a schedule that is paused or gone, no worker, a workflow of an open year that has stopped. */
import { type Client, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import type { Problem } from '../../db/alerts';
import type { WaitingAdjustment } from '../../db/adjustments';
import type { WaitingRequest } from '../../db/emergency';
import type { LiveYear } from '../../db/fund-year';
import type { Release } from '../../db/releases';
import { problemKey } from '../../rules/keys';
import { SCHEME_NAMES } from '../../rules/vocabulary';

/** What belongs to the fund in Temporal, by name. */
export interface Watched {
  schedules: readonly string[];
  taskQueue: string;
  news: string; // the signal that tells workflows to look again
}

/** The identities of the workers that take work from a queue (servers/pollers.ts). */
export type WorkersAtWork = (client: Client, taskQueue: string, now: Date) => Promise<string[]>;

interface Expected {
  schedules: readonly string[];
  workers: readonly string[];
  years: readonly LiveYear[]; // that are open
  requests: readonly WaitingRequest[];
  adjustments: readonly WaitingAdjustment[];
  releases: readonly Release[];
  /** Their workflows have ended. */
  abandoned: readonly number[];
}

/** Everything wrong with the service itself and with the workflows of the open live years. */
export async function temporalProblems(client: Client, expected: Expected): Promise<Problem[]> {
  const { schedules, workers, years, requests, adjustments, releases, abandoned } = expected;
  const submitted = [
    ...requests.map(emergencyAsked),
    ...adjustments.map(adjustmentSubmitted),
    ...releases.map(releaseAsked),
  ];
  const found = [
    ...(await Promise.all(schedules.map((id) => scheduleProblem(client, id)))),
    workers.length > 0 ? null : NO_WORKER,
    ...(await Promise.all(years.map((year) => cycleProblem(client, year)))),
    ...(await Promise.all(years.map((year) => stoppedWorkflows(client, year)))).flat(),
    ...(await Promise.all(submitted.map((act) => unheard(client, act)))),
    ...(await Promise.all(abandoned.map((year) => goesOn(client, year)))),
  ].filter((problem): problem is Problem => problem !== null);
  return [...new Map(found.map((problem) => [problem.key, problem])).values()];
}

export const unreachable = (reason: string | null): Problem => ({
  key: problemKey('temporal', 'unreachable'),
  fund_year: null,
  problem: `Temporal 没有应答，流程全部停止${reason === null ? '' : `：${reason}`}`,
  remedy: 'npm run fund -- up；或检查 TEMPORAL_ADDRESS 所指的服务器',
});

const NO_WORKER: Problem = {
  key: problemKey('worker', 'none'),
  fund_year: null,
  problem: '没有工作进程在办理流程，到期事项不会办理',
  remedy: 'npm run fund -- up；原因见 FUND_HOME/logs/worker.log',
};

async function scheduleProblem(client: Client, id: string): Promise<Problem | null> {
  const key = problemKey('schedule', id);
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

/** What to do about a workflow that has stopped. Any later event would bring back what stopped it. */
export async function howToReset(client: Client, id: string): Promise<string> {
  const event = await lastTaskBeforeItsEnd(client, id);
  const where = event === null ? ' 从中止处继续' : `，事件选 ${event} WorkflowTaskCompleted（中止之前的最后一个）`;
  return `查明原因后，在其 Temporal 页面上用 Reset${where}`;
}

/** The last decision of a workflow before it was cancelled, terminated or failed, by the number of its event. */
async function lastTaskBeforeItsEnd(client: Client, id: string): Promise<string | null> {
  const history = await client.workflow
    .getHandle(id)
    .fetchHistory()
    .catch(() => null);
  const events = history?.events ?? [];
  const asked = events.findIndex((event) => event.workflowExecutionCancelRequestedEventAttributes != null);
  const before = asked < 0 ? events : events.slice(0, asked);
  const task = before.filter((event) => event.workflowTaskCompletedEventAttributes != null).at(-1);
  return task?.eventId == null ? null : String(task.eventId);
}

/** The cycle of an open year must be running; how its earlier runs ended does not matter. */
async function cycleProblem(client: Client, { year, workflow_id }: LiveYear): Promise<Problem | null> {
  if (workflow_id === null) return null; // year.ts finds a year that has no cycle, by the calendar
  const status = await statusOf(client, workflow_id);
  if (status === 'RUNNING') return null;
  return stopped(client, year, workflow_id, status);
}

/** The workflows of a year whose newest run was stopped or failed. */
async function stoppedWorkflows(client: Client, { year }: LiveYear): Promise<Problem[]> {
  const ids = new Set<string>();
  const query = `FundYear = ${year} AND ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut', 'Canceled')`;
  for await (const { workflowId, type, status } of client.workflow.list({ query })) {
    // An import that a person has given up is no trouble.
    if (type !== 'importFiles' || status.name !== 'CANCELLED') ids.add(workflowId);
  }
  const problems: Problem[] = [];
  for (const id of ids) {
    const status = await statusOf(client, id);
    if (!['RUNNING', 'COMPLETED'].includes(status)) problems.push(await stopped(client, year, id, status));
  }
  return problems;
}

/** A year is abandoned before its workflows are ended. Where the command was killed in between, repeating it ends them. */
async function goesOn(client: Client, year: number): Promise<Problem | null> {
  const running = await client.workflow.count(`FundYear = ${year} AND ExecutionStatus = 'Running'`);
  if (running.count === 0) return null;
  return {
    key: problemKey('workflow', 'abandoned', year),
    fund_year: year,
    problem: `${year} 年度已作废，仍有 ${running.count} 个流程没有终止`,
    remedy: `重新执行，不会重复办理：npm run fund -- abandon --year ${year} --reason 原因`,
  };
}

/** An act of a person that is committed, and the command that made it. */
interface Submitted {
  year: number;
  workflow_id: string;
  what: string; // Chinese, with what has become of it
  again: string; // 不会重复……
  command: string;
}

/**
 * A request is committed before its workflow is started. Where the command was killed in between, nothing takes the approvals until
 * the same command is repeated and starts the workflow.
 */
async function unheard(
  client: Client,
  { year, workflow_id, what, again, command }: Submitted,
): Promise<Problem | null> {
  if ((await statusOf(client, workflow_id)) !== 'UNKNOWN') return null;
  return {
    key: problemKey('workflow', workflow_id),
    fund_year: year,
    problem: `${what}，但审批流程 ${workflow_id} 未启动`,
    remedy: `重新执行，${again}：npm run fund -- ${command}`,
  };
}

const emergencyAsked = (request: WaitingRequest): Submitted => {
  const { year, workflow_id, scheme, area, document, amount, cause, operator } = request;
  return {
    year,
    workflow_id,
    what: `${area} ${SCHEME_NAMES[scheme]} ${year} 年紧急调剂申请（${document}）已受理`,
    again: '不会重复受理',
    command:
      `emergency --as ${operator} --year ${year} --scheme ${scheme}` +
      ` --area ${area} --amount ${amount} --cause ${cause} --document ${quoted(document)}`,
  };
};

const adjustmentSubmitted = (adjustment: WaitingAdjustment): Submitted => {
  const { year, workflow_id, scheme, area, version, operator } = adjustment;
  return {
    year,
    workflow_id,
    what: `${area} ${SCHEME_NAMES[scheme]} ${year} 年度预算调整第 ${version} 版已报送`,
    again: '不会重复报送',
    command: `submit --as ${operator} --year ${year} --scheme ${scheme} --area ${area} --version ${version}`,
  };
};

const releaseAsked = (release: Release): Submitted => {
  const { year, area, workflow_id, number, file, line, reason, asked_by } = release;
  return {
    year,
    workflow_id,
    what: `${area} ${year} 年度第 ${number} 号核实受理已提出`,
    again: '不会重复提出',
    command:
      `release --as ${asked_by} --year ${year} --area ${area}` +
      ` --file ${quoted(file)} --line ${line} --reason ${quoted(reason)}`,
  };
};

/** One word for a shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const STATUS_NAMES: Record<string, string> = {
  FAILED: '失败',
  TERMINATED: '被终止',
  TIMED_OUT: '超时',
  CANCELLED: '被取消',
  COMPLETED: '已结束而年度尚未关账',
  UNKNOWN: '不存在',
};

const stopped = async (client: Client, year: number, id: string, status: string): Promise<Problem> => ({
  key: problemKey('workflow', id),
  fund_year: year,
  problem: `${year} 年度流程 ${id} ${STATUS_NAMES[status] ?? status}`,
  remedy: await howToReset(client, id),
});

async function statusOf(client: Client, id: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'UNKNOWN';
    throw error;
  }
}
