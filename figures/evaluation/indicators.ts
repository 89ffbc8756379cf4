/** Each indicator of RULES 10, measured and scored with its reason; one without a value is left out. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import {
  EVALUATION_ARTICLE,
  INDICATOR_RULES,
  type Indicator,
  type IndicatorRules,
  LEVEL_POINTS,
  UNPAID_LEVY,
  decemberMonths,
} from '../../rules/evaluation';
import { type Decimal, decimal, ratioText, yuanText } from '../../rules/money';
import type { Ratio } from '../../rules/ratio';
import { type Because, type Citation, type Source, intermediate, reasonOf, taken } from '../../rules/rule';
import {
  type Item,
  LOW_INCOME_GROUPS,
  OWN_EXPENDITURE,
  OWN_INCOME,
  POVERTY_RELIEVED_GROUPS,
} from '../../rules/vocabulary';
import { expectedPremiumOf } from '../expected-premium';
import type { EvaluationFacts } from './facts';

/** A measured indicator: its printed value, its unrounded score s, and what these rest on. */
export interface Measured {
  indicator: Indicator;
  value: string; // four decimals, `inf`, `unpaid`
  score: string;
  v: Ratio | null; // what is compared with a target; null: `inf`, `unpaid`
  s: Ratio; // 0–1
  weight: Decimal;
  weightFrom: Source;
  because: Record<'value' | 'score' | 's', Because> & Record<string, Because>;
}

/** The indicators of an area in the order of RULES 10, as far as they have a value. */
export function indicatorsOf(facts: EvaluationFacts, law: Law): Measured[] {
  return [
    budgetIncome(facts, law),
    budgetExpenditure(facts, law),
    collection(facts, law),
    expansion(facts, law),
    ...(facts.scheme === 'resident' ? [lowIncome(facts, law), subsidyArrival(facts, law)] : []),
    monthsPayable(facts, law),
    ...(facts.inPhase ? [levyTimeliness(facts, law)] : []),
    reimbursement(facts, law),
  ].filter((measured) => measured !== null);
}

/** An input of a formula: the number, and how it is stated in the reason. */
interface Input<Value = Decimal> {
  value: Value;
  stated: Because['inputs'][string];
}
type InputsOf<Values> = { [Name in keyof Values]: Input<Values[Name]> };
const valuesOf = <Values>(inputs: InputsOf<Values>): Values =>
  Object.fromEntries(
    Object.entries<Input<unknown>>(inputs as Record<string, Input<unknown>>).map(([name, { value }]) => [name, value]),
  ) as Values;
const statedOf = <Values>(inputs: InputsOf<Values>): Because['inputs'] =>
  Object.fromEntries(
    Object.entries<Input<unknown>>(inputs as Record<string, Input<unknown>>).map(([name, { stated }]) => [
      name,
      stated,
    ]),
  );

const yuan = (value: Decimal, from: Source): Input => ({ value, stated: { value: yuanText(value), from } });
const number = (value: Decimal, from: Source): Input => ({ value, stated: { value: value.toFixed(), from } });
/** A value of law, stated as it is written there. */
const ofLaw = (law: Law, name: LawName): Input => ({
  value: law.given(name).value,
  stated: { value: law.text(name), from: law.source(name) },
});
const weightOf = (law: Law, indicator: Indicator) => law.given(`evaluation.weight.${indicator}`);

/** An indicator on a slope; null where its value is. */
function measure<Values extends object, Limits extends object>(
  indicator: Indicator,
  rules: IndicatorRules<Values, Limits>,
  law: Law,
  { values, limits }: { values: InputsOf<Values>; limits: InputsOf<Limits> },
): Measured | null {
  const weight = weightOf(law, indicator);
  const numbers = { ...valuesOf<Values>(values), ...valuesOf<Limits>(limits), weight: weight.value };
  const v = rules.v(numbers);
  const value = rules.value(numbers);
  const s = rules.s(numbers);
  const score = rules.score(numbers);
  if (v === null || value === null || s === null || score === null) return null;
  const onSlope = { ...statedOf(values), ...statedOf(limits) };
  return measured(indicator, law, {
    value: ratioText(value),
    v,
    s,
    score,
    because: {
      v: unrounded(rules.v, v, statedOf(values)),
      value: reasonOf(rules.value, statedOf(values)),
      s: reasonOf(rules.s, onSlope),
      score: reasonOf(rules.score, onSlope),
    },
  });
}

