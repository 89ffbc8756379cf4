/** Reading one amount an area. */
import { type Decimal, decimal, zero } from '../rules/money';
import type { Queryable } from './connect';
import { select } from './rows';

/** A table of one amount per area; a missing row is 0. */
export async function amounts(
  db: Queryable,
  sql: string,
  bindings: Record<string, unknown>,
): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(db, sql, bindings);
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? zero;
}
