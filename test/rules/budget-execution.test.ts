/** 季度预算执行: the ratio of an item's actual to its budget in force. */
import { executedShare } from '../../rules/budget-execution';
import { lastMonthOf } from '../../rules/calendar-day';
import { decimal, ratioText } from '../../rules/money';

// prettier-ignore
test.each([
  // why                                                actual       in force     ratio
  ['a quarter of a budget of 480,000 is 0.375 of it',   '180000.00', '480000.00', '0.3750'],
  ['the whole year is the base, not a part of it',      '360000.00', '480000.00', '0.7500'],
  ['more than the budget',                              '720000.00', '560000.00', '1.2857'],
  ['half away from zero',                               '0.50',      '10000.00',  '0.0001'],
  ['less than half of the last decimal',                '0.49',      '10000.00',  '0.0000'],
  ['nothing yet',                                       '0.00',      '10000.00',  '0.0000'],
  ['refunds of an item beyond its income',              '-10.00',    '40.00',     '-0.2500'],
])('%s', (_, actual, in_force, ratio) => {
  const share = executedShare({ actual: decimal(actual), in_force: decimal(in_force) });
  expect(share === '' ? '' : ratioText(share)).toBe(ratio);
});

test('without a budget there is no ratio, whatever was spent', () => {
  expect(executedShare({ actual: decimal('5.00'), in_force: decimal('0.00') })).toBe('');
});

test('a quarter ends with its third month', () => {
  expect(([1, 2, 3, 4] as const).map(lastMonthOf)).toEqual([3, 6, 9, 12]);
});
