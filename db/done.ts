/** Which steps of a fund year are done, and what is missing of those that are not. */
import { SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select, selectOne } from './rows';

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

/** Whether the openings of a year are booked. Held until the transaction ends, so that the books do not open meanwhile. */
export async function haveBooksOpened(trx: Transaction, fundYear: number): Promise<boolean> {
  await execute(trx, 'select from fund.fund_year where year = $1 for share', [fundYear]);
  const opened = await selectOne(trx, `select from fund.act where key = 'fund-year-' || $1::int || '/books/open'`, [
    fundYear,
  ]);
  return opened !== undefined;
}

export interface Missing {
  area: string;
  name: string;
  scheme: Scheme;
}

/** Results that the calendar sets a date for, each with the table that holds it. */
export const RESULTS = {
  collection_term: { scheme: 'resident', inPhase: false },
  budget: { scheme: null, inPhase: false },
  collection: { scheme: 'resident', inPhase: false },
  subsidy: { scheme: 'resident', inPhase: false },
  levy_estimate: { scheme: null, inPhase: true },
  sharing: { scheme: null, inPhase: true },
} as const;

export type ResultTable = keyof typeof RESULTS;

/** The areas and schemes of a year that a result is missing of. What the adjustment fund does is asked of `schemes` only. */
export function missingResults(
  db: Queryable,
  year: number,
  table: ResultTable,
  schemes: readonly Scheme[],
): Promise<Missing[]> {
  const { scheme } = RESULTS[table];
  const ofScheme = scheme === null ? 'and r.scheme = s' : '';
  return select<Missing>(
    db,
    `select a.area, a.name_zh as name, s as scheme from fund.area a, unnest(a.schemes) s
     where a.fund_year = $1 and s = any ($2)
       and not exists (select from fund.${table} r where (r.fund_year, r.area) = (a.fund_year, a.area) ${ofScheme})
     order by s, a.area collate "C"`,
    [year, scheme === null ? schemes : schemes.filter((one) => one === scheme)],
  );
}

/** The areas and schemes of a year without the check of a month. */
export const missingChecks = (db: Queryable, year: number, month: number): Promise<Missing[]> =>
  select<Missing>(
    db,
    `select a.area, a.name_zh as name, s as scheme from fund.area a, unnest(a.schemes) s
     where a.fund_year = $1
       and not exists (select from fund.risk r where (r.fund_year, r.area, r.scheme, r.month) = (a.fund_year, a.area, s, $2))
     order by s, a.area collate "C"`,
    [year, month],
  );

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
