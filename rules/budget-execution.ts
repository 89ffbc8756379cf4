/**
 * 季度预算执行: what of a budget has come in or been spent by the end of a quarter, item by item.
 *
 * Law: A(5) “强化医保基金预算执行监督”. RULES 7, READINGS 58. Units: yuan; the ratio is printed with four decimals.
 */
import type { Decimal } from './money';
import { ratioOf, roundRatio } from './ratio';
import { rule } from './rule';

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
