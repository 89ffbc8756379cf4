/** Each indicator of RULES 10, measured and scored with its reason; one without a value is left out. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import { enrolmentRate } from '../../rules/collection';
import {
  EVALUATION_ARTICLE,
  type Indicator,
  SLOPES,
  SLOPE_FORMULAS,
  type ScoredIndicator,
  type Slope,
  scoreOf,
} from '../../rules/evaluation';
import { type Decimal, decimal, ratioText, zero } from '../../rules/money';
import { type Ratio, exact, ratioOf, roundRatio } from '../../rules/ratio';
import { type Because, type Source, taken } from '../../rules/rule';
import {
  type Item,
  LOW_INCOME_GROUPS,
  OWN_EXPENDITURE,
  OWN_INCOME,
  POVERTY_RELIEVED_GROUPS,
} from '../../rules/vocabulary';
import { insuredCell, personsOf } from '../../figures/collection/sources';
import type { Facts } from './facts';

type Inputs = Because['inputs'];
/** A measured indicator: its printed value, its unrounded score, and what both rest on. */
export interface Measured extends ScoredIndicator {
  because: Record<'value' | 'score' | 's', Because>;
  weightFrom: Source;
}
/** A value before it is rounded, with the formula that gives it. */
interface Value {
  value: Ratio | null;
  formula: string;
  inputs: Inputs;
}

const given = (law: Law, name: LawName): Inputs[string] => ({ value: law.text(name), from: law.source(name) });

/** Turns a value into a measured indicator; a missing value leaves the indicator out. */
function measure(law: Law, indicator: Indicator, measured: Value, slope: Slope, limits: Inputs): Measured[] {
  if (measured.value === null) return [];
  const value = ratioText(roundRatio(measured.value, 4));
  const inputs = { ...measured.inputs, ...limits };
  const onValue = (formula: string): string => `value = ${measured.formula}\n${formula}`;
  return [
    scored(
      law,
      indicator,
      { value, s: scoreOf(measured.value, slope) },
      {
        value: { article: EVALUATION_ARTICLE, formula: `round(${measured.formula}, 4)`, inputs: measured.inputs },
        s: { article: EVALUATION_ARTICLE, formula: onValue(SLOPES[slope.kind]), inputs },
        score: { article: EVALUATION_ARTICLE, formula: onValue(SLOPE_FORMULAS[slope.kind]), inputs },
      },
    ),
  ];
}

/** The weight is a parameter; s is told exactly, as a fraction, because the total rests on it. */
function scored(
  law: Law,
  indicator: Indicator,
  { value, s }: { value: string; s: Ratio },
  because: Measured['because'],
): Measured {
  const weight = law.given(`evaluation.weight.${indicator}`);
  const inputs = { ...because.score.inputs, weight: { value: weight.value.toFixed(), from: weight.from } };
  return {
    indicator,
    value,
    weight: weight.value,
    weightFrom: weight.from,
    s,
    because: {
      ...because,
      score: { ...because.score, inputs },
      s: { ...because.s, value: s.toFraction() },
    },
  };
}

/** The indicators that score from a floor upwards. */
type FromFloor = 'collection' | 'expansion' | 'low_income' | 'subsidy_arrival';

const above = (law: Law, name: FromFloor): Slope => ({
  kind: 'above',
  from: law.given(`evaluation.from.${name}`).value,
  width: law.given(`evaluation.width.${name}`).value,
});
const aboveLimits = (law: Law, name: FromFloor): Inputs => ({
  from: given(law, `evaluation.from.${name}`),
  width: given(law, `evaluation.width.${name}`),
});

const actualRows = (facts: Facts, area: string, item: readonly Item[]): Source => ({
  rows: 'actuals.csv',
  of: { area, scheme: facts.scheme, part: 'pooled', item },
});
const budgetRows = (facts: Facts, area: string, item: readonly Item[]): Source => ({
  rows: 'budgets.csv',
  of: { area, scheme: facts.scheme, part: 'pooled', item },
});
/** What the December check has told: income and premium of the year, the collection included. */
const ofDecember = (facts: Facts, area: string, column: string): Source => ({
  figure: `risk.${column}`,
  of: { area, scheme: facts.scheme, month: 12 },
});

