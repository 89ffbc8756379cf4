/**
 * Year-end evaluation (预算绩效评价) of one area and scheme.
 *
 * Law: A(5) “实施基金预算绩效管理，合理设定绩效目标，做好绩效评价，强化结果应用”. RULES 10, READINGS 45–47.
 * Every indicator has a value v, a weight and a score s clamped to 0–1; weights and slopes are assumed parameters.
 */
import { enrolmentRate } from './collection';
import { type Decimal, decimal, sum } from './money';
import { type Ratio, clampRatio, exact, ratioOf, roundRatio } from './ratio';
import { type Rule, rule } from './rule';

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
  reimbursement: '支付比例',
};

/** How a target is reached: by this much or more, by no more, or by what lies between a margin below it and itself. */
export const TARGET_SENSE: Record<Indicator, 'at_least' | 'at_most' | 'within'> = {
  budget_income: 'at_least',
  budget_expenditure: 'within',
  collection: 'at_least',
  expansion: 'at_least',
  low_income: 'at_least',
  subsidy_arrival: 'at_least',
  months_payable: 'at_least',
  levy_timeliness: 'at_most',
  reimbursement: 'at_least',
};

/** How the value v of an indicator becomes a score between 0 and 1. */
export type Slope =
  | { kind: 'near'; target: Decimal; width: Decimal } // 1 − |v − target| / width
  | { kind: 'above'; from: Decimal; width: Decimal } // (v − from) / width
  | { kind: 'below'; width: Decimal }; // 1 − v / width

export const EVALUATION_ARTICLE = 'A(五)“实施基金预算绩效管理……做好绩效评价”';
const article = EVALUATION_ARTICLE;

const nought = exact(0);
const full = exact(1);

/** s of a measured value, unrounded. */
export function scoreOf(value: Ratio, slope: Slope): Ratio {
  const width = exact(slope.width);
  if (slope.kind === 'near') return clampRatio(full.sub(value.sub(exact(slope.target)).abs().div(width)), nought, full);
  if (slope.kind === 'above') return clampRatio(value.sub(exact(slope.from)).div(width), nought, full);
  return clampRatio(full.sub(value.div(width)), nought, full);
}
/** The printed score: s times its weight. */
export const weightedScore = (weight: Decimal, s: Ratio): Decimal => roundRatio(exact(weight).mul(s), 2);

/** An indicator on a slope: its value as it is printed, s, and its score. Null where there is no value. */
export interface IndicatorRules<Values extends object, Limits extends object> {
  /** Unrounded: what is held against a target. */
  v: Rule<Values, Ratio | null>;
  value: Rule<Values, Decimal | null>;
  s: Rule<Values & Limits, Ratio | null>;
  score: Rule<Values & Limits & { weight: Decimal }, Decimal | null>;
}
function onSlope<Values extends object, Limits extends object>(
  measure: Rule<Values, Ratio | null>,
  formula: string,
  slopeOf: (limits: Limits) => Slope,
): IndicatorRules<Values, Limits> {
  const s = (inputs: Values & Limits): Ratio | null => {
    const value = measure(inputs);
    return value === null ? null : scoreOf(value, slopeOf(inputs));
  };
  const withValue = (last: string): string => `value = ${measure.formula}\n${last}`;
  return {
    v: measure,
    value: rule({ article, formula: `round(${measure.formula}, 4)` }, (values) => {
      const value = measure(values);
      return value === null ? null : roundRatio(value, 4);
    }),
    s: rule({ article, formula: withValue(formula) }, s),
    score: rule({ article, formula: withValue(`round(weight * ${formula})`) }, (inputs) => {
      const found = s(inputs);
      return found === null ? null : weightedScore(inputs.weight, found);
    }),
  };
}
type Measure<Values extends object> = Rule<Values, Ratio | null>;
const near = <Values extends object>(measure: Measure<Values>) =>
  onSlope(
    measure,
    'clamp(1 - abs(value - target) / width, 0, 1)',
    ({ target, width }: { target: Decimal; width: Decimal }) => ({ kind: 'near', target, width }),
  );
const above = <Values extends object>(measure: Measure<Values>) =>
  onSlope(measure, 'clamp((value - from) / width, 0, 1)', ({ from, width }: { from: Decimal; width: Decimal }) => ({
    kind: 'above',
    from,
    width,
  }));
const below = <Values extends object>(measure: Measure<Values>) =>
  onSlope(measure, 'clamp(1 - value / width, 0, 1)', ({ width }: { width: Decimal }) => ({ kind: 'below', width }));

