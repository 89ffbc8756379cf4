/** Where a fund year stands, from stored rows alone: told also while Temporal is down. */
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

export interface YearFacts {
  year: number;
  mode: 'run' | 'live';
  status: 'open' | 'closed';
  workflow_id: string | null; // null: its cycle has not begun
  simulation: boolean | null;
  closed_on: string | null;
}
export const yearFacts = (db: Queryable, year: number): Promise<YearFacts | undefined> =>
  selectOne<YearFacts>(
    db,
    'select year, mode, status, workflow_id, simulation, closed_on from fund.fund_year where year = $1',
    [year],
  );

export interface FundFigures {
  area: string;
  name: string;
  scheme: Scheme;
  month: number | null; // of the last check; null before the first
  accumulated_surplus: string | null;
  months_payable: string | null;
  level: RiskLevel | null;
  prepaid: string | null; // of the whole year; null before the phase
  levy: string | null;
  gap: string | null;
  fund_share: string | null;
  area_share: string | null;
}
/** The last figures of every fund of a year, or of one area: levels, levy, gap. */
export const lastFigures = (db: Queryable, year: number, area?: string): Promise<FundFigures[]> =>
  select<FundFigures>(
    db,
    `select a.area, a.name_zh as name, u.scheme, r.month, r.accumulated_surplus, r.months_payable, r.level,
       e.prepaid, l.levy, s.gap, s.fund_share, s.area_share
     from fund.area a cross join lateral unnest(a.schemes) as u(scheme)
     left join lateral (
       select * from fund.risk r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, u.scheme)
       order by month desc limit 1) r on true
     left join fund.levy_estimate e on (e.fund_year, e.area, e.scheme) = (a.fund_year, a.area, u.scheme)
     left join fund.levy l on (l.fund_year, l.area, l.scheme) = (a.fund_year, a.area, u.scheme)
     left join fund.sharing s on (s.fund_year, s.area, s.scheme) = (a.fund_year, a.area, u.scheme)
     where a.fund_year = $1 and ($2::text is null or a.area = $2) order by a.area collate "C", u.scheme`,
    [year, area ?? null],
  );

/** How many findings there are of each code, of all areas or of one. */
export const findingsOf = (db: Queryable, year: number, area?: string): Promise<{ code: string; count: string }[]> =>
  select(
    db,
    `select code, count(*) as count from fund.current_finding
     where fund_year = $1 and ($2::text is null or area = $2) group by code order by code`,
    [year, area ?? null],
  );
