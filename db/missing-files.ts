/** The rows that a live year still lacks for each of its steps (CONTRACT 1: a missing file is a task). */
import type { Role, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

type FileStep =
  | 'collection'
  | 'levy'
  | 'budget'
  | 'opening'
  | 'month'
  | 'head count'
  | 'reconciliation'
  | 'final accounts'
  | 'clearing';

/** Rows that a step needs, by their content. */
export type NeededRows =
  | 'actual'
  | 'adjustment_fund'
  | 'collection_total'
  | 'conduct'
  | 'head_count'
  | 'history'
  | 'medical_aid'
  | 'opening'
  | 'target_insured'
  | 'unit_account';

export interface MissingRows {
  rows: NeededRows;
  area: string | null; // null: the region's own
  name: string | null;
  scheme: Scheme | null;
  role: Role; // the office that reports them
}

/** What is missing for each fund that an area keeps. */
const ofFund = (rows: NeededRows, table: string, more = ''): string =>
  `select '${rows}' as rows, a.area, a.name_zh as name, s.scheme, 'area_security' as role
   from fund.area a cross join lateral unnest(a.schemes) as s (scheme)
   where a.fund_year = :year and not exists (
     select from fund.${table} r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, s.scheme)${more})`;

/** In phase (pinned when the year began) the fund's balance is needed; a cycle before it in this database provides it. */
const FUND_BALANCE = `
  select 'adjustment_fund' as rows, null as area, null as name, s.scheme, 'region_finance' as role
  from (select distinct unnest(schemes) as scheme from fund.area where fund_year = :year) s
  where not exists (select from fund.skipped_step k where k.fund_year = :year and k.scheme = s.scheme)
    and not exists (select from fund.adjustment_fund r where r.fund_year = :year and r.scheme = s.scheme)
    and not exists (select from fund.fund_year y where y.year = :year - 1 and y.status <> 'abandoned')`;

const MISSING: Record<FileStep, string> = {
  // The terms of the collection are fixed when it opens: what is owed must be known by then.
  collection: `
    select 'medical_aid' as rows, null as area, null as name, 'resident' as scheme, 'region_security' as role
    where exists (select from fund.area where fund_year = :year and 'resident' = any (schemes))
      and not exists (select from fund.medical_aid where fund_year = :year)`,
  levy: FUND_BALANCE,
  budget: [
    ofFund('history', 'history', ' and r.year = :year - 1'),
    ofFund('target_insured', 'insured', ' and r.target_insured is not null'),
    FUND_BALANCE,
  ].join(' union all '),
  opening: ofFund('opening', 'opening', ` and r.part = 'pooled'`),
  month: ofFund('actual', 'actual', ' and r.month = :month'),
  'head count': `
    select 'head_count' as rows, a.area, a.name_zh as name, 'resident' as scheme, 'area_security' as role
    from fund.area a where a.fund_year = :year and 'resident' = any (a.schemes)
      and not exists (select from fund.banner b where (b.fund_year, b.area) = (a.fund_year, a.area))
      and not exists (select from fund.insured r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, 'resident')
                      and r.insured is not null)`,
  reconciliation: `
    select 'collection_total' as rows, a.area, a.name_zh as name, 'resident' as scheme, 'area_security' as role
    from fund.area a where a.fund_year = :year and a.area = :area
      and not exists (select from fund.collection_total r where (r.fund_year, r.area) = (a.fund_year, a.area))`,
  'final accounts': ofFund('conduct', 'conduct'),
  // A unit without accounts would be cleared as if it had given no care.
  clearing: `
    select distinct 'unit_account' as rows, a.area, a.name_zh as name, u.scheme, 'area_security' as role
    from fund.payment_unit u join fund.area a using (fund_year, area)
    where u.fund_year = :year and u.area = :area and u.scheme = :scheme and not exists (
      select from fund.unit_account r where (r.fund_year, r.area, r.scheme, r.unit) = (u.fund_year, u.area, u.scheme, u.unit))`,
};

/** Limits the rows to one area, or to one scheme; the region's own are then left out. */
export interface FilesAsked {
  year: number;
  step: FileStep;
  month?: number | undefined;
  area?: string | undefined;
  scheme?: Scheme | undefined;
}

/** What a step lacks, in the order of areas. */
export const missingRows = (db: Queryable, { year, step, month, area, scheme }: FilesAsked): Promise<MissingRows[]> =>
  select<MissingRows>(
    db,
    `select m.* from (${MISSING[step]}) m
     where (:area::text is null or m.area = :area) and (:scheme::text is null or m.scheme = :scheme)
     order by m.area collate "C" nulls first, m.scheme, m.rows`,
    { year, month: month ?? null, area: area ?? null, scheme: scheme ?? null },
  );
