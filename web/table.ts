/** Tables of the report: exact figures, columns that sort when their head is clicked, totals below. */
import { type Figure, attributesOf, written } from './figures';
import { type Text, escaped, html } from './text';

export interface Column {
  head: Text;
  /** `text` is aligned left and sorts as text; `figure` is aligned right and sorts by value. */
  kind: 'text' | 'figure';
}
/** A cell: words, a figure, HTML with the text it sorts by, or nothing. */
export type Cell = Text | Figure | { html: string; sortBy: string } | null;

const isFigure = (cell: Cell): cell is Figure => cell !== null && 'unit' in cell;

function cellHtml(cell: Cell, column: Column | undefined, tag: 'td' | 'th'): string {
  const scope = tag === 'th' ? ' scope="row"' : '';
  const side = column?.kind === 'figure' ? ' class="n"' : '';
  if (cell === null) return `<${tag}${side}${scope}><span class="none">—</span></${tag}>`;
  if (isFigure(cell)) {
    const nothing = cell.unit === 'yuan' && /^0(\.0+)?$/.test(cell.value) ? ' class="n nought"' : ' class="n"';
    return `<${tag}${nothing}${scope} ${attributesOf(cell)} data-sort="${escaped(cell.value)}">${escaped(written(cell))}</${tag}>`;
  }
  if ('html' in cell) return `<${tag}${side}${scope} data-sort="${escaped(cell.sortBy)}">${cell.html}</${tag}>`;
  return `<${tag}${side}${scope}>${html(cell)}</${tag}>`;
}

const row = (cells: readonly Cell[], columns: readonly Column[]): string =>
  `<tr>${cells.map((cell, i) => cellHtml(cell, columns[i], i === 0 ? 'th' : 'td')).join('')}</tr>`;

/** A table with a caption. Readers may sort the rows by any column; `totals` stay below. `dense` is for many columns. */
export function table(of: {
  caption: Text;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  totals?: readonly (readonly Cell[])[];
  dense?: boolean;
}): string {
  const { caption, columns, rows, totals = [], dense = false } = of;
  const heads = columns.map(
    ({ head, kind }) =>
      `<th scope="col"${kind === 'figure' ? ' class="n"' : ''} aria-sort="none"><button type="button">${html(head)}</button></th>`,
  );
  const foot = totals.length === 0 ? '' : `<tfoot>${totals.map((cells) => row(cells, columns)).join('')}</tfoot>`;
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(caption.zh)}"><table class="sortable${dense ? ' dense' : ''}"><caption>${html(caption)}</caption>` +
    `<thead><tr>${heads.join('')}</tr></thead><tbody>${rows.map((cells) => row(cells, columns)).join('')}</tbody>${foot}</table></div>`
  );
}
