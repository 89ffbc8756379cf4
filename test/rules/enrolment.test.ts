/** 参保连续性: how a resident paid in the year was enrolled before (RULES 4 "In the cycle"). */
import { continuousYears, enrolmentClass, missedYears } from '../../rules/enrolment';
import { decimal } from '../../rules/money';

const year = decimal('2027');

// what is shown, the last year before 2027, whether the group never waits, the class
// prettier-ignore
test.each<[string, string | null, boolean, string]>([
  ['nobody knows them',                        null,   false, 'new'],
  ['enrolled last year',                       '2026', false, 'continuous'],
  ['a newborn enrolled last year',             '2026', true,  'continuous'],
  ['one year missed',                          '2025', false, 'returning'],
  ['a person newly aided does not wait',       '2025', true,  'new'],
  ['many years missed',                        '2003', false, 'returning'],
  ['a newborn that nobody knows',              null,   true,  'new'],
])('%s', (_what, last, never_waits, found) => {
  expect(enrolmentClass({ year, last_year: last === null ? null : decimal(last), never_waits })).toBe(found);
});

test('this year counts as a year of enrolment, and not as a missed one', () => {
  expect(continuousYears({ unbroken_before: decimal('1') }).toFixed()).toBe('2');
  expect(missedYears({ year, last_year: decimal('2024') }).toFixed()).toBe('2');
});
