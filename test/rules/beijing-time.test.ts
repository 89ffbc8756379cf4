/** Instants as a person in China reads them, whatever the machine’s zone. */
import { beijingDate, beijingTime, endOfDay, startOfDay } from '../../rules/beijing-time';

test.each([
  ['2026-08-31T16:00:00Z', '2026-09-01 00:00:00'],
  ['2027-12-31T15:59:59.999Z', '2027-12-31 23:59:59'],
  ['2028-02-29T01:30:00+08:00', '2028-02-29 01:30:00'],
])('%s is %s', (instant, time) => {
  expect(beijingTime(instant)).toBe(time);
});

test.each([
  ['2027-12-31T15:59:59.999Z', '2027-12-31'],
  ['2027-12-31T16:00:00Z', '2028-01-01'],
])('%s is on %s', (instant, date) => {
  expect(beijingDate(new Date(instant))).toBe(date);
});

test('a day begins where the one before it ends', () => {
  expect(new Date(startOfDay('2028-03-01')).toISOString()).toBe('2028-02-29T16:00:00.000Z');
  expect(endOfDay('2028-02-29')).toBe(startOfDay('2028-03-01'));
});
