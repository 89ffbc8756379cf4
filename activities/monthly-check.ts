/** 月度运行分析: the month's actuals into the books, the surplus and its risk level, and the execution of the budget. */
import type { Pool } from 'pg';
import { type Law, lawOf } from '../audit/law';
import { decidePayments } from '../db/collection';
import type { Queryable, Transaction } from '../db/connect';
import { actualItems, actualsOfMonth, areasOf, budgetItems, collectedPremium, openingSurplus } from '../db/inputs';
import { post } from '../db/journal';
import { prepaidLevies } from '../db/levies';
import { once } from '../db/once';
import { checkedMonths, lastReckonings } from '../db/risk';
import { insertRows } from '../db/rows';
import { instalments } from '../rules/levy';
import { type Decimal, decimal, ratioText, yuanText, zero } from '../rules/money';
import { itemSides } from '../rules/posting';
import { roundRatio } from '../rules/ratio';
import {
  MONTHS_PAYABLE,
  RISK_ACTIONS,
  RISK_LEVEL,
  type RiskInputs,
  accumulatedSurplus,
  executionRatio,
  isOutside,
  monthsPayable,
  monthsText,
  riskLevel,
} from '../rules/risk';
import { type Because, type Explained, type Source, explain } from '../rules/rule';
import { RISK_LEVELS, RISK_LEVEL_NAMES, type RiskLevel, SCHEMES, type Scheme } from '../rules/vocabulary';
import { daysAfter, monthEnd } from '../rules/days';
import { type Finding, recordFindings } from './findings';

export interface MonthOf {
  year: number;
  month: number;
  date: string; // the month's last day
}
export interface MonthReceipt {
  posted: string; // yuan that moved
  levels: Record<RiskLevel, number>;
  worst: RiskLevel;
  findings: number;
}

/** Books each actual of the month on its last day (RULES 9(3)). Returns the money moved. */
async function postActuals(trx: Transaction, { year, month, date }: MonthOf): Promise<Decimal> {
  const rows = await actualsOfMonth(trx, year, month);
  await post(
    trx,
    year,
    rows.map(({ area, scheme, part, item, amount }) => ({
      date,
      entity: area,
      scheme,
      part,
      key: `actual/${area}/${scheme}/${part}/${String(month).padStart(2, '0')}/${item}`,
      basis: 'A(五) 预算执行；RULES 9(3)',
      ...itemSides(item),
      amount,
    })),
  );
  return rows.reduce((all, { amount }) => all.plus(amount.abs()), zero);
}

interface CheckedFund {
  area: string;
  scheme: Scheme;
  surplus: Explained<Decimal>;
  inputs: RiskInputs;
  level: RiskLevel;
  totalIncome: Decimal;
  budgetedTotalIncome: Decimal;
}

/** Reads and judges every area of a scheme at the end of a month. */
async function checkScheme(
  db: Queryable,
  law: Law,
  scheme: Scheme,
  { year, month, date }: MonthOf,
): Promise<CheckedFund[]> {
  const actuals = await actualItems(db, year, scheme, month);
  const budgets = await budgetItems(db, year, scheme);
  const openingOf = await openingSurplus(db, year, scheme);
  const collected = scheme === 'resident' ? await collectedPremium(db, year, date) : () => zero;
  const prepaid = new Map((await prepaidLevies(db, { year, scheme })).map((row) => [row.area, row]));
  const bounds = law.decimals(`risk.${scheme}`) as unknown as RiskInputs['bounds'];
  const lump = scheme === 'resident';
  return (await areasOf(db, year, scheme)).map((area): CheckedFund => {
    const own = actuals.area(area);
    const budget = budgets.area(area);
    const premium = own.of('premium').plus(collected(area));
    const totalIncome = own.income.plus(collected(area));
    const levy = prepaid.get(area);
    const from = (rows: string): Source => ({ rows, of: { area, scheme, part: 'pooled', year, months: `1–${month}` } });
    const surplus = explain(accumulatedSurplus, {
      opening: { value: openingOf(area), from: from('opening.csv') },
      income: { value: totalIncome, from: from(lump ? 'actuals.csv，另加征缴' : 'actuals.csv') },
      expenditure: { value: own.expenditure, from: from('actuals.csv') },
      prepaid_to_date: { value: prepaidToDate(levy, month), from: { figure: 'levy.prepaid', of: { scheme, area } } },
    });
    const inputs: RiskInputs = {
      surplus: surplus.value,
      income: lump ? totalIncome.minus(premium).minus(own.of('fiscal_subsidy')) : totalIncome,
      lump_premium: lump ? premium : zero,
      lump_subsidy: lump ? own.of('fiscal_subsidy') : zero,
      expenditure: own.expenditure,
      budgeted_income: lump
        ? budget.income.minus(budget.of('premium')).minus(budget.of('fiscal_subsidy'))
        : budget.income,
      budgeted_subsidy: lump ? budget.of('fiscal_subsidy') : zero,
      budgeted_expenditure: budget.expenditure,
      prepaid: levy?.prepaid ?? zero,
      month,
      bounds,
    };
    return { area, scheme, surplus, inputs, level: riskLevel(inputs), totalIncome, budgetedTotalIncome: budget.income };
  });
}

