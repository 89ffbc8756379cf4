/** Parts that several pages have: a chapter, and the years to choose from. */
import { type Html, type Text, markup } from '../web/text';

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
