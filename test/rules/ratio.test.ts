/** Ratios: exact fractions, compared unrounded, rounded once when printed (RULES 1, READINGS 1). */
import fc from 'fast-check';
import { decimal, fixed } from '../../rules/money';
import { clampRatio, exact, ratioOf, roundRatio } from '../../rules/ratio';
import { signedAmount } from './arbitraries';

const ratio = (numerator: string, denominator: string) => ratioOf(decimal(numerator), decimal(denominator));

test('a ratio without a denominator is none, not 0', () => {
  expect(ratio('1', '0')).toBeNull();
  expect(ratio('0', '0.00')).toBeNull();
  expect(ratio('0', '1')?.equals(0)).toBe(true);
});

test('one third three times is one', () => {
  expect(ratio('1', '3')?.mul(3).equals(1)).toBe(true);
});

describe('printed with some decimals, half away from zero', () => {
  // numerator, denominator, decimals, printed
  // prettier-ignore
  test.each([
    [  '1',    '8', 2,  '0.13'],
    [ '-1',    '8', 2, '-0.13'],
    [  '1',    '3', 4,  '0.3333'],
    [  '2',    '3', 4,  '0.6667'],
    [ '-2',    '3', 4, '-0.6667'],
    [  '1',   '-8', 2, '-0.13'],
    [  '1', '20000', 4, '0.0001'],
    [  '1', '20001', 4, '0.0000'],
    [ '-1', '20001', 4, '0.0000'],
    [  '7',    '2', 0,  '4'],
    ['850',  '870', 4,  '0.9770'],
  ])('%s / %s with %d decimals', (numerator, denominator, places, printed) => {
    const value = ratio(numerator, denominator);
    expect(value && fixed(roundRatio(value, places), places)).toBe(printed);
  });
});

test('an amount is the same number as a ratio', () => {
  fc.assert(
    fc.property(signedAmount, (value) => {
      expect(roundRatio(exact(value), 2).eq(value)).toBe(true);
      expect(roundRatio(exact(value), 0).eq(value.toDecimalPlaces(0))).toBe(true);
    }),
  );
});

// value, as it is clamped to 0–1
// prettier-ignore
test.each([
  ['-0.0001', '0'],
  [ '0',      '0'],
  [ '0.5',    '0.5'],
  [ '1',      '1'],
  [ '1.0001', '1'],
])('%s clamped to 0–1 is %s', (value, clamped) => {
  expect(clampRatio(exact(decimal(value)), exact(0), exact(1)).equals(clamped)).toBe(true);
});
