/** Years that retirement asks for, and what is still to pay (RULES 3, A(2)). */
import { type Decimal, decimal, yuanText } from '../../rules/money';
import { lumpSum, missingMonths, requiredMonths } from '../../rules/retirement';

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);

// under the uniform rule?  old rule of the area  months
// prettier-ignore
test.each([
  [true,  '20', '300'], // joined from 2016: 25 years, whatever the area asked for before
  [false, '20', '240'],
  [false, '25', '300'],
  [false, '30', '300'], // capped at 25
])('uniform %s, old rule %s years: %s months', (uniform, old, months) => {
  expect(requiredMonths({ uniform, years: decimal('25'), old_rule_years: decimal(old) }).toFixed()).toBe(months);
});

// required  years paid, area by area  months paid  missing
// prettier-ignore
test.each<[string, string[], string[], string]>([
  ['300', ['12', '9'],  ['6'],      '42'],
  ['300', ['20.5'],     ['0'],      '54'],
  ['300', ['25'],       ['0'],       '0'],
  ['300', ['24'],       ['11'],      '1'],
  ['300', ['10', '20'], ['3', '9'],  '0'], // more than enough
  ['240', ['0'],        ['0'],     '240'],
])('of %s months, after %j years and %j months, %s are missing', (required, years, months, missing) => {
  const of = { required_months: decimal(required), years_paid: decimals(...years), months_paid: decimals(...months) };
  expect(missingMonths(of).toFixed()).toBe(missing);
});

// prettier-ignore
test.each([
  ['42', '420.00', '17640.00'],
  ['1',  '420.55',   '420.55'],
  ['0',  '420.00',     '0.00'],
])('%s months at %s cost %s at once', (missing, standard, cost) => {
  expect(yuanText(lumpSum({ missing_months: decimal(missing), monthly_standard: decimal(standard) }))).toBe(cost);
});
