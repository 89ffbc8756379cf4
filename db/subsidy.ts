/** Government subsidy (财政补助): arrivals and settlement. */
import { type Decimal, decimal } from '../rules/money';
import type { SubsidyLevel } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

/** Arrivals dated in the year by area, level and banner: all of them, and those until `by`. */
export async function subsidyArrivals(db: Queryable, year: number, by: string) {
  const rows = await select<{ area: string; level: SubsidyLevel; banner: string; arrived: string; in_time: string }>(
    db,
    `select area, level, case when level = 'banner' then coalesce(banner, '') else '' end as banner,
       sum(amount) as arrived, coalesce(sum(amount) filter (where date <= :by), 0) as in_time
     from fund.subsidy_arrival
     where fund_year = :year and date between make_date(:year, 1, 1) and make_date(:year, 12, 31)
     group by area, level, 3`,
    { year, by },
  );
  const found = new Map(rows.map((row) => [`${row.area}/${row.level}/${row.banner}`, row]));
  return (area: string, level: SubsidyLevel, banner: string) => {
    const row = found.get(`${area}/${level}/${banner}`);
    return { arrived: decimal(row?.arrived ?? '0'), inTime: decimal(row?.in_time ?? '0') };
  };
}

/** All arrivals of the year by area, whatever their level. */
export async function arrivedByArea(db: Queryable, year: number): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(
    db,
    `select area, sum(amount) as amount from fund.subsidy_arrival
     where fund_year = :year and date between make_date(:year, 1, 1) and make_date(:year, 12, 31) group by area`,
    { year },
  );
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? decimal('0');
}

/** What league and banners owed each area, and how much of it had not arrived in time. */
export async function localSubsidies(
  db: Queryable,
  year: number,
): Promise<(area: string) => { due: Decimal; missing: Decimal }> {
  const rows = await select<{ area: string; due: string; missing: string }>(
    db,
    `select area, sum(due) as due, sum(missing) as missing from fund.subsidy
     where fund_year = :year and level in ('league', 'banner') group by area`,
    { year },
  );
  const byArea = new Map(rows.map((row) => [row.area, row]));
  return (area) => {
    const row = byArea.get(area);
    return { due: decimal(row?.due ?? '0'), missing: decimal(row?.missing ?? '0') };
  };
}
