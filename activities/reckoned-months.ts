/** 月度测算: the state of every fund at the end of a month, and again for checked months when a past day's figures change. */
import type { Transaction } from '../db/connect';
import { hashOf } from '../db/once';
import { checkedMonths, lastChecks } from '../db/risk';
import { insertRows } from '../db/rows';
import { type CheckedFund, type MonthOf, checkedFund } from '../figures/month/checked-fund';
import { monthFindings } from '../figures/month/findings';
import type { Law } from '../parameters/law';
import { daysAfter, monthEnd } from '../rules/calendar-day';
import { yuanText } from '../rules/money';
import { RISK_ACTIONS, monthsPayable, monthsText } from '../rules/risk';
import type { Because } from '../rules/rule';
import { SCHEMES } from '../rules/vocabulary';
import { recordFindings } from './findings';
import { lawOf } from './law';
import { monthFacts } from './month-facts';

/** Every area of both schemes at the end of a month. */
export async function checkedFunds(trx: Transaction, law: Law, of: MonthOf): Promise<CheckedFund[]> {
  const funds: CheckedFund[] = [];
  for (const scheme of SCHEMES) {
    funds.push(...(await monthFacts(trx, scheme, of)).map((facts) => checkedFund(facts, law, of)));
  }
  return funds;
}

/** The row that a check leaves behind. */
export function riskRow(fund: CheckedFund, law: Law, { year, month, date }: MonthOf, reckoning: number) {
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
 * Checks again the months that were checked and end on or after a day whose income or expenditure has changed; a day before the
 * year counts in January. The earlier result stays; where it now rests on other amounts, a row beside it holds the current
 * result.
 */
export async function recheckMonths(trx: Transaction, year: number, changedSince: string): Promise<void> {
  const months = (await checkedMonths(trx, year)).filter((month) => monthEnd(year, month) >= changedSince);
  if (months.length === 0) return;
  const law = await lawOf(trx, year);
  for (const month of months) {
    const of = { year, month, date: monthEnd(year, month) };
    const lastOf = await lastChecks(trx, year, month);
    const changed = (await checkedFunds(trx, law, of))
      .map((fund) => {
        const last = lastOf(fund.area, fund.scheme);
        return { fund, last, row: riskRow(fund, law, of, last.reckoning + 1) };
      })
      .filter(({ last, row }) => amountsIn(row.because.level) !== amountsIn(last.level));
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

/** The amounts that a level rests on, the surplus among them: every result and finding of the month follows from these. */
const amountsIn = (level: Because | undefined): string =>
  hashOf(Object.fromEntries(Object.entries(level?.inputs ?? {}).map(([name, { value }]) => [name, value])));
