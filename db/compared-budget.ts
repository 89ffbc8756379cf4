/** A version of a budget beside what it is judged against: last accounts, the system's estimate, and the version before it. */
import type { Part } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';
import { select, selectOne } from './rows';

export interface ComparedItem {
  part: Part;
  item: string;
  accounts: string | null; // the newest final accounts that were imported
  estimate: string | null;
  before: string | null; // the version submitted before; of an adjustment, the budget in force on its date
  amount: string | null; // null: the version lacks it
  reason: string;
}

/** What of a budget is submitted: the first versions for 1 January, the later ones as adjustments within the year. */
const ROWS = `
  select version, part, item, amount, reason from fund.budget_submission
  where (fund_year, area, scheme) = (:year, :area, :scheme)
  union all
  select version, part, item, amount, reason from fund.budget_adjustment
  where (fund_year, area, scheme) = (:year, :area, :scheme)`;

/** The version that was submitted last before another one; null when it is the first. */
export async function versionBefore(db: Queryable, of: AreaSchemeYear, version: number): Promise<number | null> {
  const row = await selectOne<{ version: number | null }>(
    db,
    `select max(version) as version from fund.budget_check
     where (fund_year, area, scheme) = (:year, :area, :scheme) and version < :version`,
    { ...of, version },
  );
  return row?.version ?? null;
}

/** The version that was checked last: the one that an area is asked to mend. Null before the first. */
export const versionChecked = (db: Queryable, of: AreaSchemeYear): Promise<number | null> =>
  versionBefore(db, of, 1_000_000);

/** The items of a version; `date` is that of an adjustment, which changes the budget in force on it. */
export const comparedBudget = (
  db: Queryable,
  of: AreaSchemeYear,
  { version, before, date }: { version: number; before: number | null; date: string | null },
): Promise<ComparedItem[]> =>
  select<ComparedItem>(
    db,
    `with versions as (${ROWS}),
     amounts (part, item, source, amount) as (
       select part, item, 'accounts', amount from fund.history h where (fund_year, area, scheme) = (:year, :area, :scheme)
         and h.year = (select max(year) from fund.history where (fund_year, area, scheme) = (:year, :area, :scheme))
       union all
       select part, item, 'estimate', amount from fund.budget_estimate where (fund_year, area, scheme) = (:year, :area, :scheme)
       union all
       select part, item, 'before', amount from versions where :date::date is null and version = :before
       union all
       select part, item, 'before', amount from fund.budget_on(:year, :date::date)
         where :date::date is not null and (area, scheme) = (:area, :scheme)
       union all
       select part, item, 'amount', amount from versions where version = :version)
     select part, item,
       sum(amount) filter (where source = 'accounts') as accounts,
       sum(amount) filter (where source = 'estimate') as estimate,
       sum(amount) filter (where source = 'before') as before,
       sum(amount) filter (where source = 'amount') as amount,
       coalesce((select max(v.reason) from versions v where v.version = :version and (v.part, v.item) = (a.part, a.item)), '') as reason
     from amounts a where item not in ('total_income', 'total_expenditure', 'surplus') group by part, item
     order by part desc, item collate "C"`,
    { ...of, version, before, date },
  );

export interface StoredCheck {
  check: string;
  result: 'pass' | 'warn' | 'fail';
  figure: string;
}
/** What the checks said of a version. */
export const checksOfVersion = (
  db: Queryable,
  { year, area, scheme }: AreaSchemeYear,
  version: number,
): Promise<StoredCheck[]> =>
  db('budget_check').where({ fund_year: year, area, scheme, version }).select('check', 'result', 'figure');

/** The version that a chain of approvals is about: what was submitted at its beginning. */
export async function versionOfChain(db: Queryable, chain: string): Promise<number | null> {
  const row = await selectOne<{ version: number | null }>(
    db,
    `select version from fund.decision where chain = fund.submitted_in(:chain) and decision = 'submit'`,
    { chain },
  );
  return row?.version ?? null;
}
