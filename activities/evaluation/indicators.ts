/** Each indicator of RULES 10, measured and scored; one without a value is left out. */
import { type Law } from '../../audit/law';
import { type AreaItems } from '../../db/inputs';
import { enrolmentRate } from '../../rules/collection';
import {
  EVALUATION_ARTICLE,
  type Indicator,
  SLOPE_FORMULAS,
  type ScoredIndicator,
  type Slope,
  scoreOf,
} from '../../rules/evaluation';
import { type Decimal, atLeastZero, decimal, ratioText, zero } from '../../rules/money';
import { type Ratio, exact, ratioOf, roundRatio } from '../../rules/ratio';
import type { Because, Source } from '../../rules/rule';
import type { Facts } from './facts';
/** A measured indicator: its printed value, its unrounded score, and what both rest on. */
export interface Measured extends ScoredIndicator {
  because: Because;
}

/** Turns a value into a measured indicator; a missing value leaves the indicator out. */
function measure(
  law: Law,
  indicator: Indicator,
  value: Ratio | null,
  slope: Slope,
  limits: readonly string[],
  from: Source,
): Measured[] {
  if (value === null) return [];
  return [
    scored(
      law,
      indicator,
      ratioText(roundRatio(value, 4)),
      scoreOf(value, slope),
      SLOPE_FORMULAS[slope.kind],
      limits,
      from,
    ),
  ];
}

function scored(
  law: Law,
  indicator: Indicator,
  value: string,
  s: Ratio,
  formula: string,
  limits: readonly string[],
  from: Source,
): Measured {
  const weight = law.given(`evaluation.weight.${indicator}`);
  return {
    indicator,
    value,
    weight: weight.value,
    s,
    because: {
      article: EVALUATION_ARTICLE,
      formula,
      inputs: {
        value: { value, from },
        weight: { value: weight.value.toFixed(), from: weight.from },
        ...Object.fromEntries(
          limits.map((name) => [name.slice(name.indexOf('.') + 1), { value: law.text(name), from: law.source(name) }]),
        ),
      },
    },
  };
}

const above = (law: Law, name: string): Slope => ({
  kind: 'above',
  from: law.given(`evaluation.from.${name}`).value,
  width: law.given(`evaluation.width.${name}`).value,
});

/** Budget execution over the year; without a budget above 0 there is no value. */
export function budgetIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const slope: Slope = { kind: 'near', target: decimal('1'), width: law.given('evaluation.width.budget').value };
  const income = facts.actuals.area(area).income.plus(facts.collected(area));
  const of = (indicator: Indicator, actual: Decimal, budget: Decimal): Measured[] =>
    measure(law, indicator, budget.lte(0) ? null : ratioOf(actual, budget), slope, ['evaluation.width.budget'], {
      rows: 'actuals.csv ÷ budgets.csv',
      of: { area, scheme: facts.scheme },
    });
  const budget = (items: AreaItems) => items.area(area);
  return [
    ...of('budget_income', income, budget(facts.budgets).income),
    ...of('budget_expenditure', budget(facts.actuals).expenditure, budget(facts.budgets).expenditure),
  ];
}

export function participationIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const from = (rows: string): Source => ({ rows, of: { area, scheme: facts.scheme } });
  const limits = (name: string) => [`evaluation.from.${name}`, `evaluation.width.${name}`];
  const budgeted = facts.budgets.area(area).of('premium');
  const premium = facts.actuals.area(area).of('premium').plus(facts.collected(area));
  const { insured, target_insured } = facts.insured(area);
  const expansion = insured === null || target_insured === null ? null : ratioOf(insured, target_insured);
  return [
    ...measure(
      law,
      'collection',
      budgeted.lte(0) ? null : ratioOf(premium, budgeted),
      above(law, 'collection'),
      limits('collection'),
      from('actuals.csv ÷ budgets.csv'),
    ),
    ...measure(law, 'expansion', expansion, above(law, 'expansion'), limits('expansion'), from('insured.csv')),
  ];
}

/** Residents: enrolment of the two low-income classes, and league and banner money that came in time. */
export function residentIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const { low_income_paid, low_income_registered } = facts.insured(area);
  const counted = facts.lowIncome(area) ?? { paid: low_income_paid, registered: low_income_registered };
  const enrolled =
    counted.paid === null || counted.registered === null
      ? null
      : enrolmentRate({ paid: counted.paid, registered: counted.registered });
  const { due, missing } = facts.local(area);
  const inTime = atLeastZero(due.minus(missing));
  const of = { area, scheme: 'resident' };
  return [
    ...measure(
      law,
      'low_income',
      enrolled,
      above(law, 'low_income'),
      ['evaluation.from.low_income', 'evaluation.width.low_income'],
      {
        figure: 'collection.low_income_rate',
        of,
      },
    ),
    ...measure(
      law,
      'subsidy_arrival',
      due.lte(0) ? null : ratioOf(inTime, due),
      above(law, 'subsidy_arrival'),
      ['evaluation.from.subsidy_arrival', 'evaluation.width.subsidy_arrival'],
      { figure: 'subsidy.missing', of },
    ),
  ];
}

export function conductIndicators(law: Law, facts: Facts, area: string, inPhase: boolean): Measured[] {
  const { scheme } = facts;
  const december = facts.december(area);
  const measured: Measured[] = [];
  if (december) {
    const points = `evaluation.level.${december.level}`;
    const s = exact(law.given(points).value);
    measured.push(
      scored(law, 'months_payable', december.months_payable_4, s, 'round(weight * level)', [points], {
        figure: 'risk.level',
        of: { area, scheme, month: 12 },
      }),
    );
  }
  const conduct = facts.conduct(area);
  const from: Source = { rows: 'conduct.csv', of: { area, scheme } };
  if (inPhase) {
    const limit = 'evaluation.days.levy_timeliness';
    measured.push(
      ...(conduct.unpaid
        ? [scored(law, 'levy_timeliness', 'unpaid', exact(zero), '0', [limit], from)]
        : measure(
            law,
            'levy_timeliness',
            exact(conduct.days_late),
            { kind: 'below', width: law.given(limit).value },
            [limit],
            from,
          )),
    );
  }
  const target = `evaluation.target.reimbursement.${scheme}`;
  const reached = conduct.policy_reimbursement === null ? null : exact(conduct.policy_reimbursement);
  const slope: Slope = {
    kind: 'near',
    target: law.given(target).value,
    width: law.given('evaluation.width.reimbursement').value,
  };
  measured.push(...measure(law, 'reimbursement', reached, slope, [target, 'evaluation.width.reimbursement'], from));
  return measured;
}
