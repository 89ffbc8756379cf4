/**
 * A person's act from the command line: finds the task that is meant, sends the `act` Update to the workflow that waits for it,
 * and returns what to report. Who may act is decided by the database, never here.
 */
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Database } from '../../db/connect';
import { hashOf } from '../../db/once';
import { rowsHash, versionsOf } from '../../db/budgets';
import { type Decided, decisionsOf } from '../../db/decisions';
import { type KnownOperator, knownOperators } from '../../db/operators';
import { type TaskStanding, type WaitingTask, taskStanding, waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { DECISION_NAMES, type Decision, answers } from '../../rules/decisions';
import { shownText } from '../../rules/text';
import { SCHEME_NAMES, type Scheme, officeName } from '../../rules/vocabulary';
import { type PersonAct, act } from '../../workflows/people';
import { FUND_STAGE } from '../../workflows/search-attributes';
import { workersSeenBy } from '../../servers/pollers';
import { patiently } from './patiently';
import type { Sign } from '../../signing/act-text';
import { Refusal } from '../words/refusal';
import { briefly } from '../words/task-text';

/** What a person enters: who acts, the decision, and enough about the task to single it out. */
export interface ActRequest {
  as: string;
  decision: Decision;
  year?: number;
  area?: string;
  scheme?: Scheme;
  task?: string; // its name, or a part of it
  version?: number;
  document?: string;
  note?: string;
  /** The hash of the figures that the person has seen, or its beginning; without it, of those that the task has now. */
  figures?: string;
  /** The hash of the version's rows that the person has seen; without it, of those that it has now. */
  rows?: string;
}
export interface Acted {
  task: string;
  subject: string;
  operator: string;
  decision: Decision;
  /** The business date on which the person had done this before; null when it was done now. */
  before: string | null;
  /** The tasks that now wait on the same workflow about the same area. */
  next: WaitingTask[];
  /** The outcome of the act, when it leaves nothing waiting. */
  note?: string;
}

/** Acts once: a repeated act gets the outcome of the first. `sign` makes the proof that the act carries. */
export async function actOn(
  { client, pool }: { client: Client; pool: Database },
  request: ActRequest,
  sign: Sign,
): Promise<Acted> {
  const operator = await operatorNamed(pool, request);
  const meant = await taskMeant(pool, request, operator);
  if ('operator' in meant) {
    const { task, subject, decision, business_date: before } = meant;
    return {
      task,
      subject,
      operator: request.as,
      decision,
      before,
      next: await waitingBeside(pool, meant),
    };
  }
  if (request.decision === 'submit') await refuseUnknownVersion(pool, meant, request.version ?? 0);
  if ((await workersSeenBy(client)).length === 0) {
    throw new Refusal(
      '没有工作进程在办理流程：请先执行 npm run fund -- up (no worker is running: start one with `up`)',
    );
  }
  await send(client, meant, await signed(pool, meant, request, sign), operator);
  const next = await waitingBeside(pool, meant);
  return {
    task: meant.task,
    subject: meant.subject,
    operator: request.as,
    decision: request.decision,
    before: null,
    next,
    ...(next.length === 0 ? { note: await whatBecame(client, meant.workflow_id) } : {}),
  };
}

const whatBecame = async (client: Client, workflowId: string): Promise<string> =>
  `流程 ${workflowId} 现为：${(await patiently(() => stageOf(client, workflowId))) ?? '—'} (its stage now)`;

/** The stage that a workflow has come to: 紧急调剂已拨付, 预算已批复. */
export async function stageOf(client: Client, workflowId: string): Promise<string | null> {
  const { typedSearchAttributes } = await client.workflow.getHandle(workflowId).describe();
  return typedSearchAttributes.get(FUND_STAGE) ?? null;
}

/** The act as it is pasted into the Update `act` of the Temporal UI, signed. */
export async function signedAct(pool: Database, request: ActRequest, sign: Sign): Promise<PersonAct> {
  const operator = await operatorNamed(pool, request);
  const meant = await taskMeant(pool, request, operator);
  if ('operator' in meant) throw new Refusal(`此前已于 ${meant.business_date} 办理：${meant.subject} (done before)`);
  return signed(pool, meant, request, sign);
}

/** What waits on the same workflow about the same area: the year's own waits for files of every area at once. */
const waitingBeside = async (
  pool: Database,
  { fund_year, workflow_id, of_area }: Pick<WaitingTask, 'fund_year' | 'workflow_id' | 'of_area'>,
): Promise<WaitingTask[]> =>
  (await waitingTasks(pool, cycleStartOf, fund_year)).filter(
    (task) => task.workflow_id === workflow_id && task.of_area === of_area,
  );

export async function operatorNamed(
  pool: Database,
  { as, year }: { as: string; year?: number | undefined },
): Promise<KnownOperator> {
  const known = await knownOperators(pool, year);
  const [found] = known.filter(({ operator }) => operator === as);
  if (found !== undefined) return found;
  if (known.length === 0) {
    throw new Refusal('没有可办理的年度，或 operators.csv 尚未导入 (no open fund year, or no operators yet)');
  }
  const alike = closest(as, known);
  const meant = alike === '' ? `现有经办人员 ${known.length} 名，npm run fund -- operators 列出` : `可能是：${alike}`;
  throw new Refusal(`没有工号 ${shownText(as)}。${meant} (no such operator)`);
}

/** Operators whose id shares the most with what was typed, at most ten; none where no id shares anything. */
function closest(typed: string, known: readonly KnownOperator[]): string {
  const parts = typed
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const alike = ({ operator }: KnownOperator): number =>
    parts.filter((part) => operator.toLowerCase().includes(part)).length;
  return known
    .filter((operator) => alike(operator) > 0)
    .sort((a, b) => alike(b) - alike(a))
    .slice(0, 10)
    .map(({ operator, name, role, area }) => `${operator} ${name}（${officeName({ role, area })}）`)
    .join('；');
}

/** The one task that is meant, or the person's earlier decision on it. */
async function taskMeant(pool: Database, request: ActRequest, operator: KnownOperator): Promise<WaitingTask | Decided> {
  const all = await waitingTasks(pool, cycleStartOf, request.year);
  const fitting = all.filter((task) => answers(request.decision, task.kind) && isAbout(task, request));
  const exact = fitting.find(({ task }) => task === request.task);
  if (exact !== undefined) return exact;
  // Among several tasks, prefer those that wait for this person's office.
  const ofOffice = fitting.filter(({ role, area }) => role === operator.role && area === operator.area);
  const [only, ...more] = ofOffice.length > 0 ? ofOffice : fitting;
  // A person who names a task or an area may be repeating a decision. It is reported again, unless another task waits for the
  // person and the name is not exactly that of the task already decided.
  const isNamed = (request.task ?? request.area) !== undefined;
  const done = (await decisionsOf(pool, request.as, request.year)).find(
    (decided) =>
      isNamed && answers(request.decision, decided.kind) && isAbout(decided, request) && isSame(decided, request),
  );
  if (done !== undefined && (ofOffice.length === 0 || done.task === request.task)) return done;
  if (only === undefined) throw await nothingWaits(pool, request, operator, all);
  if (more.length > 0) {
    const list = [only, ...more].slice(0, 20).map(briefly).join('\n  ');
    throw new Refusal(
      `有 ${more.length + 1} 项待办，请用 --task 指明其一（several tasks could be meant）：\n  ${list}`,
    );
  }
  return only;
}

type Named = Pick<WaitingTask, 'task' | 'of_area' | 'of_scheme'>;
const isAbout = (task: Named, { task: name, area, scheme }: ActRequest): boolean =>
  (name === undefined || task.task.includes(name)) &&
  (area === undefined || task.of_area === area) &&
  (scheme === undefined || task.of_scheme === scheme);

/** Whether a decision repeats an earlier one. Another version or document makes it another decision. */
const isSame = (done: Decided, { decision, version, document }: ActRequest): boolean =>
  done.decision === decision &&
  (version === undefined || done.version === version) &&
  (document === undefined || done.document === document);

async function nothingWaits(
  pool: Database,
  request: ActRequest,
  operator: KnownOperator,
  all: readonly WaitingTask[],
): Promise<Refusal> {
  if (request.task !== undefined) {
    const known = await taskStanding(pool, request.task);
    if (known !== undefined) {
      const waits = all.filter(({ chain }) => request.task?.startsWith(`${chain}/`));
      const now = waits.length === 0 ? '' : `；现待办理：${waits.map(briefly).join('；')}`;
      return new Refusal(`事项 ${known.task} ${stateOf(known, request.as)}${now}`);
    }
  }
  const ofOffice = all.filter(({ role, area }) => role === operator.role && area === operator.area);
  const meant = ofOffice.length > 0 ? ofOffice : all;
  const list = meant.slice(0, 20).map(briefly).join('\n  ');
  const whose = ofOffice.length > 0 ? `等待 ${request.as} 的有` : `现有待办 ${all.length} 项`;
  return new Refusal(
    `没有这样的可${DECISION_NAMES[request.decision]}事项 (no such task waits)${list === '' ? '；目前无人员待办' : `；${whose}：\n  ${list}`}`,
  );
}

/** What has become of a task that does not wait for this person. */
function stateOf({ state, decided_by: by }: TaskStanding, as: string): string {
  if (state === 'void') return '已作废';
  if (state !== 'done') return '上一环节尚未办理';
  if (by === null) return '已随文件导入办结';
  return by === as ? '已由您本人办结' : `已由 ${shownText(by)} 办结`;
}

async function refuseUnknownVersion(
  pool: Database,
  { fund_year, of_scheme, of_area }: WaitingTask,
  version: number,
): Promise<void> {
  const versions = await versionsOf(pool, fund_year, of_scheme ?? '', of_area ?? '');
  const requested = versions.find((known) => known.version === version);
  if (requested !== undefined && !requested.isChecked) return;
  const left = versions.filter(({ isChecked }) => !isChecked).map((unchecked) => unchecked.version);
  const choice =
    left.length > 0
      ? `可报送的有第 ${left.join('、')} 版`
      : '没有未报送的版本，请先导入 budget_submissions.csv 的新版本';
  const fund = `${of_area ?? ''} ${of_scheme === null ? '' : SCHEME_NAMES[of_scheme]}`;
  throw new Refusal(
    requested === undefined
      ? `${fund}没有第 ${version} 版预算：${choice} (no such version)`
      : `${fund}第 ${version} 版已报送过：${choice} (submitted before)`,
  );
}

/** The act that is meant, with its proof. Whoever submits a version signs its rows, as he has seen them or as they are now. */
async function signed(pool: Database, task: WaitingTask, request: ActRequest, sign: Sign): Promise<PersonAct> {
  const { as: operator, decision, version, document, note, figures: seen = '' } = request;
  const rows = request.rows ?? (version === undefined ? undefined : await rowsHash(pool, fundOfTask(task), version));
  const figuresHash = task.figures_hash.startsWith(seen) ? task.figures_hash : seen;
  const personAct: PersonAct = {
    task: task.task,
    operator,
    decision,
    figuresHash,
    ...(version === undefined ? {} : { version }),
    ...(rows === undefined ? {} : { rowsHash: rows }),
    ...(document === undefined ? {} : { document }),
    ...(note === undefined ? {} : { note }),
  };
  const proof = await sign({ ...personAct, year: task.fund_year });
  return proof === undefined ? personAct : { ...personAct, proof };
}

/** The fund whose budget a task asks for. */
const fundOfTask = ({ fund_year: year, of_area, of_scheme }: WaitingTask) => ({
  year,
  area: of_area ?? '',
  scheme: of_scheme as Scheme,
});

/**
 * Sends the act, again while Temporal does not answer: its id is derived from the act and its signature, so the second sending gets
 * the answer of the first. The person's office is part of the id, so that an act refused to one office can be sent from another.
 */
async function send(client: Client, task: WaitingTask, personAct: PersonAct, operator: KnownOperator): Promise<void> {
  const updateId = `act/${task.task}/${hashOf({ personAct, office: [operator.role, operator.area] }).slice(0, 16)}`;
  try {
    await patiently(() =>
      client.workflow.getHandle(task.workflow_id).executeUpdate(act, { args: [personAct], updateId }),
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw new Refusal(error.cause?.message ?? error.message);
    if (error instanceof WorkflowNotFoundError) {
      throw new Refusal(
        `流程 ${task.workflow_id} 未在运行，不能办理：请在 Temporal 页面查看 (the workflow is not running)`,
      );
    }
    throw error;
  }
}
