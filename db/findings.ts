/** Findings (发现问题). */
import type { FindingCode } from '../rules/findings';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

/** How many findings there are of each code, of all areas or of one. */
export const findingCounts = (db: Queryable, year: number, area?: string): Promise<{ code: string; count: string }[]> =>
  select(
    db,
    `select code, count(*) as count from fund.current_finding
     where fund_year = :year and (:area::text is null or area = :area) group by code order by code`,
    { year, area: area ?? null },
  );

export interface FindingLine {
  code: FindingCode;
  area: string;
  area_name: string | null; // null: of the region, or of no known area
  scheme: Scheme | null;
  month: number | null;
  subject: string;
  figure: string;
  text: string;
}

/** The findings of a year that hold now, of all areas or of one: the latest month first. */
export const findingLines = (db: Queryable, year: number, area: string | null, most: number): Promise<FindingLine[]> =>
  select(
    db,
    `select f.code, f.area, a.name_zh as area_name, f.scheme, f.month, f.subject, f.figure, f.text
     from fund.current_finding f left join fund.area a on (a.fund_year, a.area) = (f.fund_year, f.area)
     where f.fund_year = :year and (:area::text is null or f.area = :area)
     order by f.month desc nulls last, f.code, f.area collate "C", f.scheme, f.subject collate "C" limit :most`,
    { year, area, most },
  );
