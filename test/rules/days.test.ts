/** Calendar arithmetic: the ends of months, days across years, quarters. */
import { daysAfter, monthEnd, quarterOf } from '../../rules/days';

test.each([
  [2028, 2, '2028-02-29'],
  [2027, 2, '2027-02-28'],
  [2100, 2, '2100-02-28'],
  [2028, 4, '2028-04-30'],
  [2028, 12, '2028-12-31'],
])('month %s-%s ends on %s', (year, month, end) => {
  expect(monthEnd(year, month)).toBe(end);
});

test.each([
  ['2028-02-28', 1, '2028-02-29'],
  ['2027-12-31', 15, '2028-01-15'],
  ['2028-01-01', -1, '2027-12-31'],
  ['2028-03-01', 0, '2028-03-01'],
])('%s and %s days is %s', (date, days, then) => {
  expect(daysAfter(date, days)).toBe(then);
});

test.each([
  ['2028-01-01', '2028-1'],
  ['2028-03-31', '2028-1'],
  ['2028-04-01', '2028-2'],
  ['2028-12-31', '2028-4'],
])('%s falls into the quarter %s', (date, quarter) => {
  expect(quarterOf(date)).toBe(quarter);
});
