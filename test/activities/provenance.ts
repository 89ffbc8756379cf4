/**
 * An auditor who trusts nothing: recomputes a stored figure from its stored reason alone. Figures that it rests on are
 * looked up where they are stored, rows of files are added up from the input tables, values of law are read as pinned, and
 * the formula is evaluated as it is written. Nothing of rules/ or activities/ is called.
 */
import type { Queryable } from '../../db/connect';
import { select } from '../../db/rows';
import type { Because, Cells, Source } from '../../rules/rule';
import { type Exact, type Quantity, evaluate, quantity } from '../rules/evaluate';

export interface FigureRow {
  area: string;
  because: Record<string, Because>;
  [column: string]: unknown;
}

/** The table that holds the rows of a file. */
const TABLES: Record<string, string> = {
  'actuals.csv': 'actual',
  'adjustment_fund.csv': 'adjustment_fund',
  'budgets.csv': 'budget_item',
  'conduct.csv': 'conduct',
  'history.csv': 'history',
  'insured.csv': 'insured',
  'opening.csv': 'opening',
};
/** Columns of the result `levy` that are fixed before the year begins. */
const ESTIMATED = ['levy.estimate_base', 'levy.prepaid'];

const same = (a: Quantity, b: Quantity): boolean => {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i] as Quantity));
  const exact = (value: Quantity): value is Exact =>
    value !== null && typeof value === 'object' && !Array.isArray(value);
  return exact(a) && exact(b) ? a.equals(b) : a === b;
};
const shown = (value: Quantity): string => (Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : String(value));

export class Auditor {
  readonly #tables = new Map<string, Promise<Record<string, unknown>[]>>();
  #pinned: Promise<Map<string, { value: unknown; source: string }>> | undefined;

  constructor(
    private readonly db: Queryable,
    private readonly year: number,
  ) {}

  /** What is wrong with the reasons of a row of a table; nothing, if each gives the figure that is stored. */
  async faultsOf(table: string, row: FigureRow): Promise<string[]> {
    const faults: string[] = [];
    const columns = await this.#columns(table);
    for (const name of columns.filter((column) => !(column in row.because)))
      faults.push(`${name}: no reason is stored`);
    for (const [name, because] of Object.entries(row.because)) {
      const stored = quantity(columns.includes(name) ? row[name] : because.value);
      const { found, disputed } = await this.#recompute(because);
      for (const dispute of disputed) faults.push(`${name}: ${dispute}`);
      if (!same(found, stored)) faults.push(`${name}: ${because.formula} = ${shown(found)}, stored ${shown(stored)}`);
    }
    return faults.map((fault) => `${this.year} ${table} ${String(row.scheme)} ${row.area} ${fault}`);
  }

