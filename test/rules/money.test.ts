/** Money: exact, rounded once, to the fen; a total split into parts loses no fen (RULES 1). */
import fc from 'fast-check';
import {
  type Decimal,
  atLeastZero,
  ceilToFen,
  decimal,
  fixed,
  floorToFen,
  plainText,
  ratioText,
  roundToFen,
  smaller,
  splitByLargestRemainder,
  sum,
  typedAmount,
  typedYuan,
  yuanText,
} from '../../rules/money';
import { amount, byArea, smallAmount } from './arbitraries';

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);

describe('rounding to the fen', () => {
  // amount          half up    down       up
  // prettier-ignore
  test.each([
    ['0.004',         '0.00',  '0.00',  '0.01'],
    ['0.005',         '0.01',  '0.00',  '0.01'],
    ['0.0049999999999999999999999999', '0.00', '0.00', '0.01'],
    ['0.014999',      '0.01',  '0.01',  '0.02'],
    ['0.015',         '0.02',  '0.01',  '0.02'],
    ['2.00',          '2.00',  '2.00',  '2.00'],
    ['-0.004',        '0.00', '-0.01',  '0.00'],
    ['-0.005',       '-0.01', '-0.01',  '0.00'],
    ['-0.015',       '-0.02', '-0.02', '-0.01'],
    ['9999999999999999.995', '10000000000000000.00', '9999999999999999.99', '10000000000000000.00'],
  ])('%s', (text, halfUp, down, up) => {
    const value = decimal(text);
    expect([roundToFen, floorToFen, ceilToFen].map((round) => yuanText(round(value)))).toEqual([halfUp, down, up]);
  });
});

describe('text', () => {
  // value, as yuan, as a ratio with four decimals, plain
  // prettier-ignore
  test.each([
    ['0',        '0.00',  '0.0000',  '0'],
    ['-0',       '0.00',  '0.0000',  '0'],
    ['-0.00004', '0.00',  '0.0000', '-0.00004'],
    ['-0.00005', '0.00', '-0.0001', '-0.00005'],
    ['0.0500',   '0.05',  '0.0500',  '0.05'],
    ['1234.5',   '1234.50', '1234.5000', '1234.5'],
    ['123456789012345678901234.56', '123456789012345678901234.56', '123456789012345678901234.5600', '123456789012345678901234.56'],
  ])('%s', (text, yuan, ratio, plain) => {
    const value = decimal(text);
    expect([yuanText(value), ratioText(value), plainText(value)]).toEqual([yuan, ratio, plain]);
  });

  test('a whole number has no point', () => {
    expect(fixed(decimal('-0.4'), 0)).toBe('0');
    expect(fixed(decimal('-0.5'), 0)).toBe('-1');
  });
});

test.each(['', 'abc', '1,000.00', '1.2.3', 'NaN', 'Infinity'])('“%s” is not an amount', (text) => {
  expect(() => decimal(text)).toThrow();
});

test('sums are exact at any size', () => {
  expect(sum([])).toEqual(decimal('0'));
  expect(yuanText(sum(decimals('0.1', '0.2', '-0.3')))).toBe('0.00');
  expect(yuanText(sum(decimals('9007199254740993.01', '0.01', '-9007199254740993.00')))).toBe('0.02');
});

test('at least zero, and the smaller of two', () => {
  expect(yuanText(atLeastZero(decimal('-0.01')))).toBe('0.00');
  expect(yuanText(atLeastZero(decimal('0.01')))).toBe('0.01');
  expect(yuanText(smaller(decimal('-1'), decimal('1')))).toBe('-1.00');
});

