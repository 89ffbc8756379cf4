/** 批复生效: the items of the budget that comes into force, each with its reason. */
import { type BudgetOf, submittedRows } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { isKnown } from '../../rules/budget-checks';
import type { Decimal } from '../../rules/money';
import { type Because, taken } from '../../rules/rule';
import type { Item, Part } from '../../rules/vocabulary';
import { directedBudget } from './directed';

export interface ItemsInForce {
  items: { part: Part; item: Item; amount: Decimal; because: Because }[];
  because: Record<string, Because>;
}
type Adopted = BudgetOf & { origin: 'submitted' | 'directed'; version: number };

/** An approved version stands as it was submitted, known items alone. */
export async function submittedItems(db: Queryable, of: Adopted): Promise<ItemsInForce> {
  const { area, scheme, version } = of;
  const rows = await submittedRows(db, of, version);
  return {
    items: rows.flatMap(({ part, item, amount }) => {
      if (!isKnown(item, scheme)) return [];
      const from = { rows: 'budget_submissions.csv', of: { area, scheme, version, part, item } };
      return [{ part, item, amount, because: taken('A(五)“科学编制医保基金收支预算”', amount.toFixed(2), from) }];
    }),
    because: adopted(of, '报送并批复的版本'),
  };
}

/** A directed budget, item by item, as it was proposed and approved. */
export async function directedItems(db: Queryable, of: Adopted): Promise<ItemsInForce> {
  const { directed, because, itemBecause } = await directedBudget(db, of);
  return {
    items: directed.items.map((row) => ({ ...row, because: itemBecause(row.part, row.item) })),
    because: { ...because, ...adopted(of, '最高版本；没有报送时以系统测算为 0 版') },
  };
}

/** Which version it is, and how it came into force. */
function adopted({ area, scheme, origin, version }: Adopted, how: string): Record<'origin' | 'version', Because> {
  const checks = { figure: 'budget_checks.result', of: { area, scheme, by: 'version' } };
  const article = 'A(五)“以收定支、收支平衡、略有结余……不应编制当年赤字预算”';
  return {
    origin: {
      ...taken(article, origin, { stated: how }),
      inputs: { value: { value: origin, from: { stated: how } }, checks: { from: checks } },
    },
    version: taken(article, version, { stated: how }),
  };
}
