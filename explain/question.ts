/** A question to `fund explain`, and the refusals of questions that name no single figure. */
import type { FigureRow } from '../db/provenance';
import { own } from '../rules/own';
import { columnsOf, figureName } from './figure-names';
import { RESULTS } from './results';

export interface Question {
  year: number;
  figure: string; // RESULT.COLUMN
  /** Cells that name the row. */
  key: Record<string, string>;
  /** How many levels of figures below the requested one are shown with their inputs. */
  depth: number;
}

/** There is no such figure, or more than one; the message is for a person. */
export class NoSuchFigure extends Error {
  override name = 'NoSuchFigure';
}

/** At most this many values are offered when a cell has none of them. */
const MOST_OFFERED = 30;
/** At most this many values are offered for a missing cell. */
const MOST_OPTIONS = 12;

export const keyText = (key: Record<string, string>): string =>
  Object.entries(key)
    .map(([name, cell]) => `${name}=${cell}`)
    .join(' ');

const valuesOf = (rows: readonly FigureRow[], name: string): string[] => [
  ...new Set(rows.map(({ cells }) => cells[name] ?? '')),
];

/** Says which cell of the question no row has, and which values exist; or that no row has all of the cells. */
export function noRow({ year, key }: Question, rows: readonly FigureRow[]): NoSuchFigure {
  if (rows.length === 0) return new NoSuchFigure(`${year} 年度还没有这项结果 (nothing of it yet)`);
  const unknown = Object.entries(key).flatMap(([name, cell]) => {
    const values = valuesOf(rows, name).filter((value) => value !== '');
    if (values.includes(cell)) return [];
    const more = values.length > MOST_OFFERED ? '…' : '';
    return [`--${name} ${cell} 没有：有 ${values.slice(0, MOST_OFFERED).join('、')}${more}`];
  });
  const which = unknown.length > 0 ? unknown.join('；') : keyText(key);
  return new NoSuchFigure(`${year} 年度没有这一行 (no such row)：${which}`);
}

/** `missing` are the cells that would distinguish the rows. */
export function manyRows(missing: readonly string[], rows: readonly FigureRow[]): NoSuchFigure {
  const options = missing.map((name) => {
    const values = valuesOf(rows, name);
    return `--${name} ${values.slice(0, MOST_OPTIONS).join(' | ')}${values.length > MOST_OPTIONS ? ' | …' : ''}`;
  });
  return new NoSuchFigure(`有 ${rows.length} 行，请再指明 (name the row)：${options.join('；')}`);
}

/** Lists the columns of the result, and its figures that have no column. */
export function noColumn(result: string, column: string, row?: FigureRow): NoSuchFigure {
  const columns = Object.keys({ ...columnsOf(result), ...row?.because });
  const names = columns.map((name) => `${name} ${figureName(`${result}.${name}`)}`).join('、');
  return new NoSuchFigure(`“${result}”没有列“${column}”(no such column)：有 ${names}`);
}

/** Cells that may name rows beside those of the result's key. */
const MORE_CELLS: Record<string, readonly string[]> = {
  journal: ['entity', 'scheme', 'part'],
  balances: ['area'],
  quarantine: ['area'],
  budgets: ['version'],
};

/** Results of employees alone; all others without a scheme are of residents. */
const OF_EMPLOYEES = ['rates'];

/** The question with its key checked. Results of only one scheme have no such cell, yet naming that scheme is accepted. */
export function withKeyOf(result: string, question: Question): Question {
  const names = own(RESULTS, result)?.key;
  if (names === undefined) return question;
  const { scheme, ...others } = question.key;
  const hasScheme = names.includes('scheme') || result === 'journal';
  const [only, said] = OF_EMPLOYEES.includes(result)
    ? ['employee', '只有职工医保 (employees only)']
    : ['resident', '只有居民医保 (residents only)'];
  if (scheme !== undefined && !hasScheme && scheme !== only) {
    throw new NoSuchFigure(`“${result}”${said}：--scheme ${only}`);
  }
  const key = hasScheme ? question.key : others;
  const allowed = [...names, ...(MORE_CELLS[result] ?? [])];
  const unknown = Object.keys(key).filter((name) => !allowed.includes(name));
  if (unknown.length === 0) return { ...question, key };
  const [not, but] = [unknown, allowed].map((cells) => cells.map((name) => `--${name}`));
  throw new NoSuchFigure(
    `“${result}”的行不用 ${not?.join('、') ?? ''} 指明 (does not name a row)：用 ${but?.join(' ') ?? ''}`,
  );
}

export const noResult = (result: string): NoSuchFigure => {
  const names = Object.entries(RESULTS).map(([name, { zh }]) => `${name} ${zh}`);
  return new NoSuchFigure(
    `没有名为“${result}”的结果 (no such result)：--figure 为 结果.列，结果有 ${names.join('、')}`,
  );
};
