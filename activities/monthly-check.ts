/** 月度运行分析: the month's actuals into the books, the surplus and its risk level, and the execution of the budget. */
import type { Law } from '../parameters/law';
import { lawOf } from './law';
import { actualsOfMonth } from '../db/actuals';
import { type Posting, post } from '../db/journal';
import { decidePayments } from '../db/residents';
import { checkedMonths, lastReckonings } from '../db/risk';
import type { Database, Transaction } from '../db/connect';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { type Decimal, decimal, ratioText, yuanText, zero } from '../rules/money';
import { itemSides } from '../rules/posting';
import { roundRatio } from '../rules/ratio';
import { RISK_ACTIONS, executionRatio, isOutside, monthsPayable, monthsText } from '../rules/risk';
import { daysAfter, monthEnd } from '../rules/calendar-day';
import { type Because, type Source, taken } from '../rules/rule';
import {
  type Item,
  type Part,
  RISK_LEVELS,
  RISK_LEVEL_NAMES,
  type RiskLevel,
  SCHEMES,
  type Scheme,
} from '../rules/vocabulary';
import { type CheckedFund, type MonthOf, checkScheme, executionBecause } from './checked-fund';
import type { Finding } from '../figures/finding';
import { recordFindings } from './findings';

export type { MonthOf };
export interface MonthReceipt {
  posted: string; // yuan that moved
  levels: Record<RiskLevel, number>;
  worst: RiskLevel;
  findings: number;
}

/** What an actual is booked as, on its month's last day (RULES 9(3)). */
export interface Actual {
  area: string;
  scheme: Scheme;
  part: Part;
  month: number;
  item: Item;
}
/** `again` tells the entries of a later correction from the first one, and `from` what their amount rests on. */
export const actualPosting = (
  year: number,
  { area, scheme, part, month, item }: Actual,
  amount: Decimal,
  { again = '', from }: { again?: string; from?: Source } = {},
): Posting => ({
  date: monthEnd(year, month),
  entity: area,
  scheme,
  part,
  key: `actual/${area}/${scheme}/${part}/${String(month).padStart(2, '0')}/${item}${again}`,
  basis: 'A(五) 预算执行；RULES 9(3)',
  ...itemSides(item),
  amount,
  because: taken(
    'A(五)“强化医保基金预算执行监督”',
    yuanText(amount),
    from ?? { rows: 'actuals.csv', of: { area, scheme, part, year, month, item } },
  ),
});

/** Books each actual of the month. Returns the money moved. */
async function postActuals(trx: Transaction, { year, month }: MonthOf): Promise<Decimal> {
  const rows = await actualsOfMonth(trx, year, month);
  await post(
    trx,
    year,
    rows.map(({ amount, ...row }) => actualPosting(year, { ...row, month }, amount)),
  );
  return rows.reduce((all, { amount }) => all.plus(amount.abs()), zero);
}

/** 预算执行: expenditure every month, income in December; outside the band is a finding. */
function executionFindings(fund: CheckedFund, law: Law, year: number): Finding[] {
  const { area, scheme, inputs } = fund;
  const low = law.given('budget.execution.low').value;
  const high = law.given('budget.execution.high').value;
  const month = decimal(String(inputs.month));
  const band = `${low.toFixed(2)}—${high.toFixed(2)}`;
  const test = (subject: 'income' | 'expenditure', what: string, actual: Decimal, budget: Decimal): Finding[] => {
    const text = `${what}预算执行率超出 ${band}`;
    const ratio = executionRatio({ actual, budget, month });
    if (ratio === null || !isOutside(ratio, low, high)) return [];
    return [
      {
        code: 'budget_execution',
        area,
        scheme,
        month: inputs.month,
        subject,
        figure: ratioText(roundRatio(ratio, 4)),
        text,
        because: executionBecause(fund, subject, law, year),
        raised: 'actual / (budget * month / 12) < low or actual / (budget * month / 12) > high',
      },
    ];
  };
  return [
    ...test('expenditure', '支出', inputs.expenditure, inputs.budgeted_expenditure),
    ...(inputs.month === 12 ? test('income', '收入', fund.totalIncome, fund.budgetedTotalIncome) : []),
  ];
}

