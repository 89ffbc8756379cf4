/** Year-end evaluation: values, scores, totals and ranks (RULES 10, READINGS 45–47). */
import fc from 'fast-check';
import { type Slope, rank, scoreOf, totalScore, weightedScore } from '../../rules/evaluation';
import { type Decimal, decimal, yuanText } from '../../rules/money';
import { type Ratio, exact } from '../../rules/ratio';
import { rate, signedSmallAmount } from './arbitraries';

const near = (target: string, width: string): Slope => ({
  kind: 'near',
  target: decimal(target),
  width: decimal(width),
});
const above = (from: string, width: string): Slope => ({ kind: 'above', from: decimal(from), width: decimal(width) });
const below = (width: string): Slope => ({ kind: 'below', width: decimal(width) });
interface Scored {
  weight: Decimal;
  s: Ratio;
}
const scored = (weight: string, value: string, slope: Slope): Scored => ({
  weight: decimal(weight),
  s: scoreOf(exact(decimal(value)), slope),
});

// indicator                          weight  value     score
// prettier-ignore
const scores: [what: string, slope: Slope, weight: string, value: string, score: string][] = [
  ['budget_income, as budgeted',      near('1', '0.20'),    '10', '1',      '10.00'],
  ['budget_income, 10 % more',        near('1', '0.20'),    '10', '1.1',     '5.00'],
  ['budget_income, 10 % less',        near('1', '0.20'),    '10', '0.9',     '5.00'],
  ['budget_income, 20 % less',        near('1', '0.20'),    '10', '0.8',     '0.00'],
  ['budget_income, far off',          near('1', '0.20'),    '10', '7',       '0.00'],
  ['budget_expenditure',              near('1', '0.20'),    '15', '1.0333', '12.50'], // 12.5025
  ['collection, all',                 above('0.90', '0.10'), '20', '1',     '20.00'],
  ['collection, more than all',       above('0.90', '0.10'), '20', '1.3',   '20.00'],
  ['collection, 95 %',                above('0.90', '0.10'), '20', '0.95',  '10.00'],
  ['collection, 90 %',                above('0.90', '0.10'), '20', '0.90',   '0.00'],
  ['collection, less',                above('0.90', '0.10'), '20', '0.5',    '0.00'],
  ['expansion, half a fen of score',  above('0.90', '0.10'), '15', '0.90003', '0.00'], // 0.0045
  ['expansion, up from there',        above('0.90', '0.10'), '15', '0.90004', '0.01'], // 0.006
  ['low_income, 99 %',                above('0.90', '0.09'), '10', '0.99',  '10.00'],
  ['low_income, 96 %',                above('0.90', '0.09'), '10', '0.96',   '6.67'],
  ['levy_timeliness, in time',        below('30'),          '10', '0',      '10.00'],
  ['levy_timeliness, 10 days late',   below('30'),          '10', '10',      '6.67'],
  ['levy_timeliness, 30 days late',   below('30'),          '10', '30',      '0.00'],
  ['levy_timeliness, later still',    below('30'),          '10', '31',      '0.00'],
  ['reimbursement, on target',        near('0.85', '0.10'), '10', '0.85',   '10.00'],
  ['reimbursement, 3 points off',     near('0.70', '0.10'), '10', '0.73',    '7.00'],
  ['a weight of 0 keeps its row',     near('1', '0.20'),     '0', '1',       '0.00'],
];
test.each(scores)('%s', (_what, slope, weight, value, score) => {
  const { weight: of, s } = scored(weight, value, slope);
  expect(yuanText(weightedScore(of, s))).toBe(score);
});

test('a score is between 0 and its weight', () => {
  const slope = fc.oneof(
    fc.record({ kind: fc.constant('near' as const), target: rate, width: rate }),
    fc.record({ kind: fc.constant('above' as const), from: rate, width: rate }),
    fc.record({ kind: fc.constant('below' as const), width: rate }),
  );
  fc.assert(
    fc.property(
      slope.filter(({ width }) => width.gt(0)),
      signedSmallAmount,
      (of, value) => {
        const s = scoreOf(exact(value), of);
        expect(s.gte(0) && s.lte(1)).toBe(true);
      },
    ),
  );
});

describe('the total', () => {
  const full = scored('20', '1', above('0.90', '0.10'));
  const half = scored('10', '0.95', above('0.90', '0.10'));
  const none = scored('10', '0', above('0.90', '0.10'));
  const unweighted = scored('0', '0', above('0.90', '0.10'));
  const third: Scored = { ...full, weight: decimal('1'), s: exact(1).div(3) };

  // what is shown, indicators, total
  test.each<[string, Scored[], string | null]>([
    ['all full', [full], '100.00'],
    ['by weight: (20 + 5) ÷ 30', [full, half], '83.33'],
    ['by weight: (20 + 5 + 0) ÷ 40', [full, half, none], '62.50'],
    ['unrounded scores are added up', [third, third, third], '33.33'],
    ['a weight of 0 counts nothing', [full, unweighted], '100.00'],
    ['without any weight there is none', [unweighted], null],
    ['without any indicator neither', [], null],
  ])('%s', (_what, indicators, total) => {
    const found = totalScore({ weight: indicators.map(({ weight }) => weight), s: indicators.map(({ s }) => s) });
    expect(found && yuanText(found)).toBe(total);
  });
});

// totals of the scheme's areas, and their ranks: equal totals share one, the next is as far behind as there are areas
test.each([
  [['80.00'], [1]],
  [
    ['80.00', '90.00', '70.00'],
    [2, 1, 3],
  ],
  [
    ['80.00', '90.00', '80.00', '70.00'],
    [2, 1, 2, 4],
  ],
  [
    ['9.99', '10.00', '100.00'],
    [3, 2, 1],
  ],
])('%j rank %j', (printed, ranks) => {
  const totals = printed.map(decimal);
  expect(totals.map((total) => rank({ total, totals }))).toEqual(ranks);
});
