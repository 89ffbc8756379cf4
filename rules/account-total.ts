/**
 * 账面数: what the items of an area add up to. The resident collection is booked day by day and is not in the actuals, so
 * its income is added to them.
 *
 * Law: A(5) “健全基金运行分析与风险预警机制”; RULES 4 “Premium is gross”. Units: yuan, pooled fund only.
 */
import type { Decimal } from './money';
import { rule } from './rule';

const ARTICLE = 'A(五)“健全基金运行分析与风险预警机制”';

/** Items that are all in one file: `rows` is what its rows add up to. */
export const accountTotal = rule(
  { article: ARTICLE, formula: 'sum(rows)' },
  ({ rows }: { rows: Decimal }): Decimal => rows,
);

/** The same where residents' premium comes from the collection. */
export const accountTotalWithCollection = rule(
  { article: ARTICLE, formula: 'sum(rows) + collection' },
  ({ rows, collection }: { rows: Decimal; collection: Decimal }) => rows.plus(collection),
);
