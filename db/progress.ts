/** What is left of the parts of a year that area workflows do, told from the rows that they leave behind. */
import { SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select } from './rows';

export interface Left {
  left: number;
  /** The first of it by name, enough for a line on a page. */
  first: string[];
}

const TOLD = 5;

// Each lists what is left, with an area or a scheme to name it by.
const LEFT = {
  budgets: `
    select a.name_zh as name, s.scheme, '预算未批复' as lacks
    from fund.area a cross join lateral unnest(a.schemes) as s (scheme)
    where a.fund_year = $1
      and not exists (select from fund.budget b where (b.fund_year, b.area, b.scheme) = (a.fund_year, a.area, s.scheme))
    order by a.area collate "C", s.scheme`,
  // A collection is done when it is reconciled and every difference is accepted.
  collections: `
    select a.name_zh as name, 'resident' as scheme, '征缴未对账' as lacks from fund.area a
    where a.fund_year = $1 and 'resident' = any (a.schemes)
      and (not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))
        or exists (select from fund.task t where t.fund_year = a.fund_year and t.kind = 'accept_finding'
                   and t.area = a.area and t.state = 'open'))
    order by a.area collate "C"`,
  // The final accounts: twelve months checked, every collection reconciled, the subsidy settled.
  accounts: `
    select key as name, null as scheme, '未办结' as lacks
    from (values ('12 月运行分析', 'month/12'), ('征缴对账', 'collection/unknown/reconciled'),
                 ('补助结算', 'subsidy/settlement')) as wanted (key, act)
    where not exists (select from fund.act where act.key = 'fund-year-' || $1 || '/' || wanted.act)`,
  adjustments: `
    select null as name, s.scheme, '清算未拨付' as lacks
    from (select distinct scheme from fund.levy_estimate where fund_year = $1) s
    where not exists (select from fund.act where key = 'fund-year-' || $1 || '/settlement/' || s.scheme)
    union all
    select null, null, '调剂金管理办法文号未登记' from fund.task
    where fund_year = $1 and kind = 'record_method' and state = 'open'`,
} as const;

/** What is left of a part of a year. */
export async function leftOf(db: Queryable, year: number, what: keyof typeof LEFT): Promise<Left> {
  const rows = await select<{ name: string | null; scheme: Scheme | null; lacks: string }>(db, LEFT[what], [year]);
  const told = rows
    .slice(0, TOLD)
    .map(({ name, scheme, lacks }) => `${name ?? ''}${scheme === null ? '' : SCHEME_NAMES[scheme]}${lacks}`);
  return { left: rows.length, first: told };
}

/** The keys of the acts that are done in a year. */
export async function doneActs(db: Queryable, year: number): Promise<ReadonlySet<string>> {
  const rows = await select<{ key: string }>(db, `select key from fund.act where starts_with(key, $1)`, [
    `fund-year-${year}/`,
  ]);
  return new Set(rows.map(({ key }) => key));
}

/** Workflows of a year to which new files may matter: the year itself, collections, and whoever waits for a file. */
export async function workflowsToTell(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ id: string }>(
    db,
    `select workflow_id as id from fund.fund_year where year = $1 and workflow_id is not null
     union select workflow_id from fund.task where fund_year = $1 and kind = 'import' and state = 'open'
     union
     select 'fund-year-' || $1 || '-collection-' || a.area from fund.area a
     where a.fund_year = $1 and 'resident' = any (a.schemes)
       and exists (select from fund.act where key = 'fund-year-' || $1 || '/collection/open')
       and not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))`,
    [year],
  );
  return rows.map(({ id }) => id);
}

/** Notes that something was imported, of which nobody has been told yet. */
export async function noteImport(trx: Transaction, year: number): Promise<void> {
  await execute(trx, 'update fund.fund_year set imported_at = clock_timestamp() where year = $1', [year]);
}

/** An import of which workflows may not know: the year, and when it was. */
export interface UntoldImport {
  year: number;
  importedAt: string;
}
/** The imports of open live years that nobody has been told of. */
export const untoldImports = (db: Queryable): Promise<UntoldImport[]> =>
  select(
    db,
    `select year, imported_at::text as "importedAt" from fund.fund_year
     where mode = 'live' and status = 'open' and imported_at is not null and (told_at is null or told_at < imported_at)
     order by year`,
  );

/** Everybody has been told of an import, and so of those before it. */
export async function markTold(db: Queryable, { year, importedAt }: UntoldImport): Promise<void> {
  await execute(
    db,
    'update fund.fund_year set told_at = greatest(told_at, $2::timestamptz) where year = $1 and status = $3',
    [year, importedAt, 'open'],
  );
}
