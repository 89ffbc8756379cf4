/** Reading what the government subsidy rests on: banners, classes and arrivals. */
import { type Decimal, decimal } from '../rules/money';
import type { SubsidyLevel } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface BannerHeads {
  banner: string;
  heads: Decimal;
  league_share: Decimal;
}

/** Banners of each area with their heads, in order of their codes; none for an area without banners. */
export async function bannersByArea(db: Queryable, year: number): Promise<(area: string) => BannerHeads[]> {
  const rows = await select<{ area: string; banner: string; league_share: string; insured_resident: string }>(
    db,
    `select area, banner, league_share, insured_resident from fund.banner
     where fund_year = $1 order by area, banner collate "C"`,
    [year],
  );
  const byArea = new Map<string, BannerHeads[]>();
  for (const { area, banner, league_share, insured_resident } of rows) {
    const own = byArea.get(area) ?? [];
    own.push({ banner, heads: decimal(insured_resident), league_share: decimal(league_share) });
    byArea.set(area, own);
  }
  return (area) => byArea.get(area) ?? [];
}

/** 分档: the class that an area's subsidy is split by. */
export async function subsidyClasses(db: Queryable, year: number): Promise<(area: string) => 1 | 2 | 3> {
  const rows = await select<{ area: string; subsidy_class: 1 | 2 | 3 }>(
    db,
    'select area, subsidy_class from fund.area where fund_year = $1 and subsidy_class is not null',
    [year],
  );
  const byArea = new Map(rows.map(({ area, subsidy_class }) => [area, subsidy_class]));
  return (area) => byArea.get(area) as 1 | 2 | 3;
}

/** Arrivals dated in the year by area, level and banner: all of them, and those until `by`. */
export async function subsidyArrivals(db: Queryable, year: number, by: string) {
  const rows = await select<{ area: string; level: SubsidyLevel; banner: string; arrived: string; in_time: string }>(
    db,
    `select area, level, case when level = 'banner' then coalesce(banner, '') else '' end as banner,
       sum(amount) as arrived, coalesce(sum(amount) filter (where date <= $2), 0) as in_time
     from fund.subsidy_arrival
     where fund_year = $1 and date between make_date($1, 1, 1) and make_date($1, 12, 31)
     group by area, level, 3`,
    [year, by],
  );
  const found = new Map(rows.map((row) => [`${row.area}/${row.level}/${row.banner}`, row]));
  return (area: string, level: SubsidyLevel, banner: string) => {
    const row = found.get(`${area}/${level}/${banner}`);
    return { arrived: decimal(row?.arrived ?? '0'), inTime: decimal(row?.in_time ?? '0') };
  };
}

/** All arrivals of the year of each area, whatever their level. */
export async function arrivedByArea(db: Queryable, year: number): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(
    db,
    `select area, sum(amount) as amount from fund.subsidy_arrival
     where fund_year = $1 and date between make_date($1, 1, 1) and make_date($1, 12, 31) group by area`,
    [year],
  );
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? decimal('0');
}

/** What league and banners owed each area, and what of it had not arrived in time. */
export async function localSubsidies(
  db: Queryable,
  year: number,
): Promise<(area: string) => { due: Decimal; missing: Decimal }> {
  const rows = await select<{ area: string; due: string; missing: string }>(
    db,
    `select area, sum(due) as due, sum(missing) as missing from fund.subsidy
     where fund_year = $1 and level in ('league', 'banner') group by area`,
    [year],
  );
  const byArea = new Map(rows.map((row) => [row.area, row]));
  return (area) => {
    const row = byArea.get(area);
    return { due: decimal(row?.due ?? '0'), missing: decimal(row?.missing ?? '0') };
  };
}
