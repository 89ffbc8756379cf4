/** Amounts by item as the tests of figures write them. */
import { AreaItems, ItemAmounts } from '../../rules/item-amounts';
import { decimal } from '../../rules/money';
import type { Item } from '../../rules/vocabulary';

type Amounts = Partial<Record<Item, string>>;

export function itemAmounts(amounts: Amounts): ItemAmounts {
  const all = new ItemAmounts();
  for (const [item, amount] of Object.entries(amounts)) all.add(item, decimal(amount));
  return all;
}

export const areaItems = (areas: Record<string, Amounts>): AreaItems =>
  new AreaItems(
    Object.entries(areas).flatMap(([area, amounts]) =>
      Object.entries(amounts).map(([item, amount]) => ({ area, item, amount })),
    ),
  );
