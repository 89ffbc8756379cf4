/** Government subsidy of one banner, split over four levels (RULES 5). */
import fc from 'fast-check';
import { decimal, sum, yuanText } from '../../rules/money';
import { missingSubsidy, subsidySettlement, subsidyShares } from '../../rules/subsidy';
import { SUBSIDY_LEVELS } from '../../rules/vocabulary';
import { amount, heads, rate } from './arbitraries';

function shares(standard: string, count: string, region: string, league_share: string): string[] {
  const due = subsidyShares({
    standard: decimal(standard),
    heads: decimal(count),
    central: decimal('0.80'),
    region: decimal(region),
    league_share: decimal(league_share),
  });
  return SUBSIDY_LEVELS.map((level) => yuanText(due[level]));
}

// The region bears 30, 50 or 70 % of what central leaves, in a class 1, 2 or 3 area.
// what is shown                   standard  heads  region  league    central    region    league    banner
// prettier-ignore
test.each([
  ['vector: 610, class 2, 5:5',    '610',    '1',   '0.50', '0.5',  ['488.00',   '61.00',  '30.50',  '30.50']],
  ['vector: 610, class 2, 3:7',    '610',    '1',   '0.50', '0.3',  ['488.00',   '61.00',  '18.30',  '42.70']],
  ['vector: 610, class 2, 7:3',    '610',    '1',   '0.50', '0.7',  ['488.00',   '61.00',  '42.70',  '18.30']],
  ['vector: 724, class 1',         '724',    '1',   '0.30', '0.5',  ['579.20',   '43.44',  '50.68',  '50.68']],
  ['vector: 724, class 2',         '724',    '1',   '0.50', '0.5',  ['579.20',   '72.40',  '36.20',  '36.20']],
  ['vector: 724, class 3',         '724',    '1',   '0.70', '0.5',  ['579.20',  '101.36',  '21.72',  '21.72']],
  ['four heads, 3:7',              '724',    '4',   '0.50', '0.3', ['2316.80',  '289.60',  '86.88', '202.72']],
  ['two heads, 7:3',               '724',    '2',   '0.50', '0.7', ['1158.40',  '144.80', '101.36',  '43.44']],
  ['no banners: the league wholly', '724',  '10',   '0.30', '1',   ['5792.00',  '434.40', '1013.60',  '0.00']],
  ['nobody',                       '724',    '0',   '0.50', '0.5',    ['0.00',    '0.00',   '0.00',   '0.00']],
  ['the largest remainder: region',   '0.25', '1',   '0.50', '0.5',    ['0.20',    '0.03',   '0.01',   '0.01']],
  ['a tie: league before banner',    '0.30', '1',   '0.50', '0.5',    ['0.24',    '0.03',   '0.02',   '0.01']],
])('%s', (_what, standard, count, region, league, due) => {
  expect(shares(standard, count, region, league)).toEqual(due);
});

test('the four levels bear the whole, each its exact share to within a fen', () => {
  fc.assert(
    fc.property(amount, heads, rate, rate, rate, (standard, count, central, region, league_share) => {
      const due = subsidyShares({ standard, heads: count, central, region, league_share });
      const total = standard.times(count);
      expect(sum(SUBSIDY_LEVELS.map((level) => due[level])).eq(total)).toBe(true);

      const rest = total.times(decimal('1').minus(central));
      const left = rest.times(decimal('1').minus(region));
      const exact = [total.times(central), rest.times(region), left.times(league_share)];
      exact.forEach((share, i) => {
        const level = SUBSIDY_LEVELS[i] as (typeof SUBSIDY_LEVELS)[number];
        expect(due[level].minus(share).abs().lt('0.01')).toBe(true);
      });
    }),
  );
});

// due, arrived by 30 September, arrived in the year: what was missing, and what is still owed (signed)
// prettier-ignore
test.each([
  ['100.00',   '0.00',   '0.00', '100.00', '100.00'],
  ['100.00',  '99.99', '100.00',   '0.01',   '0.00'],
  ['100.00', '100.00', '100.00',   '0.00',   '0.00'],
  ['100.00', '100.01', '100.01',   '0.00',  '-0.01'],
  ['100.00',  '40.00', '120.00',  '60.00', '-20.00'],
])('due %s, in time %s, in the year %s', (due, inTime, arrived, missing, settlement) => {
  const late = missingSubsidy({ due: decimal(due), arrived_by_30_september: decimal(inTime) });
  expect(yuanText(late)).toBe(missing);
  expect(yuanText(subsidySettlement({ due: decimal(due), arrived: decimal(arrived) }))).toBe(settlement);
});
