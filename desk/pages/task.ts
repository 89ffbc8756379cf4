/** One task: the figures it is bound to, the checks, what changed since the version before, who acted before, and the act itself. */
import { placeNames } from '../../db/areas';
import { type TaskStanding, type WaitingTask, taskStanding } from '../../db/tasks';
import { type TrailLine, trail } from '../../db/trail';
import { shownText } from '../../rules/text';
import { DECISION_NAMES, type Decision } from '../../rules/decisions';
import { officeName } from '../../rules/vocabulary';
import { changedLines } from '../../scripts/words/figure-lines';
import { personsText } from '../../scripts/words/persons-text';
import { spaced } from '../../scripts/words/value-text';
import { type Html, markup, text } from '../../web/text';
import { actForms, versionsHtml } from '../act-forms';
import { atDeadline } from '../at-deadline';
import { budgetHtml, budgetShown, checksHtml } from '../budget-figures';
import { NotHere, type OwnDesk, type Request, viewerOf } from '../desk';
import { figuresHtml } from '../figures';
import type { Page } from '../frame';
import { taskLink } from '../links';
import { sectionHtml, untilHtml } from '../page-parts';
import { trailHtml } from '../trail-table';
import { workflowHtml } from '../workflow-link';
import { decisionText } from '../words';
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
${sectionHtml(text('所依数字', 'The figures'), markup`${budget === null ? '' : markup`${versionsHtml(task, budget)}${budgetHtml(budget)}`}${figuresHtml(task, names, budget === null ? [] : IN_THE_TABLE)}<p class="note">${text('点数字看由来。数字一变，须重新查看后办理。', 'Follow a figure to see why it is what it is. Should one change, it has to be looked at again.')} <code>${task.figures_hash.slice(0, 12)}</code></p>`)}
${checks === null ? '' : sectionHtml(text(`第 ${budget?.judged ?? ''} 版的审核`, `Checks of version ${budget?.judged ?? ''}`), checks)}
${isOwn(task, viewer) ? sectionHtml(text('办理', 'Act'), actForms(task, viewer, budget)) : ''}
${sectionHtml(text('此前办理', 'Acts before'), trailHtml(acts))}
${workflowHtml(desk.ui, task.workflow_id)}`;
  return { title: text(`${placeOf(task)}${spaced(task.subject)}`, `${placeOf(task)}${spaced(task.subject)}`), body };
}

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
const IN_THE_TABLE = ['rows', 'checks', 'income', 'expenditure', 'levy', 'surplus', 'failed', 'version'];

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

/** What waits on the same workflow now. */
const nextHtml = (next: readonly WaitingTask[]): Html =>
  next.length === 0
    ? markup`${text('此流程目前不再等待人员办理。', 'Nothing waits here any more.')}`
    : markup`${text('现在等待：', 'Now it waits for: ')}${next.map((task) => markup`<a href="${taskLink(task.task)}">${whoActs(task)}</a> `)}`;

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
      ? markup`<p class="notice good" role="status">${text('已', 'Done: ')}${decisionText(did)}${text('。', '.')}</p>`
      : '';
  const body = markup`${done}<p class="lead">${STATES[task.state]}${nextHtml(next)}</p>
${sectionHtml(text('办理经过', 'What was done'), trailHtml(await actsBefore(desk, viewer, task)))}
${workflowHtml(desk.ui, task.workflow_id)}`;
  return { title: text(title, title), body };
}
