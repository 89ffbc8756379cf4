/** Which steps of a fund year are done, and what is missing of those that are not. */
import { actKey, actsOfYear, collectionId } from '../rules/keys';
import { SCHEMES, type Scheme } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { holdYear } from './fund-year';
import { select } from './rows';

/** What may be left of a part of a year. */
export type LeftWork =
  'budget' | 'reconciliation' | 'december check' | 'unknown area' | 'subsidy' | 'settlement' | 'method';

export interface Left {
  work: LeftWork;
  name: string | null; // of the area
  scheme: Scheme | null;
}

/** Work that is left, each with an area or a scheme where there is one for each. */
const LEFT = {
  budgets: `
    select 'budget' as work, a.name_zh as name, s.scheme
    from fund.area a cross join lateral unnest(a.schemes) as s (scheme)
    where a.fund_year = :year
      and not exists (select from fund.budget b where (b.fund_year, b.area, b.scheme) = (a.fund_year, a.area, s.scheme))
    order by a.area collate "C", s.scheme`,
  // A collection is done when it is reconciled and every difference is accepted.
  collections: `
    select 'reconciliation' as work, a.name_zh as name, 'resident' as scheme from fund.area a
    where a.fund_year = :year and 'resident' = any (a.schemes)
      and (not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))
        or exists (select from fund.task t where t.fund_year = a.fund_year and t.kind = 'accept_finding'
                   and t.area = a.area and t.state = 'open'))
    order by a.area collate "C"`,
  // The final accounts: twelve months checked, every collection reconciled, the subsidy settled.
  accounts: `
    select w.work, null as name, null as scheme
    from (values ('december check', :decemberCheck), ('unknown area', :unknownArea), ('subsidy', :subsidy)) as w (work, act)
    where not exists (select from fund.act where act.key = w.act)`,
  adjustments: `
    select 'settlement' as work, null as name, s.scheme
    from (select distinct scheme from fund.levy_estimate where fund_year = :year) s
    where not exists (select from fund.act where key = :settlements::jsonb ->> s.scheme::text)
    union all
    select 'method', null, null from fund.task
    where fund_year = :year and kind = 'record_method' and state = 'open'`,
} as const;

/** What is left of a part of a year. */
export function leftOf(db: Queryable, year: number, part: keyof typeof LEFT): Promise<Left[]> {
  const settlements = Object.fromEntries(SCHEMES.map((scheme) => [scheme, actKey.settlementPaid(year, scheme)]));
  return select<Left>(db, LEFT[part], {
    year,
    decemberCheck: actKey.monthChecked(year, 12),
    unknownArea: actKey.unknownAreaReconciled(year),
    subsidy: actKey.subsidySettled(year),
    settlements: JSON.stringify(settlements),
  });
}

/** The keys of the acts that are done in a year. */
export async function doneActs(db: Queryable, year: number): Promise<ReadonlySet<string>> {
  const rows = await select<{ key: string }>(db, `select key from fund.act where starts_with(key, :prefix)`, {
    prefix: actsOfYear(year),
  });
  return new Set(rows.map(({ key }) => key));
}

/** Whether the openings of a year are booked. The year stays locked until the transaction ends, so that they are not booked meanwhile. */
export async function haveBooksOpened(trx: Transaction, fundYear: number): Promise<boolean> {
  await holdYear(trx, fundYear);
  const opened = await trx('act')
    .where({ key: actKey.booksOpened(fundYear) })
    .first('key');
  return opened !== undefined;
}

export interface Missing {
  area: string;
  name: string;
  scheme: Scheme;
}

/** Tables of results that the calendar sets a date for. */
export const RESULTS = {
  collection_term: { scheme: 'resident' },
  budget: { scheme: null },
  collection: { scheme: 'resident' },
  subsidy: { scheme: 'resident' },
  levy_estimate: { scheme: null },
  sharing: { scheme: null },
} as const;

export type ResultTable = keyof typeof RESULTS;

/** The areas and schemes of a year whose result is missing. Only `schemes` count: those in phase, for what the adjustment fund does. */
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
     where a.fund_year = :year and s = any (:schemes)
       and not exists (select from fund.${table} r where (r.fund_year, r.area) = (a.fund_year, a.area) ${ofScheme})
     order by s, a.area collate "C"`,
    { year, schemes: scheme === null ? schemes : schemes.filter((one) => one === scheme) },
  );
}

/** The areas and schemes of a year that a month's check is missing for. */
export const missingChecks = (db: Queryable, year: number, month: number): Promise<Missing[]> =>
  select<Missing>(
    db,
    `select a.area, a.name_zh as name, s as scheme from fund.area a, unnest(a.schemes) s
     where a.fund_year = :year
       and not exists (select from fund.risk r where (r.fund_year, r.area, r.scheme, r.month) = (a.fund_year, a.area, s, :month))
     order by s, a.area collate "C"`,
    { year, month },
  );

/** Workflows of a year to which new files may matter: the year itself, its collections, and those that wait for a file or about bank differences. */
export async function workflowsToTell(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ id: string; area: null } | { id: null; area: string }>(
    db,
    `select workflow_id as id, null as area from fund.fund_year where year = :year and workflow_id is not null
     union select workflow_id, null from fund.task where fund_year = :year and state = 'open'
       and (kind = 'import' or kind = 'accept_finding' and chain like workflow_id || '/differences/%')
     union
     select null, a.area from fund.area a
     where a.fund_year = :year and 'resident' = any (a.schemes)
       and exists (select from fund.act where key = :collectionOpened)
       and not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))`,
    { year, collectionOpened: actKey.collectionOpened(year) },
  );
  return [...new Set(rows.map(({ id, area }) => id ?? collectionId(year, area)))];
}
