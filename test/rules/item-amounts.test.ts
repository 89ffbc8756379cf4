/** Amounts by item: rows of one item add up, an item without a row is 0, and totals leave transfers between funds out. */
import { yuanText } from '../../rules/money';
import { AreaItems } from '../../rules/item-amounts';

const items = new AreaItems([
  { area: '150100', item: 'premium', amount: '100.00' },
  { area: '150100', item: 'premium', amount: '20.50' },
  { area: '150100', item: 'interest', amount: '3.00' },
  { area: '150100', item: 'superior_grant', amount: '900.00' },
  { area: '150100', item: 'inpatient', amount: '70.00' },
  { area: '150100', item: 'levy_to_superior', amount: '5.00' },
  { area: '150200', item: 'premium', amount: '1.00' },
]);

// area, what, yuan
test.each([
  ['150100', 'premium', '120.50'],
  ['150100', 'outpatient', '0.00'], // no row
  ['150200', 'premium', '1.00'],
  ['150300', 'premium', '0.00'], // no area
])('%s %s: %s', (area, item, amount) => {
  expect(yuanText(items.area(area).of(item))).toBe(amount);
});

test('income and expenditure of an area are its own: no grant from above, no levy paid upward', () => {
  expect(yuanText(items.area('150100').income)).toBe('123.50');
  expect(yuanText(items.area('150100').expenditure)).toBe('70.00');
});
