/** 测算表 of one area and scheme: what trend and factors give for every item, which was used, and what the budget has. */
import { type Decimal, decimal } from '../../rules/money';
import { ITEM_NAMES, type Item, PART_NAMES, type Part, type Scheme, itemsOf, partsOf } from '../../rules/vocabulary';
import type { Form, Line, Measure } from './form';

/** A row of `estimate.csv`. */
export interface EstimateRow {
  part: Part;
  item: Item;
  trend: string | null;
  factors: string | null;
  estimate: string;
}
const COLUMNS = { trend: '按历年趋势', factors: '按因素', estimate: '系统测算数' } as const;

export function estimateForm(
  { scheme, title, notices }: { scheme: Scheme; title: string; notices: readonly string[] },
  estimate: readonly EstimateRow[],
  budget: Measure,
): Form {
  const lines: Line[] = partsOf(scheme).flatMap((part) => {
    const rows = itemsOf(scheme).flatMap((item) => {
      const row = estimate.find((estimated) => estimated.part === part && estimated.item === item);
      const amounts = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((column) => amountOf(row?.[column]));
      const budgeted = budget.amountOf(part, ITEM_NAMES[item]);
      return row === undefined && budgeted.isZero()
        ? []
        : [{ name: ITEM_NAMES[item], weight: 'item' as const, amounts: [...amounts, budgeted] }];
    });
    return [{ name: PART_NAMES[part], weight: 'heading' as const, amounts: [] }, ...rows];
  });
  const columns = [...Object.values(COLUMNS), budget.name].map((group) => ({ group, part: '' }));
  return { title, notices, columns, compared: [], lines };
}

const amountOf = (cell: string | null | undefined): Decimal | null => (cell == null ? null : decimal(cell));
