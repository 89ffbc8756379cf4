/** A stored figure: a row of its table, and the column in question with its reason. */
import type { FigureRow, StoredReason } from '../db/provenance';
import { own } from '../rules/own';
import { RESULTS } from './results';
import type { FigureOf, Value } from './tree';

export interface StoredFigure {
  result: string;
  column: string;
  row: FigureRow;
}

/** Cells that name a row of a table that is not a result of its own. */
const OTHER_KEYS: Record<string, readonly string[]> = {
  levy_estimate: ['scheme', 'area'],
  budget_estimate: ['area', 'scheme', 'part', 'item'],
  collection_term: ['area', 'group'],
  opening_surplus: ['scheme', 'area'],
  aid_funding: ['area', 'group'],
  emergency_advance: ['scheme', 'area', 'number'],
};
export const keyNames = (result: string): readonly string[] => own(RESULTS, result)?.key ?? OTHER_KEYS[result] ?? [];

const keyOf = ({ result, row: { cells } }: StoredFigure): Record<string, string> =>
  Object.fromEntries(keyNames(result).flatMap((name) => (cells[name] ? [[name, cells[name]]] : [])));

/** A line of the books has the reason of its entry's amount on its own side; the other side is 0. */
export function reasonOf({ result, column, row: { because, cells } }: StoredFigure): StoredReason | undefined {
  const stored = own(because, result === 'journal' ? 'amount' : column);
  if (result !== 'journal' || stored === undefined) return stored;
  const isItsSide = (cells.side === '1') === (column === 'debit');
  return { ...stored, formula: isItsSide ? `abs(${stored.formula})` : '0' };
}

export const valueOf = (figure: StoredFigure): Value => {
  const { cells } = figure.row;
  return Object.hasOwn(cells, figure.column) ? (cells[figure.column] ?? null) : (reasonOf(figure)?.value ?? null);
};

/** The figure with its law, without quotations and inputs. */
export function withoutInputs(figure: StoredFigure): FigureOf {
  const { article = '', formula = '' } = reasonOf(figure) ?? {};
  const name = `${figure.result}.${figure.column}`;
  return { kind: 'figure', figure: name, key: keyOf(figure), article, quotes: [], formula, inputs: [] };
}
