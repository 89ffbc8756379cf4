/** 季度预算执行: every item of every budget against the books at the end of each quarter. Like a balance, it is stored nowhere. */
import { type ExecutedItem, executedShare } from '../rules/budget-execution';
import { QUARTERS, type Quarter, lastMonthOf } from '../rules/calendar-day';
import { decimal, ratioText } from '../rules/money';
import { DEBIT_ACCOUNTS } from '../rules/posting';
import { ITEM_NAMES } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { checkedMonths } from './risk';
import { select } from './rows';

/** The quarters whose last month has been checked, so that the books hold them. */
async function quartersBooked(db: Queryable, year: number): Promise<Quarter[]> {
  const months = await checkedMonths(db, year);
  return QUARTERS.filter((quarter) => months.includes(lastMonthOf(quarter)));
}

/** An item at the end of a quarter, with the ratio of its execution. */
export type ExecutionRow = ExecutedItem & { ratio: string };

/** The items of a year for which anything is budgeted or booked, quarter by quarter (READINGS 58). */
export async function quarterlyExecution(db: Queryable, year: number): Promise<ExecutionRow[]> {
  const rows = await select<ExecutedItem>(
    db,
    `with booked as (
       select l.entity as area, l.scheme, l.part, n.item, extract(quarter from l.date)::int as quarter,
         sum(case when l.account = any (:debitAccounts) then l.debit_less_credit else -l.debit_less_credit end) as amount
       from fund.ledger l join jsonb_each_text(:itemNames::jsonb) as n (item, account) on n.account = l.account
       where l.fund_year = :year and l.date between make_date(:year, 1, 1) and make_date(:year, 12, 31) and l.entity <> 'region'
       group by 1, 2, 3, 4, 5
     ), budgeted as (
       select area::text as area, scheme, part, item, amount from fund.budget_item where fund_year = :year
     ), in_force as (
       select q.quarter, o.area::text as area, o.scheme, o.adjustment, o.part, o.item, o.amount
       from unnest(:quarters::int[]) as q (quarter),
         fund.budget_on(:year, (make_date(:year, 3 * q.quarter, 1) + interval '1 month - 1 day')::date) o
     ), adjusted as (
       select area, scheme, quarter, max(adjustment) as adjustment from in_force group by area, scheme, quarter
     ), to_date as (
       select k.area, k.scheme, k.part, k.item, q.quarter, sum(k.amount) as amount
       from booked k join unnest(:quarters::int[]) as q (quarter) on k.quarter <= q.quarter
       group by k.area, k.scheme, k.part, k.item, q.quarter
     ), listed as (
       select area, scheme, part, item from booked
       union select area, scheme, part, item from budgeted
       union select area, scheme, part, item from in_force
     )
     select i.area, i.scheme, q.quarter, i.part, i.item,
       coalesce(b.amount, 0.00) as budget, coalesce(f.amount, 0.00) as budget_in_force, coalesce(a.amount, 0.00) as actual, v.adjustment
     from listed i cross join unnest(:quarters::int[]) as q (quarter)
     left join budgeted b using (area, scheme, part, item)
     left join in_force f using (quarter, area, scheme, part, item)
     left join to_date a using (quarter, area, scheme, part, item)
     left join adjusted v using (quarter, area, scheme)
     where b.amount <> 0 or f.amount <> 0 or a.amount <> 0`,
    {
      year,
      quarters: await quartersBooked(db, year),
      itemNames: JSON.stringify(ITEM_NAMES),
      debitAccounts: DEBIT_ACCOUNTS,
    },
  );
  return rows.map((row) => ({ ...row, ratio: ratioOf(row) }));
}

function ratioOf({ actual, budget_in_force }: Pick<ExecutedItem, 'actual' | 'budget_in_force'>): string {
  const ratio = executedShare({ actual: decimal(actual), in_force: decimal(budget_in_force) });
  return ratio === '' ? '' : ratioText(ratio);
}
