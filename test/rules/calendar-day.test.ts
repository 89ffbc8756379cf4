/** Days of the calendar: real dates, the ends of months, days and months across years, quarters. */
import fc from 'fast-check';
import {
  dateIn,
  daysAfter,
  daysBetween,
  isRealDate,
  lastDayOfFebruary,
  monthEnd,
  monthsAfter,
  quarterOf,
} from '../../rules/calendar-day';

test.each(['2028-02-29', '2000-02-29', '2027-02-28', '0001-01-01', '9999-12-31'])('%s is a real date', (date) => {
  expect(isRealDate(date)).toBe(true);
});

test.each([
  '2027-02-29',
  '2100-02-29',
  '2028-04-31',
  '2028-13-01',
  '2028-00-10',
  '2028-01-00',
  '2028-01-32',
  '0000-01-01',
  '2028-1-1',
  '20280101',
  '+010000-01-01',
  '2028-01-01T00:00:00Z',
  '',
])('“%s” is none', (text) => {
  expect(isRealDate(text)).toBe(false);
});

test.each([
  [2028, 2, '2028-02-29'],
  [2027, 2, '2027-02-28'],
  [2100, 2, '2100-02-28'],
  [2028, 4, '2028-04-30'],
  [2028, 12, '2028-12-31'],
])('month %s-%s ends on %s', (year, month, end) => {
  expect(monthEnd(year, month)).toBe(end);
});

test('February ends on the leap day where there is one', () => {
  expect(lastDayOfFebruary(2028)).toBe('2028-02-29');
  expect(lastDayOfFebruary(2029)).toBe('2029-02-28');
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
  ['2027-01-31', 1, '2027-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2027-11-30', 3, '2028-02-29'],
  ['2027-12-31', 12, '2028-12-31'],
  ['2028-03-15', 0, '2028-03-15'],
])('%s and %s months is %s', (date, months, then) => {
  expect(monthsAfter(date, months)).toBe(then);
});

test.each([
  ['2028-02-28', '2028-03-01', 2],
  ['2027-02-28', '2027-03-01', 1],
  ['2028-01-01', '2027-12-31', -1],
  ['2026-09-01', '2028-05-31', 638],
  ['2028-05-31', '2028-05-31', 0],
])('from %s to %s it is %s days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

test('days added and days between are each other’s inverse', () => {
  const days = fc.integer({ min: -800_000, max: 800_000 });
  fc.assert(fc.property(days, (n) => expect(daysBetween('5000-01-01', daysAfter('5000-01-01', n))).toBe(n)));
});

test.each([
  ['2028-01-01', '2028-1'],
  ['2028-03-31', '2028-1'],
  ['2028-04-01', '2028-2'],
  ['2028-12-31', '2028-4'],
])('%s falls into the quarter %s', (date, quarter) => {
  expect(quarterOf(date)).toBe(quarter);
});

test('a day of an early year has four digits of the year', () => {
  expect(dateIn(2028, '09-01')).toBe('2028-09-01');
  expect(dateIn(1, '12-31')).toBe('0001-12-31');
});
