/** 月度运行分析: the month's actuals into the books, the surplus and its risk level, and the execution of the budget. */
import { actualsOfMonth } from '../db/actuals';
import type { Database, Transaction } from '../db/connect';
import { holdYear } from '../db/fund-year';
import { post } from '../db/journal';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { actualPosting } from '../figures/books';
import type { MonthOf } from '../figures/month/checked-fund';
import { monthFindings } from '../figures/month/findings';
import { actKey } from '../rules/keys';
import { type Decimal, yuanText, zero } from '../rules/money';
import { RISK_LEVELS, type RiskLevel } from '../rules/vocabulary';
import { agreeWithBank } from './agreement';
import { bind } from './bind';
import { recordFindings } from './findings';
import { lawOf } from './law';
import { monitorMonth } from './monitoring';
import { checkedFunds, riskRow } from './reckoned-months';

export type { MonthOf };
interface MonthReceipt {
  posted: string; // yuan that moved
  levels: Record<RiskLevel, number>;
  worst: RiskLevel;
  findings: number;
  /** Differences of books and bank that nobody has been asked about yet; left out where there are none. */
  differences?: number;
}

/** Actuals in, months payable, levels, actions with their deadlines, findings: all areas of both schemes. */
export async function checkMonth(database: Database, month: MonthOf): Promise<MonthReceipt> {
  return once(database, { key: actKey.monthChecked(month.year, month.month), input: month }, async (trx) => {
    const law = await lawOf(trx, month.year);
    // Waits for an import that is under way: that recomputes the months it finds checked.
    await holdYear(trx, month.year);
    const posted = await postActuals(trx, month);
    const differences = await agreeWithBank(trx, month.year, month.date);
    const funds = await checkedFunds(trx, law, month);
    await insertRows(
      trx,
      'risk_reckoned',
      funds.map((fund) => riskRow(fund, law, month, 1)),
    );
    const findings = funds.flatMap((fund) => monthFindings(fund, law, month.year));
    await recordFindings(trx, month.year, findings);
    await monitorMonth(trx, law, month);
    const levels = Object.fromEntries(
      RISK_LEVELS.map((level) => [level, funds.filter((fund) => fund.level === level).length]),
    ) as Record<RiskLevel, number>;
    const worst = [...RISK_LEVELS].reverse().find((level) => levels[level] > 0) ?? 'green';
    return {
      ...{ posted: yuanText(posted), levels, worst, findings: findings.length },
      ...(differences > 0 ? { differences } : {}),
    };
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

export const createMonthlyActivities = (database: Database) => bind(database, { checkMonth });
