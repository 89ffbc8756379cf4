/** Total budgets and their clearing: the vectors of RULES 11, the boundaries between keeping and bearing, and what always adds up. */
import fc from 'fast-check';
import { type Decimal, decimal, sum, yuanText } from '../../rules/money';
import {
  AT_COST,
  clearing,
  doesPaidDiffer,
  entitled,
  fundParts,
  isClearingOpen,
  isMuchOwed,
  isOverspent,
  openClearing,
  overspent,
  owedToUnits,
  paidDifference,
  payable,
  reserve,
  retained,
  totalBudget,
  unitBudgets,
} from '../../rules/total-budget';
import { rate, smallAmount } from './arbitraries';

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);
const texts = (amounts: readonly Decimal[]): string[] => amounts.map(yuanText);

describe('the total is split over reserve and units', () => {
  // what is shown                                    T          weights          reserve    budgets
  // prettier-ignore
  test.each<[string, string, string[], string, string[]]>([
    ['the vector of RULES 11',                        '1000.00', ['3', '1'],      '50.00',   ['712.50', '237.50']],
    ['weights of several decimals',                   '1000.00', ['0.30', '0.1'], '50.00',   ['712.50', '237.50']],
    ['half a fen of reserve, up',                     '0.10',    ['1'],           '0.01',    ['0.09']],
    ['missing fen go to the largest remainders',      '100.00',  ['1', '1', '1'], '5.00',    ['31.67', '31.67', '31.66']],
    ['of equal ones to the unit named first',         '0.02',    ['1', '1', '1'], '0.00',    ['0.01', '0.01', '0.00']],
    ['a unit that has left',                          '1000.00', ['1', '0'],      '50.00',   ['950.00', '0.00']],
    ['no budget at all',                              '0.00',    ['3', '1'],      '0.00',    ['0.00', '0.00']],
  ])('%s', (_what, total, weights, held, budgets) => {
    const kept = reserve({ reserve_rate: decimal('0.05'), total: decimal(total) });
    expect(yuanText(kept)).toBe(held);
    expect(texts(unitBudgets(decimal(total), kept, weights.map(decimal)))).toEqual(budgets);
  });

  test('T is what the budget has for care', () => {
    expect(yuanText(totalBudget({ items: decimals('600.00', '350.00', '50.00') }))).toBe('1000.00');
  });
});

const LAW = {
  institution: { retain_from: decimal('0.85'), retain: decimal('0.60') },
  community: { retain_from: decimal('0.85'), retain: decimal('1.00') },
  over: { over_limit: decimal('0.10'), over_share: decimal('0.50') },
};
/** A unit whose reserve never runs short. */
function cleared(kind: 'institution' | 'community', budget: string, incurred: string) {
  const unit = { budget: decimal(budget), incurred: decimal(incurred) };
  const kept = retained({ ...unit, ...LAW[kind] });
  const due = entitled({ ...unit, ...LAW.over });
  return texts([kept, due, payable({ ...unit, retained: kept, fund_share: due })]);
}

// what is shown                                       kind           B         C          retained  entitled  payable
// prettier-ignore
test.each<[string, 'institution' | 'community', string, string, string[]]>([
  ['the vector: an institution saved a little',        'institution', '712.50', '700.00',  ['7.50',   '0.00',   '707.50']],
  ['the vector: it spent too little to keep any',      'institution', '712.50', '600.00',  ['0.00',   '0.00',   '600.00']],
  ['85 % to the mill of a fen: 605.625',               'institution', '712.50', '605.63',  ['64.12',  '0.00',   '669.75']],
  ['a fen below it',                                   'institution', '712.50', '605.62',  ['0.00',   '0.00',   '605.62']],
  ['85 % exactly',                                     'institution', '100.00', '85.00',   ['9.00',   '0.00',   '94.00']],
  ['the vector: a community keeps all it saved',       'community',   '237.50', '230.00',  ['7.50',   '0.00',   '237.50']],
  ['the vector: it overspent beyond reason',           'community',   '237.50', '300.00',  ['0.00',   '11.88',  '249.38']],
  ['overspent within reason',                          'community',   '237.50', '247.51',  ['0.00',   '5.01',   '242.51']],
  ['the budget to the fen',                            'institution', '237.50', '237.50',  ['0.00',   '0.00',   '237.50']],
  ['a fen above it: half a fen, up',                   'institution', '237.50', '237.51',  ['0.00',   '0.01',   '237.51']],
  ['no budget: nothing of the overspending is reason', 'institution', '0.00',   '10.00',   ['0.00',   '0.00',   '0.00']],
  ['no budget, no care',                               'community',   '0.00',   '0.00',    ['0.00',   '0.00',   '0.00']],
])('%s', (_what, kind, budget, incurred, found) => {
  expect(cleared(kind, budget, incurred)).toEqual(found);
});

