/** Waiting period after a gap (RULES 4, 国办发〔2024〕38号). */
import fc from 'fast-check';
import { type Decimal, decimal } from '../../rules/money';
import { benefitsFrom, variableMonths, waitingMonths } from '../../rules/waiting-period';

const count = (n: number): Decimal => decimal(String(n));
const LAW = {
  fixed_months: count(3),
  months_per_year: count(1),
  years_without_variable: count(1),
  long_gap_years: count(4),
  long_gap_months: count(6),
};
const wait = (missed: number, repaid: number, in_window = true): string => {
  const variable_months = variableMonths({ ...LAW, missed_years: count(missed), years_repaid: count(repaid) });
  return waitingMonths({ ...LAW, missed_years: count(missed), in_window, variable_months }).toFixed();
};

// missed  repaid  in the window  months
// prettier-ignore
test.each<[number, number, boolean, string]>([
  [0, 0, true,  '0'], // no gap, in time
  [0, 0, false, '3'], // no gap, but late
  [1, 0, true,  '3'],
  [1, 1, true,  '3'], // the fixed part cannot be repaired
  [2, 0, true,  '4'], // Qingdao: missed 2025 and 2026
  [2, 1, true,  '3'], // Qingdao: one year repaid
  [2, 2, true,  '3'],
  [2, 0, false, '4'],
  [3, 0, true,  '5'],
  [3, 2, true,  '3'],
  [4, 0, true,  '6'],
  [4, 1, true,  '6'], // 5, but four years in a row keep six months
  [4, 4, true,  '6'],
  [5, 0, true,  '7'],
  [5, 1, true,  '6'],
  [5, 3, true,  '6'],
])('missed %d, repaid %d, in the window %s: %s months', (missed, repaid, inWindow, months) => {
  expect(wait(missed, repaid, inWindow)).toBe(months);
});

test('a longer gap never shortens the wait, a repaid year never lengthens it', () => {
  const years = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(years, years, fc.boolean(), (missed, repaid, inWindow) => {
      const now = decimal(wait(missed, repaid, inWindow));
      expect(decimal(wait(missed + 1, repaid, inWindow)).gte(now)).toBe(true);
      expect(decimal(wait(missed, repaid + 1, inWindow)).lte(now)).toBe(true);
    }),
  );
});

// prettier-ignore
test.each([
  ['2027-01-01', 4, '2027-05-01'], // Qingdao
  ['2027-01-01', 3, '2027-04-01'],
  ['2027-01-01', 0, '2027-01-01'],
  ['2027-11-15', 3, '2028-02-15'],
  ['2027-11-30', 3, '2028-02-29'], // February has no 30th
  ['2026-11-30', 3, '2027-02-28'],
])('from %s, %d months later: %s', (start, months, date) => {
  expect(benefitsFrom(start, count(months))).toBe(date);
});
