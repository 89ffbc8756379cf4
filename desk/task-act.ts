/** A decision on a task, as its form describes it. What is refused here is refused early and in a clear sentence; the database decides. */
import { type WaitingTask, taskStanding } from '../db/tasks';
import { DECISION_NAMES, type Decision, decisionsOn, flawOfWords, needsDocument } from '../rules/decisions';
import { type ActRequest, actOn } from '../scripts/client/acting';
import { personsText } from '../scripts/words/persons-text';
import { textOf } from './body';
import { type Desk, type OwnDesk, ownDesk } from './desk';
import { Refused } from './json';
import { taskLink } from './links';
import { isOwn, tasksSeen } from './pages/tasks';
import type { Perform } from './perform';
import type { Viewer } from './viewer';

export async function taskAct(desk: Desk, viewer: Viewer, fields: Record<string, unknown>): Promise<Perform> {
  const request = await ownDesk(desk, viewer, (own) => requestOf(own, viewer, fields));
  return async (sign) => {
    await actOn({ client: await desk.acting.client(), pool: desk.acting.pool }, request, sign);
    return { to: `${taskLink(request.task ?? '')}&did=${request.decision}` };
  };
}

async function requestOf(desk: OwnDesk, viewer: Viewer, fields: Record<string, unknown>): Promise<ActRequest> {
  const task = await taskMeant(desk, viewer, textOf(fields, 'task'));
  const decision = decisionOf(textOf(fields, 'decision'));
  if (!decisionsOn(task).includes(decision)) throw new Refused(`本事项不能${DECISION_NAMES[decision]} (not open here)`);
  if (!isOwn(task, viewer)) throw new Refused(notYours(task, viewer));
  const figuresHash = textOf(fields, 'figuresHash');
  if (figuresHash !== task.figures_hash) {
    throw new Refused(
      '您打开本页之后，所依的数字已变：请刷新页面，看过新的数字再办理 (the figures have changed: reload and look again)',
    );
  }
  const [document = '', note = ''] = ['document', 'note'].map((name) => textOf(fields, name).trim());
  const version = textOf(fields, 'version');
  const flaw = flawOfWords({ document, note });
  if (flaw !== null) throw new Refused(flaw);
  if (decision !== 'return' && document === '' && needsDocument(task))
    throw new Refused('请填写文号 (a document number is needed)');
  if (decision === 'return' && note === '') throw new Refused('请填写退回原因 (say why it is returned)');
  if (decision === 'submit' && !/^[1-9]\d{0,5}$/.test(version))
    throw new Refused('请选择要报送的版本 (choose a version)');
  return {
    ...{ as: viewer.operator, year: task.fund_year, task: task.task, decision, figures: figuresHash },
    ...(decision === 'submit' ? { version: Number.parseInt(version, 10), rows: textOf(fields, 'rows') } : {}),
    ...(document === '' ? {} : { document }),
    ...(note === '' ? {} : { note }),
  };
}

async function taskMeant(desk: OwnDesk, viewer: Viewer, name: string): Promise<WaitingTask> {
  const task = (await tasksSeen(desk, viewer)).find((waiting) => waiting.task === name);
  if (task !== undefined) return task;
  const known = await taskStanding(desk.database, name);
  if (known === undefined || !viewer.sees(known.fund_year, known.of_area))
    throw new Refused('没有这一事项 (no such task)');
  const by = known.decided_by === null ? '' : `由${known.decided_by === viewer.operator ? '您' : known.decided_by}`;
  const state = { open: '上一环节尚未办理', done: `已${by}办结`, void: '已作废，请在“我的事项”中看新的事项' }[
    known.state
  ];
  throw new Refused(`本事项${state}，未重复办理 (it does not wait any more)`);
}

const decisionOf = (word: string): Decision => {
  if (!Object.hasOwn(DECISION_NAMES, word)) throw new Refused('请选择办理意见 (choose a decision)');
  return word as Decision;
};

/** Maker and checker are two people; every other link is another office. */
function notYours(task: WaitingTask, viewer: Viewer): string {
  const office = viewer.officeIn(task.fund_year);
  const isOffice = office?.role === task.role && office.area === task.area;
  return isOffice
    ? '您已办理过本事项的另一环节，须由他人办理 (you have acted on another link of it: somebody else has to)'
    : `本事项须由 ${personsText(task.operators) || '（无人可办）'} 办理 (it is for others to act on)`;
}
