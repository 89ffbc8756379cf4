/** 月度运行分析: the month's actuals into the books, the surplus and its risk level, and the execution of the budget. */
import { actualsOfMonth } from '../db/actuals';
import type { Database, Transaction } from '../db/connect';
import { post } from '../db/journal';
import { once } from '../db/once';
import { decidePayments } from '../db/residents';
import { checkedMonths, lastChecks } from '../db/risk';
import { insertRows } from '../db/rows';
import { actualPosting } from '../figures/books';
import { type CheckedFund, type MonthOf, checkedFund } from '../figures/month/checked-fund';
import { monthFindings } from '../figures/month/findings';
import type { Law } from '../parameters/law';
import { daysAfter, monthEnd } from '../rules/calendar-day';
import { actKey } from '../rules/keys';
import { type Decimal, yuanText, zero } from '../rules/money';
import { RISK_ACTIONS, monthsPayable, monthsText } from '../rules/risk';
import { RISK_LEVELS, type RiskLevel, SCHEMES } from '../rules/vocabulary';
import { bind } from './bind';
import { recordFindings } from './findings';
import { lawOf } from './law';
import { monthFacts } from './month-facts';

export type { MonthOf };
export interface MonthReceipt {
  posted: string; // yuan that moved
  levels: Record<RiskLevel, number>;
  worst: RiskLevel;
  findings: number;
}

/** Actuals in, months payable, levels, actions with their deadlines, findings: all areas of both schemes. */
export async function checkMonth(database: Database, month: MonthOf): Promise<MonthReceipt> {
  return once(database, { key: actKey.monthChecked(month.year, month.month), input: month }, async (trx) => {
    const law = await lawOf(trx, month.year);
    // In a live year a payment of the month may have come after its area's last booking.
    await decidePayments(trx, month.year, month.date);
    const posted = await postActuals(trx, month);
    const funds = await checkedFunds(trx, law, month);
    await insertRows(
      trx,
      'risk_reckoned',
      funds.map((fund) => riskRow(fund, law, month, 1)),
    );
    const findings = funds.flatMap((fund) => monthFindings(fund, law, month.year));
    await recordFindings(trx, month.year, findings);
    const levels = Object.fromEntries(
      RISK_LEVELS.map((level) => [level, funds.filter((fund) => fund.level === level).length]),
    ) as Record<RiskLevel, number>;
    const worst = [...RISK_LEVELS].reverse().find((level) => levels[level] > 0) ?? 'green';
    return { posted: yuanText(posted), levels, worst, findings: findings.length };
  });
}

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

async function checkedFunds(trx: Transaction, law: Law, of: MonthOf): Promise<CheckedFund[]> {
  const funds: CheckedFund[] = [];
  for (const scheme of SCHEMES) {
    funds.push(...(await monthFacts(trx, scheme, of)).map((facts) => checkedFund(facts, law, of)));
  }
  return funds;
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
    action_due:
      fund.level === 'green' ? null : daysAfter(date, Number.parseInt(law.text(`risk.deadline.${fund.level}`), 10)),
    because: fund.because,
  };
}

/**
 * Checks again the months whose check rests on something that has changed since: a provisional opening, an actual. The
 * earlier result stays; a row beside it says what holds now, where that differs.
 */
export async function recheckMonths(trx: Transaction, year: number, from = 1): Promise<void> {
  const law = await lawOf(trx, year);
  for (const month of (await checkedMonths(trx, year)).filter((checked) => checked >= from)) {
    const of = { year, month, date: monthEnd(year, month) };
    const lastOf = await lastChecks(trx, year, month);
    const changed = (await checkedFunds(trx, law, of))
      .map((fund) => {
        const last = lastOf(fund.area, fund.scheme);
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

export const createMonthlyActivities = (database: Database) => bind(database, { checkMonth });
