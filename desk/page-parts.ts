/** Parts that several pages have: a chapter, the years to choose from, a deadline. */
import { type Html, type Text, markup, text } from '../web/text';

/** A chapter; `id` is for links to it, `lead` stands above its content. */
export function sectionHtml(title: Text, html: Html, { id, lead }: { id?: string; lead?: Text } = {}): Html {
  const named = id === undefined ? '' : markup` id="${id}"`;
  const above = lead === undefined ? '' : markup`<p class="lead">${lead}</p>`;
  return markup`<section${named}><h2>${title}</h2>${above}${html}</section>`;
}

/** The same page for another year; nothing where there is one year alone. */
export function yearTabs(years: readonly number[], shown: number, linkTo: (year: number) => string): Html {
  if (years.length < 2) return markup``;
  const links = years.map(
    (year) =>
      markup`<li><a href="${linkTo(year)}"${year === shown ? markup` aria-current="true"` : ''}>${year}</a></li>`,
  );
  return markup`<ul class="tabs">${links}</ul>`;
}

/** A deadline, and by how much it has passed. */
interface Due {
  due_on: string;
  overdue: boolean;
  days_over: number;
}

/** Until when, in a size that nobody overlooks. */
export const untilHtml = ({ due_on, overdue, days_over }: Due): Html =>
  markup`<p class="until${overdue ? ' over' : ''}"><span>${text('截止', 'Until')}</span> <strong>${due_on}</strong>${
    overdue ? markup` <em>${text(`逾期 ${days_over} 天`, `${days_over} days over`)}</em>` : ''
  }</p>`;

/** The same in the cell of a table. */
export const dueCell = ({ due_on, overdue, days_over }: Due): Html =>
  markup`<span class="${overdue ? 'over' : ''}">${due_on}${overdue ? text(`（逾期 ${days_over} 天）`, ` (${days_over} days over)`) : ''}</span>`;
