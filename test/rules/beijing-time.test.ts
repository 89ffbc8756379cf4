/** Instants as a person in China reads them, whatever the machine's zone. */
import { beijingTime } from '../../rules/beijing-time';

test.each([
  ['2026-08-31T16:00:00Z', '2026-09-01 00:00:00'],
  ['2027-12-31T15:59:59.999Z', '2027-12-31 23:59:59'],
  ['2028-02-29T01:30:00+08:00', '2028-02-29 01:30:00'],
])('%s is %s', (instant, told) => {
  expect(beijingTime(instant)).toBe(told);
});
