/**
 * An auditor reads what was computed: the text of every formula, evaluated by a machine that knows nothing of the code, gives
 * the result of its rule for random inputs.
 *
 * A rule that is exported and missing from the table below fails here.
 */
import fc from 'fast-check';
import { Fraction } from 'fraction.js';
import type { Value } from '../../explain/tree';
import { workingsOf } from '../../explain/workings';
import { Decimal, decimal } from '../../rules/money';
import { exact, roundRatio } from '../../rules/ratio';
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
import { type Quantity, evaluate, quantity } from './evaluate';
import { everyRule, looseFormulas } from './every-rule';

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

/** The columns of a few rows. */
const rowsOf = (...names: string[]): fc.Arbitrary<Record<string, Decimal[]>> =>
  fc
    .array(fc.tuple(...names.map(() => smallAmount)), { minLength: 1, maxLength: 4 })
    .map((rows) => Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i] as Decimal)])));
/** Rows of the aid table for one group. */
const aidRows = fc.array(fc.tuple(fc.constantFrom('percent', 'fixed', 'full'), rate), { maxLength: 4 }).chain((rows) =>
  fc.record({
    standard: smallAmount,
    kind: fc.constant(rows.map(([kind]) => kind)),
    aid: fc.constant(rows.map(([, value]) => value)),
  }),
);

/** One place, from 1, of a list of any length; the other inputs may rest on the list. */
const atPlace = <Item>(
  list: fc.Arbitrary<Item[]>,
  inputs: (items: Item[]) => Record<string, unknown>,
): fc.Arbitrary<Record<string, unknown>> =>
  list.chain((items) =>
    fc.record({
      ...Object.fromEntries(
        Object.entries(inputs(items)).map(([name, value]) => [
          name,
          value instanceof fc.Arbitrary ? value : fc.constant(value),
        ]),
      ),
      place: fc.integer({ min: 1, max: items.length }),
    }),
  );

/** Budgets: few values, so that a balance of just 0 and totals that agree are met. */
const few = fc.integer({ min: 0, max: 3 }).map((count) => decimal(String(count)));
const fewAmounts = fc.oneof(tens, signedSmallAmount);
const balance = { income: fewAmounts, expenditure: fewAmounts, levy_to_superior: tens };
const stated = fc.array(fc.tuple(tens, tens), { maxLength: 3 }).map((totals) => ({
  stated: totals.map(([amount]) => amount),
  counted: totals.map(([, amount]) => amount),
}));
const deviations = fc
  .tuple(fc.array(fc.tuple(fewAmounts, tens, fc.constantFrom('', ' ', '新增门诊统筹')), { maxLength: 4 }), rate)
  .map(([submitted, deviation]) => ({
    amount: submitted.map(([amount]) => amount),
    estimate: submitted.map(([, estimate]) => estimate),
    reason: submitted.map(([, , reason]) => reason),
    deviation,
  }));
const deviationsFromBudget = deviations.map(({ estimate, ...others }) => ({ ...others, in_force: estimate }));
const window = {
  surplus: fewAmounts,
  expenditure: fewAmounts,
  budgeted_expenditure: tens,
  month: fc.integer({ min: 1, max: 12 }),
};
const cause = fc.constantFrom(null, 'epidemic');

/** A value as it is held against a target: exact, and often just the target. */
const ratio = rate.map(exact);
/** The formulas of an indicator on a slope. */
const width = rate.filter((value) => value.gt(0));
const nearLimits = { target: rate, width };
const aboveLimits = { from: rate, width };
type Arbitraries = Record<string, fc.Arbitrary<unknown>>;
const onSlope = (indicator: string, values: Arbitraries, limits: Arbitraries): Record<string, Arbitraries> => ({
  [`evaluation.INDICATOR_RULES.${indicator}.v`]: values,
  [`evaluation.INDICATOR_RULES.${indicator}.value`]: values,
  [`evaluation.INDICATOR_RULES.${indicator}.s`]: { ...values, ...limits },
  [`evaluation.INDICATOR_RULES.${indicator}.score`]: { ...values, ...limits, weight: smallAmount },
});

