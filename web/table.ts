/** Tables of the report: exact figures, columns that sort when their heading is clicked, totals below. */
import { type Figure, attributesOf, written } from './figures';
import { type Html, type Text, markup } from './text';

export interface Column {
  head: Text;
  /** `text` is aligned left and sorts as text; `figure` is aligned right and sorts by value. */
  kind: 'text' | 'figure';
}
/** A cell: words, a figure, HTML with the text it sorts by, or nothing. */
export type Cell = Text | Figure | { html: Html; sortBy: string } | null;

const isFigure = (cell: Cell): cell is Figure => cell !== null && 'unit' in cell;

function cellHtml(cell: Cell, column: Column | undefined, isHead: boolean): Html {
  const attributes = markup`${column?.kind === 'figure' ? markup` class="n"` : ''}${isHead ? markup` scope="row"` : ''}`;
  const element = (more: Html, content: Html): Html =>
    isHead ? markup`<th${more}>${content}</th>` : markup`<td${more}>${content}</td>`;
  if (cell === null) return element(attributes, markup`<span class="none">—</span>`);
  if (isFigure(cell)) {
    const isZero = cell.unit === 'yuan' && /^0(\.0+)?$/.test(cell.value);
    const scope = isHead ? markup` scope="row"` : '';
    return element(
      markup` class="${isZero ? 'n nought' : 'n'}"${scope} ${attributesOf(cell)} data-sort="${cell.value}"`,
      markup`${written(cell)}`,
    );
  }
  if ('html' in cell) return element(markup`${attributes} data-sort="${cell.sortBy}"`, cell.html);
  return element(attributes, markup`${cell}`);
}

const row = (cells: readonly Cell[], columns: readonly Column[]): Html =>
  markup`<tr>${cells.map((cell, i) => cellHtml(cell, columns[i], i === 0))}</tr>`;

/** A table with a caption. Readers may sort the rows by any column; `totals` stay below. `dense` is for many columns. */
export function table(definition: {
  caption: Text;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  totals?: readonly (readonly Cell[])[];
  dense?: boolean;
}): Html {
  const { caption, columns, rows, totals = [], dense = false } = definition;
  const heads = columns.map(
    ({ head, kind }) =>
      markup`<th scope="col"${kind === 'figure' ? markup` class="n"` : ''} aria-sort="none"><button type="button">${head}</button></th>`,
  );
  const rowsHtml = (group: readonly (readonly Cell[])[]): Html[] => group.map((cells) => row(cells, columns));
  const foot = totals.length === 0 ? '' : markup`<tfoot>${rowsHtml(totals)}</tfoot>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption.zh}"><table class="sortable${dense ? ' dense' : ''}"><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${rowsHtml(rows)}</tbody>${foot}</table></div>`;
}