/** Instalments of the levy made by the end of a month; a withheld levy does not lower the surplus before it is posted. */
function prepaidToDate(levy: { prepaid: Decimal; unpaid: boolean } | undefined, month: number): Decimal {
  if (levy === undefined || levy.unpaid) return zero;
  const made = Math.floor((month + 2) / 3); // January, April, July, October
  return instalments(levy.prepaid)
    .slice(0, made)
    .reduce((all, amount) => all.plus(amount), zero);
}

function riskBecause(fund: CheckedFund, law: Law): Because['inputs'] {
  const { area, scheme, inputs } = fund;
  const of = { area, scheme };
  const value = (name: keyof RiskInputs, from: Source): [string, { value: unknown; from: Source }] => [
    name,
    { value: name === 'month' ? inputs.month : (inputs[name] as Decimal).toFixed(), from },
  ];
  const actual: Source = { rows: 'actuals.csv', of: { ...of, part: 'pooled' } };
  const budget: Source = { figure: 'budgets.amount', of };
  return Object.fromEntries([
    value('surplus', { figure: 'risk.accumulated_surplus', of: { ...of, month: inputs.month } }),
    value('income', actual),
    value('lump_premium', actual),
    value('lump_subsidy', actual),
    value('expenditure', actual),
    value('budgeted_income', budget),
    value('budgeted_subsidy', budget),
    value('budgeted_expenditure', budget),
    value('prepaid', { figure: 'levy.prepaid', of }),
    value('month', { rows: '月份', of: {} }),
    ['bounds', { value: inputs.bounds.map((bound) => bound.toFixed()), from: law.source(`risk.${scheme}`) }],
  ]);
}

/** 预算执行: expenditure every month, income in December; outside the band is a finding. */
function executionFindings(fund: CheckedFund, law: Law): Finding[] {
  const { area, scheme, inputs } = fund;
  const low = law.given('budget.execution.low').value;
  const high = law.given('budget.execution.high').value;
  const month = decimal(String(inputs.month));
  const band = `${low.toFixed(2)}—${high.toFixed(2)}`;
  const test = (subject: string, what: string, actual: Decimal, budget: Decimal): Finding[] => {
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
  const inputs = riskBecause(fund, law);
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
    because: {
      accumulated_surplus: fund.surplus.because,
      months_payable: { ...MONTHS_PAYABLE, inputs },
      level: { ...RISK_LEVEL, inputs },
    },
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
    const changed = (await checkFunds(trx, law, of)).flatMap((fund) => {
      const last = known(fund.area, fund.scheme);
      const row = riskRow(fund, law, of, last.reckoning + 1);
      const holds =
        row.accumulated_surplus === last.accumulated_surplus &&
        row.months_payable_4 === last.months_payable_4 &&
        row.level === last.level;
      return holds ? [] : [row];
    });
    await insertRows(trx, 'risk_reckoned', changed);
  }
}

export const createMonthlyActivities = (pool: Pool) => ({
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
      const findings = funds.flatMap((fund) => [...redFindings(fund), ...executionFindings(fund, law)]);
      await recordFindings(trx, of.year, findings);
      const levels = Object.fromEntries(
        RISK_LEVELS.map((level) => [level, funds.filter((fund) => fund.level === level).length]),
      ) as Record<RiskLevel, number>;
      const worst = [...RISK_LEVELS].reverse().find((level) => levels[level] > 0) ?? 'green';
      return { posted: yuanText(posted), levels, worst, findings: findings.length };
    });
  },
});

/** Red is reported upward (B(10) “遇有重大情况要及时报告”), and opens an emergency request. */
function redFindings({ area, scheme, inputs, level }: CheckedFund): Finding[] {
  if (level !== 'red') return [];
  const figure = monthsText(monthsPayable(inputs), 2);
  return [
    {
      code: 'report_upward',
      area,
      scheme,
      month: inputs.month,
      figure,
      text: `${RISK_LEVEL_NAMES.red}：可支付 ${figure} 个月，须上报并可申请紧急调剂`,
    },
  ];
}
