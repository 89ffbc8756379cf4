/** Monthly risk checks (风险预警). */
import { type Decimal, decimal } from '../rules/money';
import type { Because } from '../rules/rule';
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';
import { select, selectOne } from './rows';

interface DecemberRisk {
  months_payable_4: string; // four decimals, or inf
  level: RiskLevel;
  accumulated_surplus: Decimal;
}

/** The last check of the year, by area. */
export async function decemberRisk(
  db: Queryable,
  year: number,
  scheme: Scheme,
): Promise<(area: string) => DecemberRisk | undefined> {
  const rows = await db('risk')
    .where({ fund_year: year, scheme, month: 12 })
    .select('area', 'months_payable_4', 'level', 'accumulated_surplus');
  const byArea = new Map(
    rows.map((row) => [row.area, { ...row, accumulated_surplus: decimal(row.accumulated_surplus) }]),
  );
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

/** How a fund stood at the check of a month, or at its last one; undefined where there was none. */
export const checkOfFund = (
  db: Queryable,
  { year, area, scheme }: AreaSchemeYear,
  month?: number,
): Promise<{ month: number; accumulated_surplus: string; months_payable: string; level: RiskLevel } | undefined> =>
  selectOne(
    db,
    `select month, accumulated_surplus, months_payable, level from fund.risk
     where (fund_year, area, scheme) = (:year, :area, :scheme) and (:month::int is null or month = :month)
     order by month desc limit 1`,
    { year, area, scheme, month: month ?? null },
  );

interface LastCheck {
  reckoning: number;
  /** The reason for its level. */
  level: Because;
}

/** The current reckoning of a month that has been checked, by area and scheme. */
export async function lastChecks(
  db: Queryable,
  year: number,
  month: number,
): Promise<(area: string, scheme: Scheme) => LastCheck> {
  const rows = await select<LastCheck & { area: string; scheme: Scheme }>(
    db,
    `select area, scheme, reckoning, because -> 'level' as level from fund.risk where fund_year = :year and month = :month`,
    { year, month },
  );
  const byFund = new Map(rows.map((row) => [`${row.area} ${row.scheme}`, row]));
  return (area, scheme) => byFund.get(`${area} ${scheme}`) as LastCheck;
}

export interface RedFund {
  area: string;
  scheme: Scheme;
  accumulated_surplus: string; // yuan
  months_payable: string;
  action_due: string;
}

/** The funds whose month is red by its last check, in the order of areas. */
export const redFunds = (db: Queryable, year: number, month: number): Promise<RedFund[]> =>
  select<RedFund>(
    db,
    `select area, scheme, accumulated_surplus, months_payable, action_due from fund.risk
     where fund_year = :year and month = :month and level = 'red' order by area collate "C", scheme`,
    { year, month },
  );