/** v is kept exactly, as a fraction, for the target. */
const unrounded = (rule: Citation, v: Ratio, inputs: Because['inputs']): Because => ({
  ...reasonOf(rule, inputs),
  value: v.toFraction(),
});

/** The weight is a parameter; s is kept exactly, as a fraction, because the total rests on it. */
function measured(
  indicator: Indicator,
  law: Law,
  { value, v, s, score, because }: Pick<Measured, 'value' | 'v' | 's' | 'because'> & { score: Decimal },
): Measured {
  const weight = weightOf(law, indicator);
  const inputs = { ...because.score.inputs, weight: { value: weight.value.toFixed(), from: weight.from } };
  return {
    indicator,
    value,
    v,
    s,
    score: yuanText(score),
    weight: weight.value,
    weightFrom: weight.from,
    because: { ...because, score: { ...because.score, inputs }, s: { ...because.s, value: s.toFraction() } },
  };
}

/** The indicators that score from a floor upwards. */
type FromFloor = 'collection' | 'expansion' | 'low_income' | 'subsidy_arrival';
const aboveLimits = (law: Law, indicator: FromFloor) => ({
  from: ofLaw(law, `evaluation.from.${indicator}`),
  width: ofLaw(law, `evaluation.width.${indicator}`),
});
const asBudgeted = (law: Law) => ({
  target: number(decimal('1'), { stated: 'RULES 10：与预算一致为满分' }),
  width: ofLaw(law, 'evaluation.width.budget'),
});

const actualRows = ({ area, scheme }: EvaluationFacts, item: readonly Item[]): Source => ({
  rows: 'actuals.csv',
  of: { area, scheme, part: 'pooled', item },
});
const budgetRows = ({ area, scheme }: EvaluationFacts, item: readonly Item[]): Source => ({
  rows: 'budgets.csv',
  of: { area, scheme, part: 'pooled', item },
});
/** What the check of December found: income and premium of the year, the collection included. */
const december = ({ area, scheme }: EvaluationFacts, column: string): Source => ({
  figure: `risk.${column}`,
  of: { area, scheme, month: 12 },
});
const conductCell = ({ area, scheme }: EvaluationFacts, column: string): Source => ({
  rows: 'conduct.csv',
  of: { area, scheme, column },
});

const budgetIncome = (facts: EvaluationFacts, law: Law): Measured | null =>
  measure('budget_income', INDICATOR_RULES.budget_income, law, {
    values: {
      actual: yuan(facts.actual.income, december(facts, 'income')),
      budget: yuan(facts.budget.income, budgetRows(facts, OWN_INCOME)),
    },
    limits: asBudgeted(law),
  });

const budgetExpenditure = (facts: EvaluationFacts, law: Law): Measured | null =>
  measure('budget_expenditure', INDICATOR_RULES.budget_expenditure, law, {
    values: {
      actual: yuan(facts.actual.expenditure, actualRows(facts, OWN_EXPENDITURE)),
      budget: yuan(facts.budget.expenditure, budgetRows(facts, OWN_EXPENDITURE)),
    },
    limits: asBudgeted(law),
  });

/** The expected premium has no column of its own: its reason stands beside those of the indicator. */
function collection(facts: EvaluationFacts, law: Law): Measured | null {
  const { area, scheme, budget, estimatedPremium } = facts;
  const expected = expectedPremiumOf(law, { area, scheme, budgeted: budget.premium, estimated: estimatedPremium });
  const from = { figure: 'evaluation.expected_premium', of: { area, scheme, indicator: 'collection' } };
  const found = measure('collection', INDICATOR_RULES.collection, law, {
    values: {
      actual: yuan(facts.actual.premium, december(facts, 'premium')),
      expected_premium: yuan(expected.value, from),
    },
    limits: aboveLimits(law, 'collection'),
  });
  return found && { ...found, because: { ...found.because, expected_premium: intermediate(expected) } };
}

function expansion(facts: EvaluationFacts, law: Law): Measured | null {
  const { area, scheme } = facts;
  const { insured, target_insured } = facts.insured;
  if (insured === null || target_insured === null) return null;
  const cell = (column: string): Source => ({ rows: 'insured.csv', of: { area, scheme, column } });
  return measure('expansion', INDICATOR_RULES.expansion, law, {
    values: {
      insured: number(insured, cell('insured')),
      target_insured: number(target_insured, cell('target_insured')),
    },
    limits: aboveLimits(law, 'expansion'),
  });
}

