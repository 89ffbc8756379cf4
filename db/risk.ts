/** Monthly risk checks (风险预警). */
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface DecemberRisk {
  months_payable_4: string; // four decimals, or inf
  level: RiskLevel;
}

/** The last check of the year, by area. */
export async function decemberRisk(
  db: Queryable,
  year: number,
  scheme: Scheme,
): Promise<(area: string) => DecemberRisk | undefined> {
  const rows = await db('risk')
    .where({ fund_year: year, scheme, month: 12 })
    .select('area', 'months_payable_4', 'level');
  const byArea = new Map(rows.map((row) => [row.area, row]));
  return (area) => byArea.get(area);
}

/** The months of a year that have been checked. */
export async function checkedMonths(db: Queryable, year: number): Promise<number[]> {
  const rows = await select<{ month: number }>(
    db,
    'select distinct month from fund.risk_reckoned where fund_year = :year order by month',
    { year },
  );
  return rows.map(({ month }) => month);
}

export interface LastCheck {
  reckoning: number;
  accumulated_surplus: string;
  months_payable_4: string;
  level: RiskLevel;
}

/** What holds of a month that has been checked, by area and scheme. */
export async function lastChecks(
  db: Queryable,
  year: number,
  month: number,
): Promise<(area: string, scheme: Scheme) => LastCheck> {
  const rows = await db('risk')
    .where({ fund_year: year, month })
    .select('area', 'scheme', 'reckoning', 'accumulated_surplus', 'months_payable_4', 'level');
  const byFund = new Map(rows.map((row) => [`${row.area} ${row.scheme}`, row]));
  return (area, scheme) => byFund.get(`${area} ${scheme}`) as LastCheck;
}