// what is shown                         total     weights                         parts
// prettier-ignore
const splits: [what: string, total: string, weights: string[], parts: string[]][] = [
  ['the vector of RULES 8, estimate',    '80.00',  ['45.60', '75.02'],             ['30.24', '49.76']],
  ['the vector of RULES 8, true-up',     '80.00',  ['44.00', '80.03'],             ['28.38', '51.62']],
  ['the vector of RULES 8, short fund',  '90.00',  ['60.00', '60.00'],             ['45.00', '45.00']],
  ['a tie goes to the first',             '0.01',  ['1', '1', '1'],                ['0.01', '0.00', '0.00']],
  ['two missing fen, three in a tie',   '100.01',  ['1', '1', '1'],                ['33.34', '33.34', '33.33']],
  ['the largest remainder comes first',   '0.02',  ['1', '1', '2'],                ['0.01', '0.00', '0.01']],
  ['one part takes all',                  '7.77',  ['0.03'],                       ['7.77']],
  ['a weight of 0 never gets a fen',      '0.05',  ['0', '3', '0', '3', '3'],      ['0.00', '0.02', '0.00', '0.02', '0.01']],
  ['nothing to split',                    '0.00',  ['3', '4'],                     ['0.00', '0.00']],
  ['nothing, and no weights',             '0.00',  ['0', '0'],                     ['0.00', '0.00']],
  ['weights as they are, unrounded',      '0.01',  ['0.3333333333333333333', '0.3333333333333333334'], ['0.00', '0.01']],
  ['a tie that a division would blur',    '0.01',  ['0.1', '0.1', '0.1', '0.1', '0.1', '0.1', '0.1'],
    ['0.01', '0.00', '0.00', '0.00', '0.00', '0.00', '0.00']],
];
describe('split by largest remainder', () => {
  test.each(splits)('%s', (_what, total, weights, parts) => {
    expect(splitByLargestRemainder(decimal(total), decimals(...weights)).map(yuanText)).toEqual(parts);
  });

  const split = fc.record({
    total: fc.oneof(amount, smallAmount),
    weights: byArea(fc.oneof(amount, smallAmount)).filter((weights) => !sum(weights).isZero()),
  });

  test('the parts add up to the total, always', () => {
    fc.assert(
      fc.property(split, ({ total, weights }) => {
        expect(yuanText(sum(splitByLargestRemainder(total, weights)))).toBe(yuanText(total));
      }),
    );
  });

  test('each part is its exact share, floored to the fen or one fen more', () => {
    fc.assert(
      fc.property(split, ({ total, weights }) => {
        const whole = sum(weights);
        splitByLargestRemainder(total, weights).forEach((part, i) => {
          // part − 0.01 < total × weight ÷ whole < part + 0.01, without dividing
          const share = total.times(weights[i] as Decimal);
          expect(part.minus('0.01').times(whole).lt(share)).toBe(true);
          expect(part.plus('0.01').times(whole).gt(share)).toBe(true);
        });
      }),
    );
  });

  test('a part that gets a remaining fen has no smaller remainder than one that does not; among equals the earlier gets it', () => {
    fc.assert(
      fc.property(split, ({ total, weights }) => {
        const whole = sum(weights);
        const parts = splitByLargestRemainder(total, weights).map((part, order) => {
          const over = part.times(whole).minus(total.times(weights[order] as Decimal)); // > 0: one fen up
          const remainder = over.gt(0) ? whole.times('0.01').minus(over) : over.neg();
          return { order, up: over.gt(0), remainder };
        });
        for (const up of parts.filter((part) => part.up)) {
          for (const down of parts.filter((part) => !part.up)) {
            const first = up.remainder.comparedTo(down.remainder) || down.order - up.order;
            expect(first).toBeGreaterThan(0);
          }
        }
      }),
    );
  });
});

describe('an amount that a person has typed', () => {
  // prettier-ignore
  test.each([
    ['1234.5',          '1234.50',   '1234.50'],
    ['1,234.50',        '1234.50',   '1234.50'],
    ['12，345，678',     '12345678.00', '12345678.00'],
    ['-1,234.50',       '-1234.50',  null],
    ['0',               '0.00',      null],
    ['1,23',            null,        null], // a comma for a point, perhaps
    ['1234,567',        null,        null],
    ['1.234',           null,        null],
    ['1e3',             null,        null],
    ['1 234',           null,        null],
    ['９',              null,        null],
    ['',                null,        null],
    ['99999999999999999', null,      null],
  ])('%j', (text, yuan, above) => {
    expect([typedYuan(text), typedAmount(text)]).toEqual([yuan, above]);
  });
});