test('care elsewhere is paid at cost, whatever its budget was', () => {
  expect(yuanText(AT_COST.payable({ incurred: decimal('1200.00') }))).toBe('1200.00');
  expect(AT_COST.no_part({}).isZero()).toBe(true);
});

// what is shown                          reserve   entitled                    borne
// prettier-ignore
test.each<[string, string, string[], string[]]>([
  ['the vector: the reserve runs short',  '50.00',  ['40.00', '20.00'],         ['33.33', '16.67']],
  ['enough to the fen',                   '60.00',  ['40.00', '20.00'],         ['40.00', '20.00']],
  ['a fen too little: it falls on a tie', '59.99',  ['30.00', '30.00'],         ['30.00', '29.99']],
  ['nothing held back',                   '0.00',   ['40.00', '20.00'],         ['0.00', '0.00']],
  ['nobody entitled',                     '50.00',  ['0.00', '0.00'],           ['0.00', '0.00']],
])('the fund’s part: %s', (_what, held, due, borne) => {
  expect(texts(fundParts(due.map(decimal), decimal(held)))).toEqual(borne);
});

test('a clearing is signed', () => {
  expect(yuanText(clearing({ payable: decimal('237.50'), paid: decimal('240.00') }))).toBe('-2.50');
});

describe('whatever the units did', () => {
  const unit = fc.record({
    kind: fc.constantFrom('institution', 'community', 'elsewhere'),
    weight: fc.integer({ min: 0, max: 20 }).map((tenths) => decimal(String(tenths)).div(10)),
    share: rate, // of the most that is drawn
    paid: smallAmount,
  });
  const fund = fc.record({
    total: smallAmount,
    units: fc.array(unit, { minLength: 1, maxLength: 6 }).filter((units) => units.some(({ weight }) => weight.gt(0))),
    law: fc.record({ reserve: rate, retain_from: rate, retain: rate, over_limit: rate, over_share: rate }),
  });

  /** The whole clearing of a fund, as the rules give it. */
  const clearedFund = ({ total, units, law }: typeof fund extends fc.Arbitrary<infer Fund> ? Fund : never) => {
    const held = reserve({ reserve_rate: law.reserve, total });
    const budgets = unitBudgets(
      total,
      held,
      units.map(({ weight }) => weight),
    );
    const spent = units.map((one, i) => {
      const budget = budgets[i] as Decimal;
      // Half of them around their budget, where the rules turn.
      const incurred = budget.times(one.share.plus('0.5')).toDecimalPlaces(2);
      return { ...one, budget, incurred };
    });
    const due = spent.map((unit) => (unit.kind === 'elsewhere' ? AT_COST.no_part({}) : entitled({ ...unit, ...law })));
    const borne = fundParts(due, held);
    const rows = spent.map((one, i) => {
      const isAtCost = one.kind === 'elsewhere';
      const kept = isAtCost ? AT_COST.no_part({}) : retained({ ...one, ...law });
      const part = borne[i] as Decimal;
      const owed = isAtCost ? AT_COST.payable(one) : payable({ ...one, retained: kept, fund_share: part });
      return { ...one, kept, due: due[i] as Decimal, part, owed, open: clearing({ payable: owed, paid: one.paid }) };
    });
    return { held, rows };
  };
  const all = (check: (cleared: ReturnType<typeof clearedFund>, total: Decimal) => void): void =>
    fc.assert(fc.property(fund, (drawn) => check(clearedFund(drawn), drawn.total)));

  test('units and reserve add up to the total', () => {
    all(({ held, rows }, total) => {
      expect(yuanText(sum([held, ...rows.map(({ budget }) => budget)]))).toBe(yuanText(total));
    });
  });
  test('the fund never bears more than its reserve, nor more for a unit than is due', () => {
    all(({ held, rows }) => {
      expect(sum(rows.map(({ part }) => part)).lte(held)).toBe(true);
      for (const { part, due } of rows) expect(part.gte(0) && part.lte(due)).toBe(true);
    });
  });
  test('what was paid and the clearing add up to what is owed', () => {
    all(({ rows }) => {
      for (const { paid, open, owed } of rows) expect(paid.plus(open).eq(owed)).toBe(true);
    });
  });
  test('no unit both keeps savings and has overspending borne, and none is owed more than its budget or its care', () => {
    all(({ rows }) => {
      for (const { kept, part, owed, budget, incurred } of rows) {
        expect(kept.isZero() || part.isZero()).toBe(true);
        expect(owed.lte(budget.gt(incurred) ? budget : incurred)).toBe(true);
      }
    });
  });
  test('the same weights twice as large split the total alike', () => {
    fc.assert(
      fc.property(
        smallAmount,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        (total, weights) => {
          const split = (factor: string) =>
            texts(
              unitBudgets(
                total,
                decimal('0'),
                weights.map((weight) => decimal(String(weight)).times(factor)),
              ),
            );
          expect(split('2')).toEqual(split('1'));
        },
      ),
    );
  });
});

