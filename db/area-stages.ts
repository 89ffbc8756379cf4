/** How far every area and scheme of a year has come: its budget, its collection, its last check, its clearing, its gap. */
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface AreaStage {
  area: string;
  name: string;
  scheme: Scheme;
  estimated: boolean;
  origin: 'submitted' | 'directed' | null; // null: no budget is in force
  version: number | null;
  adjusted: number | null; // the version of the last adjustment in force
  closes: string | null; // the last day on which residents may pay, extensions included
  progress: string | null; // of a reconciled collection; residents
  month: number | null; // of the last check
  level: RiskLevel | null;
  cleared_on: string | null; // when what the units are owed was approved
  gap: string | null;
}

/** Of all areas, or of one. */
export const areaStages = (db: Queryable, year: number, area: string | null): Promise<AreaStage[]> =>
  select<AreaStage>(
    db,
    `select a.area, a.name_zh as name, u.scheme, b.origin, b.version, r.month, r.level, c.progress, k.approved_on as cleared_on, s.gap,
       exists (select from fund.budget_estimate e where (e.fund_year, e.area, e.scheme) = (a.fund_year, a.area, u.scheme)) as estimated,
       case u.scheme when 'resident' then fund.last_day_of_window(a.fund_year, a.area) end as closes,
       (select max(j.version) from fund.adjusted_budget j
        where (j.fund_year, j.area, j.scheme) = (a.fund_year, a.area, u.scheme)) as adjusted
     from fund.area a cross join lateral unnest(a.schemes) as u (scheme)
     left join fund.budget b on (b.fund_year, b.area, b.scheme) = (a.fund_year, a.area, u.scheme)
     left join fund.collection c on (c.fund_year, c.area) = (a.fund_year, a.area) and u.scheme = 'resident'
     left join fund.clearing k on (k.fund_year, k.area, k.scheme) = (a.fund_year, a.area, u.scheme)
     left join fund.sharing s on (s.fund_year, s.area, s.scheme) = (a.fund_year, a.area, u.scheme)
     left join lateral (
       select r.month, r.level from fund.risk r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, u.scheme)
       order by r.month desc limit 1) r on true
     where a.fund_year = :year and (:area::text is null or a.area = :area)
     order by a.area collate "C", u.scheme`,
    { year, area },
  );
