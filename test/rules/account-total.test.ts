/** What an area's items add up to, with and without the resident collection. */
import { accountTotal, accountTotalWithCollection } from '../../rules/account-total';
import { decimal, yuanText } from '../../rules/money';

test('without a collection it is the rows alone', () => {
  expect(yuanText(accountTotal({ rows: decimal('880.00') }))).toBe('880.00');
});

// rows of the actuals, collection, total
test.each([
  ['880.00', '120.50', '1000.50'],
  ['880.00', '0.00', '880.00'],
  ['0.00', '120.50', '120.50'],
  ['-5.00', '120.50', '115.50'], // a correction
])('%s and a collection of %s: %s', (rows, collection, total) => {
  expect(yuanText(accountTotalWithCollection({ rows: decimal(rows), collection: decimal(collection) }))).toBe(total);
});
