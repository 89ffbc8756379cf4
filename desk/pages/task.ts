/** One task: the figures it is bound to, the checks, what changed since the version before, who acted before, and the act itself. */
import { adjustmentRequestOf } from '../../db/adjustments';
import { placeNames } from '../../db/areas';
import { type TaskStanding, type WaitingTask, taskStanding } from '../../db/tasks';
import { type TrailLine, trail } from '../../db/trail';
import { pinnedParameters } from '../../db/parameters';
import { aboutParameter, isOfLevyOrShare, lawValueText } from '../../parameters';
import { shownText } from '../../rules/text';
import { DECISION_NAMES, type Decision } from '../../rules/decisions';
import { officeName } from '../../rules/vocabulary';
import { stageOf } from '../../scripts/client/acting';
import { changedLines } from '../../scripts/words/figure-lines';
import { personsText } from '../../scripts/words/persons-text';
import { spaced } from '../../scripts/words/value-text';
import { type Html, type Text, markup, text } from '../../web/text';
import { actForms, versionsHtml } from '../act-forms';
import { atDeadline } from '../at-deadline';
import { type BudgetShown, budgetHtml, budgetShown, checksHtml, isDeficit } from '../budget-figures';
import { NotHere, type OwnDesk, type Request, viewerOf } from '../desk';
import { figuresHtml } from '../figures';
import type { Page } from '../frame';
import { taskLink } from '../links';
import { sectionHtml, untilHtml } from '../page-parts';
import { tableHtml } from '../table';
import { trailHtml } from '../trail-table';
import { workflowHtml } from '../workflow-link';
import { actText } from '../words';
import { yearNotices } from '../year-notices';
import type { Viewer } from '../viewer';
import { isOwn, placeOf, tasksSeen } from './tasks';

/** How many acts before are shown; the trail has all of them. */
const MOST_ACTS = 30;

export async function taskPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const name = request.req.query('name') ?? '';
  const task = (await tasksSeen(desk, viewer)).find((known) => known.task === name);
  if (task !== undefined) return waitingPage(desk, viewer, task, request.req.query('version'));
  const standing = await taskStanding(desk.database, name);
  if (standing === undefined || !viewer.sees(standing.fund_year, standing.of_area)) throw new NotHere();
  return donePage(desk, viewer, standing, request.req.query('did'));
}

async function waitingPage(desk: OwnDesk, viewer: Viewer, task: WaitingTask, version?: string): Promise<Page> {
  const names = await placeNames(desk.database, task.fund_year);
  const budget = await budgetShown(desk.database, task, version);
  const checks = budget === null ? null : await checksHtml(desk.database, budget);
  const acts = await actsBefore(desk, viewer, task);
  const body = markup`${untilHtml(task)}${anewHtml(task)}${heldHtml(task)}
${await yearNotices(desk, viewer, task.fund_year)}
<p class="meta">${text('办理人', 'Who acts')} ${whoActs(task)}。${text(`自 ${task.since.slice(0, 10)} 起等待`, `It waits since ${task.since.slice(0, 10)}`)}。${atDeadline(task)}</p>
${sectionHtml(text('所依数字', 'The figures'), markup`${budget === null ? '' : markup`${versionsHtml(task, budget)}${deficitHtml(task, budget)}${budgetHtml(budget)}`}${figuresHtml(task, names, budget === null ? [] : IN_THE_TABLE)}<p class="note">${text('带虚线的数字点开看由来。数字一变，须重新查看后办理。', 'A figure with a dotted line leads to why it is what it is. Should one change, it has to be looked at again.')} <code>${task.figures_hash.slice(0, 12)}</code></p>`)}
${budget === null || checks === null ? '' : sectionHtml(checksTitle(budget), checks)}
${task.kind === 'record_method' ? await valuesToDecide(desk, task.fund_year) : ''}
${isOwn(task, viewer) ? sectionHtml(text('办理', 'Act'), actForms(task, viewer, budget)) : ''}
${sectionHtml(text('此前办理', 'Acts before'), trailHtml(acts))}
${workflowHtml(desk.ui, task.workflow_id)}`;
  return { title: text(`${placeOf(task)}${spaced(task.subject)}`, `${placeOf(task)}${spaced(task.subject)}`), body };
}

/** 调剂金管理办法: the values of levy and sharing that no document decides yet. */
async function valuesToDecide(desk: OwnDesk, year: number): Promise<Html> {
  const assumed = (await pinnedParameters(desk.database, year)).filter(
    ({ name, assumed: isAssumed }) => isAssumed && isOfLevyOrShare(name),
  );
  const table = tableHtml(
    [
      { head: text('参数', 'Value of law'), kind: 'text' },
      { head: text('取值', 'Value'), kind: 'text' },
      { head: text('来源', 'Source'), kind: 'text' },
    ],
    assumed.map(({ name, value, source }) => [
      text(aboutParameter(name).zh, name),
      lawValueText(value),
      shownText(source),
    ]),
  );
  const lead = text(
    '以下取值尚无文件确定，按假定执行。办法与此不同的，请信息技术人员先按文件更改。',
    'No document decides these values yet; they are assumed. Where the method differs, have IT set them by the document first.',
  );
  return sectionHtml(text('办法要确定的参数', 'What the method decides'), table, { lead });
}

/** A version that is still to be submitted has no checks of its own. */
function checksTitle({ judged, version }: BudgetShown): Text {
  const of = judged ?? 0;
  return judged === version
    ? versionChecks(of)
    : text(
        `上次报送的第 ${of} 版的审核（第 ${version ?? ''} 版报送后才审核）`,
        `Checks of version ${of}, which was submitted last`,
      );
}

