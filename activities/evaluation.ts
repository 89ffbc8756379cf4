/** 绩效评价: each area and scheme by its indicators, and its rank in the scheme. */
import type { Pool } from 'pg';
import type { Queryable } from '../db/connect';
import {
  type AreaItems,
  actualItems,
  areasOf,
  budgetItems,
  collectedPremium,
  conductRows,
  insuredRows,
} from '../db/inputs';
import { once } from '../db/once';
import { insertRows, select } from '../db/rows';
import { enrolmentRate } from '../rules/collection';
import {
  EVALUATION_ARTICLE,
  type Indicator,
  SLOPE_FORMULAS,
  type ScoredIndicator,
  type Slope,
  TOTAL_SCORE,
  rankOf,
  scoreOf,
  totalScore,
  weightedScore,
} from '../rules/evaluation';
import { type Decimal, atLeastZero, decimal, ratioText, zero } from '../rules/money';
import { type Ratio, exact, ratioOf, roundRatio } from '../rules/ratio';
import type { Because, Source } from '../rules/rule';
import { type RiskLevel, SCHEMES, type Scheme } from '../rules/vocabulary';
import { recordFindings } from './findings';
import { type Law, lawOf } from '../audit/law';

/** A measured indicator: its printed value, its unrounded score, and what both rest on. */
interface Measured extends ScoredIndicator {
  because: Because;
}

/** Everything that the evaluation of one scheme reads. */
async function factsOf(db: Queryable, year: number, scheme: Scheme) {
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  const rates = await select<{ area: string; by_person: boolean; paid: string; registered: string }>(
    db,
    `select c.area, c.by_person,
       count(*) filter (where e.person is not null or p.person is not null) as paid, count(r.person) as registered
     from fund.collection c
     left join fund.resident_roll r on c.by_person and (r.fund_year, r.area) = (c.fund_year, c.area::text)
       and r."group" in ('destitute', 'orphan', 'subsistence', 'monitored', 'poverty_relieved')
     left join fund.full_aid_enrolment e on (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)
     left join fund.resident_payment p on p.fund_year = r.fund_year and p.person = r.person and p.area = r.area
       and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
     where c.fund_year = $1 group by c.area, c.by_person`,
    [year],
  );
  const december = await select<{ area: string; months_payable_4: string; level: RiskLevel }>(
    db,
    'select area, months_payable_4, level from fund.risk where fund_year = $1 and scheme = $2 and month = 12',
    [year, scheme],
  );
  const local = await select<{ area: string; due: string; missing: string }>(
    db,
    `select area, sum(greatest(due, 0)) as due, sum(missing) as missing from fund.subsidy
     where fund_year = $1 and level in ('league', 'banner') group by area`,
    [year],
  );
  const byArea = <Row extends { area: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.area, row]));
  return {
    scheme,
    actuals: await actualItems(db, year, scheme),
    budgets: await budgetItems(db, year, scheme),
    collected,
    insured: await insuredRows(db, year, scheme),
    conduct: await conductRows(db, year, scheme),
    rates: byArea(rates),
    december: byArea(december),
    local: byArea(local),
  };
}
type Facts = Awaited<ReturnType<typeof factsOf>>;

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
function budgetIndicators(law: Law, facts: Facts, area: string): Measured[] {
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

function participationIndicators(law: Law, facts: Facts, area: string): Measured[] {
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
function residentIndicators(law: Law, facts: Facts, area: string): Measured[] {
  const rate = facts.rates.get(area);
  const { low_income_paid, low_income_registered } = facts.insured(area);
  const counted = rate?.by_person
    ? { paid: decimal(rate.paid), registered: decimal(rate.registered) }
    : { paid: low_income_paid, registered: low_income_registered };
  const enrolled =
    counted.paid === null || counted.registered === null
      ? null
      : enrolmentRate({ paid: counted.paid, registered: counted.registered });
  const local = facts.local.get(area);
  const due = decimal(local?.due ?? '0');
  const inTime = atLeastZero(due.minus(decimal(local?.missing ?? '0')));
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

function conductIndicators(law: Law, facts: Facts, area: string, inPhase: boolean): Measured[] {
  const { scheme } = facts;
  const december = facts.december.get(area);
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

export const createEvaluationActivities = (pool: Pool) => ({
  /** Scores, totals and ranks of both schemes; and what hospitals were still owed on 31 December. */
  async evaluateYear({
    year,
    phases,
  }: {
    year: number;
    phases: Record<Scheme, boolean>;
  }): Promise<{ rows: number; unpaidClaims: number }> {
    return once(pool, { key: `fund-year-${year}/evaluation`, input: { year, phases } }, async (trx) => {
      const law = await lawOf(trx, year);
      let rows = 0;
      let unpaidClaims = 0;
      for (const scheme of SCHEMES) {
        const facts = await factsOf(trx, year, scheme);
        const areas = await areasOf(trx, year, scheme);
        const measured = areas.map((area) => ({
          area,
          indicators: [
            ...budgetIndicators(law, facts, area),
            ...participationIndicators(law, facts, area),
            ...(scheme === 'resident' ? residentIndicators(law, facts, area) : []),
            ...conductIndicators(law, facts, area, phases[scheme]),
          ],
        }));
        const evaluation = evaluationRows(year, scheme, measured);
        await insertRows(trx, 'evaluation', evaluation);
        const claims = unpaidClaimFindings(law, facts, areas);
        await recordFindings(trx, year, claims);
        rows += evaluation.length;
        unpaidClaims += claims.length;
      }
      return { rows, unpaidClaims };
    });
  },
});

function evaluationRows(year: number, scheme: Scheme, measured: readonly { area: string; indicators: Measured[] }[]) {
  const totals = measured.map(({ indicators }) => totalScore(indicators));
  const printed = totals.filter((total): total is string => total !== null);
  return measured.flatMap(({ area, indicators }, i) => {
    const key = { fund_year: year, area, scheme };
    const own = indicators.map((one) => ({
      ...key,
      indicator: one.indicator as string,
      value: one.value,
      score: weightedScore(one),
      because: one.because,
    }));
    const total = totals[i];
    if (total == null) return own;
    const because: Because = {
      ...TOTAL_SCORE,
      inputs: { indicators: { from: { figure: 'evaluation.score', of: { area, scheme } } } },
    };
    return [...own, { ...key, indicator: 'total', value: String(rankOf(total, printed)), score: total, because }];
  });
}

/** 应付未付: paying late moves a cash-basis deficit; more than one month's expenditure is a finding. */
function unpaidClaimFindings(law: Law, facts: Facts, areas: readonly string[]) {
  const months = law.given('risk.unpaid_claims_months').value;
  return areas.flatMap((area) => {
    const owed = facts.conduct(area).unpaid_claims;
    if (owed === null || owed.times(12).lte(months.times(facts.actuals.area(area).expenditure))) return [];
    return [
      {
        code: 'unpaid_claims',
        area,
        scheme: facts.scheme,
        figure: owed.toFixed(2),
        text: '应付未付医药机构款超过一个月的支出',
      },
    ];
  });
}
