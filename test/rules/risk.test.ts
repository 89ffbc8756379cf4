/** Surplus and risk of one area, scheme and month (RULES 7, READINGS 32–35). */
import fc from 'fast-check';
import { type Decimal, decimal, zero, yuanText } from '../../rules/money';
import {
  RISK_ACTIONS,
  type RiskInputs,
  accumulatedSurplus,
  surplusWithAdvances,
  executionRatio,
  isOutside,
  monthsPayable,
  monthsText,
  riskLevel,
} from '../../rules/risk';
import { RISK_LEVELS } from '../../rules/vocabulary';
import { signedSmallAmount, smallAmount } from './arbitraries';

type Bounds = RiskInputs['bounds'];
const bounds = (...months: string[]): Bounds => months.map(decimal) as unknown as Bounds;
const EMPLOYEE = bounds('3', '6', '9', '15');
const RESIDENT = bounds('2', '4', '6', '12');

/** A fund that spends 12 a year, one a month, and takes in as much; unless said otherwise, in December. */
function fund(
  of: Partial<Record<Exclude<keyof RiskInputs, 'month' | 'bounds'>, string>> & { month?: number; bounds?: Bounds },
): RiskInputs {
  const amount = (name: Exclude<keyof RiskInputs, 'month' | 'bounds'>, otherwise: string): Decimal =>
    decimal(of[name] ?? otherwise);
  return {
    surplus: amount('surplus', '10.00'),
    income: amount('income', '12.00'),
    lump_premium: amount('lump_premium', '0'),
    lump_subsidy: amount('lump_subsidy', '0'),
    expenditure: amount('expenditure', '12.00'),
    budgeted_income: amount('budgeted_income', '12.00'),
    budgeted_subsidy: amount('budgeted_subsidy', '0'),
    budgeted_expenditure: amount('budgeted_expenditure', '12.00'),
    prepaid: amount('prepaid', '0'),
    month: of.month ?? 12,
    bounds: of.bounds ?? EMPLOYEE,
  };
}

test('the accumulated surplus: opening, income, expenditure, and what of the levy has been prepaid', () => {
  const surplus = accumulatedSurplus({
    opening: decimal('60.00'),
    income: decimal('880.00'),
    expenditure: decimal('1000.00'),
    prepaid_to_date: decimal('30.24'),
  });
  expect(yuanText(surplus)).toBe('-90.24');
});

test('with money advanced by the adjustment fund: it counts from its date', () => {
  const flow = {
    opening: decimal('60.00'),
    income: decimal('880.00'),
    expenditure: decimal('1000.00'),
    prepaid_to_date: decimal('30.24'),
  };
  expect(yuanText(surplusWithAdvances({ ...flow, advanced_to_date: decimal('40.00') }))).toBe('-50.24');
});

describe('months payable', () => {
  // what is shown                               surplus      spent       budget     month   months
  // prettier-ignore
  test.each([
    ['the vector of RULES 7',                    '32470.80',  '35356.77', '0.00',      12,   '11.02'],
    ['a year of 12: one is a month',             '11.02',     '12.00',    '0.00',      12,   '11.02'],
    ['half actual, half budget',                 '9.00',      '10.00',    '4.00',       6,   '9.00'], // 10 + 2
    ['January: eleven twelfths of the budget',   '12.00',     '1.00',     '12.00',      1,   '12.00'],
    ['printed half away from zero',              '1.005',     '12.00',    '0.00',      12,   '1.01'],
    ['a negative surplus',                      '-6.00',      '12.00',    '0.00',      12,   '-6.00'],
    ['nothing spent',                            '9.00',      '0.00',     '0.00',      12,   'inf'],
    ['a refund more than was spent',             '9.00',      '-0.01',    '0.00',      12,   'inf'],
    ['one fen spent',                            '0.01',      '0.01',     '0.00',      12,   '12.00'],
  ])('%s', (_what, surplus, expenditure, budgeted_expenditure, month, months) => {
    expect(monthsText(monthsPayable(fund({ surplus, expenditure, budgeted_expenditure, month })), 2)).toBe(months);
  });

  test('with four decimals for the evaluation', () => {
    expect(monthsText(monthsPayable(fund({ surplus: '32470.80', expenditure: '35356.77' })), 4)).toBe('11.0205');
  });
});

// The fund spends one a month, so its surplus is its months. Each bound and its neighbour; levels compare unrounded.
// prettier-ignore
const levels: [bounds: Bounds, surplus: string, level: string][] = [
  [EMPLOYEE, '15.0001', 'excess'],  [RESIDENT, '12.0001', 'excess'],
  [EMPLOYEE, '15.0000', 'green'],   [RESIDENT, '12.0000', 'green'],
  [EMPLOYEE,  '9.0000', 'green'],   [RESIDENT,  '6.0000', 'green'],
  [EMPLOYEE,  '8.9999', 'yellow'],  [RESIDENT,  '5.9999', 'yellow'],
  [EMPLOYEE,  '6.0000', 'yellow'],  [RESIDENT,  '4.0000', 'yellow'],
  [EMPLOYEE,  '5.9999', 'orange'],  [RESIDENT,  '3.9999', 'orange'],
  [EMPLOYEE,  '3.0000', 'orange'],  [RESIDENT,  '2.0000', 'orange'],
  [EMPLOYEE,  '2.9999', 'red'],     [RESIDENT,  '1.9999', 'red'],
  [EMPLOYEE, '-1.0000', 'red'],     [RESIDENT, '-1.0000', 'red'],
];
test.each(levels)('bounds %s: %s months payable', (by, surplus, level) => {
  expect(riskLevel(fund({ surplus, bounds: by }))).toBe(level);
});

