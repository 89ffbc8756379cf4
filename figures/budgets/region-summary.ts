/** 自治区汇总: the budgets in force summed by item, each sum with its reason. */
import type { Decimal } from '../../rules/money';
import { regionSummary, summarisedItem } from '../../rules/region-budget';
import { type Because, reasonOf } from '../../rules/rule';
import type { Item, Part, Scheme } from '../../rules/vocabulary';

interface BudgetedItem {
  scheme: Scheme;
  part: Part;
  item: Item;
  amount: Decimal;
}

export function summaryOf(budgets: readonly BudgetedItem[]): (BudgetedItem & { because: Because })[] {
  const groups = [...new Set(budgets.map(({ scheme, part }) => `${scheme} ${part}`))].sort();
  return groups.flatMap((group) => {
    const [scheme, part] = group.split(' ') as [Scheme, Part];
    const rows = budgets.filter((row) => row.scheme === scheme && row.part === part);
    return regionSummary(rows).map(({ item, amount }) => ({
      scheme,
      part,
      item,
      amount,
      because: reasonOf(summarisedItem, {
        budgets: { from: { rows: 'budgets.csv', of: { scheme, part, item, by: 'area' } } },
      }),
    }));
  });
}
