/**
 * Why a figure is what it is, as a tree: the figure with its article and formula, every input of the formula below it, down
 * to the lines of files and the values of law. Told from stored rows alone; no figure is computed again.
 */
import type { Queryable } from '../db/connect';
import { areasOfYear } from '../db/areas';
import { type StoredCorrection, corrections } from '../db/corrections';
import { pinnedParameters } from '../db/parameters';
import {
  type FigureRow,
  type FigureTable,
  type Line,
  type Picked,
  type Selection,
  type StoredReason,
  figureRows,
  isFigureTable,
  isKnownFile,
  lineRanges,
  pickRows,
  valuesOf,
} from '../db/provenance';
import { type ParameterInForce, aboutParameter } from '../parameters/index';
import { FINDINGS, type FindingCode } from '../rules/findings';
import { decimal } from '../rules/money';
import type { Cells, Source } from '../rules/rule';
import { SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { quotesOf } from './articles';
import { correctionsOfParameter, correctionsOfRows } from './corrections';
import { RESULTS, WORDS, columnsOf } from './results';
import type { FigureOf, Node, ParameterOf, RowsOf, Value } from './tree';
import { comesTo, workingsOf } from './workings';

export type { FigureOf, ListOf, Node, ParameterOf, RowsOf, Value } from './tree';

/** The figure that is asked for is not there, or more than one is: said in words for a person. */
export class NoSuchFigure extends Error {
  override name = 'NoSuchFigure';
}

export interface Asked {
  year: number;
  figure: string; // RESULT.COLUMN
  key: Record<string, string>;
  /** How many figures below the one that was asked for are told with their inputs. */
  depth: number;
}

/** Fewer lines than this are told one by one; of a larger set the first few, and the numbers of all. */
const ALL_LINES = 12;
const FIRST_LINES = 3;
/** So many of the words that there are stand in a refusal. */
const MOST_CELLS = 30;

/** `sharing.alpha.d` is the column `alpha.d` of the result `sharing`. */
export const partsOf = (figure: string): { result: string; column: string } => {
  const dot = figure.indexOf('.');
  return dot < 0 ? { result: figure, column: '' } : { result: figure.slice(0, dot), column: figure.slice(dot + 1) };
};
/** The figure of a finding is called what it is for its code. */
const nameOf = (figure: string, { code }: Record<string, string> = {}): string => {
  const { result, column } = partsOf(figure);
  if (figure === 'findings.figure' && code !== undefined) return FINDINGS[code as FindingCode].figure.zh;
  return RESULTS[result]?.columns[column] ?? WORDS[figure] ?? WORDS[column] ?? figure;
};
const keyText = (key: Record<string, string>): string => JSON.stringify(Object.entries(key).sort());

/** Tells figures of one fund year. */
export class Explainer {
  readonly #told = new Set<string>();
  #parameters: Map<string, ParameterInForce> | undefined;
  #corrections: Promise<StoredCorrection[]> | undefined;

  constructor(
    private readonly db: Queryable,
    private readonly asked: Asked,
  ) {}

  /** The stored figures of the question; several only where the result itself tells two rows apart by nothing. */
  async explain(table: FigureTable): Promise<Node[]> {
    const { result, column } = partsOf(this.asked.figure);
    // The sums of a budget stand with the budget, not with its items.
    const isSum = table === 'budgets' && !(column in (RESULTS.budgets?.columns ?? {}));
    const names = isSum ? ['area', 'scheme'] : keyNames(result);
    const rows = await figureRows(this.db, this.asked.year, isSum ? 'budget' : table, this.asked.key);
    if (rows.length === 0) throw new NoSuchFigure(await this.noRow(isSum ? 'budget' : table));
    const [first] = rows as [FigureRow, ...FigureRow[]];
    if (reasonOf(result, column, first) === undefined && !(column in first.cells)) {
      throw new NoSuchFigure(noColumn(result, column, first));
    }
    const missing = names.filter(
      (name) => !(name in this.asked.key) && new Set(rows.map(({ cells }) => cells[name] ?? '')).size > 1,
    );
    if (missing.length > 0 && result !== 'findings') throw new NoSuchFigure(manyRows(missing, rows));
    const nodes: Node[] = [];
    for (const row of rows) nodes.push(await this.figureNode('', result, column, row, this.asked.depth));
    return nodes;
  }

  /** Which word of the question no row has, and which there are; or that no row has all of them. */
  private async noRow(table: FigureTable): Promise<string> {
    const { year, key } = this.asked;
    const all = await figureRows(this.db, year, table, {});
    const strange = Object.entries(key).flatMap(([name, cell]) => {
      const cells = [...new Set(all.map((row) => row.cells[name] ?? ''))].filter((one) => one !== '');
      if (cells.includes(cell)) return [];
      return [
        `--${name} ${cell} 没有：有 ${cells.slice(0, MOST_CELLS).join('、')}${cells.length > MOST_CELLS ? '…' : ''}`,
      ];
    });
    if (all.length === 0) return `${year} 年度还没有这项结果 (nothing of it yet)`;
    return `${year} 年度没有这一行 (no such row)：${strange.length > 0 ? strange.join('；') : words(key)}`;
  }

  /** A figure that is told from a reason made up for it: of the books and of the collection's rows. */
  async told(figure: string, key: Record<string, string>, value: Value, reason: StoredReason): Promise<Node> {
    return {
      name: '',
      zh: nameOf(figure),
      value,
      from: await this.reasoned(figure, key, value, reason, this.asked.depth),
    };
  }

  private async figureNode(name: string, result: string, column: string, row: FigureRow, depth: number): Promise<Node> {
    const stored = reasonOf(result, column, row);
    const figure = `${result}.${column}`;
    const key = keyOf(result, row);
    const value = valueOf(column, row, stored);
    if (stored === undefined) throw new NoSuchFigure(`${figure} ${words(key)} 没有保存依据（该年度由旧版本运行）`);
    const identity = `${figure} ${keyText(key)}`;
    const node = { name, zh: nameOf(figure, key), value };
    const bare = { kind: 'figure' as const, figure, key, article: stored.article, quotes: [], formula: stored.formula };
    if (this.#told.has(identity)) return { ...node, from: { ...bare, inputs: [], told: 'above' } };
    if (depth < 0) return { ...node, from: { ...bare, inputs: [], told: 'deeper' } };
    this.#told.add(identity);
    return { ...node, from: await this.reasoned(figure, key, value, stored, depth) };
  }

  private async reasoned(
    figure: string,
    key: Record<string, string>,
    value: Value,
    { article, formula, inputs }: StoredReason,
    depth: number,
  ): Promise<FigureOf> {
    const nodes: Node[] = [];
    for (const [name, { value: given, from }] of inFormulaOrder(formula, inputs)) {
      nodes.push(await this.input(name, given as Value | undefined, from as Source | Source[], key, depth - 1));
    }
    const workings = workingsOf(formula, nodes);
    const told = { kind: 'figure' as const, figure, key, article, quotes: quotesOf(article), formula, inputs: nodes };
    const now = comesTo(formula, nodes);
    return {
      ...told,
      ...(workings.length > 0 ? { workings } : {}),
      ...(now !== undefined && differ(value, now) ? { now } : {}),
    };
  }

  /** `of` is the key of the figure that the input belongs to. */
  private async input(
    name: string,
    value: Value | undefined,
    from: Source | Source[],
    of: Record<string, string>,
    depth: number,
  ): Promise<Node> {
    const zh = WORDS[name] ?? name;
    if (Array.isArray(from)) {
      const places: Node[] = [];
      for (const [at, one] of from.entries()) {
        places.push(await this.input(name, (value as Value[] | undefined)?.[at], one, of, depth));
      }
      return list(name, zh, places);
    }
    if ('stated' in from) return { name, zh, value: asText(value), from: { kind: 'stated', text: from.stated } };
    if ('parameter' in from) return this.parameter(name, value, from);
    if ('correction' in from) return this.correction(name, zh, value, from.correction);
    if ('rows' in from) return this.rows(name, zh, value, from, depth);
    return this.figures(name, zh, value, from, of, depth);
  }

  private async parameter(name: string, value: Value | undefined, from: Extract<Source, { parameter: string }>) {
    this.#parameters ??= new Map((await pinnedParameters(this.db, this.asked.year)).map((one) => [one.name, one]));
    const pinned = this.#parameters.get(from.parameter);
    const { parameter, source, assumed } = from;
    const told = value === undefined ? ((pinned?.value ?? null) as Value) : asText(value);
    const node: ParameterOf = { kind: 'parameter', parameter, from: from.from, source, assumed };
    const changes = correctionsOfParameter(await this.corrected(), parameter);
    if (changes.length > 0) node.corrections = changes;
    return { name, zh: WORDS[name] ?? aboutParameter(parameter).zh, value: told, from: node };
  }

  private async correction(name: string, zh: string, value: Value | undefined, id: string): Promise<Node> {
    const correction = (await this.corrected()).find((one) => one.id === id);
    if (correction === undefined) throw new Error(`Correction ${id} of ${this.asked.year} is not there.`);
    return { name, zh, value: asText(value), from: { kind: 'correction', correction } };
  }
  /** Only a live year has any. */
  private corrected = (): Promise<StoredCorrection[]> => (this.#corrections ??= corrections(this.db, this.asked.year));

  private async rows(
    name: string,
    zh: string,
    value: Value | undefined,
    { rows: file, of, not = {} }: Extract<Source, { rows: string }>,
    depth: number,
  ): Promise<Node> {
    const { by, ...cells } = of;
    const wanted = selectionOf(file, cells, not);
    if (by === undefined) return this.pick(name, zh, value, wanted, depth);
    const listed = await this.places(wanted, by as string, cells);
    const places: Node[] = [];
    for (const [at, one] of listed.entries()) {
      const told = (value as Value[] | undefined)?.[at];
      const narrowed = { ...wanted, of: { ...wanted.of, [by as string]: one } };
      places.push(await this.pick(one, zh, told, narrowed, depth));
    }
    return list(name, zh, places);
  }

  /** The values that a list goes by: areas of a scheme in the order of their codes, whether they have rows or not. */
  private async places(wanted: Selection, by: string, cells: Cells): Promise<string[]> {
    if (by !== 'area' || cells.area !== undefined) return valuesOf(this.db, this.asked.year, wanted, by);
    const areas = await areasOfYear(this.db, this.asked.year);
    return areas.filter(({ schemes }) => schemes.includes(cells.scheme as Scheme)).map(({ area }) => area);
  }

  private async pick(
    name: string,
    zh: string,
    value: Value | undefined,
    wanted: Selection,
    depth: number,
  ): Promise<Node> {
    const picked = await pickRows(this.db, this.asked.year, wanted, ALL_LINES);
    const found = valueFound(wanted, picked);
    const told = value === undefined ? found : asStored(asText(value), found);
    const { file, column, of } = wanted;
    const isLong = picked.lines.length === ALL_LINES;
    const lines = isLong ? picked.lines.slice(0, FIRST_LINES) : picked.lines;
    const from: RowsOf = { kind: 'rows', file, of, column, count: picked.count, sum: picked.sum, lines };
    if (isLong) from.ranges = await lineRanges(this.db, this.asked.year, wanted);
    if (differ(told, found)) from.differs = true;
    const changes = correctionsOfRows(await this.corrected(), wanted);
    if (changes.length > 0) from.corrections = changes;
    const figures = await this.behind(wanted, picked.lines, depth);
    if (figures.length > 0) from.figures = figures;
    return { name, zh, value: told, from };
  }

  /** Rows that are figures themselves: items of a budget in force, advances, and entries of the books with what they rest on. */
  private async behind({ file, of }: Selection, lines: Line[], depth: number): Promise<Node[]> {
    const are = ROWS_THAT_ARE_FIGURES[file];
    if (are === undefined || (are.table === 'journal' && lines.length > FIRST_LINES)) return [];
    const figures: Node[] = [];
    for (const { cells } of lines) {
      const own = only({ ...texts(of), ...texts(cells) }, are.key);
      const [row] = await figureRows(this.db, this.asked.year, are.table, own);
      const column = are.table !== 'journal' ? 'amount' : row?.cells.side === '1' ? 'debit' : 'credit';
      if (row) figures.push(await this.figureNode(own.key ?? '', are.table, column, row, depth));
    }
    return figures;
  }

  private async figures(
    name: string,
    zh: string,
    value: Value | undefined,
    { figure, of }: Extract<Source, { figure: string }>,
    key: Record<string, string>,
    depth: number,
  ): Promise<Node> {
    const { result, column } = partsOf(figure);
    if (column === 'area') return place(name, zh, value, of.scheme as string);
    if (!isFigureTable(result)) throw new Error(`No figures are kept as ${result}.`);
    const { by, ...cells } = of;
    const table = result === 'budgets' && cells.item === undefined ? 'budget' : result;
    const rows = await figureRows(this.db, this.asked.year, table, cells);
    const isList = by !== undefined || (cells.area === undefined && 'scheme' in cells);
    if (!isList) {
      const [row] = rows;
      if (row === undefined) return { name, zh, value: asText(value), from: { kind: 'stated', text: NOT_THERE } };
      const node = await this.figureNode(name, result, column, row, depth);
      return {
        ...node,
        zh: nameOf(figure),
        value: value === undefined ? node.value : asStored(asText(value), node.value),
      };
    }
    const by_ = (by as string | undefined) ?? 'area';
    const ordered = inOrder(rows, by_, cells[by_]);
    const places: Node[] = [];
    for (const [at, row] of ordered.entries()) {
      const own = row.cells[by_] ?? '';
      const told = (value as Value[] | undefined)?.[at];
      const label = row.cells.banner ? row.cells.banner : own;
      if (by_ === 'area' && own !== key.area) places.push(elsewhere(label, result, column, row));
      else {
        const node = await this.figureNode(label, result, column, row, depth);
        places.push(told === undefined ? node : { ...node, value: asStored(asText(told), node.value) });
      }
    }
    if (ordered.length === 0 && Array.isArray(value)) {
      places.push(
        ...value.map((one) => ({ name, zh, value: one, from: { kind: 'stated' as const, text: NOT_THERE } })),
      );
    }
    return list(name, nameOf(figure), places);
  }
}

/** Inputs as the formula names them one after the other; the database keeps them in no order. */
function inFormulaOrder(formula: string, inputs: StoredReason['inputs']): [string, StoredReason['inputs'][string]][] {
  const words: string[] = formula.match(/[A-Za-z_][A-Za-z_0-9]*/g) ?? [];
  const at = (name: string): number => (words.includes(name) ? words.indexOf(name) : words.length);
  return Object.entries(inputs).sort(([a], [b]) => at(a) - at(b) || (a < b ? -1 : 1));
}

const ROWS_THAT_ARE_FIGURES: Partial<Record<string, { table: FigureTable; key: readonly string[] }>> = {
  'budgets.csv': { table: 'budgets', key: ['area', 'scheme', 'part', 'item'] },
  emergency_advance: { table: 'emergency_advance', key: ['area', 'scheme', 'number'] },
  'journal.csv': { table: 'journal', key: ['key', 'account'] },
};

const NOT_THERE = '当时的数；该结果尚未生成';

/** Of another area only the figure itself is told: its own reason is another question. */
function elsewhere(name: string, result: string, column: string, row: FigureRow): Node {
  const stored = reasonOf(result, column, row);
  const value = valueOf(column, row, stored);
  const { article = '', formula = '' } = stored ?? {};
  const figure = `${result}.${column}`;
  return {
    name,
    zh: nameOf(figure),
    value,
    from: {
      kind: 'figure',
      figure,
      key: keyOf(result, row),
      article,
      quotes: [],
      formula,
      inputs: [],
      told: 'elsewhere',
    },
  };
}

/** Of a line of the books it is the amount of its entry, on the side where the line stands. */
function reasonOf(result: string, column: string, { because, cells }: FigureRow): StoredReason | undefined {
  const stored = because[result === 'journal' ? 'amount' : column];
  if (result !== 'journal' || stored === undefined) return stored;
  const stands = (cells.side === '1') === (column === 'debit');
  return { ...stored, formula: stands ? `abs(${stored.formula})` : '0' };
}
function valueOf(column: string, { cells }: FigureRow, stored: StoredReason | undefined): Value {
  return column in cells ? (cells[column] ?? null) : (stored?.value ?? null);
}

const place = (name: string, zh: string, value: Value | undefined, scheme: string): Node => ({
  name,
  zh,
  value: asText(value),
  from: { kind: 'stated', text: `${SCHEME_NAMES[scheme as Scheme]}各统筹区按代码排列的位次` },
});
const list = (name: string, zh: string, places: Node[]): Node => ({
  name,
  zh,
  value: places.map((one) => one.value),
  from: { kind: 'list', places },
});

/** The rows as the list names them; without a list as they come. */
function inOrder(rows: FigureRow[], by: string, listed: Cells[string] | undefined): FigureRow[] {
  if (!Array.isArray(listed)) return rows;
  return listed.flatMap((one) => rows.filter(({ cells }) => cells[by] === String(one)));
}

/** Tables that are no result of their own are named by these cells. */
const OTHER_KEYS: Record<string, readonly string[]> = {
  levy_estimate: ['scheme', 'area'],
  budget_estimate: ['area', 'scheme', 'part', 'item'],
  collection_term: ['area', 'group'],
  region_budget: ['scheme', 'part', 'item'],
  emergency_advance: ['scheme', 'area', 'number'],
};
const keyNames = (result: string): readonly string[] => RESULTS[result]?.key ?? OTHER_KEYS[result] ?? [];
function keyOf(result: string, { cells }: FigureRow): Record<string, string> {
  return Object.fromEntries(keyNames(result).flatMap((name) => (cells[name] ? [[name, cells[name]]] : [])));
}

/** Words of a selector that are no cells (`rules/rule.ts`); only history speaks of other years than its own. */
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

/** What the rows come to: their number, their sum, or the word that stands in the one row there is. */
function valueFound({ column }: Selection, { count, sum, lines }: Picked): Value {
  if (column === 'count') return count;
  if (lines.length === 0) return WORDY.includes(column) ? null : '0';
  if (sum !== null) return lines.every(({ value }) => value === null) ? null : sum;
  return lines[0]?.value === undefined ? null : (lines[0].value as Value);
}
const WORDY = ['kind', 'reason', 'cause', 'value'];

/** Whether the rows come to something else than what the figure was computed from. */
function differ(told: Value, found: Value): boolean {
  if (typeof told !== 'string' || typeof found !== 'string' || !isNumber(told) || !isNumber(found)) return false;
  return !decimal(told).equals(decimal(found));
}
/** The same number as it is written where it is stored: `641043751.50`, not `641043751.5`. */
const asStored = (told: Value, stored: Value): Value =>
  typeof told === 'string' && typeof stored === 'string' && isNumber(told) && isNumber(stored) && !differ(told, stored)
    ? stored
    : told;
const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

function asText(value: unknown): Value {
  if (Array.isArray(value)) return value.map(asText);
  if (value === undefined || value === null) return null;
  return typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value);
}
const texts = (cells: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, String(cell)]));
const only = (cells: Record<string, string>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (cells[name] === undefined ? [] : [[name, cells[name]]])));
const words = (key: Record<string, string>): string =>
  Object.entries(key)
    .map(([name, cell]) => `${name}=${cell}`)
    .join(' ');

/** Columns of the result, and figures on the way that have no column. */
export function noColumn(result: string, column: string, row?: FigureRow): string {
  const columns = Object.keys({ ...columnsOf(result), ...row?.because });
  return `“${result}”没有列“${column}”(no such column)：有 ${columns.map((name) => `${name} ${nameOf(`${result}.${name}`)}`).join('、')}`;
}

function manyRows(missing: readonly string[], rows: readonly FigureRow[]): string {
  const options = missing.map((name) => {
    const values = [...new Set(rows.map(({ cells }) => cells[name] ?? ''))];
    return `--${name} ${values.slice(0, 12).join(' | ')}${values.length > 12 ? ' | …' : ''}`;
  });
  return `有 ${rows.length} 行，请再指明 (name the row)：${options.join('；')}`;
}
