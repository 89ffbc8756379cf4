/** Budgets: submitted versions, the system's estimate, and what is in force. */
import { type Decimal, decimal } from '../rules/money';
import { budgetOf } from '../rules/keys';
import type { Item, Part, Role, Scheme } from '../rules/vocabulary';
import { AreaItems } from '../rules/item-amounts';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';
import { select, selectOne } from './rows';

/** One version as it was submitted, with its rows of totals and unknown items. */
export async function submittedRows(db: Queryable, { year, scheme, area }: AreaSchemeYear, version: number) {
  const rows = await db('budget_submission')
    .where({ fund_year: year, scheme, area, version })
    .orderByRaw('part, item collate "C"')
    .select('part', 'item', 'amount', 'reason');
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/** The rows of a version as one hash, of a budget for 1 January or of an adjustment; undefined where there is no such version. */
export async function rowsHash(
  db: Queryable,
  { year, scheme, area }: AreaSchemeYear,
  version: number,
): Promise<string | undefined> {
  const row = await selectOne<{ hash: string | null }>(
    db,
    'select fund.rows_hash(:year, :area, :scheme, :version) as hash',
    { year, area, scheme, version },
  );
  return row?.hash ?? undefined;
}

/** The highest version an area has submitted; 0 when there is none. */
export async function lastVersion(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<number> {
  const row = await selectOne<{ version: number | null }>(
    db,
    'select max(version) as version from fund.budget_submission where fund_year = :year and scheme = :scheme and area = :area',
    { year, scheme, area },
  );
  return row?.version ?? 0;
}

/**
 * The version that is to be submitted next for the budget that a chain decides on, by whom, and the hash of its rows: the first above
 * all checked ones; null when there is none.
 */
export async function nextSubmission(
  db: Queryable,
  chain: string,
): Promise<{ version: number; operator: string; rowsHash: string } | null> {
  const budget = budgetOf(chain);
  if (budget === null) return null;
  const next = await selectOne<{ version: number; operator: string; rowsHash: string }>(
    db,
    `select s.version, min(s.submitted_by) as operator, fund.rows_hash(:year, :area, :scheme, s.version) as "rowsHash"
     from fund.budget_submission s
     where s.fund_year = :year and s.scheme = :scheme and s.area = :area
       and not exists (select from fund.budget_check c
                       where (c.fund_year, c.area, c.scheme) = (s.fund_year, s.area, s.scheme) and c.version >= s.version)
     group by s.version order by s.version limit 1`,
    { ...budget },
  );
  return next ?? null;
}

/** The budgets that are estimated and not in force yet: their areas are to fill them in. */
export const budgetsToFill = (db: Queryable, year: number): Promise<{ area: string; scheme: Scheme }[]> =>
  select(
    db,
    `select distinct area, scheme from fund.budget_estimate e where fund_year = :year and not exists (
       select from fund.budget b where (b.fund_year, b.area, b.scheme) = (e.fund_year, e.area, e.scheme))
     order by 1, 2`,
    { year },
  );

/** The versions of a budget that were imported, and whether each has been checked. */
export const versionsOf = (
  db: Queryable,
  year: number,
  scheme: string,
  area: string,
): Promise<{ version: number; isChecked: boolean }[]> =>
  select(
    db,
    `select s.version, exists (select from fund.budget_check c
       where (c.fund_year, c.area, c.scheme, c.version) = (s.fund_year, s.area, s.scheme, s.version)) as "isChecked"
     from fund.budget_submission s where fund_year = :year and scheme = :scheme and area = :area
     group by s.fund_year, s.area, s.scheme, s.version order by s.version`,
    { year, scheme, area },
  );

/** The versions that were imported and not submitted yet. */
export async function unsubmittedVersions(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<number[]> {
  const versions = await versionsOf(db, year, scheme, area);
  return versions.filter(({ isChecked }) => !isChecked).map(({ version }) => version);
}

interface ImportedRow {
  part: Part;
  item: string;
  amount: string;
  reason: string;
  submitted_by: string;
}

/** The last version that was imported, with its rows, and whether it was submitted; null before the first. */
export async function lastImported(
  db: Queryable,
  of: AreaSchemeYear,
): Promise<{ version: number; isChecked: boolean; rows: ImportedRow[] } | null> {
  const { year, area, scheme } = of;
  const last = (await versionsOf(db, year, scheme, area)).at(-1);
  if (last === undefined) return null;
  const { version } = last;
  const rows = await db('budget_submission')
    .where({ fund_year: year, area, scheme, version })
    .select('part', 'item', 'amount', 'reason', 'submitted_by');
  return { ...last, rows };
}

/** Which version a return was about, and which office and person returned it. */
export async function returnedVersion(
  db: Queryable,
  task: string,
): Promise<{ version: number; role: Role; name: string }> {
  const found = await selectOne<{ version: number; role: Role; name: string }>(
    db,
    `select s.version, t.role, o.name
     from fund.decision r
     join fund.task t on t.task = r.task
     join fund.decision s on s.chain = fund.submitted_in(r.chain) and s.decision = 'submit'
     join fund.operator o on (o.fund_year, o.operator) = (r.fund_year, r.operator)
     where r.task = :task and r.decision = 'return'`,
    { task },
  );
  if (found === undefined) throw new Error(`Nothing was returned by ${task}.`);
  return found;
}

/** The system's estimate, by part and item. */
export async function estimateItems(db: Queryable, { year, scheme, area }: AreaSchemeYear) {
  const rows = await db('budget_estimate').where({ fund_year: year, scheme, area }).select('part', 'item', 'amount');
  return rows.map((row) => ({ ...row, amount: decimal(row.amount), reason: '' }));
}

/** The system's estimate with its two sides: by trend, and by factors where there are any. */
export async function estimateSides(db: Queryable, { year, scheme, area }: AreaSchemeYear) {
  const rows = await db('budget_estimate')
    .where({ fund_year: year, scheme, area })
    .orderByRaw('part desc, item')
    .select('part', 'item', 'amount', 'trend', 'factors');
  return rows.map(({ part, item, amount, trend, factors }) => ({
    part,
    item,
    amount: decimal(amount),
    trend: trend === null ? null : decimal(trend),
    factors: factors === null ? null : decimal(factors),
  }));
}

interface BudgetItem {
  area: string;
  scheme: Scheme;
  part: Part;
  item: Item;
  amount: Decimal;
}

/** Every item of every budget in force. */
export async function itemsInForce(db: Queryable, year: number): Promise<BudgetItem[]> {
  const rows = await db('budget_item')
    .where({ fund_year: year })
    .orderByRaw('area collate "C", scheme, part, item')
    .select('area', 'scheme', 'part', 'item', 'amount');
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/** Items of the budgets in force, pooled. */
export async function budgetItems(db: Queryable, fundYear: number, scheme: Scheme) {
  return new AreaItems(
    await db('budget_item').where({ fund_year: fundYear, scheme, part: 'pooled' }).select('area', 'item', 'amount'),
  );
}

/** The system's estimate of every area, pooled. */
export async function estimatedItems(db: Queryable, fundYear: number, scheme: Scheme) {
  return new AreaItems(
    await db('budget_estimate').where({ fund_year: fundYear, scheme, part: 'pooled' }).select('area', 'item', 'amount'),
  );
}

/** The budgets in force, with where they came from. */
export const budgetsInForce = (
  db: Queryable,
  year: number,
): Promise<{ area: string; scheme: Scheme; origin: 'submitted' | 'directed'; version: number }[]> =>
  db('budget')
    .where({ fund_year: year })
    .orderByRaw('area collate "C", scheme')
    .select('area', 'scheme', 'origin', 'version');