/** Budget execution over the year; without a budget above 0 there is no value. */
export function budgetIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const width = 'evaluation.width.budget';
  const slope: Slope = { kind: 'near', target: decimal('1'), width: law.given(width).value };
  const limits: Inputs = {
    target: { value: '1', from: { stated: 'RULES 10：与预算一致为满分' } },
    width: given(law, width),
  };
  const of = (indicator: Indicator, actual: [Decimal, Source], budget: [Decimal, Source]): Measured[] =>
    measure(
      law,
      indicator,
      {
        value: budget[0].lte(0) ? null : ratioOf(actual[0], budget[0]),
        formula: 'actual / budget',
        inputs: {
          actual: { value: actual[0].toFixed(2), from: actual[1] },
          budget: { value: budget[0].toFixed(2), from: budget[1] },
        },
      },
      slope,
      limits,
    );
  const [actuals, budgets] = [facts.actuals.area(area), facts.budgets.area(area)];
  return [
    ...of(
      'budget_income',
      [actuals.income.plus(facts.collected(area)), ofDecember(facts, area, 'income')],
      [budgets.income, budgetRows(facts, area, OWN_INCOME)],
    ),
    ...of(
      'budget_expenditure',
      [actuals.expenditure, actualRows(facts, area, OWN_EXPENDITURE)],
      [budgets.expenditure, budgetRows(facts, area, OWN_EXPENDITURE)],
    ),
  ];
}

export function participationIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const budgeted = facts.budgets.area(area).of('premium');
  const premium = facts.actuals.area(area).of('premium').plus(facts.collected(area));
  const { insured, target_insured } = facts.insured(area);
  const expansion = insured === null || target_insured === null ? null : ratioOf(insured, target_insured);
  const cell = (column: string): Source => ({ rows: 'insured.csv', of: { area, scheme: facts.scheme, column } });
  const rate: Value = {
    value: budgeted.lte(0) ? null : ratioOf(premium, budgeted),
    formula: 'actual / budget',
    inputs: {
      actual: { value: premium.toFixed(2), from: ofDecember(facts, area, 'premium') },
      budget: { value: budgeted.toFixed(2), from: budgetRows(facts, area, ['premium']) },
    },
  };
  const task: Value = {
    value: expansion,
    formula: 'insured / target_insured',
    inputs: {
      insured: { value: insured?.toFixed(), from: cell('insured') },
      target_insured: { value: target_insured?.toFixed(), from: cell('target_insured') },
    },
  };
  return [
    ...measure(law, 'collection', rate, above(law, 'collection'), aboveLimits(law, 'collection')),
    ...measure(law, 'expansion', task, above(law, 'expansion'), aboveLimits(law, 'expansion')),
  ];
}

/** Residents: enrolment of the two low-income classes, and league and banner money that came in time. */
export function residentIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const { low_income_paid, low_income_registered } = facts.insured(area);
  const persons = facts.lowIncome(area);
  const counted = persons ?? { paid: low_income_paid, registered: low_income_registered };
  const from = persons
    ? personsOf(area, [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS])
    : {
        paid: insuredCell(area, facts.year, 'low_income_paid'),
        registered: insuredCell(area, facts.year, 'low_income_registered'),
      };
  const enrolled: Value = {
    value:
      counted.paid === null || counted.registered === null
        ? null
        : enrolmentRate({ paid: counted.paid, registered: counted.registered }),
    formula: enrolmentRate.formula,
    inputs: {
      paid: { value: counted.paid?.toFixed(), from: from.paid },
      registered: { value: counted.registered?.toFixed(), from: from.registered },
    },
  };
  const { due, missing } = facts.local(area);
  const local = (column: string): Source => ({
    figure: `subsidy.${column}`,
    of: { area, level: ['league', 'banner'], by: 'banner' },
  });
  const arrived: Value = {
    value: due.lte(0) ? null : ratioOf(due.minus(missing), due),
    formula: '(sum(due) - sum(missing)) / sum(due)',
    inputs: { due: { from: local('due') }, missing: { from: local('missing') } },
  };
  return [
    ...measure(law, 'low_income', enrolled, above(law, 'low_income'), aboveLimits(law, 'low_income')),
    ...measure(law, 'subsidy_arrival', arrived, above(law, 'subsidy_arrival'), aboveLimits(law, 'subsidy_arrival')),
  ];
}

