/** The region's summary of budgets: sums of the areas, without what areas and region hand each other (RULES 6). */
import fc from 'fast-check';
import { decimal, sum, yuanText } from '../../rules/money';
import { regionSummary } from '../../rules/region-budget';
import { ITEMS, type Item, LEVEL_ITEMS } from '../../rules/vocabulary';
import { signedAmount } from './arbitraries';

const row = (item: Item, amount: string) => ({ item, amount: decimal(amount) });

test('areas add up, levies and grants are eliminated, items that come to 0 are left out', () => {
  const areas = [
    row('inpatient', '700.00'),
    row('premium', '400.00'),
    row('levy_to_superior', '50.00'),
    row('premium', '600.01'),
    row('superior_grant', '20.00'),
    row('interest', '0.00'),
    row('outpatient', '1.00'),
    row('outpatient', '-1.00'),
  ];
  expect(regionSummary(areas).map(({ item, amount }) => [item, yuanText(amount)])).toEqual([
    ['premium', '1000.01'],
    ['inpatient', '700.00'],
  ]);
});

test('only the items between levels drop out', () => {
  const rows = fc.array(fc.record({ item: fc.constantFrom(...ITEMS), amount: signedAmount }), { maxLength: 40 });
  fc.assert(
    fc.property(rows, (areas) => {
      const own = areas.filter(({ item }) => !LEVEL_ITEMS.includes(item));
      const total = (list: typeof areas): string => yuanText(sum(list.map(({ amount }) => amount)));
      expect(total(regionSummary(areas))).toBe(total(own));
    }),
  );
});
