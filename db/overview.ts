/** Last figures of every fund of a year, across the tables that hold them. */
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

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
     where a.fund_year = :year and (:area::text is null or a.area = :area) order by a.area collate "C", u.scheme`,
    { year, area: area ?? null },
  );

export interface ShareLine {
  scheme: string;
  area: string;
  name: string;
  levy: string;
  gap: string;
  own_surplus: string;
  fund_share: string;
  area_share: string;
  level: string; // in December
}

/** Per scheme and area: levy, gap and who bore it, and December's risk level. */
export const shareLines = (db: Queryable, year: number): Promise<ShareLine[]> =>
  select<ShareLine>(
    db,
    `select r.scheme, r.area, a.name_zh as name, coalesce(l.levy, 0) as levy, coalesce(s.gap, 0) as gap,
       coalesce(s.own_surplus, 0) as own_surplus, coalesce(s.fund_share, 0) as fund_share,
       coalesce(s.area_share, 0) as area_share, r.level
     from fund.risk r
     join fund.area a using (fund_year, area)
     left join fund.levy l using (fund_year, scheme, area)
     left join fund.sharing s using (fund_year, scheme, area)
     where r.fund_year = :year and r.month = 12 order by r.scheme, r.area collate "C"`,
    { year },
  );

export interface YearProgress {
  entries: string;
  money: string; // yuan, Σ debits
  budgets: string;
  reconciled: string;
}

/** What has been done so far, for the line of progress on the screen. */
export async function yearProgress(db: Queryable, year: number): Promise<YearProgress> {
  const row = await selectOne<YearProgress>(
    db,
    `select (select count(*) from fund.journal_entry where fund_year = :year) as entries,
       (select coalesce(sum(debit), 0) from fund.ledger where fund_year = :year) as money,
       (select count(*) from fund.budget where fund_year = :year) as budgets,
       (select count(*) from fund.collection where fund_year = :year and area <> 'unknown') as reconciled`,
    { year },
  );
  return row as YearProgress;
}
