/**
 * The checks on a submitted budget (预算审核), each pass, warn or fail with one figure.
 *
 * Law: A(5) “以收定支、收支平衡、略有结余……不应编制当年赤字预算”; A(2) major illness not below 6 %; A(6) levy.
 * RULES 6, READINGS 25–28. Units: yuan; ratios printed with four decimals and compared unrounded.
 */
import { type Decimal, decimal, fixed, sum, yuanText, zero } from './money';
import { type Ratio, exact, ratioOf, roundRatio } from './ratio';
import {
  type Item,
  OWN_EXPENDITURE,
  OWN_INCOME,
  PARTS,
  type Part,
  type Scheme,
  isIncome,
  isItem,
  itemsOf,
} from './vocabulary';

/** Rows that state a total; they are tested by `identity` and are no items. */
export const TOTAL_ROWS = ['total_income', 'total_expenditure', 'surplus'] as const;
const isTotal = (name: string): boolean => (TOTAL_ROWS as readonly string[]).includes(name);

export interface SubmittedRow {
  part: Part;
  item: string;
  amount: Decimal;
  reason: string;
}
export type CheckResult = 'pass' | 'warn' | 'fail';
export type CheckName = keyof typeof CHECKS;
export interface BudgetCheck {
  check: CheckName;
  result: CheckResult;
  figure: string; // yuan, a ratio with four decimals, or a number of rows; empty where there is no ratio
}
export interface BudgetYardstick {
  scheme: Scheme;
  estimate: (part: Part, item: Item) => Decimal;
  prepaid: Decimal;
  subsidyDue: Decimal; // residents: target × standard
  slightSurplus: Decimal;
  deviation: Decimal;
  majorIllnessFloor: Decimal;
}

const SURPLUS = 'income - expenditure - levy_to_superior';
const DEVIATES = 'abs(a - e) > deviation * abs(e)';
const failing = (condition: string, otherwise = '"fail"'): string => `${condition} ? "pass" : ${otherwise}`;

/** What each check is and where it comes from, in the order of RULES 6: its figure, and when it passes. */
export const CHECKS = {
  identity: {
    article: 'RULES 6“optional rows total_income”：合计行与各科目之和一致',
    formula: 'sum(map(stated, counted, each(s, c) = abs(s - c)))',
    result: failing('sum(map(stated, counted, each(s, c) = abs(s - c))) == 0'),
  },
  no_deficit: { article: 'A(五)“不应编制当年赤字预算”', formula: SURPLUS, result: failing(`${SURPLUS} >= 0`) },
  slight_surplus: {
    article: 'A(五)“略有结余”',
    formula: `income <= 0 ? "" : round((${SURPLUS}) / income, 4)`,
    result: failing(`income > 0 and ${SURPLUS} >= slight_surplus * income`),
  },
  subsidy_equals_due: {
    article: 'B(二)“足额安排财政补助资金”',
    formula: 'fiscal_subsidy - target_insured * standard',
    result: failing('fiscal_subsidy - target_insured * standard == 0', '"warn"'),
  },
  major_illness_floor: {
    article: 'A(二)“按照不低于6%左右从居民医保基金中划拨”',
    formula: 'income <= 0 ? "" : round(major_illness / income, 4)',
    result: failing('income > 0 and major_illness >= major_illness_floor * income'),
  },
  levy_included: {
    article: 'A(六)“调剂金从各统筹区当期基金收入（不含个人账户）中按一定比例筹集”',
    formula: 'levy_to_superior - prepaid',
    result: failing('levy_to_superior - prepaid == 0'),
  },
  deviation: {
    article: 'A(五)“全面、准确、科学编制”',
    formula: `count(map(amount, estimate, each(a, e) = ${DEVIATES}))`,
    result: failing(
      `count(map(amount, estimate, each(a, e) = ${DEVIATES})) == 0`,
      `count(map(amount, estimate, reason, each(a, e, r) = ${DEVIATES} and isBlank(r))) > 0 ? "fail" : "warn"`,
    ),
  },
  negative_amount: {
    article: 'RULES 6“negative_amount, unknown_item”：金额不得为负',
    formula: 'count(map(amount, each(a) = a < 0))',
    result: failing('count(map(amount, each(a) = a < 0)) == 0'),
  },
  unknown_item: {
    article: 'RULES 6“negative_amount, unknown_item”：科目须为预算科目',
    formula: 'unknown',
    result: failing('unknown == 0'),
  },
} as const;

/** The sums that every check on the pooled part rests on; level items are left out, the levy stands by itself. */
export function pooledTotals(rows: readonly SubmittedRow[], scheme: Scheme) {
  const amount = (item: Item): Decimal =>
    itemsOf(scheme).includes(item)
      ? sum(rows.filter((row) => row.part === 'pooled' && row.item === item).map((row) => row.amount))
      : zero;
  const income = sum(OWN_INCOME.map(amount));
  const expenditure = sum(OWN_EXPENDITURE.map(amount));
  const levy = amount('levy_to_superior');
  return { amount, income, expenditure, levy, surplus: income.minus(expenditure).minus(levy) };
}

