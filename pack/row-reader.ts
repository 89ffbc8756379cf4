/** Turns the records of one file into rows of its table, and reports every cell, check and key that is wrong. */
import { type Report, both } from './fault';
import { placesOf, reportNoHeader } from './header';
import type { RawRecord } from './records';
import { type Columns, type Known, type Row, type Table, columnNames } from './table';

/** The keys seen so far, and where; null when a file is only read again after it was judged. */
export type SeenKeys = Map<string, string> | null;

type Cells = (column: string) => string;
type Values = Record<string, unknown> & { line: number };

export class RowReader<C extends Columns> {
  /** The place of each column; null when the header is wrong, undefined before it was read. */
  #places: ReadonlyMap<string, number> | null | undefined;

  constructor(
    private readonly file: string,
    private readonly table: Table<C>,
    private readonly context: { known: Known; keys: SeenKeys; report: Report },
  ) {}

  /** The row, or null, with each fault reported, where it is not in order. The first record is the header and no row. */
  read({ line, fields }: RawRecord): Row<C> | null {
    if (this.#places === undefined) {
      this.#places = placesOf({ line, fields }, columnNames(this.table), this.context.report);
      return null;
    }
    const places = this.#places;
    // Under a wrong header no cell has a name, so only the flaws of whole records are still reported.
    if (places === null || !this.#isWhole(line, fields, places.size)) return null;

    const cells: Cells = (column) => fields[places.get(column) ?? -1] ?? '';
    const values: Values = { line };
    const areReadable = this.#readCells(values, cells);
    const areSound = this.#check(values, cells);
    return this.#isUnique(values) && areReadable && areSound ? (values as Row<C>) : null;
  }

  reportMissingHeader(): void {
    if (this.#places === undefined) reportNoHeader(Object.keys(this.table.columns), this.context.report);
  }

  #isWhole(line: number, fields: readonly string[], expected: number): boolean {
    const found = fields.length;
    if (found > 1 && fields.every((field) => field === '')) {
      this.context.report({
        line,
        found: both('只有逗号', 'commas alone'),
        expected: both('有内容的行', 'a row with content'),
        remedy: both('删除该空行', 'remove the empty row'),
      });
      return false;
    }
    if (found === expected) return true;
    this.context.report({
      line,
      found: both(`${found} 个字段`, `${found} fields`),
      expected: both(`与表头相同的 ${expected} 个字段`, `${expected} fields as in the header`),
      remedy: both('改正该行；含逗号的文本加引号', 'correct the line; text with a comma stands in quotes'),
    });
    return false;
  }

  #readCells(values: Values, cells: Cells): boolean {
    let areReadable = true;
    for (const [column, { expected, read }] of Object.entries(this.table.columns)) {
      const found = cells(column);
      values[column] = read(found);
      if (values[column] !== undefined) continue;
      areReadable = false;
      const remedy = both('改正该格', 'correct the cell');
      this.context.report({ line: values.line, column, found, expected, remedy });
    }
    return areReadable;
  }

  #check(values: Values, cells: Cells): boolean {
    const faults = this.table.checks.flatMap((check) => check(values as Partial<Row<C>>, this.context.known) ?? []);
    for (const fault of faults) this.context.report({ line: values.line, found: cells(fault.column), ...fault });
    return faults.length === 0;
  }

  #isUnique(values: Values): boolean {
    const { keys, report } = this.context;
    const parts: unknown[] = this.table.key.map((column) => values[column]);
    if (keys === null || parts.length === 0 || parts.includes(undefined)) return true;
    const key = JSON.stringify(parts);
    const first = keys.get(key);
    if (first === undefined) {
      keys.set(key, `${this.file}:${values.line}`);
      return true;
    }
    reportRepeatedKey(report, this.table.key, parts, values.line, first);
    return false;
  }
}

/** A key that stands at `first` already, as `file:line`. */
export const reportRepeatedKey = (
  report: Report,
  columns: readonly string[],
  parts: readonly unknown[],
  line: number,
  first: string,
): void =>
  report({
    line,
    column: columns.join('+'),
    // A fault is shown and logged: it names no person.
    found: columns.map((column, place) => (column === 'person' ? '…' : parts[place])).join(' '),
    expected: both(`不重复的键；此键已见于 ${first}`, `a key that is not repeated; it stands at ${first}`),
    remedy: both('删除或合并重复的行', 'remove or merge the rows'),
  });