/** Without a budget above 0 there is no value. */
const toBudget = rule(
  { article, formula: 'actual / budget' },
  ({ actual, budget }: { actual: Decimal; budget: Decimal }) => (budget.lte(0) ? null : ratioOf(actual, budget)),
);
/** The collection rate; without an expected premium above 0 there is none (READINGS 56). */
const toExpected = rule(
  { article, formula: 'actual / expected_premium' },
  ({ actual, expected_premium }: { actual: Decimal; expected_premium: Decimal }) =>
    expected_premium.lte(0) ? null : ratioOf(actual, expected_premium),
);
const toTarget = rule(
  { article, formula: 'insured / target_insured' },
  ({ insured, target_insured }: { insured: Decimal; target_insured: Decimal }) => ratioOf(insured, target_insured),
);
const arrived = rule(
  { article, formula: '(sum(due) - sum(missing)) / sum(due)' },
  ({ due, missing }: { due: readonly Decimal[]; missing: readonly Decimal[] }) => {
    const whole = sum(due);
    return whole.lte(0) ? null : ratioOf(whole.minus(sum(missing)), whole);
  },
);
const daysLate = rule({ article, formula: 'days_late' }, ({ days_late }: { days_late: Decimal }) => exact(days_late));
const reached = rule({ article, formula: 'reached' }, (conduct: { reached: Decimal }) => exact(conduct.reached));

/** The indicators whose value is a number. */
export const INDICATOR_RULES = {
  budget_income: near(toBudget),
  budget_expenditure: near(toBudget),
  collection: above(toExpected),
  expansion: above(toTarget),
  low_income: above(enrolmentRate),
  subsidy_arrival: above(arrived),
  levy_timeliness: below(daysLate),
  reimbursement: near(reached),
} as const satisfies Partial<Record<Indicator, object>>;

/** 可支付月数 unrounded; without expenditure there is no end to them, and no ratio. */
export const decemberMonths = rule(
  { article, formula: 'surplus * 12 / expenditure' },
  ({ surplus, expenditure }: { surplus: Decimal; expenditure: Decimal }): Ratio | null =>
    expenditure.lte(0) ? null : ratioOf(surplus.times(12), expenditure),
);

/** 可支付月数: the points of December's risk level. */
export const LEVEL_POINTS = {
  s: rule({ article, formula: 'level' }, ({ level }: { level: Decimal }) => exact(level)),
  score: rule({ article, formula: 'round(weight * level)' }, ({ weight, level }: { weight: Decimal; level: Decimal }) =>
    weightedScore(weight, exact(level)),
  ),
} as const;

const nothingUnpaid = { article, formula: 'unpaid ? 0 : 1' };
/** 上解及时 of an area that has not paid its levy at all: no days can be counted, and it gets nothing. */
export const UNPAID_LEVY = {
  value: rule({ article, formula: 'unpaid ? "unpaid" : ""' }, ({ unpaid }: { unpaid: boolean }) =>
    unpaid ? 'unpaid' : '',
  ),
  s: rule(nothingUnpaid, ({ unpaid }: { unpaid: boolean }) => (unpaid ? nought : full)),
  score: rule(nothingUnpaid, ({ unpaid }: { unpaid: boolean }) => decimal(unpaid ? '0' : '1')),
} as const;

/** 100 × Σ weight·s ÷ Σ weight over the indicators that have a value; null without any weight. */
export const totalScore = rule(
  { article, formula: 'round(100 * sum(weight * s) / sum(weight))' },
  ({ weight, s }: { weight: readonly Decimal[]; s: readonly Ratio[] }): Decimal | null => {
    const points = weight.reduce((all, each, place) => all.add(exact(each).mul(s[place] as Ratio)), nought);
    const whole = exact(sum(weight));
    return whole.equals(0) ? null : roundRatio(points.mul(100).div(whole), 2);
  },
);

/** 排名: one more than the number of areas with a higher printed total; equal totals share it. */
export const rank = rule(
  { article, formula: '1 + count(map(totals, each(other) = other > total))' },
  ({ total, totals }: { total: Decimal; totals: readonly Decimal[] }): number =>
    1 + totals.filter((other) => other.gt(total)).length,
);

const CLAIMS = 'A(五)“健全基金运行分析与风险预警机制”；RULES 10“conduct.unpaid_claims”：应付未付';
/** 应付未付: what is owed to hospitals on 31 December. Paying late only moves a deficit of a cash account into the next year. */
export const unpaidClaims = rule({ article: CLAIMS, formula: 'owed' }, ({ owed }: { owed: Decimal }) => owed);
/** It is a finding from more than so many months of expenditure on. */
export const unpaidClaimsRaised = rule(
  { article: CLAIMS, formula: 'owed * 12 > months * expenditure' },
  ({ owed, months, expenditure }: { owed: Decimal; months: Decimal; expenditure: Decimal }): boolean =>
    owed.times(12).gt(months.times(expenditure)),
);
