/** Amounts by item (科目) of one area, and of all areas: what budgets, actuals and final accounts are read into. RULES 1. */
import { type Decimal, decimal, sum, zero } from './money';
import { OWN_EXPENDITURE, OWN_INCOME } from './vocabulary';

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

export interface ItemRow {
  area: string;
  item: string;
  amount: string; // yuan
}

/** Item amounts of every area of a scheme, for one part. */
export class AreaItems {
  private readonly byArea = new Map<string, ItemAmounts>();
  constructor(rows: readonly ItemRow[]) {
    for (const { area, item, amount } of rows) this.area(area).add(item, decimal(amount));
  }
  area(area: string): ItemAmounts {
    let items = this.byArea.get(area);
    if (!items) this.byArea.set(area, (items = new ItemAmounts()));
    return items;
  }
}
