/** The system's estimate of a budget item, from three years of final accounts (RULES 6). */
import fc from 'fast-check';
import { majorIllnessEstimate, perHeadEstimate, trendEstimate } from '../../rules/budget-estimate';
import { decimal, yuanText } from '../../rules/money';
import { signedAmount, rate } from './arbitraries';

// The band is ±10 %; g is the mean of the growth rates whose base is above 0.
// what is shown                              Y−3        Y−2        Y−1        estimate      g
// prettier-ignore
const trends: [what: string, h3: string, h2: string, h1: string, estimate: string][] = [
  ['the same every year',                     '100.00',  '100.00',  '100.00',  '100.00'], // 0
  ['mean of 4 % and 6 %',                     '100.00',  '104.00',  '110.24',  '115.75'], // 5 %
  ['growth just inside the band',             '100.00',  '110.00',  '121.00',  '133.10'], // 10 %
  ['growth beyond it',                        '100.00',  '111.00',  '123.21',  '135.53'], // 11 %, at most 10 %
  ['decline just inside the band',            '100.00',   '90.00',   '81.00',   '72.90'], // −10 %
  ['decline beyond it',                       '100.00',   '80.00',   '64.00',   '57.60'], // −20 %, at least −10 %
  ['the mean is clamped, not each rate',      '100.00',  '150.00',  '100.00',  '108.33'], // (50 % − 33.3 %) / 2 = 8.3 %
  ['no base three years ago: one rate',         '0.00',  '100.00',  '104.00',  '108.16'], // 4 %
  ['no base two years ago: −100 %, clamped',  '100.00',    '0.00',   '50.00',   '45.00'],
  ['no base at all',                            '0.00',    '0.00',   '50.00',   '50.00'], // none: 0
  ['a negative base is none',                 '-10.00',  '-20.00',   '50.00',   '50.00'],
  ['nothing last year',                       '100.00',  '100.00',    '0.00',    '0.00'],
  ['a negative last year keeps its sign',     '100.00',  '100.00',  '-10.00',   '-9.00'], // (0 − 110 %) / 2, at least −10 %
  ['half a fen, away from zero',                '1.00',    '1.00',    '1.10',    '1.16'], // 1.10 × 1.05 = 1.155
  ['half a fen, below zero',                    '0.00',    '0.00',   '-0.05',   '-0.05'],
];
test.each(trends)('%s', (_what, h3, h2, h1, estimate) => {
  const history = { h3: decimal(h3), h2: decimal(h2), h1: decimal(h1), band: decimal('0.10') };
  expect(yuanText(trendEstimate(history))).toBe(estimate);
});

test('an estimate leaves last year by no more than the band', () => {
  fc.assert(
    fc.property(signedAmount, signedAmount, signedAmount, rate, (h3, h2, h1, band) => {
      const moved = trendEstimate({ h3, h2, h1, band }).minus(h1).abs();
      expect(moved.lte(h1.abs().times(band).plus('0.005'))).toBe(true);
    }),
  );
});

test('premium and subsidy are target × standard', () => {
  expect(yuanText(perHeadEstimate({ target_insured: decimal('16123456'), standard: decimal('724.00') }))).toBe(
    '11673382144.00',
  );
  expect(yuanText(perHeadEstimate({ target_insured: decimal('0'), standard: decimal('400') }))).toBe('0.00');
});

// trend, income: major illness is its trend, at least 6 % of income, rounded up to the fen
// prettier-ignore
test.each([
  ['60.00', '1000.00', '60.00'],
  ['60.00', '1000.01', '60.01'], // 60.0006
  ['59.99', '1000.00', '60.00'],
  ['60.01', '1000.00', '60.01'],
  [ '0.00',    '0.00',  '0.00'],
  ['-5.00', '-100.00', '-5.00'],
])('major illness: trend %s, income %s', (trend, income, estimate) => {
  const of = { trend: decimal(trend), income: decimal(income), floor_rate: decimal('0.06') };
  expect(yuanText(majorIllnessEstimate(of))).toBe(estimate);
});
