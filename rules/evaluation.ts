/**
 * Year-end evaluation (预算绩效评价) of one area and scheme.
 *
 * Law: A(5) “实施基金预算绩效管理，合理设定绩效目标，做好绩效评价，强化结果应用”. RULES 10, READINGS 45–47.
 * Every indicator has a value v, a weight and a score s clamped to 0–1; weights and slopes are assumed parameters.
 */
import { type Decimal, fixed } from './money';
import { type Ratio, clampRatio, exact, roundRatio } from './ratio';
import type { RiskLevel } from './vocabulary';

export const INDICATORS = [
  'budget_income',
  'budget_expenditure',
  'collection',
  'expansion',
  'low_income',
  'subsidy_arrival',
  'months_payable',
  'levy_timeliness',
  'reimbursement',
] as const;
export type Indicator = (typeof INDICATORS)[number];
export const INDICATOR_NAMES: Record<Indicator, string> = {
  budget_income: '收入预算',
  budget_expenditure: '支出预算',
  collection: '征缴率',
  expansion: '扩面',
  low_income: '低收入参保',
  subsidy_arrival: '补助到位',
  months_payable: '可支付月数',
  levy_timeliness: '上解及时',
  reimbursement: '报销比例',
};

/** How an indicator's value becomes a score between 0 and 1. */
export type Slope =
  | { kind: 'near'; target: Decimal; width: Decimal } // 1 − |v − target| / width
  | { kind: 'above'; from: Decimal; width: Decimal } // (v − from) / width
  | { kind: 'below'; width: Decimal }; // 1 − v / width

export const EVALUATION_ARTICLE = 'A(五)“实施基金预算绩效管理……做好绩效评价”';
/** s of a value, unrounded. */
export const SLOPES: Record<Slope['kind'], string> = {
  near: 'clamp(1 - abs(value - target) / width, 0, 1)',
  above: 'clamp((value - from) / width, 0, 1)',
  below: 'clamp(1 - value / width, 0, 1)',
};
export const SLOPE_FORMULAS: Record<Slope['kind'], string> = {
  near: `round(weight * ${SLOPES.near})`,
  above: `round(weight * ${SLOPES.above})`,
  below: `round(weight * ${SLOPES.below})`,
};

const nought = exact(0);
const one = exact(1);

/** s of a measured value. */
export function scoreOf(value: Ratio, slope: Slope): Ratio {
  const width = exact(slope.width);
  if (slope.kind === 'near') return clampRatio(one.sub(value.sub(exact(slope.target)).abs().div(width)), nought, one);
  if (slope.kind === 'above') return clampRatio(value.sub(exact(slope.from)).div(width), nought, one);
  return clampRatio(one.sub(value.div(width)), nought, one);
}

export interface ScoredIndicator {
  indicator: Indicator;
  value: string; // as printed: four decimals, `inf`, `unpaid`
  weight: Decimal;
  s: Ratio; // unrounded, 0–1
}

/** The printed score of one indicator. */
export const weightedScore = ({ weight, s }: ScoredIndicator): string => fixed(roundRatio(exact(weight).mul(s), 2), 2);

/** 100 × Σ weight·s ÷ Σ weight over the indicators that have a value; null without any weight. */
export function totalScore(scored: readonly ScoredIndicator[]): string | null {
  const weight = scored.reduce((all, one) => all.add(exact(one.weight)), nought);
  if (weight.equals(0)) return null;
  const points = scored.reduce((all, one) => all.add(exact(one.weight).mul(one.s)), nought);
  return fixed(roundRatio(points.mul(100).div(weight), 2), 2);
}
export const TOTAL_SCORE = {
  article: EVALUATION_ARTICLE,
  formula: 'round(100 * sum(weight * s) / sum(weight))',
} as const;

/** The rank beside it. */
export const RANK = {
  article: EVALUATION_ARTICLE,
  formula: '1 + count(map(totals, each(other) = other > total))',
} as const;

/** 排名: one more than the number of areas with a higher printed total; equal totals share it. */
export const rankOf = (total: string, totals: readonly string[]): number =>
  1 + totals.filter((other) => inFen(other) > inFen(total)).length;
/** Printed totals have two decimals, so their order is that of the digits without the point. */
const inFen = (text: string): bigint => BigInt(text.replace('.', ''));

/** Points of a December risk level, as a part of the weight. */
export type LevelScores = Record<RiskLevel, Decimal>;