const passOrFail = (passes: boolean): CheckResult => (passes ? 'pass' : 'fail');

/** Runs every check of the scheme on one version. */
export function checkBudget(rows: readonly SubmittedRow[], yardstick: BudgetYardstick): BudgetCheck[] {
  const { scheme } = yardstick;
  const totals = pooledTotals(rows, scheme);
  const { amount, surplus } = totals;
  const checks: BudgetCheck[] = [];
  const add = (check: CheckName, result: CheckResult, figure: string): number => checks.push({ check, result, figure });

  const misstated = statedDifference(rows, scheme);
  add('identity', passOrFail(misstated.isZero()), yuanText(misstated));
  add('no_deficit', passOrFail(surplus.gte(0)), yuanText(surplus));
  addRatio(checks, 'slight_surplus', surplus, totals.income, yardstick.slightSurplus);
  if (scheme === 'resident') {
    const subsidy = amount('fiscal_subsidy').minus(yardstick.subsidyDue);
    add('subsidy_equals_due', subsidy.isZero() ? 'pass' : 'warn', yuanText(subsidy));
    addRatio(checks, 'major_illness_floor', amount('major_illness'), totals.income, yardstick.majorIllnessFloor);
  }
  const levy = totals.levy.minus(yardstick.prepaid);
  add('levy_included', passOrFail(levy.isZero()), yuanText(levy));
  checks.push(deviationCheck(rows, yardstick));
  const negative = rows.filter((row) => !isTotal(row.item) && row.amount.lt(0)).length;
  add('negative_amount', passOrFail(negative === 0), String(negative));
  const unknown = rows.filter((row) => !isTotal(row.item) && !isKnown(row.item, scheme)).length;
  add('unknown_item', passOrFail(unknown === 0), String(unknown));
  return checks;
}

/** A version is approvable when nothing fails; a warning does not block. */
export const isApprovable = (checks: readonly BudgetCheck[]): boolean =>
  checks.every(({ result }) => result !== 'fail');

export const isKnown = (name: string, scheme: Scheme): name is Item => isItem(name) && itemsOf(scheme).includes(name);

/** No income, no ratio: the check fails and its figure is empty (READINGS 28). */
function addRatio(checks: BudgetCheck[], check: CheckName, numerator: Decimal, income: Decimal, least: Decimal): void {
  if (income.lte(0)) {
    checks.push({ check, result: 'fail', figure: '' });
    return;
  }
  const ratio = ratioOf(numerator, income) as Ratio;
  checks.push({ check, result: passOrFail(ratio.gte(exact(least))), figure: fixed(roundRatio(ratio, 4), 4) });
}

/** Sum of the absolute differences between stated totals and the known items of their part, level items included. */
function statedDifference(rows: readonly SubmittedRow[], scheme: Scheme): Decimal {
  let difference = zero;
  for (const part of PARTS) {
    const own = rows.filter((row) => row.part === part);
    const known = own.filter((row) => isKnown(row.item, scheme));
    const income = sum(known.filter((row) => isIncome(row.item as Item)).map((row) => row.amount));
    const expenditure = sum(known.filter((row) => !isIncome(row.item as Item)).map((row) => row.amount));
    const counted = { total_income: income, total_expenditure: expenditure, surplus: income.minus(expenditure) };
    for (const stated of own.filter((row) => isTotal(row.item))) {
      difference = difference.plus(stated.amount.minus(counted[stated.item as keyof typeof counted]).abs());
    }
  }
  return difference;
}

/** Submitted pooled rows of known items that leave the estimate by more than the margin: a reason makes them a warning. */
function deviationCheck(rows: readonly SubmittedRow[], { scheme, estimate, deviation }: BudgetYardstick): BudgetCheck {
  const deviating = rows.filter((row) => {
    if (row.part !== 'pooled' || !isKnown(row.item, scheme)) return false;
    const expected = estimate(row.part, row.item);
    return row.amount.minus(expected).abs().gt(deviation.times(expected.abs()));
  });
  const unexplained = deviating.some((row) => row.reason.trim() === '');
  const result = deviating.length === 0 ? 'pass' : unexplained ? 'fail' : 'warn';
  return { check: 'deviation', result, figure: decimal(String(deviating.length)).toFixed() };
}

/** 财社〔2017〕144号 art. 38: what an area may do about a gap in its budget, in this order. */
export const REMEDIES = [
  '动用历年滚存结余',
  '申请上级调剂',
  '变现投资运营资产',
  '申请同级财政补贴',
  '按程序调整缴费费率或待遇政策',
] as const;
