/**
 * Surplus and risk check (运行分析与风险预警) of one area, scheme and month, pooled fund only.
 *
 * Law: A(5) “健全基金运行分析与风险预警机制”; B(10) “确保不出现系统性风险”. RULES 7, READINGS 32–35.
 * Units: yuan; months of expenditure. Levels compare unrounded. Vector: 32 470.8 / 35 356.77 × 12 = 11.02 months.
 */
import { type Decimal, fixed } from './money';
import { type Ratio, exact, roundRatio } from './ratio';
import { rule } from './rule';
import { RISK_LEVELS, type RiskLevel } from './vocabulary';

const A5 = 'A(五)“健全基金运行分析与风险预警机制”';

/** 累计结余 at the end of month m: the settlement of the year is not in the year's rows. */
export const accumulatedSurplus = rule(
  { article: A5, formula: 'opening + income - expenditure - prepaid_to_date' },
  (flow: { opening: Decimal; income: Decimal; expenditure: Decimal; prepaid_to_date: Decimal }) =>
    flow.opening.plus(flow.income).minus(flow.expenditure).minus(flow.prepaid_to_date),
);

/** The same where the adjustment fund has advanced money to the area within the year (紧急调剂): it counts from its date. */
export const surplusWithAdvances = rule(
  { article: A5, formula: 'opening + income - expenditure - prepaid_to_date + advanced_to_date' },
  (flow: {
    opening: Decimal;
    income: Decimal;
    expenditure: Decimal;
    prepaid_to_date: Decimal;
    advanced_to_date: Decimal;
  }) => flow.opening.plus(flow.income).minus(flow.expenditure).minus(flow.prepaid_to_date).plus(flow.advanced_to_date),
);

/** An amount over a window of 12 months: actual for months 1…m, then equal parts of the budget. In yuan × 12. */
const windowTwelvefold = (actual: Decimal, budget: Decimal, month: number): Decimal =>
  actual.times(12).plus(budget.times(12 - month));

export interface RiskInputs {
  surplus: Decimal;
  /** Pooled, January to month m. `premium` and `subsidy` of residents stand apart: income that comes in at once must not count twice. */
  income: Decimal;
  lump_premium: Decimal; // resident premium to date, else 0
  lump_subsidy: Decimal; // resident subsidy to date, else 0
  expenditure: Decimal;
  /** The budget in force, whole year; income without the lump items. */
  budgeted_income: Decimal;
  budgeted_subsidy: Decimal; // residents, else 0
  budgeted_expenditure: Decimal;
  prepaid: Decimal; // levy pre-payments of the whole year
  month: number;
  bounds: readonly [red: Decimal, orange: Decimal, yellow: Decimal, excess: Decimal];
}

type WindowInputs = Pick<RiskInputs, 'surplus' | 'expenditure' | 'budgeted_expenditure' | 'month'>;
/** Months payable (可支付月数), exact; null stands for `inf`: nothing is spent, so nothing runs out. */
export function monthsPayable({ surplus, expenditure, budgeted_expenditure, month }: WindowInputs): Ratio | null {
  const window = windowTwelvefold(expenditure, budgeted_expenditure, month);
  return window.lte(0) ? null : exact(surplus).mul(144).div(exact(window));
}
const WINDOW = 'window = expenditure + (12 - month) / 12 * budgeted_expenditure';
const printedMonths = (places: number) =>
  rule(
    { article: A5, formula: `${WINDOW}\nwindow <= 0 ? "inf" : round(surplus / (window / 12), ${places})` },
    (inputs: WindowInputs): Decimal | 'inf' => {
      const months = monthsPayable(inputs);
      return months === null ? 'inf' : roundRatio(months, places);
    },
  );
/** Months payable as they are printed, with two or four decimals. */
export const MONTHS_PAYABLE = { 2: printedMonths(2), 4: printedMonths(4) } as const;
export const monthsPayableTo = (places: keyof typeof MONTHS_PAYABLE) => MONTHS_PAYABLE[places];

/** The window's balance × 12, of which only the sign matters. */
function windowBalance(inputs: RiskInputs): Decimal {
  const subsidy =
    inputs.month < 12 && inputs.budgeted_subsidy.gt(inputs.lump_subsidy)
      ? inputs.budgeted_subsidy
      : inputs.lump_subsidy;
  const income = windowTwelvefold(inputs.income, inputs.budgeted_income, inputs.month).plus(
    inputs.lump_premium.plus(subsidy).times(12),
  );
  const expenditure = windowTwelvefold(inputs.expenditure, inputs.budgeted_expenditure, inputs.month);
  return income.minus(expenditure).minus(inputs.prepaid.times(12));
}