describe('findings', () => {
  test('overspending counts unit by unit: the savings of one do not make up for another', () => {
    const units = { budget: decimals('400.00', '200.00'), incurred: decimals('480.00', '150.00') };
    expect(yuanText(overspent(units))).toBe('80.00');
    expect(isOverspent(units)).toBe(true);
    expect(isOverspent({ ...units, incurred: decimals('400.00', '200.00') })).toBe(false);
  });

  // paid, for earlier years, booked, difference
  // prettier-ignore
  test.each([
    ['920.00', '0.00',  '900.00', '20.00'],
    ['880.00', '20.00', '900.00', '0.00'],
    ['880.00', '0.00',  '900.00', '-20.00'],
  ])('paid %s and %s, booked %s: %s', (paid_to_units, paid_earlier_years, booked_care, difference) => {
    const amounts = {
      paid_to_units: decimal(paid_to_units),
      paid_earlier_years: decimal(paid_earlier_years),
      booked_care: decimal(booked_care),
    };
    expect(yuanText(paidDifference(amounts))).toBe(difference);
    expect(doesPaidDiffer(amounts)).toBe(difference !== '0.00');
  });

  // clearing of the units, gap, whether it is raised
  // prettier-ignore
  test.each<[string[], string, boolean]>([
    [['83.33', '66.67'],  '110.00', true],
    [['83.33', '66.67'],  '0.00',   false],
    [['83.33', '-83.33'], '110.00', false],
    [['-83.33'],          '0.01',   true],
    [[],                  '110.00', false],
  ])('clearings of %p beside a gap of %s: %s', (owed, gap, isRaised) => {
    const inputs = { clearing: owed.map(decimal), gap: decimal(gap) };
    expect(isClearingOpen(inputs)).toBe(isRaised);
    expect(openClearing(inputs).eq(sum(inputs.clearing))).toBe(true);
  });

  test('more than a month’s expenditure is owed: an overpayment to one does not make up for another', () => {
    const units = { incurred: decimals('480.00', '250.00'), paid: decimals('350.00', '300.00') };
    expect(yuanText(owedToUnits(units))).toBe('130.00');
    expect(isMuchOwed({ ...units, expenditure: decimal('1560.00') })).toBe(false);
    expect(isMuchOwed({ ...units, expenditure: decimal('1559.99') })).toBe(true);
  });
});
