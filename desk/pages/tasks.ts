/** 我的事项: what waits for the person who looks, the earliest deadline first, and what else waits that he may see. */
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { shownText } from '../../rules/text';
import { officeName } from '../../rules/vocabulary';
import { spaced } from '../../scripts/words/value-text';
import { type Html, markup, text } from '../../web/text';
import { atDeadline } from '../at-deadline';
import { type OwnDesk, type Request, viewerOf } from '../desk';
import type { Page } from '../frame';
import { taskLink } from '../links';
import { tableHtml } from '../table';
import type { Viewer } from '../viewer';
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
  const over = own.filter(({ overdue }) => overdue).length;
  const body = markup`${runNotice(viewer, viewer.usualYear)}
<p class="lead">${
    own.length === 0
      ? text('没有等待您办理的事项。', 'Nothing waits for you.')
      : text(
          `等待您办理 ${own.length} 项${over === 0 ? '' : `，其中逾期 ${over} 项`}。`,
          `${own.length} wait for you${over === 0 ? '' : `, ${over} of them overdue`}.`,
        )
  }</p>
<ul class="cards">${own.map((task) => cardHtml(desk, task))}</ul>
${others.length === 0 ? '' : othersHtml(desk, others)}`;
  return { title: text('我的事项', 'My tasks'), body };
}

/** Until when, in a size that nobody overlooks. */
export const untilHtml = ({ due_on, overdue, days_over }: WaitingTask): Html =>
  markup`<p class="until${overdue ? ' over' : ''}"><span>${text('截止', 'Until')}</span> <strong>${due_on}</strong>${
    overdue ? markup` <em>${text(`逾期 ${days_over} 天`, `${days_over} days over`)}</em>` : ''
  }</p>`;

const cardHtml = ({ ui }: OwnDesk, task: WaitingTask): Html => markup`<li class="card${task.overdue ? ' over' : ''}">
<h2>${linked(ui, task.workflow_id, nameHtml(task))}</h2>
${untilHtml(task)}
<p class="meta">${text(`自 ${task.since.slice(0, 10)} 起等待`, `waits since ${task.since.slice(0, 10)}`)}。${atDeadline(task)}</p>
</li>`;

/** The subject names its area by a code. */
export const placeOf = ({ of_area_name: name }: WaitingTask): string => (name === null ? '' : `${shownText(name)} · `);

const nameHtml = (task: WaitingTask): Html =>
  markup`<a href="${taskLink(task.task)}">${placeOf(task)}${spaced(task.subject)}</a>`;

function othersHtml({ ui }: OwnDesk, others: readonly WaitingTask[]): Html {
  const rows = others.map((task) => [
    linked(ui, task.workflow_id, nameHtml(task)),
    `${officeName(task)}${task.operators.length === 0 ? '' : `：${task.operators.map(({ name }) => shownText(name)).join('、')}`}`,
    task.since.slice(0, 10),
    markup`<span class="${task.overdue ? 'over' : ''}">${task.due_on}${task.overdue ? text(`（逾期 ${task.days_over} 天）`, ` (${task.days_over} days over)`) : ''}</span>`,
  ]);
  return markup`<h2>${text('等待他人办理', 'Waiting for others')}</h2>${tableHtml(
    [
      { head: text('事项', 'Task'), kind: 'text' },
      { head: text('办理人', 'Who acts'), kind: 'text' },
      { head: text('自', 'Since'), kind: 'text' },
      { head: text('截止', 'Until'), kind: 'text' },
    ],
    rows,
  )}`;
}
