/** An input that was read from rows: those of input files with their lines, and rows that are figures themselves. */
import { areasOf } from '../db/areas';
import {
  type FigureTable,
  type Line,
  type Picked,
  type Selection,
  type Wanted,
  isKnownFile,
  lineRanges,
  pickRows,
  valuesOf,
} from '../db/provenance';
import type { Cells, Source } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';
import { type Context, type Input, listOf, placeOf } from './context';
import { correctionsOfRows } from './corrections';
import type { Node, RowsOf, Value } from './tree';
import { asValue, differ, writtenAs } from './values';

/** A selection of fewer lines is shown line by line; for a larger one the first few, and the numbers of all lines as ranges. */
const ALL_LINES = 12;
const FIRST_LINES = 3;

/** What an archive takes out of the database (db/archive.ts). */
const ROWS_OF_PERSONS = ['resident_roll.csv', 'resident_payments.csv', 'enrolled'];

const archivedInput = ({ name, zh, value }: Input, text: string): Node => ({
  ...{ name, zh, value: asValue(value) },
  from: { kind: 'stated', text },
});

/** Rows of `by` make a list: one selection for each value of that column. */
export async function rowInput(
  context: Context,
  input: Input,
  { rows: file, of, not = {} }: Extract<Source, { rows: string }>,
): Promise<Node> {
  if (ROWS_OF_PERSONS.includes(file)) {
    const text = await context.archived();
    if (text !== null) return archivedInput(input, text);
  }
  const { by, ...cells } = of;
  const selection = selectionOf(file, cells, not);
  if (by === undefined) return selected(context, input, selection);
  const column = by as string;
  const places: Node[] = [];
  for (const [at, value] of (await valuesOfList(context, selection, column, cells)).entries()) {
    const narrowed = { ...selection, of: { ...selection.of, [column]: value } };
    places.push(await selected(context, { ...placeOf(input, at), name: value }, narrowed));
  }
  return listOf(input, places);
}

/** Some words of a selector are not cells (`Source` of rules/rule.ts). Only history has rows of years other than its own. */
function selectionOf(file: string, cells: Cells, not: Cells): Selection {
  if (!isKnownFile(file)) throw new Error(`No rows are kept of ${file}.`);
  const { column = 'amount', complete = [], since, until, year, ...of } = cells;
  return {
    file,
    of: { ...of, ...(file === 'history.csv' && year !== undefined ? { year } : {}) },
    not,
    ...(since === undefined ? {} : { since: since as string }),
    ...(until === undefined ? {} : { until: until as string }),
    complete: complete as readonly string[],
    column: column as string,
  };
}

/** The values that a list runs over: all areas of a scheme in the order of their codes, with rows or without. */
async function valuesOfList({ db, year }: Context, selection: Selection, by: string, cells: Cells): Promise<string[]> {
  if (by !== 'area' || cells.area !== undefined) return valuesOf(db, year, selection, by);
  return areasOf(db, year, cells.scheme as Scheme);
}

async function selected(context: Context, { name, zh, value, depth }: Input, selection: Selection): Promise<Node> {
  const { db, year } = context;
  const picked = await pickRows(db, year, selection, ALL_LINES);
  const found = valueFound(selection, picked);
  const stored = value === undefined ? found : writtenAs(asValue(value), found);
  const { file, column, of } = selection;
  const isLong = picked.lines.length === ALL_LINES;
  const lines = isLong ? picked.lines.slice(0, FIRST_LINES) : picked.lines;
  const from: RowsOf = { kind: 'rows', file, of, column, count: picked.count, sum: picked.sum, lines };
  if (isLong) from.ranges = await lineRanges(db, year, selection);
  if (differ(stored, found)) from.differs = true;
  const changes = correctionsOfRows(await context.corrections(), selection);
  if (changes.length > 0) from.corrections = changes;
  const figures = await figuresBehind(context, selection, picked.lines, depth);
  if (figures.length > 0) from.figures = figures;
  return { name, zh, value: stored, from };
}

const COLUMNS_OF_WORDS = ['date', 'kind', 'reason', 'cause', 'value'];
/** The number of the rows, their sum, or the word in the only row. */
function valueFound({ column }: Selection, { count, sum, lines }: Picked): Value {
  if (column === 'count') return count;
  if (lines.length === 0) return COLUMNS_OF_WORDS.includes(column) ? null : '0';
  if (sum !== null) return lines.every(({ value }) => value === null) ? null : sum;
  return (lines[0]?.value ?? null) as Value;
}

const ROWS_THAT_ARE_FIGURES: Partial<Record<string, { table: FigureTable; key: readonly string[] }>> = {
  'budgets.csv': { table: 'budgets', key: ['area', 'scheme', 'part', 'item'] },
  'adjusted_budgets.csv': { table: 'adjusted_budgets', key: ['area', 'scheme', 'version', 'part', 'item'] },
  emergency_advance: { table: 'emergency_advance', key: ['area', 'scheme', 'number'] },
  'journal.csv': { table: 'journal', key: ['key', 'account'] },
};
/** Items of a budget in force, advances, and entries of the books (of a short selection) have reasons of their own. */
async function figuresBehind(context: Context, { file, of }: Selection, lines: Line[], depth: number): Promise<Node[]> {
  const kept = ROWS_THAT_ARE_FIGURES[file];
  if (kept === undefined || (kept.table === 'journal' && lines.length > FIRST_LINES)) return [];
  const { table } = kept;
  const figures: Node[] = [];
  for (const { cells } of lines) {
    const key = keyFrom({ ...of, ...cells }, kept.key);
    const [row] = await context.figures(table, key);
    if (row === undefined) continue;
    const column = table !== 'journal' ? 'amount' : row.cells.side === '1' ? 'debit' : 'credit';
    figures.push(await context.explain(key.key ?? '', { result: table, column, row }, depth));
  }
  return figures;
}
const keyFrom = (cells: Wanted, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (cells[name] === undefined ? [] : [[name, String(cells[name])]])));
