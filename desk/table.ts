/** Tables of the desk: figures right-aligned, the first cell of a row its heading; on a phone they scroll by themselves. */
import { withThousands } from '../rules/thousands';
import { type Html, type Text, markup } from '../web/text';

export interface Column {
  head: Text;
  kind: 'text' | 'figure';
}
/** A cell: words, an amount with what explains it, finished HTML, or nothing. */
export type Cell = Text | string | Html | { amount: string; explain?: string | undefined } | null;

const isAmount = (cell: object): cell is { amount: string; explain?: string | undefined } => 'amount' in cell;

function content(cell: Cell): Html {
  if (cell === null || cell === '') return markup`<span class="none">—</span>`;
  if (typeof cell === 'string' || !isAmount(cell)) return markup`${cell}`;
  const words = withThousands(cell.amount);
  return cell.explain === undefined
    ? markup`${words}`
    : markup`<a class="why" href="${cell.explain}" title="由来 / why">${words}</a>`;
}

export function tableHtml(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { caption, totals = [] }: { caption?: Text; totals?: readonly (readonly Cell[])[] } = {},
): Html {
  const kind = (at: number): Html => (columns[at]?.kind === 'figure' ? markup` class="n"` : markup``);
  const rowHtml = (cells: readonly Cell[]): Html =>
    markup`<tr>${cells.map((cell, at) => (at === 0 ? markup`<th scope="row"${kind(at)}>${content(cell)}</th>` : markup`<td${kind(at)}>${content(cell)}</td>`))}</tr>`;
  const heads = columns.map(({ head }, at) => markup`<th scope="col"${kind(at)}>${head}</th>`);
  const foot = totals.length === 0 ? '' : markup`<tfoot>${totals.map(rowHtml)}</tfoot>`;
  return markup`<div class="scroll${columns.length > 4 ? ' wide' : ''}" tabindex="0"><table>${caption === undefined ? '' : markup`<caption>${caption}</caption>`}<thead><tr>${heads}</tr></thead><tbody>${rows.map(rowHtml)}</tbody>${foot}</table></div>`;
}
