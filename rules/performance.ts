/**
 * 绩效目标: whether an indicator of the evaluation has reached its target.
 *
 * Law: A(5) “合理设定绩效目标，做好绩效评价，强化结果应用”. RULES 10, READINGS 59. Values are compared unrounded.
 */
import type { Decimal } from './money';
import { type Ratio, exact } from './ratio';
import { rule } from './rule';

export const TARGET_ARTICLE = 'A(五)“合理设定绩效目标，做好绩效评价”';
const article = TARGET_ARTICLE;
export type Reached = 'yes' | 'no';
const yesOrNo = (holds: boolean): Reached => (holds ? 'yes' : 'no');

/** The default target of months payable: the bound from which the risk level is green. */
export const greenBound = rule(
  { article, formula: 'at(bounds, 3)' },
  ({ bounds }: { bounds: readonly Decimal[] }): Decimal => bounds[2] as Decimal,
);

/** How each kind of target is reached. */
export const REACHED = {
  at_least: rule({ article, formula: 'v >= target ? "yes" : "no"' }, ({ v, target }: { v: Ratio; target: Decimal }) =>
    yesOrNo(v.gte(exact(target))),
  ),
  at_most: rule({ article, formula: 'v <= target ? "yes" : "no"' }, ({ v, target }: { v: Ratio; target: Decimal }) =>
    yesOrNo(v.lte(exact(target))),
  ),
  /** Not above the target, and not further below it than the margin. */
  within: rule(
    { article, formula: 'v <= target and v >= target - margin ? "yes" : "no"' },
    ({ v, target, margin }: { v: Ratio; target: Decimal; margin: Decimal }) =>
      yesOrNo(v.lte(exact(target)) && v.gte(exact(target.minus(margin)))),
  ),
  /** Months without end reach any target. */
  endless: rule({ article, formula: 'endless ? "yes" : "no"' }, ({ endless }: { endless: boolean }) =>
    yesOrNo(endless),
  ),
  /** A levy that was not paid at all reaches none. */
  unpaid: rule({ article, formula: 'unpaid ? "no" : "yes"' }, ({ unpaid }: { unpaid: boolean }) => yesOrNo(!unpaid)),
} as const;
