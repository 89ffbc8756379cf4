/** The pension central adjustment fund of 2018 (RULES 8, METHODS F1). */
import fc from 'fast-check';
import { type Decimal, decimal, sum, yuanText } from '../../rules/money';
import { pensionAllocations, pensionLevy, pensionNet, perRetiree } from '../../rules/pension-adjustment';
import { amount, heads } from './arbitraries';

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);
const levyOf = (wage: string, inService: string, employment = inService): Decimal =>
  pensionLevy({
    average_wage: decimal(wage),
    wage_share: decimal('0.9'),
    in_service: decimal(inService),
    employment: decimal(employment),
    rate: decimal('0.03'),
  });

test('two provinces: the young one gives, the old one gets, and everything is paid out', () => {
  const levy = [levyOf('100000', '10'), levyOf('60000', '5')];
  const retirees = decimals('2', '4');
  const allocation = pensionAllocations(levy, retirees);
  expect(levy.map(yuanText)).toEqual(['27000.00', '8100.00']);
  expect(yuanText(perRetiree({ levy, retirees }))).toBe('5850.00');
  expect(allocation.map(yuanText)).toEqual(['11700.00', '23400.00']);
  const net = allocation.map((given, i) => pensionNet({ allocation: given, levy: levy[i] as Decimal }));
  expect(net.map(yuanText)).toEqual(['-15300.00', '15300.00']);
});

test('insured in service is the mean of those insured and those employed', () => {
  expect(yuanText(levyOf('100000', '10', '13'))).toBe('31050.00'); // 11.5 heads
});

test('nothing is kept: allocations add up to the levies to the fen', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, heads), { minLength: 1, maxLength: 31 }), (provinces) => {
      const levy = provinces.map(([one]) => one);
      const retirees = provinces.map(([, count]) => count);
      fc.pre(sum(retirees).gt(0));
      expect(sum(pensionAllocations(levy, retirees)).eq(sum(levy))).toBe(true);
    }),
  );
});

test('nobody retired: there is no amount per head', () => {
  expect(() => perRetiree({ levy: decimals('1'), retirees: decimals('0') })).toThrow(/nobody is retired/);
});
