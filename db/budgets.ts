/** Reading budgets: submitted versions, estimates and what is in force. */
import { type Decimal, decimal } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

export interface BudgetOf {
  year: number;
  scheme: Scheme;
  area: string;
}

/** One version as it was submitted, total rows and unknown items included. */
export async function submittedRows(db: Queryable, { year, scheme, area }: BudgetOf, version: number) {
  const rows = await select<{ part: Part; item: string; amount: string; reason: string }>(
    db,
    `select part, item, amount, reason from fund.budget_submission
     where fund_year = $1 and scheme = $2 and area = $3 and version = $4 order by part, item collate "C"`,
    [year, scheme, area, version],
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/** The highest version an area has submitted; 0 when there is none. */
export async function lastVersion(db: Queryable, { year, scheme, area }: BudgetOf): Promise<number> {
  const row = await selectOne<{ version: number | null }>(
    db,
    'select max(version) as version from fund.budget_submission where fund_year = $1 and scheme = $2 and area = $3',
    [year, scheme, area],
  );
  return row?.version ?? 0;
}

/** The system's estimate, by part and item. */
export async function estimateItems(db: Queryable, { year, scheme, area }: BudgetOf) {
  const rows = await select<{ part: Part; item: Item; amount: string }>(
    db,
    'select part, item, amount from fund.budget_estimate where fund_year = $1 and scheme = $2 and area = $3',
    [year, scheme, area],
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount), reason: '' }));
}

export interface BudgetItem {
  area: string;
  scheme: Scheme;
  part: Part;
  item: Item;
  amount: Decimal;
}
/** Every item of every budget in force. */
export async function itemsInForce(db: Queryable, year: number): Promise<BudgetItem[]> {
  const rows = await select<Omit<BudgetItem, 'amount'> & { amount: string }>(
    db,
    `select area, scheme, part, item, amount from fund.budget_item
     where fund_year = $1 order by area collate "C", scheme, part, item`,
    [year],
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/** The budgets in force, with where they came from. */
export const budgetsInForce = (
  db: Queryable,
  year: number,
): Promise<{ area: string; scheme: Scheme; origin: 'submitted' | 'directed'; version: number }[]> =>
  select(
    db,
    'select area, scheme, origin, version from fund.budget where fund_year = $1 order by area collate "C", scheme',
    [year],
  );

/** The task of an area: how many it was to insure; null where the cell is empty or the row missing. */
export async function targetInsured(db: Queryable, { year, scheme, area }: BudgetOf): Promise<Decimal | null> {
  const row = await selectOne<{ target_insured: string | null }>(
    db,
    'select target_insured from fund.insured where fund_year = $1 and area = $2 and scheme = $3',
    [year, area, scheme],
  );
  return row?.target_insured == null ? null : decimal(row.target_insured);
}
