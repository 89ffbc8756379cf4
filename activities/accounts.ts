/** 账面数: what an area's pooled accounts add up to, told by the rows that were added up. */
import { type Decimal, yuanText } from '../rules/money';
import type { Explained, Given } from '../rules/rule';

/** What the collection of a coverage year brought an area, the aid for its residents included: not in the actuals. */
export const collectedIn = (area: string, value: Decimal): Given<Decimal> => ({
  value,
  from: { figure: 'collection.premium', of: { area } },
});

/** The sum of the rows, and of what the collection brought where there is one. */
export function summed(article: string, rows: Given<Decimal>, collection: Given<Decimal> | null): Explained<Decimal> {
  const told = { value: yuanText(rows.value), from: rows.from };
  if (collection === null)
    return { value: rows.value, because: { article, formula: 'sum(rows)', inputs: { rows: told } } };
  return {
    value: rows.value.plus(collection.value),
    because: {
      article,
      formula: 'sum(rows) + collection',
      inputs: { rows: told, collection: { value: yuanText(collection.value), from: collection.from } },
    },
  };
}
