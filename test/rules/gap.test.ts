/** The gap, and what of it the area answers for before anybody shares (RULES 8). */
import fc from 'fast-check';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { type Decimal, decimal, yuanText } from '../../rules/money';
import { rate, signedSmallAmount, smallAmount } from './arbitraries';

// what is shown                            E          L        Y          G
// prettier-ignore
test.each([
  ['the vector of RULES 8',               '1000.00',  '40.00',  '880.00', '160.00'],
  ['a year in the black',                  '800.00',  '40.00',  '880.00',   '0.00'],
  ['just balanced',                        '840.00',  '40.00',  '880.00',   '0.00'],
  ['the levy alone makes a gap of a fen',  '840.00',  '40.01',  '880.00',   '0.01'],
  ['negative income',                       '10.00',   '0.00',   '-5.00',  '15.00'],
])('gap: %s', (_what, expenditure, levy, income, expected) => {
  expect(yuanText(gap({ expenditure: decimal(expenditure), levy: decimal(levy), income: decimal(income) }))).toBe(expected);
});

// what is shown                            G         S         reserve    U         R
// prettier-ignore
test.each([
  ['the vector of RULES 8',               '160.00',  '60.00',   '0.00',  '60.00', '100.00'],
  ['S 500: no call on anybody',           '160.00', '500.00',   '0.00', '160.00',   '0.00'],
  ['just enough',                         '160.00', '160.00',   '0.00', '160.00',   '0.00'],
  ['a fen too little',                    '160.00', '159.99',   '0.00', '159.99',   '0.01'],
  ['a reserve is kept',                   '160.00', '100.00',  '40.00',  '60.00', '100.00'],
  ['a reserve above the surplus',         '160.00',  '30.00',  '40.00',   '0.00', '160.00'],
  ['an area in debt has none',            '160.00', '-30.00',   '0.00',   '0.00', '160.00'],
  ['no gap: nothing is used',               '0.00', '500.00',   '0.00',   '0.00',   '0.00'],
])('own surplus: %s', (_what, g, surplus, reserve, used, left) => {
  const own_surplus = ownSurplusUsed({ gap: decimal(g), surplus: decimal(surplus), reserve: decimal(reserve) });
  expect(yuanText(own_surplus)).toBe(used);
  expect(yuanText(residualGap({ gap: decimal(g), own_surplus }))).toBe(left);
});

// what is shown                            applies    R         budgeted  actual    irregular     M         N
// prettier-ignore
test.each<[what: string, applies: boolean, given: string[], parts: string[]]>([
  ['the vector of RULES 8',                 true,  ['100.00', '870.00', '850.00',   '0.00'],   ['20.00', '80.00']],
  ['premium as budgeted',                   true,  ['100.00', '870.00', '870.00',   '0.00'],    ['0.00', '100.00']],
  ['more than budgeted takes nothing off',  true,  ['100.00', '870.00', '900.00',   '5.00'],    ['5.00', '95.00']],
  ['missed premium and irregular spending', true,  ['100.00', '870.00', '850.00',   '1.50'],   ['21.50', '78.50']],
  ['never more than the residual gap',      true,  ['100.00', '870.00', '700.00',   '0.00'],  ['100.00', '0.00']],
  ['nothing left, nothing managerial',      true,    ['0.00', '870.00', '700.00',   '9.00'],    ['0.00', '0.00']],
  ['switched off, irregular spending too',  false, ['100.00', '870.00', '850.00',   '9.00'],    ['0.00', '100.00']],
])('managerial part: %s', (_what, applies, given, parts) => {
  const [residual, expected_premium, actual_premium, irregular_expenditure] = given.map(decimal) as [Decimal, Decimal, Decimal, Decimal];
  const managerial = managerialPart({ applies, residual, expected_premium, actual_premium, irregular_expenditure });
  expect([managerial, generalPart({ residual, managerial })].map(yuanText)).toEqual(parts);
});

// R 100, M 20, so 80 where all is in scope; expenditure of 1000 against a budget.
// what is shown                        overspend   budgeted E    N
// prettier-ignore
test.each([
  ['spending within the budget',        '0.30',     '1000.00',   '80.00'],
  ['overspending just within 30 %',     '0.30',      '769.24',   '80.00'], // 1000.012
  ['and a bit beyond: that is cut off', '0.30',      '769.20',   '79.96'], // 999.96
  ['rounded half up before α',          '0.001',     '999.0',    '80.00'], // 999.999 → 79.999
  ['no margin at all',                  '0',         '990.00',   '70.00'],
  ['more than N is cut off: 0',         '0',         '900.00',    '0.00'],
  ['without a budget: 0',               '0.30',        '0.00',    '0.00'],
])('in scope: %s', (_what, overspend, budgeted, n) => {
  const inScope = generalPartInScope({
    residual: decimal('100.00'),
    managerial: decimal('20.00'),
    expenditure: decimal('1000.00'),
    budgeted_expenditure: decimal(budgeted),
    overspend: decimal(overspend),
  });
  expect(yuanText(inScope)).toBe(n);
});

test('whatever the year was: 0 ≤ N ≤ R − M, M ≤ R ≤ G, U ≤ G, and scope only ever lowers N', () => {
  const area = fc.record({
    expenditure: smallAmount,
    income: signedSmallAmount,
    levy: smallAmount,
    surplus: signedSmallAmount,
    reserve: smallAmount,
    expected_premium: signedSmallAmount,
    actual_premium: signedSmallAmount,
    irregular_expenditure: smallAmount,
    budgeted_expenditure: smallAmount,
    overspend: rate,
    applies: fc.boolean(),
  });
  fc.assert(
    fc.property(area, (of) => {
      const g = gap(of);
      const own_surplus = ownSurplusUsed({ ...of, gap: g });
      const residual = residualGap({ gap: g, own_surplus });
      const managerial = managerialPart({ ...of, residual });
      const general = generalPart({ residual, managerial });
      const inScope = generalPartInScope({ ...of, residual, managerial });
      for (const part of [g, own_surplus, residual, managerial, general, inScope]) expect(part.gte(0)).toBe(true);
      expect(own_surplus.lte(g) && managerial.lte(residual) && inScope.lte(general)).toBe(true);
    }),
  );
});
