/** Pooling areas (统筹区) and their banners (旗县). */
import { type Decimal, decimal } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

export interface NamedArea {
  area: string;
  name: string;
  name_en: string;
  schemes: Scheme[];
}

/** The pooling areas of a fund year, in the order of their codes. */
export const areasOfYear = (db: Queryable, year: number): Promise<NamedArea[]> =>
  select(
    db,
    `select area, name_zh as name, name_en, to_jsonb(schemes) as schemes from fund.area
     where fund_year = :year order by area collate "C"`,
    { year },
  );

/** Areas of a scheme in the order of their codes; a remainder of fen is given out in this order. */
export async function areasOf(db: Queryable, year: number, scheme: Scheme): Promise<string[]> {
  const areas = await areasOfYear(db, year);
  return areas.filter(({ schemes }) => schemes.includes(scheme)).map(({ area }) => area);
}

/** Areas whose collection is counted person by person. */
export async function personAreas(db: Queryable, fundYear: number): Promise<ReadonlySet<string>> {
  const rows = await db('area_by_person').where({ fund_year: fundYear, by_person: true }).select('area');
  return new Set(rows.map(({ area }) => area));
}

/**
 * The newest year with imported areas that was not abandoned: a later one may have begun and be waiting for its first files. Null when there is none.
 */
export async function newestYear(db: Queryable): Promise<number | null> {
  const row = await selectOne<{ year: number | null }>(
    db,
    `select max(a.fund_year) as year from fund.area a join fund.fund_year y on y.year = a.fund_year where y.status <> 'abandoned'`,
  );
  return row?.year ?? null;
}

/** Whether a year has areas and operators: nothing can begin without both. */
export async function hasAreas(db: Queryable, year: number): Promise<boolean> {
  const found = await selectOne(
    db,
    `select from fund.area a where a.fund_year = :year
     and exists (select from fund.operator o where o.fund_year = a.fund_year) limit 1`,
    { year },
  );
  return found !== undefined;
}

/** 统筹区 and 旗县 by code. */
export async function placeNames(db: Queryable, year: number): Promise<ReadonlyMap<string, string>> {
  const rows = await select<{ area: string; name_zh: string }>(
    db,
    `select area, name_zh from fund.area where fund_year = :year
     union all select banner, name_zh from fund.banner where fund_year = :year`,
    { year },
  );
  return new Map(rows.map(({ area, name_zh }) => [area, name_zh]));
}

export interface BannerHeads {
  banner: string;
  heads: Decimal;
  league_share: Decimal;
}

/** Banners of each area with their head counts, in the order of their codes; none for an area without banners. */
export async function bannersByArea(db: Queryable, year: number): Promise<(area: string) => BannerHeads[]> {
  const rows = await db('banner')
    .where({ fund_year: year })
    .orderByRaw('area, banner collate "C"')
    .select('area', 'banner', 'league_share', 'insured_resident');
  const byArea = new Map<string, BannerHeads[]>();
  for (const { area, banner, league_share, insured_resident } of rows) {
    const banners = byArea.get(area) ?? [];
    banners.push({ banner, heads: decimal(insured_resident), league_share: decimal(league_share) });
    byArea.set(area, banners);
  }
  return (area) => byArea.get(area) ?? [];
}

/** 分档: the class by which an area's subsidy is split. */
export async function subsidyClasses(db: Queryable, year: number): Promise<(area: string) => 1 | 2 | 3> {
  const rows = await db('area')
    .where({ fund_year: year })
    .whereNotNull('subsidy_class')
    .select('area', 'subsidy_class');
  const byArea = new Map(rows.map(({ area, subsidy_class }) => [area, subsidy_class]));
  return (area) => byArea.get(area) as 1 | 2 | 3;
}