/** The level by months payable alone; without expenditure it is `excess`. */
function levelByMonths(months: Ratio | null, [red, orange, yellow, excess]: RiskInputs['bounds']): RiskLevel {
  if (months === null || months.gt(exact(excess))) return 'excess';
  if (months.gte(exact(yellow))) return 'green';
  if (months.gte(exact(orange))) return 'yellow';
  return months.gte(exact(red)) ? 'orange' : 'red';
}

/** The worst level that applies; `excess` only when nothing else does. */
export function riskLevel(inputs: RiskInputs): RiskLevel {
  const levels: RiskLevel[] = [levelByMonths(monthsPayable(inputs), inputs.bounds)];
  const balance = windowBalance(inputs);
  if (balance.lt(0)) levels.push(inputs.month === 12 ? 'orange' : 'yellow');
  if (inputs.surplus.times(12).lt(inputs.bounds[0].times(inputs.budgeted_expenditure))) levels.push('red');
  return levels.reduce((worst, level) => (RISK_LEVELS.indexOf(level) > RISK_LEVELS.indexOf(worst) ? level : worst));
}
export const worstRiskLevel = rule(
  {
    article: `${A5}；B(十)“确保不出现系统性风险”`,
    formula: [
      WINDOW,
      'lump = lump_premium + (month < 12 ? max(lump_subsidy, budgeted_subsidy) : lump_subsidy)',
      'balance = income + (12 - month) / 12 * budgeted_income + lump - window - prepaid',
      'by_months = window <= 0 or 12 * surplus > at(bounds, 4) * window ? "excess" : 12 * surplus >= at(bounds, 3) * window ? "green"' +
        ' : 12 * surplus >= at(bounds, 2) * window ? "yellow" : 12 * surplus >= at(bounds, 1) * window ? "orange" : "red"',
      'by_balance = balance >= 0 ? "excess" : month == 12 ? "orange" : "yellow"',
      'by_surplus = surplus < at(bounds, 1) * budgeted_expenditure / 12 ? "red" : "excess"',
      'worst(by_months, by_balance, by_surplus)',
    ].join('\n'),
  },
  riskLevel,
);

export const monthsText = (months: Ratio | null, places: number): string =>
  months === null ? 'inf' : fixed(roundRatio(months, places), places);

const BUDGET_EXECUTION = { article: 'A(五)“强化医保基金预算执行监督”', formula: 'actual / (budget * month / 12)' };

/** 预算执行率: actual to date ÷ the budget's part of the year; null where the budget is 0 or less. */
export const executionRatio = rule(
  BUDGET_EXECUTION,
  ({ actual, budget, month }: { actual: Decimal; budget: Decimal; month: Decimal }): Ratio | null =>
    budget.lte(0) ? null : exact(actual.times(12)).div(exact(budget.times(month))),
);

/** Whether an execution ratio is a finding: outside the band, its ends included in it. */
export const isOutside = (ratio: Ratio, low: Decimal, high: Decimal): boolean =>
  ratio.lt(exact(low)) || ratio.gt(exact(high));

/** Whether budget execution is a finding; null where the budget is 0 or less. */
export const executionOutsideBand = rule(
  {
    article: BUDGET_EXECUTION.article,
    formula: `${BUDGET_EXECUTION.formula} < low or ${BUDGET_EXECUTION.formula} > high`,
  },
  ({ low, high, ...execution }: { actual: Decimal; budget: Decimal; month: Decimal; low: Decimal; high: Decimal }) => {
    const ratio = executionRatio(execution);
    return ratio && isOutside(ratio, low, high);
  },
);

/** Red is reported upward (重大情况及时报告). */
export const isReportedUpward = rule(
  { article: 'B(十)“遇有重大情况要及时报告”', formula: 'equalText(level, "red")' },
  ({ level }: { level: RiskLevel }): boolean => level === 'red',
);

/** 处置措施: what a level asks for. Deadlines are parameters of the product. */
export const RISK_ACTIONS: Record<RiskLevel, string | null> = {
  green: null,
  yellow: 'analysis_and_notice',
  orange: 'remedy_plan',
  red: 'emergency_request',
  excess: 'policy_review',
};
