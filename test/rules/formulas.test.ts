/**
 * What a rule tells an auditor is what it computed: the text of every formula, evaluated by a machine that knows nothing of
 * the code, gives the rule's own result for random inputs.
 *
 * A rule that is exported and not in the table below fails here.
 */
import fc from 'fast-check';
import { Fraction } from 'fraction.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../../explain/tree';
import { workingsOf } from '../../explain/workings';
import { CHECKS, type CheckName, checkBudget } from '../../rules/budget-checks';
import {
  type ScoredIndicator,
  SLOPE_FORMULAS,
  TOTAL_SCORE,
  scoreOf,
  totalScore,
  weightedScore,
} from '../../rules/evaluation';
import { CAPPED, INSTALMENT, UNCAPPED, cappedLevies, instalments } from '../../rules/levy';
import { Decimal, decimal, zero } from '../../rules/money';
import { type Ratio, exact, roundRatio } from '../../rules/ratio';
import { ALLOCATED, pensionAllocations } from '../../rules/pension-adjustment';
import { monthsPayable, monthsPayableTo, monthsText } from '../../rules/risk';
import type { Rule } from '../../rules/rule';
import { NO_FACTOR, PAID, fundPayments } from '../../rules/share';
import {
  amount,
  bands,
  byArea,
  heads,
  months,
  rate,
  signedAmount,
  signedSmallAmount,
  smallAmount,
  wholeMonth,
} from './arbitraries';
import { lines, yardstick } from './budgets';
import { evaluate, quantity } from './evaluate';

type AnyRule = Rule<Record<string, unknown>, Decimal | Ratio | string | boolean | null>;
const isRule = (value: unknown): value is AnyRule => typeof value === 'function' && 'formula' in value;

/** Every rule that a file of rules/ exports, alone or in a table of rules, as `file.name`. */
function exportedRules(): Record<string, AnyRule> {
  const folder = join(__dirname, '../../rules');
  const found: Record<string, AnyRule> = {};
  for (const file of readdirSync(folder).map((name) => name.replace('.ts', ''))) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever files there will be
    const exported = require(join(folder, file)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [[name, value] as const];
      for (const [inner, one] of inside) if (isRule(one)) found[`${file}.${inner}`] = one;
    }
  }
  return found;
}

const signed = fc.oneof(signedAmount, signedSmallAmount);
const least0 = fc.oneof(amount, smallAmount);
const factor = fc.integer({ min: -100, max: 100 }).map((hundredths) => decimal(String(hundredths)).div(100));
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
/** Few values, so that two of them are often equal. */
const days = fc.integer({ min: 29, max: 31 }).map((count) => decimal(String(count)));
const tens = fc.integer({ min: 0, max: 4 }).map((count) => decimal(String(10 * count)));
/** Years, or months, of one person. */
const years = fc.integer({ min: 0, max: 30 }).map((count) => decimal(String(count)));
/** What a row of payments met; few dates and amounts, so that two of them are often equal. */
const mostly = rarely.map((holds) => !holds);
const dates = fc.constantFrom('2027-08-31', '2027-09-01', '2027-12-31', '2028-01-01');
const rowFacts = { malformed: rarely, known_area: mostly, paid_on: dates, amount: tens, receipt_taken: rarely };
const standard = { factor: months, statistic: least0 };
const share = { numerator: heads, denominator: heads, region_numerator: heads, region_denominator: heads };
/** Lists of one length: an amount of each kind for each area. */
const areas = <Name extends string>(...names: Name[]): fc.Arbitrary<Record<Name, Decimal[]>> =>
  byArea(fc.tuple(...names.map(() => signed))).map(
    (rows) => Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])])) as Record<Name, Decimal[]>,
  );