  async #recompute({ formula, inputs }: Because): Promise<{ found: Quantity; disputed: string[] }> {
    const values: Record<string, Quantity> = {};
    const disputed: string[] = [];
    for (const [name, { value, from }] of Object.entries(inputs)) {
      const found = await this.#resolve(from as Source, value);
      if (value !== undefined && !same(found, quantity(value)))
        disputed.push(`${name} is stated as ${JSON.stringify(value)}, found ${shown(found)}`);
      values[name] = found;
    }
    return { found: evaluate(formula, values), disputed };
  }

  /** Where an input came from, looked up. `stated` only shows what kind of value is expected. */
  #resolve(from: Source, stated: unknown): Promise<Quantity> {
    if ('parameter' in from) return this.#parameter(from);
    if ('figure' in from) return this.#figure(from.figure, from.of);
    if ('stated' in from || 'correction' in from) return Promise.resolve(quantity(stated));
    return 'by' in from.of ? this.#byArea(from.rows, from.of) : this.#rows(from.rows, from.of, stated);
  }

  async #parameter({ parameter, source }: Extract<Source, { parameter: string }>): Promise<Quantity> {
    this.#pinned ??= select<{ name: string; value: unknown; source: string }>(
      this.db,
      'select name, value, source from fund.parameter_in_force where fund_year = :year',
      { year: this.year },
    ).then((rows) => new Map(rows.map((row) => [row.name, row])));
    const pinned = (await this.#pinned).get(parameter);
    return pinned?.source === source ? quantity(pinned.value) : `no ${parameter} of ${source}`;
  }

  /** A figure of one area, or of all areas of a scheme in the order of their codes; `area` is an area's place in it. */
  async #figure(name: string, of: Cells): Promise<Quantity> {
    const [result, ...rest] = name.split('.') as [string, ...string[]];
    const column = rest.join('.');
    if (column === 'area') return (await this.#areas(of.scheme as string)).indexOf(of.area as string) + 1;
    const rows = await this.#select(ESTIMATED.includes(name) ? 'levy_estimate' : result, of);
    const values = rows.map((row) => quantity(column in row ? row[column] : (row as FigureRow).because[column]?.value));
    return 'area' in of ? (values[0] ?? null) : values;
  }

  /** The sum of a column over the rows; of conduct the cell itself. */
  async #rows(file: string, { column = 'amount', complete = [], ...of }: Cells, stated: unknown): Promise<Quantity> {
    const rows = await this.#select(TABLES[file] as string, of);
    if (file === 'conduct.csv') return conductCell(rows[0], column as string, stated);
    const counted = rows.filter((row) => (complete as string[]).every((name) => row[name] !== null));
    // An empty cell, or no row at all, is why a factor is missing.
    if (stated === null && counted.every((row) => row[column as string] === null)) return null;
    const cells = counted.map((row) => quantity(row[column as string]) as Exact);
    return evaluate('sum(cells)', { cells });
  }

  /** One sum for each area of the scheme. */
  async #byArea(file: string, of: Cells): Promise<Quantity> {
    const areas = await this.#areas(of.scheme as string);
    return Promise.all(areas.map((area) => this.#rows(file, { ...of, area }, '0')));
  }

  async #areas(scheme: string): Promise<string[]> {
    const areas = (await this.#table('area')) as { area: string; schemes: string[] }[];
    return areas.filter(({ schemes }) => schemes.includes(scheme)).map(({ area }) => area);
  }

  /** The rows of a table whose cells are these, in the order of areas; only history tells of other years than its own. */
  async #select(table: string, { year = this.year, ...cells }: Cells): Promise<Record<string, unknown>[]> {
    const of: Cells = table === 'history' ? { ...cells, year } : cells;
    if (table !== 'history' && year !== this.year) return [];
    const named = Object.entries(of).filter(([name]) => name !== 'by');
    const wanted = named.map(([name, cell]) => [name, [cell].flat().map(String)] as const);
    const rows = await this.#table(table);
    return rows.filter((row) => wanted.every(([name, texts]) => texts.includes(String(row[name]))));
  }

  /** A table of the year, read once. */
  #table(name: string): Promise<Record<string, unknown>[]> {
    const order = name === 'adjustment_fund' ? 'scheme' : 'area collate "C"';
    const read =
      this.#tables.get(name) ??
      select(this.db, `select * from fund.${name} where fund_year = :year order by ${order}`, { year: this.year });
    this.#tables.set(name, read);
    return read;
  }

  async #columns(table: string): Promise<string[]> {
    const rows = await select<{ column_name: string }>(
      this.db,
      `select column_name from information_schema.columns where table_schema = 'fund' and table_name = :table`,
      { table },
    );
    return rows
      .map((row) => row.column_name)
      .filter((name) => !['fund_year', 'scheme', 'area', 'because'].includes(name));
  }
}

/** A cell of conduct.csv: a missing row or cell is 0 days, false, 0, no cause; `unpaid` stands in the column of days. */
function conductCell(row: Record<string, unknown> | undefined, column: string, stated: unknown): Quantity {
  const isUnpaid = column === 'levy_days_late' && row?.levy_unpaid === true;
  if (typeof stated === 'boolean') return isUnpaid || row?.[column] === true;
  // Words, and a score: an empty cell is none, never 0.
  if (['cause', 'transition_document'].includes(column)) return (row?.[column] as string | null | undefined) ?? null;
  if (column === 'performance_score' && row?.[column] == null) return null;
  const cell = row?.[column] ?? '0';
  return quantity(typeof cell === 'number' ? cell.toFixed() : cell);
}
