/** Monthly actuals (月度收支). */
import { decimal } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import { AreaItems, type ItemRow } from '../rules/item-amounts';
import type { Queryable } from './connect';
import { select } from './rows';

/** Actuals of January to `month`, pooled. */
export async function actualItems(db: Queryable, fundYear: number, scheme: Scheme, month = 12) {
  return new AreaItems(
    await select<ItemRow>(
      db,
      `select area, item, sum(amount) as amount from fund.actual
       where fund_year = :fundYear and scheme = :scheme and part = 'pooled' and month <= :month group by area, item`,
      { fundYear, scheme, month },
    ),
  );
}

/** Every actual of one month, row by row: each is booked as it was reported. */
export async function actualsOfMonth(db: Queryable, fundYear: number, month: number) {
  const rows = await db('actual')
    .where({ fund_year: fundYear, month })
    .select('area', 'scheme', 'part', 'item', 'amount');
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}
