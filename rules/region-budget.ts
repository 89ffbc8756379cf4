/**
 * The region's summary of approved budgets (自治区汇总): sum of the areas, levy and grant pairs eliminated, because what
 * an area hands up the region receives, and what the region grants an area receives (RULES 6).
 */
import { type Decimal, sum } from './money';
import { rule } from './rule';
import { type Item, ITEMS, LEVEL_ITEMS } from './vocabulary';

/** One item of the summary. */
export const summarisedItem = rule(
  {
    article:
      "A(五)“严格规范收支内容、标准和范围”；RULES 6“Region summary: sum of areas' budgets in force on 1 Jan Y”：上下级往来抵销",
    formula: 'sum(budgets)',
  },
  ({ budgets }: { budgets: readonly Decimal[] }) => sum(budgets),
);

/** One amount per item, in the order of the form; items without an amount are left out. */
export function regionSummary(rows: readonly { item: Item; amount: Decimal }[]): { item: Item; amount: Decimal }[] {
  return ITEMS.filter((item) => !LEVEL_ITEMS.includes(item))
    .map((item) => ({
      item,
      amount: summarisedItem({ budgets: rows.filter((row) => row.item === item).map((row) => row.amount) }),
    }))
    .filter(({ amount }) => !amount.isZero());
}