export function conductIndicators(law: Law, facts: Facts, area: string, inPhase: boolean): Measured[] {
  return [
    ...monthsIndicator(law, facts, area),
    ...(inPhase ? timelinessIndicator(law, facts, area) : []),
    ...reimbursementIndicator(law, facts, area),
  ];
}

/** The points of December's level. */
function monthsIndicator(law: Law, facts: Facts, area: string): Measured[] {
  const december = facts.december(area);
  if (!december) return [];
  const points: LawName = `evaluation.level.${december.level}`;
  const value = december.months_payable_4;
  const inputs: Inputs = {
    level: given(law, points),
    risk_level: { value: december.level, from: ofDecember(facts, area, 'level') },
  };
  return [
    scored(
      law,
      'months_payable',
      { value, s: exact(law.given(points).value) },
      {
        value: taken(EVALUATION_ARTICLE, value, ofDecember(facts, area, 'months_payable_4')),
        s: { article: EVALUATION_ARTICLE, formula: 'level', inputs },
        score: { article: EVALUATION_ARTICLE, formula: 'round(weight * level)', inputs },
      },
    ),
  ];
}

function timelinessIndicator(law: Law, facts: Facts, area: string): Measured[] {
  const limit = 'evaluation.days.levy_timeliness';
  const conduct = facts.conduct(area);
  const cell = (column: string): Source => ({ rows: 'conduct.csv', of: { area, scheme: facts.scheme, column } });
  const unpaid = { unpaid: { value: conduct.unpaid, from: cell('levy_unpaid') } };
  if (conduct.unpaid) {
    const of = (formula: string): Because => ({ article: EVALUATION_ARTICLE, formula, inputs: unpaid });
    const because = { value: of('unpaid ? "unpaid" : ""'), s: of('unpaid ? 0 : 1'), score: of('unpaid ? 0 : 1') };
    return [scored(law, 'levy_timeliness', { value: 'unpaid', s: exact(zero) }, because)];
  }
  const days: Value = {
    value: exact(conduct.days_late),
    formula: 'days_late',
    inputs: { days_late: { value: conduct.days_late.toFixed(), from: cell('levy_days_late') } },
  };
  const slope: Slope = { kind: 'below', width: law.given(limit).value };
  return measure(law, 'levy_timeliness', days, slope, { width: given(law, limit) });
}

function reimbursementIndicator(law: Law, facts: Facts, area: string): Measured[] {
  const names = {
    target: `evaluation.target.reimbursement.${facts.scheme}`,
    width: 'evaluation.width.reimbursement',
  } as const;
  const reached = facts.conduct(area).policy_reimbursement;
  const from: Source = { rows: 'conduct.csv', of: { area, scheme: facts.scheme, column: 'policy_reimbursement' } };
  const value: Value = {
    value: reached === null ? null : exact(reached),
    formula: 'reached',
    inputs: { reached: { value: reached?.toFixed(), from } },
  };
  const slope: Slope = { kind: 'near', target: law.given(names.target).value, width: law.given(names.width).value };
  return measure(law, 'reimbursement', value, slope, {
    target: given(law, names.target),
    width: given(law, names.width),
  });
}
