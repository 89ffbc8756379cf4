/**
 * Explains figures of one fund year as trees: a figure with its article and formula, below it every input of the formula,
 * down to the lines of files and the values of law. All of it is read from stored rows; no figure is computed again.
 */
import { archivedInWords } from '../db/archive';
import type { Queryable } from '../db/connect';
import { type StoredCorrection, corrections } from '../db/corrections';
import { pinnedParameters } from '../db/parameters';
import { type FigureReader, type FigureRow, type FigureTable, type StoredReason, figureReader } from '../db/provenance';
import type { ParameterInForce } from '../parameters/index';
import { own } from '../rules/own';
import type { Source } from '../rules/rule';
import { quotesOf } from './articles';
import { type Context, type Input, listOf, placeOf } from './context';
import { figureInput } from './figure-input';
import { lawInput } from './law-input';
import { NoSuchFigure, type Question, keyText, manyRows, noColumn, noRow } from './question';
import { figureName, splitFigure } from './figure-names';
import { RESULTS, WORDS } from './results';
import { rowInput } from './row-input';
import { type StoredFigure, keyNames, reasonOf, valueOf, withoutInputs } from './stored-figure';
import type { FigureOf, Node, Value } from './tree';
import { asValue, differ } from './values';
import { comesTo, workingsOf } from './workings';

export class Explainer implements Context {
  readonly year: number;
  readonly figures: FigureReader;
  /** Figures that are already in the tree, with their inputs. */
  readonly #explained = new Set<string>();
  #parameters: Promise<ReadonlyMap<string, ParameterInForce>> | undefined;
  #corrections: Promise<readonly StoredCorrection[]> | undefined;
  #archived: Promise<string | null> | undefined;

  constructor(
    readonly db: Queryable,
    private readonly question: Question,
  ) {
    this.year = question.year;
    this.figures = figureReader(db, question.year);
  }

  /** The stored figures of the question: one, or for findings as many as the question names. */
  async answer(result: FigureTable): Promise<Node[]> {
    const { column } = splitFigure(this.question.figure);
    const rows = await this.#rowsOf(result, column);
    const nodes: Node[] = [];
    for (const row of rows) nodes.push(await this.explain('', { result, column, row }, this.question.depth));
    return nodes;
  }

  async #rowsOf(result: FigureTable, column: string): Promise<FigureRow[]> {
    const { key } = this.question;
    // The totals of a budget are kept with the budget, not with its items.
    const isTotal = result === 'budgets' && own(RESULTS.budgets?.columns, column) === undefined;
    const table = isTotal ? 'budget' : result;
    const rows = await this.figures(table, key);
    const [row] = rows;
    if (row === undefined) throw noRow(this.question, await this.figures(table, {}));
    const isThere = reasonOf({ result, column, row }) !== undefined || Object.hasOwn(row.cells, column);
    if (!isThere) throw noColumn(result, column, row);
    const missing = (isTotal ? ['area', 'scheme'] : keyNames(result)).filter(
      (name) => !(name in key) && new Set(rows.map(({ cells }) => cells[name] ?? '')).size > 1,
    );
    if (missing.length > 0 && result !== 'findings') throw manyRows(missing, rows);
    return rows;
  }

  /** Answers with a figure that no table keeps, by a reason that was made for it. */
  async answerWith(key: Record<string, string>, value: Value, reason: StoredReason): Promise<Node> {
    const { figure, depth } = this.question;
    return { name: '', zh: figureName(figure), value, from: await this.#withInputs(figure, key, value, reason, depth) };
  }

  async explain(name: string, figure: StoredFigure, depth: number): Promise<Node> {
    const reason = reasonOf(figure);
    const bare = withoutInputs(figure);
    const value = valueOf(figure);
    if (reason === undefined) {
      const why = value === null ? '还没有算出 (not worked out yet)' : '没有保存依据（该年度由旧版本运行）';
      throw new NoSuchFigure(`${bare.figure} ${keyText(bare.key)} ${why}`);
    }
    const node = { name, zh: figureName(bare.figure, bare.key), value };
    const identity = `${bare.figure} ${JSON.stringify(Object.entries(bare.key).sort())}`;
    if (this.#explained.has(identity)) return { ...node, from: { ...bare, told: 'above' } };
    if (depth < 0) return { ...node, from: { ...bare, told: 'deeper' } };
    this.#explained.add(identity);
    return { ...node, from: await this.#withInputs(bare.figure, bare.key, value, reason, depth) };
  }

  async #withInputs(
    figure: string,
    key: Record<string, string>,
    value: Value,
    { article, formula, inputs: stored }: StoredReason,
    depth: number,
  ): Promise<FigureOf> {
    const inputs: Node[] = [];
    for (const [name, { value: given, from }] of inOrderOf(formula, stored)) {
      const input = { name, zh: WORDS[name] ?? name, value: given as Value | undefined, depth: depth - 1 };
      inputs.push(await this.#input(input, from as Source | Source[], key.area));
    }
    const workings = workingsOf(formula, inputs);
    const now = comesTo(formula, inputs);
    return {
      ...{ kind: 'figure', figure, key, article, quotes: quotesOf(article), formula, inputs },
      ...(workings.length > 0 ? { workings } : {}),
      ...(now !== undefined && differ(value, now) ? { now } : {}),
    };
  }

  async #input(input: Input, from: Source | Source[], areaAsked: string | undefined): Promise<Node> {
    if (Array.isArray(from)) {
      const places: Node[] = [];
      for (const [at, source] of from.entries()) places.push(await this.#input(placeOf(input, at), source, areaAsked));
      return listOf(input, places);
    }
    if ('parameter' in from) return lawInput(this, input, from);
    if ('rows' in from) return rowInput(this, input, from);
    if ('figure' in from) return figureInput(this, input, from, areaAsked);
    const node = { name: input.name, zh: input.zh, value: asValue(input.value) };
    if ('stated' in from) return { ...node, from: { kind: 'stated', text: from.stated } };
    return { ...node, from: { kind: 'correction', correction: await this.#correction(from.correction) } };
  }

  async #correction(id: string): Promise<StoredCorrection> {
    const correction = (await this.corrections()).find((stored) => stored.id === id);
    if (correction === undefined) throw new Error(`${this.year} has no correction ${id}, which a stored reason names.`);
    return correction;
  }

  parameters(): Promise<ReadonlyMap<string, ParameterInForce>> {
    this.#parameters ??= pinnedParameters(this.db, this.year).then(
      (pinned) => new Map(pinned.map((parameter) => [parameter.name, parameter])),
    );
    return this.#parameters;
  }

  corrections(): Promise<readonly StoredCorrection[]> {
    this.#corrections ??= corrections(this.db, this.year);
    return this.#corrections;
  }

  archived(): Promise<string | null> {
    this.#archived ??= archivedInWords(this.db, this.year);
    return this.#archived;
  }
}

/** Inputs in the order in which the formula names them; the database keeps no order. */
function inOrderOf(formula: string, inputs: StoredReason['inputs']): [string, StoredReason['inputs'][string]][] {
  const words: string[] = formula.match(/[A-Za-z_][A-Za-z_0-9]*/g) ?? [];
  const at = (name: string): number => (words.includes(name) ? words.indexOf(name) : words.length);
  return Object.entries(inputs).sort(([a], [b]) => at(a) - at(b) || (a < b ? -1 : 1));
}
