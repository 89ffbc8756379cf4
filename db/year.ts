/** Where a fund year stands, for those who drive or watch it. */
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

/** `open`, `closed`, or undefined when the year is not in the database. */
export async function yearStatus(db: Queryable, year: number): Promise<string | undefined> {
  return (await selectOne<{ status: string }>(db, 'select status from fund.fund_year where year = $1', [year]))?.status;
}

/** Whether a workflow runs, or ran, the cycle of a year. */
export async function isClaimed(db: Queryable, year: number): Promise<boolean> {
  return (
    (await selectOne(db, 'select from fund.fund_year where year = $1 and workflow_id is not null', [year])) !==
    undefined
  );
}

/** Whether a live year is in the database: compressed runs are refused beside it. */
export async function hasLiveYear(db: Queryable): Promise<boolean> {
  return (await selectOne(db, `select 1 from fund.fund_year where mode = 'live' limit 1`)) !== undefined;
}

/** The live years that are open. */
export async function liveYears(db: Queryable): Promise<number[]> {
  const rows = await select<{ year: number }>(
    db,
    `select year from fund.fund_year where mode = 'live' and status = 'open' order by year`,
  );
  return rows.map(({ year }) => year);
}

/** The version an area would submit next, and who: the lowest that its checks have not seen; null when there is none. */
export async function nextSubmission(
  db: Queryable,
  year: number,
  chain: string,
): Promise<{ version: number; operator: string } | null> {
  const next = await selectOne<{ version: number; operator: string }>(
    db,
    `select s.version, min(s.submitted_by) as operator
     from fund.budget_submission s
     where s.fund_year = $1
       and s.scheme = substring($2 from '-budget-([a-z]+)-') and s.area = substring($2 from '-budget-[a-z]+-([^/]+)/')
       and not exists (select from fund.budget_check c
                       where (c.fund_year, c.area, c.scheme) = (s.fund_year, s.area, s.scheme) and c.version >= s.version)
     group by s.version order by s.version limit 1`,
    [year, chain],
  );
  return next ?? null;
}

export interface YearProgress {
  entries: string;
  money: string; // yuan, Σ debits
  budgets: string;
  reconciled: string;
}
/** What has been done so far, for the eye. */
export async function yearProgress(db: Queryable, year: number): Promise<YearProgress> {
  const row = await selectOne<YearProgress>(
    db,
    `select (select count(*) from fund.journal_entry where fund_year = $1) as entries,
       (select coalesce(sum(debit), 0) from fund.ledger where fund_year = $1) as money,
       (select count(*) from fund.budget where fund_year = $1) as budgets,
       (select count(*) from fund.collection where fund_year = $1 and area <> 'unknown') as reconciled`,
    [year],
  );
  return row as YearProgress;
}

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
     where r.fund_year = $1 and r.month = 12 order by r.scheme, r.area collate "C"`,
    [year],
  );

/** How many findings there are of each code. */
export const findingCounts = (db: Queryable, year: number): Promise<{ code: string; count: string }[]> =>
  select(
    db,
    'select code, count(*) as count from fund.current_finding where fund_year = $1 group by code order by code',
    [year],
  );

/** The values of law that the pack itself set, with the source it gave. */
export const overriddenParameters = (db: Queryable, year: number): Promise<{ name: string; source: string }[]> =>
  select(db, 'select name, source from fund.parameter_override where fund_year = $1 order by name collate "C"', [year]);

/** Every fund year in the database, oldest first. */
export const fundYears = (db: Queryable): Promise<{ year: number; status: string }[]> =>
  select(db, 'select year, status from fund.fund_year order by year');

/** The areas of a year in order of their codes. */
export const areasOfYear = (
  db: Queryable,
  year: number,
): Promise<{ area: string; name: string; schemes: string[] }[]> =>
  select(
    db,
    `select area, name_zh as name, to_jsonb(schemes) as schemes from fund.area where fund_year = $1 order by area collate "C"`,
    [year],
  );
