/** 我的事项: what waits for the person who looks, the earliest deadline first, and what else waits that he may see. */
import { type VoidDecision, voidDecisionsOf } from '../../db/decisions';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import type { Wait } from '../../db/waits';
import { cycleStartOf } from '../../parameters';
import { shownText } from '../../rules/text';
import { ROLE_NAMES, officeName } from '../../rules/vocabulary';
import { spaced } from '../../scripts/words/value-text';
import { type Html, markup, text } from '../../web/text';
import { atDeadline } from '../at-deadline';
import { type OwnDesk, type Request, viewerOf } from '../desk';
import type { Page } from '../frame';
import { taskLink } from '../links';
import { dueCell, untilHtml } from '../page-parts';
import { tableHtml } from '../table';
import type { Viewer } from '../viewer';
import { isAsked, waitCard, waitWords, waitsSeen } from '../waits';
import { linked } from '../workflow-link';
import { runNotice } from '../year-notices';

/** Every task that the person may see, of the years that are open. */
export async function tasksSeen(desk: OwnDesk, viewer: Viewer): Promise<WaitingTask[]> {
  const all = await waitingTasks(desk.database, cycleStartOf);
  return all.filter(({ fund_year, of_area }) => viewer.sees(fund_year, of_area));
}

/** Whether the person himself can act on it. */
export const isOwn = ({ operators }: WaitingTask, viewer: Viewer): boolean =>
  operators.some(({ operator }) => operator === viewer.operator);

export async function tasksPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const seen = await tasksSeen(desk, viewer);
  const own = seen.filter((task) => isOwn(task, viewer));
  const others = seen.filter((task) => !isOwn(task, viewer));
  const waits = await waitsSeen(desk, viewer);
  const asked = waits.filter((wait) => isAsked(wait, viewer));
  const count = own.length + asked.length;
  const over = [...own, ...asked].filter(({ overdue }) => overdue).length;
  const body = markup`${runNotice(viewer, viewer.usualYear)}
<p class="lead">${
    count === 0
      ? text('没有等待您办理的事项。', 'Nothing waits for you.')
      : text(
          `等待您办理 ${count} 项${over === 0 ? '' : `，其中逾期 ${over} 项`}。`,
          `${count} wait for you${over === 0 ? '' : `, ${over} of them overdue`}.`,
        )
  }</p>
<ul class="cards">${asked.map(waitCard)}${own.map((task) => cardHtml(desk, task))}</ul>
${voidHtml(await voidDecisionsOf(desk.database, viewer.operator))}
${
  others.length + waits.length === asked.length
    ? ''
    : othersHtml(
        desk,
        others,
        waits.filter((wait) => !isAsked(wait, viewer)),
      )
}`;
  return { title: text('我的事项', 'My tasks'), body };
}

/** What the person has done that counts no more: he learns it without looking for it. */
const voidHtml = (decisions: readonly VoidDecision[]): Html =>
  decisions.length === 0
    ? markup``
    : markup`<h2>${text('您办理过、现已作废', 'What you did and is void now')}</h2><ul>${decisions.map(
        ({ task, subject, business_date: on, why }) =>
          markup`<li><a href="${taskLink(task)}">${spaced(subject)}</a>${text(`（${on} 办理）：所依数字已变，已重新提请：${shownText(why)}`, ` (${on}): its figures have changed, and it is asked anew: ${shownText(why)}`)}</li>`,
      )}</ul>`;

const cardHtml = ({ ui }: OwnDesk, task: WaitingTask): Html => markup`<li class="card${task.overdue ? ' over' : ''}">
<h2>${linked(ui, task.workflow_id, nameHtml(task))}</h2>
${untilHtml(task)}
<p class="meta">${text(`自 ${task.since.slice(0, 10)} 起等待`, `waits since ${task.since.slice(0, 10)}`)}。${atDeadline(task)}</p>
</li>`;

/** The subject names its area by a code. */
export const placeOf = ({ of_area_name: name }: WaitingTask): string => (name === null ? '' : `${shownText(name)} · `);

/** What a task is about, as a link to it. */
export const nameHtml = (task: WaitingTask): Html =>
  markup`<a href="${taskLink(task.task)}">${placeOf(task)}${spaced(task.subject)}</a>`;

function othersHtml({ ui }: OwnDesk, others: readonly WaitingTask[], waits: readonly Wait[]): Html {
  const ofWaits = waits.map((wait) => [
    markup`${waitWords(wait)}`,
    `${ROLE_NAMES[wait.role]}${wait.operators.length === 0 ? '' : `：${wait.operators.map(({ name }) => shownText(name)).join('、')}`}`,
    wait.since.slice(0, 10),
    dueCell(wait),
  ]);
  const ofTasks = others.map((task) => [
    linked(ui, task.workflow_id, nameHtml(task)),
    `${officeName(task)}${task.operators.length === 0 ? '' : `：${task.operators.map(({ name }) => shownText(name)).join('、')}`}`,
    task.since.slice(0, 10),
    dueCell(task),
  ]);
  return markup`<h2>${text('等待他人办理', 'Waiting for others')}</h2>${tableHtml(
    [
      { head: text('事项', 'Task'), kind: 'text' },
      { head: text('办理人', 'Who acts'), kind: 'text' },
      { head: text('自', 'Since'), kind: 'text' },
      { head: text('截止', 'Until'), kind: 'text' },
    ],
    [...ofWaits, ...ofTasks],
  )}`;
}
