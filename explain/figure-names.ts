/** Names of figures: `sharing.alpha` is a column of a result, `sharing.available` a figure that has no column. */
import { FINAL_ACCOUNT_LINES } from '../rules/final-accounts';
import { FINDINGS, type FindingCode } from '../rules/findings';
import { own } from '../rules/own';
import { ITEM_NAMES } from '../rules/vocabulary';
import { RESULTS, WORDS } from './results';

/** The columns of a result, and its intermediate figures, which can be explained as well: `sharing.available`. */
export const columnsOf = (result: string): Record<string, string> => ({
  ...own(RESULTS, result)?.columns,
  ...Object.fromEntries(
    Object.entries(WORDS).flatMap(([name, zh]) =>
      name.startsWith(`${result}.`) ? [[name.slice(result.length + 1), zh]] : [],
    ),
  ),
});

/** `sharing.alpha.d` is the column `alpha.d` of the result `sharing`. */
export function splitFigure(figure: string): { result: string; column: string } {
  const dot = figure.indexOf('.');
  return dot < 0 ? { result: figure, column: '' } : { result: figure.slice(0, dot), column: figure.slice(dot + 1) };
}

/** A figure in Chinese. What the figure of a finding is depends on its code; a line of final accounts names its closing. */
export function figureName(figure: string, { code, line }: Record<string, string> = {}): string {
  const { result, column } = splitFigure(figure);
  if (result === 'final_accounts' && line !== undefined) {
    return `${own<string>({ ...FINAL_ACCOUNT_LINES, ...ITEM_NAMES }, line) ?? line}·${own(RESULTS[result]?.columns, column) ?? column}`;
  }
  if (figure === 'findings.figure' && code !== undefined) return FINDINGS[code as FindingCode].figure.zh;
  return own(own(RESULTS, result)?.columns, column) ?? own(WORDS, figure) ?? own(WORDS, column) ?? figure;
}
