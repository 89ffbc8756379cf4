/** Findings (发现问题). */
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
