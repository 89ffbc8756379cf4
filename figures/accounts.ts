/** 账面数: an area's pooled accounts added up, with the rows and the collection that the sum rests on. */
import { accountTotal, accountTotalWithCollection } from '../rules/account-total';
import { type Decimal, yuanText } from '../rules/money';
import { type Explained, type Given, type Source, reasonOf } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';

/** What the collection of a coverage year brought an area, the aid for its residents included: not in the actuals. */
export const collectedIn = (area: string, value: Decimal): Given<Decimal> => ({
  value,
  from: { figure: 'collection.premium', of: { area } },
});

/**
 * Where the surplus of 1 January comes from: the file; or the figure without the advance premium, where the file's opening
 * holds it. Without an area it is the list of all areas.
 */
export const openingSource = (
  { area, scheme, year }: { area?: string; scheme: Scheme; year: number },
  holdsAdvance = false,
): Source =>
  holdsAdvance
    ? { figure: 'opening_surplus.surplus', of: { scheme, ...(area === undefined ? {} : { area }) } }
    : {
        rows: 'opening.csv',
        of: {
          ...(area === undefined ? {} : { area }),
          ...{ scheme, part: 'pooled', year, column: 'accumulated_surplus' },
          ...(area === undefined ? { by: 'area' } : {}),
        },
      };

/** The sum of the rows and of what a collection brought. `article` is the law that asks for the sum. */
export function summed(article: string, rows: Given<Decimal>, collection: Given<Decimal> | null): Explained<Decimal> {
  const input = ({ value, from }: Given<Decimal>) => ({ value: yuanText(value), from });
  if (collection === null) {
    return {
      value: accountTotal({ rows: rows.value }),
      because: { ...reasonOf(accountTotal, { rows: input(rows) }), article },
    };
  }
  return {
    value: accountTotalWithCollection({ rows: rows.value, collection: collection.value }),
    because: {
      ...reasonOf(accountTotalWithCollection, { rows: input(rows), collection: input(collection) }),
      article,
    },
  };
}
