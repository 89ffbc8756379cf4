/** 批复生效: the items of the budget that comes into force, each with its reason. */
import { ADJUSTED } from '../../rules/budget-adjustment';
import { ADOPTED, SUBMITTED_ITEM, type SubmittedRow, isKnown } from '../../rules/budget-checks';
import type { Decimal } from '../../rules/money';
import { type Because, taken } from '../../rules/rule';
import type { Item, Part, Scheme } from '../../rules/vocabulary';
import type { Directed } from './directed';

interface ItemsInForce {
  items: { part: Part; item: Item; amount: Decimal; because: Because }[];
  because: Record<string, Because>;
}
interface Version {
  scheme: Scheme;
  area: string;
  version: number;
}

/** An approved version takes effect as it was submitted, known items only. */
export function submittedItems(budget: Version, rows: readonly SubmittedRow[]): ItemsInForce {
  const { area, scheme, version } = budget;
  return {
    items: rows.flatMap(({ part, item, amount }) => {
      if (!isKnown(item, scheme)) return [];
      const from = { rows: 'budget_submissions.csv', of: { area, scheme, version, part, item } };
      return [{ part, item, amount, because: taken(SUBMITTED_ITEM, amount.toFixed(2), from) }];
    }),
    because: adopted(budget, 'submitted', '报送并批复的版本'),
  };
}

/** An adjustment takes effect as it was approved, known items only, from the first day of a month. */
export function adjustedItems(
  budget: Version,
  rows: readonly SubmittedRow[],
  { date, approvedOn, from }: { date: string; approvedOn: string; from: string },
): ItemsInForce {
  const { area, scheme, version } = budget;
  const cells = { area, scheme, version };
  const file = 'budget_adjustments.csv';
  const since = taken(ADJUSTED, from, { stated: '文件所载日期与最后一级批准日期两者较晚者的次月首日' });
  return {
    items: rows.flatMap(({ part, item, amount }) => {
      if (!isKnown(item, scheme)) return [];
      const line = { rows: file, of: { ...cells, part, item } };
      return [{ part, item, amount, because: taken(ADJUSTED, amount.toFixed(2), line) }];
    }),
    because: {
      from: {
        ...since,
        inputs: {
          ...since.inputs,
          dated: { value: date, from: { rows: file, of: { ...cells, column: 'date' } } },
          approved: { value: approvedOn, from: { stated: '最后一级批准日期' } },
          checks: { from: { figure: 'budget_checks.result', of: { ...cells, by: 'check' } } },
        },
      },
    },
  };
}

/** A directed budget, item by item, as it was proposed and approved. */
export const directedItems = (budget: Version, { directed, because, itemBecause }: Directed): ItemsInForce => ({
  items: directed.items.map((row) => ({ ...row, because: itemBecause(row.part, row.item) })),
  because: { ...because, ...adopted(budget, 'directed', '最高版本；没有报送时以系统测算为 0 版') },
});

/** Which version it is, and how it came into force. */
function adopted(
  { area, scheme, version }: Version,
  origin: 'submitted' | 'directed',
  how: string,
): Record<'origin' | 'version', Because> {
  const checks = { figure: 'budget_checks.result', of: { area, scheme, by: 'version' } };
  const bothInputs = taken(ADOPTED, origin, { stated: how });
  return {
    origin: { ...bothInputs, inputs: { ...bothInputs.inputs, checks: { from: checks } } },
    version: taken(ADOPTED, version, { stated: how }),
  };
}
