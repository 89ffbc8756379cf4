/** Amounts by area and item, summed from rows. */
import { type Decimal, decimal, sum, zero } from '../rules/money';
import { OWN_EXPENDITURE, OWN_INCOME } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

/** Amounts by item of one part of one area; an item without a row is 0 (READINGS 7). */
export class ItemAmounts {
  private readonly byItem = new Map<string, Decimal>();
  add(item: string, amount: Decimal): void {
    this.byItem.set(item, this.of(item).plus(amount));
  }
  of(item: string): Decimal {
    return this.byItem.get(item) ?? zero;
  }
  get income(): Decimal {
    return sum(OWN_INCOME.map((item) => this.of(item)));
  }
  get expenditure(): Decimal {
    return sum(OWN_EXPENDITURE.map((item) => this.of(item)));
  }
}

/** Item amounts of every area of a scheme, for one part. */
export class AreaItems {
  private readonly byArea = new Map<string, ItemAmounts>();
  constructor(rows: readonly { area: string; item: string; amount: string }[]) {
    for (const { area, item, amount } of rows) this.area(area).add(item, decimal(amount));
  }
  area(area: string): ItemAmounts {
    let items = this.byArea.get(area);
    if (!items) this.byArea.set(area, (items = new ItemAmounts()));
    return items;
  }
}

export type ItemRow = { area: string; item: string; amount: string };

/** A table of one amount per area; a missing row is 0. */
export async function amounts(db: Queryable, sql: string, values: unknown[]): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(db, sql, values);
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? zero;
}