/** The row that a check leaves behind. */
function riskRow(fund: CheckedFund, law: Law, { year, month, date }: MonthOf, reckoning: number) {
  const months = monthsPayable(fund.inputs);
  const action = RISK_ACTIONS[fund.level];
  return {
    fund_year: year,
    area: fund.area,
    scheme: fund.scheme,
    month,
    reckoning,
    accumulated_surplus: yuanText(fund.surplus.value),
    months_payable: monthsText(months, 2),
    months_payable_4: monthsText(months, 4),
    level: fund.level,
    action,
    action_due: action === null ? null : daysAfter(date, Number.parseInt(law.text(`risk.deadline.${fund.level}`), 10)),
    because: fund.because,
  };
}

async function checkFunds(trx: Transaction, law: Law, of: MonthOf): Promise<CheckedFund[]> {
  const funds: CheckedFund[] = [];
  for (const scheme of SCHEMES) funds.push(...(await checkScheme(trx, law, scheme, of)));
  return funds;
}

/**
 * Reckons the months again that were checked before something they rest on changed: a provisional opening, an actual. What
 * was told then stays, and beside it stands what holds now.
 */
export async function reckonAgain(trx: Transaction, year: number, from = 1): Promise<void> {
  const law = await lawOf(trx, year);
  for (const month of (await checkedMonths(trx, year)).filter((checked) => checked >= from)) {
    const of = { year, month, date: monthEnd(year, month) };
    const known = await lastReckonings(trx, year, month);
    const changed = (await checkFunds(trx, law, of))
      .map((fund) => {
        const last = known(fund.area, fund.scheme);
        return { fund, last, row: riskRow(fund, law, of, last.reckoning + 1) };
      })
      .filter(
        ({ last, row }) =>
          row.accumulated_surplus !== last.accumulated_surplus ||
          row.months_payable_4 !== last.months_payable_4 ||
          row.level !== last.level,
      );
    await insertRows(
      trx,
      'risk_reckoned',
      changed.map(({ row }) => row),
    );
    const findings = changed.flatMap(({ fund, row: { reckoning } }) =>
      monthFindings(fund, law, year).map((finding) => ({ ...finding, reckoning })),
    );
    await recordFindings(trx, year, findings);
  }
}

export const createMonthlyActivities = (pool: Database) => ({
  /** Actuals in, months payable, levels, actions with their deadlines, findings: all areas of both schemes. */
  async checkMonth(of: MonthOf): Promise<MonthReceipt> {
    return once(pool, { key: `fund-year-${of.year}/month/${of.month}`, input: of }, async (trx) => {
      const law = await lawOf(trx, of.year);
      // In a live year a payment of the month may have come after its area's last booking.
      await decidePayments(trx, of.year, of.date);
      const posted = await postActuals(trx, of);
      const funds = await checkFunds(trx, law, of);
      await insertRows(
        trx,
        'risk_reckoned',
        funds.map((fund) => riskRow(fund, law, of, 1)),
      );
      const findings = funds.flatMap((fund) => monthFindings(fund, law, of.year));
      await recordFindings(trx, of.year, findings);
      const levels = Object.fromEntries(
        RISK_LEVELS.map((level) => [level, funds.filter((fund) => fund.level === level).length]),
      ) as Record<RiskLevel, number>;
      const worst = [...RISK_LEVELS].reverse().find((level) => levels[level] > 0) ?? 'green';
      return { posted: yuanText(posted), levels, worst, findings: findings.length };
    });
  },
});

const monthFindings = (fund: CheckedFund, law: Law, year: number): Finding[] => [
  ...redFindings(fund),
  ...executionFindings(fund, law, year),
];

/** Red is reported upward (B(10) “遇有重大情况要及时报告”), and opens an emergency request. */
function redFindings({ area, scheme, inputs, level, because }: CheckedFund): Finding[] {
  if (level !== 'red') return [];
  const figure = monthsText(monthsPayable(inputs), 2);
  const months = because.months_payable as Because;
  const of = { area, scheme, month: inputs.month };
  return [
    {
      code: 'report_upward',
      area,
      scheme,
      month: inputs.month,
      figure,
      text: `${RISK_LEVEL_NAMES.red}：可支付 ${figure} 个月，须上报并可申请紧急调剂`,
      because: {
        ...months,
        article: 'B(十)“遇有重大情况要及时报告”',
        inputs: { ...months.inputs, level: { value: level, from: { figure: 'risk.level', of } } },
      },
      raised: 'equalText(level, "red")',
    },
  ];
}