const versionChecks = (version: number): Text => text(`第 ${version} 版的审核`, `Checks of version ${version}`);

/** Said before it is submitted: an official need not wait for the checks to learn it. */
const deficitHtml = ({ kind }: WaitingTask, budget: BudgetShown): Html =>
  kind === 'submit' && budget.left.length > 0 && isDeficit(budget)
    ? markup`<p class="notice">${text('本版统筹基金当年有赤字，报送后审核不会通过。', 'The pooled fund of this version ends in a deficit: its checks will fail.')}</p>`
    : markup``;

/** The figures that the task was opened on before, against those of now. */
function anewHtml({ anew, figures }: WaitingTask): Html {
  if (anew === null) return markup``;
  const { gone, come } = changedLines(anew.figures, figures);
  return markup`<div class="notice"><p>${text(`所依数字已变，此前的审批已作废，请看过新的数字再办理：${shownText(anew.why)}`, `The figures have changed, and what was approved before is void: ${shownText(anew.why)}`)}</p>
<ul>${gone.map((line) => markup`<li>${text('原：', 'Before: ')}${line.trim()}</li>`)}${come.map((line) => markup`<li>${text('现：', 'Now: ')}${line.trim()}</li>`)}</ul></div>`;
}

const heldHtml = ({ held }: WaitingTask): Html =>
  held === null
    ? markup``
    : markup`<p class="notice">${text(`暂不能拨付：${held}`, 'Nothing can be paid yet: the region’s government has to record the document that decides the levy and the shares.')}</p>`;

/** What stands in the tables of a budget already. */
const IN_THE_TABLE = ['rows', 'items', 'checks', 'income', 'expenditure', 'levy', 'surplus', 'failed', 'version'];

const whoActs = (task: WaitingTask): string =>
  `${officeName(task)}（${personsText(task.operators) || '无人可办，请补充人员'}）`;

/** Everything that was done on the same workflow. One of the whole year does the work of every area: of those, only the area's own. */
function actsBefore(desk: OwnDesk, viewer: Viewer, task: About): Promise<TrailLine[]> {
  const { fund_year: year, workflow_id: workflow, of_area } = task;
  const area = of_area ?? viewer.areaIn(year) ?? undefined;
  return trail(desk.database, { year, workflow, area }, { most: MOST_ACTS });
}
type About = Pick<TaskStanding, 'fund_year' | 'workflow_id' | 'of_area'>;

const isDecision = (word: string): word is Decision => Object.hasOwn(DECISION_NAMES, word);

/** What waits on the same workflow now; where nothing does, how far it has come. */
async function nextHtml(desk: OwnDesk, { workflow_id }: TaskStanding, next: readonly WaitingTask[]): Promise<Html> {
  if (next.length > 0) {
    const lines = next.map(
      (task) => markup`<li><a href="${taskLink(task.task)}">${spaced(task.subject)}</a> ${whoActs(task)}</li>`,
    );
    return markup`<p>${text('现在等待：', 'Now it waits for:')}</p><ul>${lines}</ul>`;
  }
  // The page is about the database; it does without the server of the workflows.
  const stage = await desk.acting
    .client()
    .then((client) => stageOf(client, workflow_id))
    .catch(() => null);
  const nobody = text('不再等待人员办理。', 'Nobody is waited for.');
  return markup`<p>${nobody}${stage === null ? '' : text(`目前：${stage}。`, ` It stands at: ${stage}.`)}</p>`;
}

const STATES = {
  open: text('上一环节尚未办理，轮到时在此办理。', 'The link before it is open: it can be acted on after that.'),
  done: text('已办结。', 'It is decided.'),
  void: text(
    '已作废：所依数字已变，或已另有事项代替。',
    'It is void: its figures have changed, or another task has taken its place.',
  ),
};

/** `did`: what the person has just done. */
async function donePage(desk: OwnDesk, viewer: Viewer, task: TaskStanding, did: string | undefined): Promise<Page> {
  const title = spaced(task.subject);
  const next = (await tasksSeen(desk, viewer)).filter(({ workflow_id }) => workflow_id === task.workflow_id);
  const done =
    did !== undefined && isDecision(did)
      ? markup`<p class="notice good" role="status">${text('已', 'Done: ')}${actText(task.kind, did)}${text('。', '.')}</p>`
      : '';
  const body = markup`${done}<p class="lead">${STATES[task.state]}</p>${await nextHtml(desk, task, next)}
${sectionHtml(text('所依数字', 'The figures'), figuresHtml(task, await placeNames(desk.database, task.fund_year)))}
${await adjustmentChecks(desk, task)}
${sectionHtml(text('办理经过', 'What was done'), trailHtml(await actsBefore(desk, viewer, task)))}
${workflowHtml(desk.ui, task.workflow_id)}`;
  return { title: text(title, title), body };
}

/** 预算调整: one that fails its checks asks nobody for anything, so what they said stands here. */
async function adjustmentChecks(
  desk: OwnDesk,
  { chain, fund_year: year, of_area: area, of_scheme: scheme }: TaskStanding,
): Promise<Html> {
  const adjusted = await adjustmentRequestOf(desk.database, chain);
  if (adjusted === undefined || area === null || scheme === null) return markup``;
  const checks = await checksHtml(desk.database, { of: { year, area, scheme }, judged: adjusted.version });
  return checks === null ? markup`` : sectionHtml(versionChecks(adjusted.version), checks);
}