/** What each rule may be given. */
// prettier-ignore
const GIVEN: Record<string, Record<string, fc.Arbitrary<unknown>> | fc.Arbitrary<Record<string, unknown>>> = {
  'account-total.accountTotal': { rows: signed },
  'account-total.accountTotalWithCollection': { rows: signed, collection: least0 },
  'agreement.changeOfPlace': { at_month_end: signed, last_balance: signed, booked_before: signed },
  'agreement.booksOnDay': { debits: byArea(least0), credits: byArea(least0) },
  'agreement.booksBeforeYear': { debits: byArea(least0), credits: byArea(least0), opening: signed, placed: signed },
  'agreement.bankDifference': { bank: signed, books: signed },
  'agreement.doesBankDiffer': { bank: tens, books: tens },
  'budget-checks.CHECKS.identity.figure': stated,
  'budget-checks.CHECKS.identity.result': stated,
  'budget-checks.CHECKS.no_deficit.figure': balance,
  'budget-checks.CHECKS.no_deficit.result': balance,
  'budget-checks.CHECKS.slight_surplus.figure': balance,
  'budget-checks.CHECKS.slight_surplus.result': { ...balance, slight_surplus: rate },
  'budget-checks.CHECKS.subsidy_equals_due.figure': { fiscal_subsidy: tens, target_insured: few, standard: tens },
  'budget-checks.CHECKS.subsidy_equals_due.result': { fiscal_subsidy: tens, target_insured: few, standard: tens },
  'budget-checks.CHECKS.major_illness_floor.figure': { income: signed, major_illness: signed },
  'budget-checks.CHECKS.major_illness_floor.result': { income: signed, major_illness: signed, major_illness_floor: rate },
  'budget-checks.CHECKS.levy_included.figure': { levy_to_superior: tens, prepaid: tens },
  'budget-checks.CHECKS.levy_included.result': { levy_to_superior: tens, prepaid: tens },
  'budget-checks.DEVIATION_FROM_BUDGET.figure': deviationsFromBudget,
  'budget-checks.DEVIATION_FROM_BUDGET.result': deviationsFromBudget,
  'budget-checks.CHECKS.deviation.figure': deviations,
  'budget-checks.CHECKS.deviation.result': deviations,
  'budget-checks.CHECKS.negative_amount.figure': { amount: fc.array(signed, { maxLength: 4 }) },
  'budget-checks.CHECKS.negative_amount.result': { amount: fc.array(signed, { maxLength: 4 }) },
  'budget-checks.CHECKS.unknown_item.figure': { unknown: fc.nat(2) },
  'budget-checks.CHECKS.unknown_item.result': { unknown: fc.nat(2) },
  'budget-estimate.estimatedIncome': { items: byArea(signed) },
  'budget-factors.premiumByFactors': rowsOf('heads', 'contribution_base', 'contribution_rate', 'collection_rate'),
  'budget-factors.benefitByFactors': rowsOf('insured', 'visits', 'cost', 'pay_rate', 'policy'),
  'budget-estimate.itemEstimate': { factors: fc.option(signed), trend: signed },
  'budget-estimate.levyEstimate': { prepaid: least0 },
  'budget-estimate.trendEstimate': { h3: signed, h2: signed, h1: signed, band: rate },
  'budget-estimate.perHeadEstimate': { target_insured: heads, standard: least0 },
  'budget-estimate.majorIllnessEstimate': { trend: signed, floor_rate: rate, income: signed },
  'collection.collectedByPerson': { paid: signed, enrolled: least0 },
  'collection.collectedInTotal': { total: signed },
  'collection.isBelowTarget': { paid: heads, registered: heads, target: rate },
  'collection.noRatio': {},
  'collection.dueOfRegistered': areas('persons', 'due'),
  'collection.aidOfCollection': { payments: least0, enrolled: least0 },
  'collection.quarantinedAmount': { payments: least0, refunds: least0, refunds_of_quarantined: least0 },
  'collection.doAmountsDiffer': { value: tens },
  'collection.doRowsDiffer': { tax_rows: tens, accepted_rows: tens, quarantined_rows: tens },
  'collection.paymentsOfDay': { paid: least0, aid: least0, enrolled: least0 },
  'collection.refundsOfDay': { refunded: least0, aid: least0 },
  'collection.quarantinedPaymentsOfDay': { paid: least0 },
  'collection.quarantinedRefundsOfDay': { refunded: least0 },
  'collection.quarantinedReleasesOfDay': { released: least0 },
  'collection.progress': { paid: heads, target_insured: heads },
  'collection.enrolmentRate': { paid: heads, registered: heads },
  'collection.reconciliationDifference': { tax_amount: least0, collected: signed, quarantined_amount: signed },
  'collection.rowDifference': { tax_rows: heads, accepted_rows: heads, quarantined_rows: heads },
  'collection.grossPremium': { collected: signed, aid: least0 },
  'contribution.contributionBase': { payroll_average: least0, average_wage: least0, floor_factor: rate, ceiling_factor: months },
  'contribution.rateStepUp': { employer_rate: rate, floor: rate, step: rate },
  'contribution.rateStepUpRaised': { employer_rate: rate, floor: rate },
  'contribution.stepUpGrounds': {
    employer_rate: rate, floor: rate, in_service: fc.option(tens), retired: fc.option(tens), region_in_service: tens, region_retired: tens,
    surplus: fewAmounts, expenditure: fewAmounts, bounds: fc.constant(['3', '6', '9', '15'].map(decimal)),
  },
  'emergency.advance': { amount: least0 },
  'directed-budget.DIRECTED.income': { items: byArea(signed) },
  'directed-budget.DIRECTED.major_illness': { submitted: signed, floor_rate: rate, I: signed },
  'directed-budget.DIRECTED.no_major_illness': {},
  'directed-budget.DIRECTED.other': { items: byArea(signed), prepaid: least0, major_illness: least0 },
  'directed-budget.DIRECTED.allowed': { C: byArea(signed), I: signed, X: signed, slight_surplus: rate },
  'directed-budget.DIRECTED.controllable': atPlace(byArea(signed), (C) => ({ C, allowed: least0 })),
  'directed-budget.DIRECTED.as_submitted': { submitted: signed },
  'directed-budget.DIRECTED.short_by': { I: signed, X: signed },
  'directed-budget.DIRECTED.is_short': { I: tens, X: tens },
  ...onSlope('budget_income', { actual: signed, budget: signed }, nearLimits),
  ...onSlope('budget_expenditure', { actual: signed, budget: signed }, nearLimits),
  ...onSlope('collection', { actual: signed, expected_premium: signed }, aboveLimits),
  ...onSlope('expansion', { insured: heads, target_insured: heads }, aboveLimits),
  ...onSlope('low_income', { paid: heads, registered: heads }, aboveLimits),
  ...onSlope('subsidy_arrival', { due: byArea(least0), missing: byArea(signed) }, aboveLimits),
  ...onSlope('levy_timeliness', { days_late: years }, { width }),
  ...onSlope('reimbursement', { reached: rate }, nearLimits),
  'evaluation.decemberMonths': { surplus: signed, expenditure: fewAmounts },
  'performance.greenBound': { bounds: fc.constant(['3', '6', '9', '15'].map(decimal)) },
  'performance.REACHED.at_least': { v: ratio, target: rate },
  'performance.REACHED.at_most': { v: ratio, target: rate },
  'performance.REACHED.within': { v: ratio, target: rate, margin: rate },
  'performance.REACHED.endless': { endless: fc.boolean() },
  'performance.REACHED.unpaid': { unpaid: fc.boolean() },
  'evaluation.LEVEL_POINTS.s': { level: rate },
  'evaluation.LEVEL_POINTS.score': { level: rate, weight: smallAmount },
  'evaluation.UNPAID_LEVY.value': { unpaid: fc.boolean() },
  'evaluation.UNPAID_LEVY.s': { unpaid: fc.boolean() },
  'evaluation.UNPAID_LEVY.score': { unpaid: fc.boolean() },
  'evaluation.totalScore': byArea(fc.tuple(smallAmount, rate.map(exact))).map((scored) => ({
    weight: scored.map(([weight]) => weight),
    s: scored.map(([, s]) => s),
  })),
  'evaluation.rank': { total: tens, totals: byArea(tens) },
  'evaluation.unpaidClaims': { owed: least0 },
  'evaluation.unpaidClaimsRaised': { owed: tens, months: years, expenditure: tens },
  'final-accounts.lineTotal': { items: byArea(signed) },
  'final-accounts.balanceOfYear': { income: signed, expenditure: signed },
  'final-accounts.closingInCash': { opening: signed, balance: signed },
  'final-accounts.levyStillOpen': { levy: least0, posted: least0 },
  'final-accounts.grantStillOpen': { fund_share: least0, advanced: least0 },
  'final-accounts.closingAfterSettlement': { closing: signed, true_up: signed, grant: signed, government_share: least0 },
  'gap.gap': { income: signed, expenditure: signed, levy: least0 },
  'gap.ownSurplusUsed': { gap: least0, surplus: signed, reserve: least0 },
  'gap.residualGap': { gap: least0, own_surplus: least0 },
  'expected-premium.expectedPremium': { budgeted_premium: signed, premium_floor: rate, estimated_premium: signed },
  'gap.managerialPart': { applies: fc.boolean(), residual: least0, expected_premium: signed, actual_premium: signed, irregular_expenditure: signed },
  'gap.generalPart': { residual: least0, managerial: least0 },
  'gap.generalPartInScope': { residual: least0, managerial: least0, expenditure: signed, budgeted_expenditure: signed, overspend: rate },
  'incentive.capIncrease': { cap: least0, continuous_years: years, zero_claim_years: years, broken: fc.boolean(), bonus_used: fc.boolean(), after_years: years, a: least0, b: least0, ceiling: rate },
  'incentive.raisedCap': { cap: least0, increase: least0 },
  'levy.uncappedLevy': { base: signed, rate },
  'levy.roomByMonths': fc.tuple(areas('expenditure'), fc.record({ months, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByTopUp': fc.tuple(areas('expenditure', 'surplus'), fc.record({ months, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByIncome': fc.tuple(areas('base'), fc.record({ percent: rate, balance: signed })).map(([a, b]) => ({ ...a, ...b })),
  'levy.roomByAmount': { amount: fc.oneof(least0, rate), balance: signed },
  'levy.cappedLevy': atPlace(byArea(least0), (uncapped) => ({ uncapped, room: signed })),
  'levy.levyBeforeCap': { base: signed, rate },
  'levy.levyWithoutCap': atPlace(byArea(least0), (uncapped) => ({ uncapped })),
  'levy.instalmentAt': atPlace(fc.constant([1, 2, 3, 4]), () => ({ prepaid: least0 })),
  'levy.instalmentPutRight': atPlace(fc.constant([1, 2, 3, 4]), () => ({ prepaid: least0, unpaid: fc.boolean(), booked_before: least0 })),
  'levy.levyRate': { rate },
  'levy.prepaidToDate': { prepaid: least0, made: fc.integer({ min: 0, max: 4 }), unpaid: fc.boolean() },
  'levy.nothingPrepaid': {},
  'levy.trueUp': { levy: least0, prepaid: least0 },
  'burden.selfPaidToDate': areas('self_paid'),
  'burden.burdenOutcome': { self_paid_to_date: tens, threshold: tens },
  'burden.answerDueOn': { pushed_on: dates, answer_days: days },
  'burden.pushOutcome': { answer_due: dates, month_end: dates, answered_on: fc.oneof(dates, fc.constant(null)) },
  'burden.flaggedToDate': areas('flagged'),
  'burden.unanswered': areas('overdue'),
  'burden.doPushesWait': areas('overdue'),
  'enrolment.enrolmentClass': { year: years, last_year: fc.oneof(years, fc.constant(null)), never_waits: fc.boolean() },
  'enrolment.continuousYears': { unbroken_before: years },
  'enrolment.missedYears': { year: years, last_year: years },
  'enrolment.personsEnrolled': areas('persons'),
  'medical-aid.aidPerHead': { standard: smallAmount, aids: fc.array(smallAmount, { maxLength: 4 }) },
  'medical-aid.aidOfRows': aidRows,
  'medical-aid.medicalAidPerHead': aidRows,
  'medical-aid.fiscalAidPerHead': { aid: smallAmount, medical_aid: smallAmount },
  'medical-aid.aidOfSource': areas('persons', 'aid'),
  'medical-aid.duePerHead': { standard: smallAmount, aid: smallAmount },
  'payment-row.paymentOutcome': {
    ...rowFacts, on_roll: mostly, opens: dates, closes: dates, exempt: fc.boolean(), due: tens, enrolled: rarely,
  },
  'payment-row.refundOutcome': { ...rowFacts, payment_found: mostly, paid_amount: tens, year_start: dates },
  'pension-adjustment.pensionLevy': { average_wage: least0, wage_share: rate, in_service: heads, employment: heads, rate },
  'pension-adjustment.pensionNet': { allocation: least0, levy: least0 },
  'pension-adjustment.pensionAllocation': atPlace(byArea(fc.tuple(least0, heads)), (provinces) => ({
    levy: provinces.map(([levy]) => levy),
    retirees: provinces.map(([, retirees]) => retirees),
  })),
  'pension-adjustment.perRetiree': { levy: fc.array(least0, { minLength: 1, maxLength: 8 }), retirees: fc.array(heads.map((count) => count.plus(1)), { minLength: 1, maxLength: 8 }) },
  'published-standards.PUBLISHED_STANDARDS.contribution_base_floor': standard,
  'published-standards.PUBLISHED_STANDARDS.contribution_base_ceiling': standard,
  'published-standards.PUBLISHED_STANDARDS.flexible_worker_base': standard,
  'published-standards.PUBLISHED_STANDARDS.unemployed_base': standard,
  'published-standards.PUBLISHED_STANDARDS.major_illness_deductible_max': standard,
  'published-standards.PUBLISHED_STANDARDS.benefit_cap': standard,
  'budget-execution.executedShare': { actual: signed, in_force: fewAmounts },
  'recognition.nothingReceived': {},
  'recognition.surplusWithoutAdvance': { opening: signed, advance: signed },
  'recognition.heldAdvanceBecomesIncome': { advance: signed, booked_before: signed },
  'region-budget.summarisedItem': { budgets: byArea(signed) },
  'posting.balanceOnDebit': { debits: byArea(least0), credits: byArea(least0) },
  'posting.balanceOnCredit': { debits: byArea(least0), credits: byArea(least0) },
  'posting.advanceBecomesIncome': { received: least0, returned: least0 },
  'posting.lateAdvanceBecomesIncome': { received: least0, returned: least0 },
  'retirement.lumpSum': { missing_months: years, monthly_standard: least0 },
  'retirement.missingMonths': { required_months: years, years_paid: fc.array(years, { minLength: 1, maxLength: 4 }), months_paid: fc.array(years, { minLength: 1, maxLength: 4 }) },
  'retirement.requiredMonths': { uniform: fc.boolean(), years, old_rule_years: years },
  'risk.accumulatedSurplus': { opening: signed, income: signed, expenditure: signed, prepaid_to_date: least0 },
  'risk.surplusWithAdvances': { opening: signed, income: signed, expenditure: signed, prepaid_to_date: least0, advanced_to_date: least0 },
  'risk.executionRatio': { actual: signed, budget: signed, month: wholeMonth },
  'risk.MONTHS_PAYABLE.2': window,
  'risk.MONTHS_PAYABLE.4': window,
  'risk.worstRiskLevel': {
    ...window, income: fewAmounts, lump_premium: fewAmounts, lump_subsidy: fewAmounts,
    budgeted_income: fewAmounts, budgeted_subsidy: fewAmounts, prepaid: fewAmounts,
    bounds: fc.constant(['2', '4', '6', '15'].map(decimal)),
  },
  'share.levyTaken': { levy: least0 },
  'share.noFactor': {},
  'share.MISSING_FACTOR.d': {},
  'share.MISSING_FACTOR.c': {},
  'share.MISSING_FACTOR.k': {},
  'share.missingFactorRaised': {},
  'share.gapCause': { gap: tens, stated_cause: cause },
  'share.causeMissing': { gap: least0 },
  'share.causeMissingRaised': { gap: tens, stated_cause: cause },
  'share.fundPayment': atPlace(byArea(least0), (entitled) => ({ entitled, available: least0 })),
  'risk.executionOutsideBand': { actual: smallAmount, budget: signedSmallAmount, month: wholeMonth, low: rate, high: months },
  'risk.isReportedUpward': { level: fc.constantFrom('excess', 'green', 'yellow', 'orange', 'red') },
  'share.dependencyStepEmployee': { ...share, bands: bands('rising') },
  'share.dependencyStepResident': { ...share, bands: bands('falling') },
  'share.achievementStep': { actual: signed, target: signed, bands: bands('falling') },
  'share.scoreStep': { score: fc.option(least0), bands: bands('falling') },
  'share.alpha': {
    alpha0: rate, d: factor, c: factor, k: factor, p: factor, min: rate.map((value) => value.div(2)), max: rate.map((value) => value.div(2).plus('0.5')),
    unpaid: rarely, days_late: days, days_allowed: days, own_policy_above: fc.boolean(), transition_document: fc.constantFrom(null, '', '—', '内医保〔2027〕5号'), audit_refused: rarely,
    actual_premium: fc.oneof(signed, tens), expected_premium: fc.oneof(signed, tens), collection_below: fc.oneof(rate, fc.constant(decimal('0.5'))),
  },
  'share.disqualifications': {
    unpaid: rarely, days_late: days, days_allowed: days, own_policy_above: fc.boolean(), transition_document: fc.constantFrom(null, '', '—', '内医保〔2027〕5号'), audit_refused: rarely,
    actual_premium: fc.oneof(signed, tens), expected_premium: fc.oneof(signed, tens), collection_below: fc.oneof(rate, fc.constant(decimal('0.5'))),
  },
  'share.entitlement': { alpha: rate, general: least0 },
  'share.matchedEntitlement': { alpha: rate, general: least0, residual: least0 },
  'share.fundAvailable': { opening: signed, interest: signed, levy: fc.array(least0, { maxLength: 8 }) },
  'share.areaShare': { residual: least0, fund_share: least0 },
  'share.settlementGrant': { fund_share: least0, advance: least0 },
  'share.grantLessAdvance': { fund_share: least0, advanced: least0 },
  'subsidy.subsidyDue': {
    standard: smallAmount, central: rate, region: rate, place: fc.integer({ min: 1, max: 4 }),
    heads: fc.tuple(heads, heads), league_share: fc.tuple(rate, rate),
  },
  'subsidy.missingSubsidy': { due: least0, arrived_by_30_september: signed },
  'subsidy.missingOfLevel': areas('due', 'arrived'),
  'subsidy.isLevelMissing': areas('due', 'arrived'),
  'subsidy.headsDifference': { heads: byArea(heads), insured: heads },
  'subsidy.doHeadsDiffer': { heads: byArea(tens), insured: tens },
  'subsidy.arrivalsDifference': { arrived: signed, booked: signed },
  'subsidy.doArrivalsDiffer': { arrived: tens, booked: tens },
  'subsidy.subsidySettlement': { due: least0, arrived: signed },
  'total-budget.totalBudget': { items: byArea(signed) },
  'total-budget.reserve': { reserve_rate: rate, total: least0 },
  'total-budget.unitBudget': atPlace(byArea(least0), (weight) => ({ weight, total: least0, held: fc.constant(decimal('0')) })),
  'total-budget.retained': { budget: tens, incurred: fc.oneof(tens, least0), retain_from: rate, retain: rate },
  'total-budget.entitled': { budget: tens, incurred: fc.oneof(tens, least0), over_limit: rate, over_share: rate },
  'total-budget.fundPart': atPlace(byArea(tens), (entitled) => ({ entitled, held: fc.oneof(tens, least0) })),
  'total-budget.reserveUsed': { fund_share: byArea(least0) },
  'total-budget.payable': { budget: tens, incurred: tens, retained: tens, fund_share: tens },
  'total-budget.AT_COST.payable': { incurred: least0 },
  'total-budget.AT_COST.no_part': {},
  'total-budget.clearing': { payable: least0, paid: least0 },
  'total-budget.overspent': areas('budget', 'incurred'),
  'total-budget.isOverspent': areas('budget', 'incurred'),
  'total-budget.paidDifference': { paid_to_units: least0, paid_earlier_years: signed, booked_care: signed },
  'total-budget.doesPaidDiffer': { paid_to_units: tens, paid_earlier_years: tens, booked_care: tens },
  'total-budget.openClearing': { clearing: byArea(signed) },
  'total-budget.isClearingOpen': { clearing: byArea(fewAmounts), gap: tens },
  'total-budget.owedToUnits': areas('incurred', 'paid'),
  'total-budget.isMuchOwed': fc.tuple(areas('incurred', 'paid'), fc.record({ expenditure: signed })).map(([a, b]) => ({ ...a, ...b })),
  'waiting-period.variableMonths': { missed_years: years, years_repaid: years, months_per_year: years, years_without_variable: years },
  'way-out.LIMITS.least_income': { expenditure: fewAmounts, levy_to_superior: tens, slight_surplus: rate },
  'way-out.LIMITS.most_income': { major_illness: fewAmounts, major_illness_floor: rate },
  'way-out.LIMITS.most_expenditure': { income: signed, levy_to_superior: tens, slight_surplus: rate },
  'way-out.LIMITS.least_major_illness': { income: signed, major_illness_floor: rate },
  'way-out.LIMITS.least_of_new_line': { estimate: signed, deviation: rate },
  'way-out.LIMITS.most_of_new_line': { estimate: signed, deviation: rate },
  'waiting-period.waitingMonths': { missed_years: years, in_window: fc.boolean(), fixed_months: years, variable_months: years, long_gap_years: years, long_gap_months: years },
};

/** Adds months to a date, which the machine cannot: waiting-period.test.ts has its cases. */
const OF_DATES = ['waiting-period.firstDayOfBenefits'];

const rules = everyRule();

test('every rule is compared with its formula, and nothing else is', () => {
  expect(Object.keys(rules).sort()).toEqual([...Object.keys(GIVEN), ...OF_DATES].sort());
});

test('no exported text is a formula without a rule: make it one with rule({ article, formula }, …)', () => {
  expect(looseFormulas()).toEqual([]);
});

/** A result as the machine sees it. */
const exactly = (result: Quantity | Decimal): string | boolean | null => {
  if (typeof result === 'number') return exact(result).toFraction();
  const found = quantity(result);
  return found instanceof Fraction ? found.toFraction() : (found as string | boolean | null);
};

/** An input as a reason keeps it. */
const asStored = (value: unknown): Value =>
  Array.isArray(value) ? value.map(asStored) : value instanceof Decimal ? value.toFixed() : (value as Value);

describe.each(Object.entries(rules).filter(([name]) => !OF_DATES.includes(name)))('%s', (name, rule) => {
  const given = GIVEN[name] ?? {};
  const inputs = given instanceof fc.Arbitrary ? given : fc.record(given);

  test(rule.formula, () => {
    fc.assert(
      fc.property(inputs, (values) => {
        const result = rule(values);
        // Without a result there is no figure to explain, unless the rule is that there is none.
        fc.pre(result !== null || rule.formula === 'null');
        expect(exactly(evaluate(rule.formula, values))).toBe(exactly(result));
      }),
      { numRuns: 200 },
    );
  });

  test('is worked out as the machine would', () => {
    // What a part of the formula may name: the lines before its last.
    const named = rule.formula
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join('');
    fc.assert(
      fc.property(inputs, (values) => {
        fc.pre(named === '' || rule(values) !== null);
        const given = Object.entries(values).map(([name, value]) => ({ name, value: asStored(value) }));
        for (const { formula, value } of workingsOf(rule.formula, given)) {
          const found = evaluate(`${named}${formula}`, values);
          if (!(found instanceof Fraction)) {
            expect(found).toBe(value);
            continue;
          }
          const places = value.split('.')[1]?.length ?? 0;
          expect(roundRatio(found, places).toFixed(places)).toBe(decimal(value).toFixed(places));
        }
      }),
      { numRuns: 100 },
    );
  });
});
