/**
 * 季度预算执行: what of a budget has come in or been spent by the end of a quarter, item by item.
 *
 * Law: A(5) “强化医保基金预算执行监督”. RULES 7, READINGS 58. Units: yuan; the ratio is printed with four decimals.
 */
import { type Quarter, dateIn, lastMonthOf, monthEnd } from './calendar-day';
import type { Decimal } from './money';
import { balanceReason } from './posting';
import { ratioOf, roundRatio } from './ratio';
import { type Because, reasonOf, rule, taken } from './rule';
import { ITEM_NAMES, type Item, type Part, type Scheme, isIncome } from './vocabulary';

/** Of the whole year's budget, which is not prorated; empty where nothing is budgeted. */
export const executedShare = rule(
  {
    article: "A(五)“强化医保基金预算执行监督”；RULES 7“Each quarter's report lists every item”",
    formula: 'in_force == 0 ? "" : round(actual / in_force, 4)',
  },
  ({ actual, in_force }: { actual: Decimal; in_force: Decimal }): Decimal | '' => {
    const ratio = ratioOf(actual, in_force);
    return ratio === null ? '' : roundRatio(ratio, 4);
  },
);

/** An item at the end of a quarter: its budgets and what was booked, in yuan as they are printed. */
export interface ExecutedItem {
  area: string;
  scheme: Scheme;
  quarter: Quarter;
  part: Part;
  item: Item;
  budget: string; // of 1 January
  budget_in_force: string; // on the quarter's last day
  actual: string; // by then, from 1 January
  /** The version of the adjustment in force; null while it is the budget of 1 January. */
  adjustment: number | null;
}

/** Why each figure of an executed item is what it is. */
export function executionReasons(
  row: ExecutedItem,
  year: number,
): Record<'budget' | 'budget_in_force' | 'actual' | 'ratio', Because> {
  const { area, scheme, part, item, adjustment } = row;
  const of = { area, scheme, part, item };
  const budget = { rows: 'budgets.csv', of };
  const inForce =
    adjustment === null ? budget : { rows: 'adjusted_budgets.csv', of: { ...of, version: String(adjustment) } };
  const since = dateIn(year, '01-01');
  const entries = { entity: area, scheme, part, since, until: monthEnd(year, lastMonthOf(row.quarter)) };
  const account = ITEM_NAMES[item];
  const column = isIncome(item) ? 'credit_less_debit' : 'debit_less_credit';
  return {
    budget: taken(executedShare.article, row.budget, budget),
    budget_in_force: taken(executedShare.article, row.budget_in_force, inForce),
    actual: balanceReason(account, entries),
    ratio: reasonOf(executedShare, {
      actual: { value: row.actual, from: { rows: 'journal.csv', of: { ...entries, account, column } } },
      in_force: { value: row.budget_in_force, from: inForce },
    }),
  };
}