// what is shown                                         what differs                                                       level
// prettier-ignore
const worse: [what: string, of: Parameters<typeof fund>[0], level: string][] = [
  ['December, a balance of 0',                           { income: '12.00' },                                               'green'],
  ['December, a fen in deficit: orange',                 { income: '11.99' },                                               'orange'],
  ['November, a window balance of 0',                    { month: 11, income: '11.00', expenditure: '11.00' },              'green'],
  ['November, a window a fen in deficit: yellow',        { month: 11, income: '10.99', expenditure: '11.00' },              'yellow'],
  ['the budget of the months to come counts',            { month: 6, income: '6.00', expenditure: '6.00', budgeted_income: '11.98' }, 'yellow'],
  ['the levy of the whole year comes off',               { prepaid: '0.01' },                                               'orange'],
  ['a deficit does not make red any better',             { surplus: '2.00', income: '11.00' },                              'red'],
  ['a deficit beats excess',                             { surplus: '99.00', income: '11.00' },                             'orange'],
  ['nothing spent: excess',                              { expenditure: '0.00', budgeted_expenditure: '0.00' },             'excess'],
  ['nothing spent, but a deficit (of income)',           { expenditure: '0.00', budgeted_expenditure: '0.00', income: '-0.01' }, 'orange'],
  ['three months of the budget are there',               { surplus: '10.00', budgeted_expenditure: '40.00' },               'green'],
  ['a fen of them is missing: red',                      { surplus: '9.99', budgeted_expenditure: '40.00' },                'red'],
  ['residents: two months of the budget are there',      { surplus: '10.00', budgeted_expenditure: '60.00', bounds: RESIDENT }, 'green'],
  ['residents: a fen of them is missing',                { surplus: '9.99', budgeted_expenditure: '60.00', bounds: RESIDENT }, 'red'],
  ['an override of the red bound moves both columns',    { surplus: '9.99', budgeted_expenditure: '60.00', bounds: bounds('1', '4', '6', '12') }, 'green'],
];
test.each(worse)('%s', (_what, of, level) => {
  expect(riskLevel(fund(of))).toBe(level);
});

// Residents pay their premium once and the subsidy comes late: in June premium counts as it came, the subsidy at the
// larger of what came and the budget. Expenditure 12 in the window, 2 of other income.
// what is shown                                        month  premium  subsidy came  budgeted   level
// prettier-ignore
test.each([
  ['the premium counts once, as it came',                6,    '4.00',  '0.00',       '6.00',    'green'],
  ['a fen less of it: yellow',                           6,    '3.99',  '0.00',       '6.00',    'yellow'],
  ['more subsidy came than was budgeted',                6,    '3.00',  '7.00',       '6.00',    'green'],
  ['in December only what came counts',                  12,   '4.00',  '5.99',       '6.00',    'orange'],
  ['all of it came',                                     12,   '4.00',  '6.00',       '6.00',    'green'],
])('residents: %s', (_what, month, lump_premium, lump_subsidy, budgeted_subsidy, level) => {
  const flows = month === 12 ? { income: '2.00', expenditure: '12.00' } : { income: '1.00', expenditure: '6.00' };
  const of = { ...flows, month, lump_premium, lump_subsidy, budgeted_subsidy, budgeted_income: '2.00', bounds: RESIDENT };
  expect(riskLevel(fund(of))).toBe(level);
});

test('more surplus never makes a level worse, but for excess', () => {
  const any = fc.record({
    income: signedSmallAmount,
    expenditure: signedSmallAmount,
    budgeted_income: signedSmallAmount,
    budgeted_expenditure: smallAmount,
    prepaid: smallAmount,
    month: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(any, signedSmallAmount, smallAmount, (flows, surplus, more) => {
      const level = (amount: Decimal): number =>
        RISK_LEVELS.indexOf(
          riskLevel({
            ...flows,
            surplus: amount,
            lump_premium: zero,
            lump_subsidy: zero,
            budgeted_subsidy: zero,
            bounds: EMPLOYEE,
          }),
        );
      expect(level(surplus.plus(more))).toBeLessThanOrEqual(level(surplus));
    }),
  );
});

describe('budget execution', () => {
  const ratio = (actual: string, budget: string, month: string) =>
    executionRatio({ actual: decimal(actual), budget: decimal(budget), month: decimal(month) });

  // actual, budget of the year, month, ratio, whether it is a finding: the ends of the band are inside
  // prettier-ignore
  test.each([
    [ '50.00', '100.00',  '6', '1.0000', false],
    [ '85.00', '100.00', '12', '0.8500', false],
    [ '84.99', '100.00', '12', '0.8499', true],
    ['115.00', '100.00', '12', '1.1500', false],
    ['115.01', '100.00', '12', '1.1501', true],
    [  '7.08', '100.00',  '1', '0.8496', true],
    [ '-1.00', '100.00', '12', '-0.0100', true],
  ])('%s of %s in month %s', (actual, budget, month, printed, isFinding) => {
    const value = ratio(actual, budget, month);
    expect(monthsText(value, 4)).toBe(printed);
    expect(value && isOutside(value, decimal('0.85'), decimal('1.15'))).toBe(isFinding);
  });

  test.each(['0.00', '-1.00'])('a budget of %s has no ratio', (budget) => {
    expect(ratio('1.00', budget, '12')).toBeNull();
  });
});

test('every level but green asks for something', () => {
  expect(RISK_LEVELS.filter((level) => RISK_ACTIONS[level] === null)).toEqual(['green']);
});