/** Enrolment of the two low-income classes: person by person where the area collects that way, else the numbers it reports. */
function lowIncome(facts: EvaluationFacts, law: Law): Measured | null {
  const { area, scheme, year, insured, lowIncomePersons } = facts;
  const group = [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS];
  const persons = (cells: object): Source => ({
    rows: 'resident_roll.csv',
    of: { area, group, ...cells, column: 'count' },
  });
  const cell = (column: string): Source => ({ rows: 'insured.csv', of: { area, scheme, year, column } });
  const counted = lowIncomePersons ?? { paid: insured.low_income_paid, registered: insured.low_income_registered };
  if (counted.paid === null || counted.registered === null) return null;
  const from = lowIncomePersons
    ? { paid: persons({ paid: true }), registered: persons({}) }
    : { paid: cell('low_income_paid'), registered: cell('low_income_registered') };
  return measure('low_income', INDICATOR_RULES.low_income, law, {
    values: { paid: number(counted.paid, from.paid), registered: number(counted.registered, from.registered) },
    limits: aboveLimits(law, 'low_income'),
  });
}

/** Money of league and banners that came in time. */
function subsidyArrival(facts: EvaluationFacts, law: Law): Measured | null {
  const local = (column: 'due' | 'missing'): Input<readonly Decimal[]> => ({
    value: [facts.localSubsidy[column]],
    stated: {
      from: { figure: `subsidy.${column}`, of: { area: facts.area, level: ['league', 'banner'], by: 'banner' } },
    },
  });
  return measure('subsidy_arrival', INDICATOR_RULES.subsidy_arrival, law, {
    values: { due: local('due'), missing: local('missing') },
    limits: aboveLimits(law, 'subsidy_arrival'),
  });
}

function monthsPayable(facts: EvaluationFacts, law: Law): Measured | null {
  if (facts.december === null) return null;
  const { level, months_payable_4, accumulated_surplus } = facts.december;
  const v = decemberMonths({ surplus: accumulated_surplus, expenditure: facts.actual.expenditure });
  const rests = {
    surplus: { value: yuanText(accumulated_surplus), from: december(facts, 'accumulated_surplus') },
    expenditure: { value: yuanText(facts.actual.expenditure), from: actualRows(facts, OWN_EXPENDITURE) },
  };
  const points = ofLaw(law, `evaluation.level.${level}`);
  const inputs = { level: points.stated, risk_level: { value: level, from: december(facts, 'level') } };
  return measured('months_payable', law, {
    value: months_payable_4,
    v,
    s: LEVEL_POINTS.s({ level: points.value }),
    score: LEVEL_POINTS.score({ level: points.value, weight: weightOf(law, 'months_payable').value }),
    because: {
      ...(v === null ? {} : { v: unrounded(decemberMonths, v, rests) }),
      value: taken(EVALUATION_ARTICLE, months_payable_4, december(facts, 'months_payable_4')),
      s: reasonOf(LEVEL_POINTS.s, inputs),
      score: reasonOf(LEVEL_POINTS.score, inputs),
    },
  });
}

function levyTimeliness(facts: EvaluationFacts, law: Law): Measured | null {
  const { unpaid, days_late } = facts.conduct;
  if (!unpaid)
    return measure('levy_timeliness', INDICATOR_RULES.levy_timeliness, law, {
      values: { days_late: number(days_late, conductCell(facts, 'levy_days_late')) },
      limits: { width: ofLaw(law, 'evaluation.days.levy_timeliness') },
    });
  const inputs = { unpaid: { value: unpaid, from: conductCell(facts, 'levy_unpaid') } };
  return measured('levy_timeliness', law, {
    value: UNPAID_LEVY.value({ unpaid }),
    v: null,
    s: UNPAID_LEVY.s({ unpaid }),
    score: UNPAID_LEVY.score({ unpaid }),
    because: {
      value: reasonOf(UNPAID_LEVY.value, inputs),
      s: reasonOf(UNPAID_LEVY.s, inputs),
      score: reasonOf(UNPAID_LEVY.score, inputs),
    },
  });
}

function reimbursement(facts: EvaluationFacts, law: Law): Measured | null {
  const reached = facts.conduct.policy_reimbursement;
  if (reached === null) return null;
  return measure('reimbursement', INDICATOR_RULES.reimbursement, law, {
    values: { reached: number(reached, conductCell(facts, 'policy_reimbursement')) },
    limits: {
      target: ofLaw(law, `evaluation.target.reimbursement.${facts.scheme}`),
      width: ofLaw(law, 'evaluation.width.reimbursement'),
    },
  });
}
