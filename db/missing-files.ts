/** Files that a live year still lacks, row by row, for each of its steps (CONTRACT 1: a missing file is a task). */
import type { Role, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export type FileStep =
  'collection' | 'budget' | 'opening' | 'month' | 'head count' | 'reconciliation' | 'final accounts';

export interface MissingFile {
  file: string;
  what: string; // in Chinese
  area: string | null; // null: the region's own
  name: string | null;
  scheme: Scheme | null;
  role: Role;
}

/** Every fund that an area keeps: one row for each of its schemes. */
const FUNDS = `fund.area a cross join lateral unnest(a.schemes) as s (scheme) where a.fund_year = $1`;

const ofFund = (file: string, what: string, lacking: string): string =>
  `select '${file}' as file, '${what}' as what, a.area, a.name_zh as name, s.scheme, 'area_security' as role
   from ${FUNDS} and not exists (${lacking})`;

const stored = (table: string, more = ''): string =>
  `select from fund.${table} r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, s.scheme)${more}`;

// $1 fund year, $2 month, $3 area
const MISSING: Record<FileStep, string> = {
  // The terms of the collection are fixed when it opens: what is owed must be known by then.
  collection: `
    select 'medical_aid.csv' as file, '医疗救助资助标准' as what, null as area, null as name, 'resident' as scheme, 'region_security' as role
    where exists (select from fund.area where fund_year = $1 and 'resident' = any (schemes))
      and not exists (select from fund.medical_aid where fund_year = $1)`,
  budget: [
    ofFund('history.csv', '上年预计执行数', stored('history', ' and r.year = $1 - 1')),
    ofFund('insured.csv', '参保扩面任务数', stored('insured', ' and r.target_insured is not null')),
    // In phase (pinned when the year began) the fund's balance is needed; a cycle before it in this database provides it.
    `select 'adjustment_fund.csv', '调剂金年初余额', null, null, s.scheme, 'region_finance'
     from (select distinct unnest(schemes) as scheme from fund.area where fund_year = $1) s
     where not exists (select from fund.skipped_step k where k.fund_year = $1 and k.scheme = s.scheme)
       and not exists (select from fund.adjustment_fund r where r.fund_year = $1 and r.scheme = s.scheme)
       and not exists (select from fund.fund_year y where y.year = $1 - 1)`,
  ].join(' union all '),
  opening: ofFund('opening.csv', '年初累计结余', stored('opening', ` and r.part = 'pooled'`)),
  month: ofFund('actuals.csv', '当月收支', stored('actual', ' and r.month = $2')),
  'head count': `
    select 'insured.csv 或 banners.csv' as file, '6 月 30 日参保人数' as what, a.area, a.name_zh as name, 'resident' as scheme, 'area_security' as role
    from fund.area a where a.fund_year = $1 and 'resident' = any (a.schemes)
      and not exists (select from fund.banner b where (b.fund_year, b.area) = (a.fund_year, a.area))
      and not exists (select from fund.insured r where (r.fund_year, r.area, r.scheme) = (a.fund_year, a.area, 'resident')
                      and r.insured is not null)`,
  reconciliation: `
    select 'collection_totals.csv' as file, '税务征收总数' as what, a.area, a.name_zh as name, 'resident' as scheme, 'area_security' as role
    from fund.area a where a.fund_year = $1 and a.area = $3
      and not exists (select from fund.collection_total r where (r.fund_year, r.area) = (a.fund_year, a.area))`,
  'final accounts': ofFund('conduct.csv', '年度行为与绩效', stored('conduct')),
};

/** What a step lacks, in the order of areas. */
export const missingFiles = (
  db: Queryable,
  { year, step, month, area }: { year: number; step: FileStep; month: number | null; area: string | null },
): Promise<MissingFile[]> => {
  // Postgres wants every parameter to have a type, also where a step does not use it.
  const sql = `with given as (select $2::int as month, $3::text as area)
    select m.* from (${MISSING[step]}) m, given order by m.area collate "C" nulls first, m.scheme, m.file`;
  return select<MissingFile>(db, sql, [year, month, area]);
};
