/** A table where the terminal is wide enough for it. Where it is not, each row with the names of its cells: broken lines are unreadable. */
import Table from 'cli-table3';
import { widthOf } from '../../rules/text';

export type TableCell = string | number | { content: string; hAlign: 'right' };
interface Rows {
  head: readonly string[];
  rows: readonly (readonly TableCell[])[];
}

const contentOf = (cell: TableCell): string => (typeof cell === 'object' ? cell.content : String(cell));

/** Into a file or a pipe, a table is as wide as it is. */
const terminalWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : Infinity);

export function tableText({ head, rows }: Rows, width = terminalWidth()): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  const text = table.toString();
  if (Math.max(...text.split('\n').map(widthOf)) <= width) return text;
  return rows.map((row) => listed(head, row)).join('\n');
}

function listed(head: readonly string[], row: readonly TableCell[]): string {
  const [first = '', ...cells] = row.map(contentOf);
  const named = cells.map((cell, i) => [head[i + 1] ?? '', cell]).filter(([, cell]) => cell !== '' && cell !== '—');
  return [first, ...named.map(([name, cell]) => `  ${name}：${cell}`)].join('\n');
}
