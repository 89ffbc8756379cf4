/** 月度发现问题: a fund that has turned red, and a budget whose execution is outside its band. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import { monthsTo } from '../../rules/calendar-day';
import { type Decimal, decimal, ratioText } from '../../rules/money';
import { roundRatio } from '../../rules/ratio';
import {
  executionOutsideBand,
  executionRatio,
  isReportedUpward,
  monthsPayable,
  monthsPayableTo,
  monthsText,
} from '../../rules/risk';
import { type Because, type Cells, type Source, printedTo, reasonOf } from '../../rules/rule';
import { OWN_EXPENDITURE, OWN_INCOME, RISK_LEVEL_NAMES } from '../../rules/vocabulary';
import { inForceRows } from '../budgets/facts';
import type { Finding } from '../finding';
import type { CheckedFund } from './checked-fund';

export const monthFindings = (fund: CheckedFund, law: Law, year: number): Finding[] => [
  ...redFindings(fund),
  ...executionFindings(fund, law, year),
];

/** Red is reported upward (B(10) “遇有重大情况要及时报告”), and opens an emergency request. */
function redFindings({ area, scheme, inputs, level, because }: CheckedFund): Finding[] {
  if (!isReportedUpward({ level })) return [];
  const { month } = inputs;
  const figure = monthsText(monthsPayable(inputs), 2);
  const levelInput = { value: level, from: { figure: 'risk.level', of: { area, scheme, month } } };
  return [
    {
      code: 'report_upward',
      area,
      scheme,
      month,
      figure,
      text: `${RISK_LEVEL_NAMES.red}：可支付 ${figure} 个月，须上报并可申请紧急调剂`,
      because: {
        article: isReportedUpward.article,
        formula: monthsPayableTo(2).formula,
        inputs: { ...because.months_payable?.inputs, level: levelInput },
      },
      raised: isReportedUpward.formula,
    },
  ];
}

/** 预算执行: expenditure every month, income in December. */
function executionFindings(fund: CheckedFund, law: Law, year: number): Finding[] {
  const { area, scheme, inputs } = fund;
  const low = law.given('budget.execution.low').value;
  const high = law.given('budget.execution.high').value;
  const month = decimal(String(inputs.month));
  const test = (subject: 'income' | 'expenditure', name: string, actual: Decimal, budget: Decimal): Finding[] => {
    const ratio = executionRatio({ actual, budget, month });
    if (ratio === null || !executionOutsideBand({ actual, budget, month, low, high })) return [];
    return [
      {
        code: 'budget_execution',
        area,
        scheme,
        month: inputs.month,
        subject,
        figure: ratioText(roundRatio(ratio, 4)),
        text: `${name}预算执行率超出 ${low.toFixed(2)}—${high.toFixed(2)}`,
        because: executionBecause(fund, subject, law, year),
        raised: executionOutsideBand.formula,
      },
    ];
  };
  return [
    ...test('expenditure', '支出', inputs.expenditure, inputs.budgeted_expenditure),
    ...(inputs.month === 12 ? test('income', '收入', fund.totalIncome, fund.budgetedTotalIncome) : []),
  ];
}

/** The actual of the months against the budget's part of the year. */
function executionBecause(
  { area, scheme, adjustment, inputs: { month } }: CheckedFund,
  subject: 'income' | 'expenditure',
  law: Law,
  year: number,
): Because {
  const cells: Cells = { area, scheme, part: 'pooled', item: subject === 'income' ? OWN_INCOME : OWN_EXPENDITURE };
  const limit = (name: LawName) => ({ value: law.given(name).value.toFixed(), from: law.source(name) });
  const actual: Source =
    subject === 'income'
      ? { figure: 'risk.income', of: { area, scheme, month } }
      : { rows: 'actuals.csv', of: { ...cells, year, month: monthsTo(month) } };
  const inputs = {
    actual: { from: actual },
    budget: { from: inForceRows({ adjustment }, cells) },
    month: { value: String(month), from: { stated: '月份' } },
    low: limit('budget.execution.low'),
    high: limit('budget.execution.high'),
  };
  return printedTo(4, reasonOf(executionRatio, inputs));
}