/** What each rule may be given. */
// prettier-ignore
const GIVEN: Record<string, Record<string, fc.Arbitrary<unknown>> | fc.Arbitrary<Record<string, unknown>>> = {
  'account-total.accountTotal': { rows: signed },
  'account-total.accountTotalWithCollection': { rows: signed, collection: least0 },
  'budget-estimate.trendEstimate': { h3: signed, h2: signed, h1: signed, band: rate },
  'budget-estimate.perHeadEstimate': { target_insured: heads, standard: least0 },
  'budget-estimate.majorIllnessEstimate': { trend: signed, floor_rate: rate, income: signed },
  'collection.collectedByPerson': { paid: signed, enrolled: least0 },
  'collection.collectedInTotal': { total: signed },
  'collection.progress': { paid: heads, target_insured: heads },
  'collection.enrolmentRate': { paid: heads, registered: heads },
  'collection.reconciliationDifference': { tax_amount: least0, collected: signed, quarantined_amount: signed },
  'collection.rowDifference': { tax_rows: heads, accepted_rows: heads, quarantined_rows: heads },
  'collection.grossPremium': { collected: signed, aid: least0 },
  'contribution.contributionBase': { payroll_average: least0, average_wage: least0, floor_factor: rate, ceiling_factor: months },
  'contribution.rateStepUp': { employer_rate: rate, target: rate, step: rate },
  'gap.gap': { income: signed, expenditure: signed, levy: least0 },
  'gap.ownSurplusUsed': { gap: least0, surplus: signed, reserve: least0 },
  'gap.residualGap': { gap: least0, own_surplus: least0 },
  'gap.managerialPart': { applies: fc.boolean(), residual: least0, budgeted_premium: signed, actual_premium: signed, irregular_expenditure: signed },
  'gap.generalPart': { residual: least0, managerial: least0 },
  'gap.generalPartInScope': { residual: least0, managerial: least0, expenditure: signed, budgeted_expenditure: signed, overspend: rate },
  'incentive.capIncrease': { cap: least0, continuous_years: years, zero_claim_years: years, broken: fc.boolean(), bonus_used: fc.boolean(), after_years: years, a: least0, b: least0, ceiling: rate },
  'incentive.raisedCap': { cap: least0, increase: least0 },
  'levy.uncappedLevy': { base: signed, rate },
  'levy.roomByMonths': fc.tuple(areas('expenditure'), fc.record({ months, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByTopUp': fc.tuple(areas('expenditure', 'surplus'), fc.record({ months, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByIncome': fc.tuple(areas('base'), fc.record({ percent: rate, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByAmount': { amount: fc.oneof(least0, rate), balance: signed },
  'levy.levyRate': { rate },
  'levy.prepaidToDate': { prepaid: least0, made: fc.integer({ min: 0, max: 4 }), unpaid: fc.boolean() },
  'levy.nothingPrepaid': {},
  'levy.trueUp': { levy: least0, prepaid: least0 },
  'medical-aid.aidPerHead': { standard: smallAmount, aids: fc.array(smallAmount, { maxLength: 4 }) },
  'medical-aid.duePerHead': { standard: smallAmount, aid: smallAmount },
  'payment-row.paymentOutcome': {
    ...rowFacts, on_roll: mostly, opens: dates, closes: dates, exempt: fc.boolean(), due: tens, enrolled: rarely,
  },
  'payment-row.refundOutcome': { ...rowFacts, payment_found: mostly, paid_amount: tens, year_start: dates },
  'pension-adjustment.pensionLevy': { average_wage: least0, wage_share: rate, in_service: heads, employment: heads, rate },
  'pension-adjustment.pensionNet': { allocation: least0, levy: least0 },
  'pension-adjustment.perRetiree': { levy: fc.array(least0, { minLength: 1, maxLength: 8 }), retirees: fc.array(heads.map((count) => count.plus(1)), { minLength: 1, maxLength: 8 }) },
  'posting.advanceBecomesIncome': { received: least0, returned: least0 },
  'posting.lateAdvanceBecomesIncome': { received: least0, returned: least0 },
  'published-standards.contribution_base_floor': standard,
  'published-standards.contribution_base_ceiling': standard,
  'published-standards.flexible_worker_base': standard,
  'published-standards.unemployed_base': standard,
  'published-standards.major_illness_deductible_max': standard,
  'published-standards.benefit_cap': standard,
  'retirement.lumpSum': { missing_months: years, monthly_standard: least0 },
  'retirement.missingMonths': { required_months: years, years_paid: fc.array(years, { minLength: 1, maxLength: 4 }), months_paid: fc.array(years, { minLength: 1, maxLength: 4 }) },
  'retirement.requiredMonths': { uniform: fc.boolean(), years, old_rule_years: years },
  'risk.accumulatedSurplus': { opening: signed, income: signed, expenditure: signed, prepaid_to_date: least0 },
  'risk.surplusWithAdvances': { opening: signed, income: signed, expenditure: signed, prepaid_to_date: least0, advanced_to_date: least0 },
  'risk.executionRatio': { actual: signed, budget: signed, month: wholeMonth },
  'risk.executionOutsideBand': { actual: smallAmount, budget: signedSmallAmount, month: wholeMonth, low: rate, high: months },
  'risk.isReportedUpward': { level: fc.constantFrom('excess', 'green', 'yellow', 'orange', 'red') },
  'share.dependencyStepEmployee': { ...share, bands: bands('rising') },
  'share.dependencyStepResident': { ...share, bands: bands('falling') },
  'share.performanceStep': { actual: signed, target: signed, bands: bands('falling') },
  'share.alpha': {
    alpha0: rate, d: factor, c: factor, k: factor, min: rate.map((value) => value.div(2)), max: rate.map((value) => value.div(2).plus('0.5')),
    unpaid: rarely, days_late: days, days_allowed: days, own_policy_above: rarely, audit_refused: rarely,
    actual_premium: fc.oneof(signed, tens), budgeted_premium: fc.oneof(signed, tens), collection_below: fc.oneof(rate, fc.constant(decimal('0.5'))),
  },
  'share.disqualifications': {
    unpaid: rarely, days_late: days, days_allowed: days, own_policy_above: rarely, audit_refused: rarely,
    actual_premium: fc.oneof(signed, tens), budgeted_premium: fc.oneof(signed, tens), collection_below: fc.oneof(rate, fc.constant(decimal('0.5'))),
  },
  'share.entitlement': { alpha: rate, general: least0 },
  'share.matchedEntitlement': { alpha: rate, general: least0, residual: least0 },
  'share.fundAvailable': { opening: signed, interest: signed, levy: fc.array(least0, { maxLength: 8 }) },
  'share.areaShare': { residual: least0, fund_share: least0 },
  'share.settlementGrant': { fund_share: least0, advance: least0 },
  'subsidy.missingSubsidy': { due: least0, arrived_by_30_september: signed },
  'subsidy.missingOfLevel': areas('due', 'arrived'),
  'subsidy.isLevelMissing': areas('due', 'arrived'),
  'subsidy.headsDifference': { heads: byArea(heads), insured: heads },
  'subsidy.doHeadsDiffer': { heads: byArea(tens), insured: tens },
  'subsidy.arrivalsDifference': { arrived: signed, booked: signed },
  'subsidy.doArrivalsDiffer': { arrived: tens, booked: tens },
  'subsidy.subsidySettlement': { due: least0, arrived: signed },
  'waiting-period.variableMonths': { missed_years: years, years_repaid: years, months_per_year: years, years_without_variable: years },
  'waiting-period.waitingMonths': { missed_years: years, in_window: fc.boolean(), fixed_months: years, variable_months: years, long_gap_years: years, long_gap_months: years },
};

const rules = exportedRules();

test('every exported rule is held against its formula, and no other', () => {
  expect(Object.keys(rules).sort()).toEqual(Object.keys(GIVEN).sort());
});

/** A result as the machine sees it. */
const told = (result: Decimal | Ratio | string | boolean): string | boolean =>
  typeof result === 'string' || typeof result === 'boolean'
    ? result
    : (result instanceof Fraction ? result : (quantity(result) as Ratio)).toFraction();

/** An input as a reason keeps it. */
const asStored = (value: unknown): Value =>
  Array.isArray(value) ? value.map(asStored) : value instanceof Decimal ? value.toFixed() : (value as Value);

describe.each(Object.entries(rules))('%s', (name, rule) => {
  const given = GIVEN[name] as (typeof GIVEN)[string];
  const inputs = given instanceof fc.Arbitrary ? given : fc.record(given);

  test(rule.formula, () => {
    fc.assert(
      fc.property(inputs, (values) => {
        const result = rule(values);
        // Without a result there is no figure to explain.
        fc.pre(result !== null);
        const found = evaluate(rule.formula, values);
        expect(found instanceof Fraction ? found.toFraction() : found).toBe(told(result));
      }),
      { numRuns: 200 },
    );
  });

  test('is worked out as the machine would', () => {
    fc.assert(
      fc.property(inputs, (values) => {
        const given = Object.entries(values).map(([name, value]) => ({ name, value: asStored(value) }));
        for (const { formula, value } of workingsOf(rule.formula, given)) {
          const places = value.split('.')[1]?.length ?? 0;
          const found = evaluate(formula, values) as Ratio;
          expect(roundRatio(found, places).toFixed(places)).toBe(decimal(value).toFixed(places));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('quotes its article', () => {
    expect(rule.article.length).toBeGreaterThan(3);
  });
});

describe('formulas that speak of one area among all', () => {
  // Each place of a list, against the function that computes the whole list at once.
  const everyPlace = (formula: string, inputs: Record<string, unknown>, results: readonly Decimal[]): void => {
    results.forEach((result, i) => {
      expect((evaluate(formula, { ...inputs, place: i + 1 }) as Ratio).toFraction()).toBe(told(result));
    });
  };

  test(CAPPED.formula, () => {
    fc.assert(
      fc.property(byArea(least0), signed, (uncapped, room) =>
        everyPlace(CAPPED.formula, { uncapped, room }, cappedLevies(uncapped, room)),
      ),
    );
  });

  test(UNCAPPED.formula, () => {
    fc.assert(
      fc.property(byArea(least0), (uncapped) =>
        everyPlace(UNCAPPED.formula, { uncapped }, cappedLevies(uncapped, null)),
      ),
    );
  });

  test(INSTALMENT.formula, () => {
    fc.assert(fc.property(least0, (prepaid) => everyPlace(INSTALMENT.formula, { prepaid }, instalments(prepaid))));
  });

  test(ALLOCATED.formula, () => {
    fc.assert(
      fc.property(byArea(fc.tuple(least0, heads)), (provinces) => {
        const [levy, retirees] = [provinces.map(([one]) => one), provinces.map(([, count]) => count)];
        everyPlace(ALLOCATED.formula, { levy, retirees }, pensionAllocations(levy, retirees));
      }),
    );
  });

  test(PAID.formula, () => {
    fc.assert(
      fc.property(byArea(least0), least0, (entitled, available) =>
        everyPlace(PAID.formula, { entitled, available }, fundPayments(entitled, available)),
      ),
    );
  });
});

test(`a factor without data: ${NO_FACTOR.formula}`, () => {
  expect(told(zero)).toBe((evaluate(NO_FACTOR.formula, {}) as Ratio).toFraction());
});

test(monthsPayableTo(2).formula, () => {
  fc.assert(
    fc.property(
      signed,
      signed,
      least0,
      fc.integer({ min: 1, max: 12 }),
      (surplus, expenditure, budgeted_expenditure, month) => {
        const fund = { surplus, expenditure, budgeted_expenditure, month };
        const found = monthsPayable({
          ...fund,
          income: zero,
          lump_premium: zero,
          lump_subsidy: zero,
          budgeted_income: zero,
          budgeted_subsidy: zero,
          prepaid: zero,
          bounds: [zero, zero, zero, zero],
        });
        const printed = monthsText(found, 2);
        expect(evaluate(monthsPayableTo(2).formula, fund)).toEqual(quantity(printed));
      },
    ),
  );
});

describe('evaluation', () => {
  const width = rate.filter((value) => value.gt(0));
  const printed = (formula: string, inputs: Record<string, unknown>): string =>
    decimal((evaluate(formula, inputs) as Ratio).toString()).toFixed(2);
  const indicator = (weight: Decimal, s: Ratio): ScoredIndicator => ({ indicator: 'collection', value: '', weight, s });

  test(`near a target: ${SLOPE_FORMULAS.near}`, () => {
    fc.assert(
      fc.property(signedSmallAmount, smallAmount, width, smallAmount, (value, target, wide, weight) => {
        const s = scoreOf(exact(value), { kind: 'near', target, width: wide });
        expect(printed(SLOPE_FORMULAS.near, { value, target, width: wide, weight })).toBe(
          weightedScore(indicator(weight, s)),
        );
      }),
    );
  });

  test(`above a start: ${SLOPE_FORMULAS.above}`, () => {
    fc.assert(
      fc.property(signedSmallAmount, rate, width, smallAmount, (value, from, wide, weight) => {
        const s = scoreOf(exact(value), { kind: 'above', from, width: wide });
        expect(printed(SLOPE_FORMULAS.above, { value, from, width: wide, weight })).toBe(
          weightedScore(indicator(weight, s)),
        );
      }),
    );
  });

  test(`below a limit: ${SLOPE_FORMULAS.below}`, () => {
    fc.assert(
      fc.property(smallAmount, width, smallAmount, (value, wide, weight) => {
        const s = scoreOf(exact(value), { kind: 'below', width: wide });
        expect(printed(SLOPE_FORMULAS.below, { value, width: wide, weight })).toBe(weightedScore(indicator(weight, s)));
      }),
    );
  });

  test(TOTAL_SCORE.formula, () => {
    fc.assert(
      fc.property(byArea(fc.tuple(smallAmount, rate)), (scored) => {
        const total = totalScore(scored.map(([weight, s]) => indicator(weight, exact(s))));
        fc.pre(total !== null);
        const inputs = { weight: scored.map(([weight]) => weight), s: scored.map(([, s]) => s) };
        expect(printed(TOTAL_SCORE.formula, inputs)).toBe(total);
      }),
    );
  });
});

// The checks of a budget whose figure is one amount or one ratio.
test.each<CheckName>(['no_deficit', 'slight_surplus', 'subsidy_equals_due', 'major_illness_floor', 'levy_included'])(
  'budget check %s',
  (check) => {
    const of = fc.record({
      income: smallAmount.filter((value) => value.gt(0)),
      expenditure: smallAmount,
      levy_to_superior: smallAmount,
      fiscal_subsidy: smallAmount,
      major_illness: smallAmount,
      prepaid: smallAmount,
      target_insured: heads,
      standard: smallAmount,
    });
    fc.assert(
      fc.property(of, (figures) => {
        const { income, expenditure, major_illness, fiscal_subsidy } = figures;
        const version = lines({
          premium: income.minus(fiscal_subsidy).toFixed(),
          fiscal_subsidy: fiscal_subsidy.toFixed(),
          inpatient: expenditure.minus(major_illness).toFixed(),
          major_illness: major_illness.toFixed(),
          levy_to_superior: figures.levy_to_superior.toFixed(),
        });
        const subsidyDue = figures.target_insured.times(figures.standard);
        const checks = checkBudget(version, { ...yardstick('resident'), prepaid: figures.prepaid, subsidyDue });
        const found = roundRatio(evaluate(CHECKS[check].formula, figures) as Ratio, 4);
        const figure = checks.find((one) => one.check === check)?.figure as string;
        expect(decimal(figure).toFixed(4)).toBe(found.toFixed(4));
      }),
    );
  },
);
