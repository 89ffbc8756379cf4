/** The levy: rate × base, until the fund is full (RULES 8). */
import fc from 'fast-check';
import {
  type LevyBase,
  baseYear,
  cappedLevies,
  instalments,
  roomByAmount,
  roomByIncome,
  roomByMonths,
  roomByTopUp,
  trueUp,
  uncappedLevy,
} from '../../rules/levy';
import { type Decimal, decimal, sum, yuanText } from '../../rules/money';
import { byArea, rate, signedSmallAmount, smallAmount, amount } from './arbitraries';

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);

describe('the two areas of RULES 8: rate 0.05, cap 2 months, opening 300', () => {
  const levied = (...bases: string[]): Decimal[] =>
    bases.map((base) => uncappedLevy({ base: decimal(base), rate: decimal('0.05') }));
  const room = roomByMonths({ months: decimal('2'), expenditure: decimals('880', '1400'), balance: decimal('300') });
  const prepaid = cappedLevies(levied('912.01', '1500.33'), room);
  const levies = cappedLevies(levied('880.00', '1600.55'), room);

  test('room 80.00', () => expect(yuanText(room)).toBe('80.00'));
  test('uncapped 45.60 and 75.02, prepaid 30.24 and 49.76', () => {
    expect(levied('912.01', '1500.33').map(yuanText)).toEqual(['45.60', '75.02']);
    expect(prepaid.map(yuanText)).toEqual(['30.24', '49.76']);
  });
  test('quarters 7.56 and 12.44', () => {
    expect(prepaid.map((amount) => instalments(amount).map(yuanText))).toEqual([
      ['7.56', '7.56', '7.56', '7.56'],
      ['12.44', '12.44', '12.44', '12.44'],
    ]);
  });
  test('levy 28.38 and 51.62', () => expect(levies.map(yuanText)).toEqual(['28.38', '51.62']));
  test('true-up −1.86 and +1.86', () => {
    const differences = levies.map((levy, i) => trueUp({ levy, prepaid: prepaid[i] as Decimal }));
    expect(differences.map(yuanText)).toEqual(['-1.86', '1.86']);
  });
});

// Whose income: the year of the base at the estimate, and at the true-up.
// prettier-ignore
test.each<[LevyBase, number, number]>([
  ['current',       2027, 2028],
  ['prior_settled', 2027, 2027],
  ['premium_only',  2027, 2028],
])('base %s of the cycle of 2028', (mode, estimate, settled) => {
  expect(baseYear(mode, 'estimate', 2028)).toBe(estimate);
  expect(baseYear(mode, 'true_up', 2028)).toBe(settled);
});

// base, rate, uncapped
// prettier-ignore
test.each([
  ['880.00',  '0.05',  '44.00'],
  ['0.09',    '0.05',   '0.00'], // 0.0045
  ['0.10',    '0.05',   '0.01'], // 0.005, half a fen
  ['0.00',    '0.05',   '0.00'],
  ['-880.00', '0.05',   '0.00'], // a negative base owes nothing
  ['880.00',  '0',      '0.00'],
  ['880.00',  '1',    '880.00'],
])('%s at %s', (base, by, uncapped) => {
  expect(yuanText(uncappedLevy({ base: decimal(base), rate: decimal(by) }))).toBe(uncapped);
});

describe('room under the cap', () => {
  // months, expenditure of the areas, balance, room: floored to the fen
  // prettier-ignore
  test.each<[string, string[], string, string]>([
    ['2',   ['880.00', '1400.00'], '300.00',   '80.00'],
    ['1',   ['100.00'],              '0.00',    '8.33'], // 8.333…
    ['1',   ['100.00'],              '8.33',    '0.00'], // 0.00333…
    ['1',   ['100.00'],              '8.34',   '-0.01'], // −0.00666…
    ['1',   ['1200.00'],             '0.00',  '100.00'], // a twelfth that comes out even
    ['0.5', ['240.00', '0.00'],      '0.00',   '10.00'],
    ['0',   ['240.00'],              '1.00',   '-1.00'],
  ])('%s months of expenditure %j, balance %s', (months, expenditure, balance, room) => {
    expect(
      yuanText(roomByMonths({ months: decimal(months), expenditure: decimals(...expenditure), balance: decimal(balance) })),
    ).toBe(room);
  });

  // months, expenditure and surplus of the areas, balance, room: an area that has more than n months lacks nothing
  // prettier-ignore
  test.each<[string, string[], string[], string, string]>([
    ['6', ['120.00', '240.00'], ['50.00', '100.00'], '0.00',  '30.00'], // 10 + 20
    ['6', ['120.00', '240.00'], ['60.00', '119.99'], '0.00',   '0.01'],
    ['6', ['120.00', '240.00'], ['60.01', '119.99'], '0.00',   '0.01'], // the fen too much helps nobody else
    ['6', ['120.00', '240.00'], ['-5.00', '200.00'], '10.00', '55.00'],
    ['1', ['100.00', '100.00'], ['0.00', '0.00'],    '0.00',  '16.66'], // 8.333… + 8.333…, floored once
  ])('topping up to %s months: expenditure %j, surplus %j, balance %s', (months, expenditure, surplus, balance, room) => {
    const inputs = {
      months: decimal(months),
      expenditure: decimals(...expenditure),
      surplus: decimals(...surplus),
      balance: decimal(balance),
    };
    expect(yuanText(roomByTopUp(inputs))).toBe(room);
  });

  // percent, bases, balance, room
  // prettier-ignore
  test.each<[string, string[], string, string]>([
    ['0.10',  ['880.00', '1600.55'], '48.05', '200.00'], // 248.055
    ['0.001', ['9.99'],               '0.00',   '0.00'], // 0.00999
    ['0.001', ['9.99'],               '0.01',  '-0.01'], // −0.00001, floored
    ['0.10',  ['-10.00', '20.00'],    '0.00',   '1.00'],
  ])('%s of the income %j, balance %s', (percent, base, balance, room) => {
    expect(
      yuanText(roomByIncome({ percent: decimal(percent), base: decimals(...base), balance: decimal(balance) })),
    ).toBe(room);
  });

  test.each([
    ['500.00', '300.00', '200.00'],
    ['300.00', '300.00', '0.00'],
    ['300.009', '300.00', '0.00'],
    ['299.999', '300.00', '-0.01'],
  ])('a fixed amount of %s, balance %s', (cap, balance, room) => {
    expect(yuanText(roomByAmount({ amount: decimal(cap), balance: decimal(balance) }))).toBe(room);
  });
});

describe('under the cap', () => {
  // uncapped, room, levied
  // prettier-ignore
  test.each<[string[], string | null, string[]]>([
    [['45.60', '75.02'], null,     ['45.60', '75.02']], // no cap
    [['45.60', '75.02'], '120.63', ['45.60', '75.02']],
    [['45.60', '75.02'], '120.62', ['45.60', '75.02']], // just room for all
    [['45.60', '75.02'], '120.61', ['45.60', '75.01']], // a fen too little
    [['45.60', '75.02'], '0.01',   ['0.00', '0.01']],
    [['45.60', '75.02'], '0.00',   ['0.00', '0.00']],   // the fund is full
    [['45.60', '75.02'], '-7.00',  ['0.00', '0.00']],   // more than full
    [['0.00', '0.00'],   '-7.00',  ['0.00', '0.00']],
    [['0.00', '10.00'],  '5.00',   ['0.00', '5.00']],
  ])('uncapped %j, room %s', (uncapped, room, levied) => {
    expect(cappedLevies(decimals(...uncapped), room === null ? null : decimal(room)).map(yuanText)).toEqual(levied);
  });

  const uncapped = byArea(fc.oneof(smallAmount, amount));

  test('nobody pays more than without a cap, and the room is never exceeded', () => {
    fc.assert(
      fc.property(uncapped, fc.oneof(signedSmallAmount, amount), (amounts, room) => {
        const levies = cappedLevies(amounts, room);
        levies.forEach((levy, i) => expect(levy.gte(0) && levy.lte(amounts[i] as Decimal)).toBe(true));
        expect(sum(levies).lte(room.gt(0) ? room : decimal('0'))).toBe(true);
      }),
    );
  });

  test('what there is room for is levied to the last fen', () => {
    fc.assert(
      fc.property(uncapped, smallAmount, (amounts, room) => {
        const whole = sum(amounts);
        expect(yuanText(sum(cappedLevies(amounts, room)))).toBe(yuanText(whole.lt(room) ? whole : room));
      }),
    );
  });

  test('a fund below its cap never grows beyond it', () => {
    fc.assert(
      fc.property(byArea(smallAmount), rate, smallAmount, smallAmount, (bases, by, cap, balance) => {
        const levies = cappedLevies(
          bases.map((base) => uncappedLevy({ base, rate: by })),
          roomByAmount({ amount: cap, balance }),
        );
        const after = balance.plus(sum(levies));
        expect(after.lte(cap) || after.eq(balance)).toBe(true);
      }),
    );
  });
});

describe('instalments', () => {
  // prettier-ignore
  test.each<[string, string[]]>([
    ['30.24', ['7.56', '7.56', '7.56', '7.56']],
    ['30.27', ['7.56', '7.56', '7.56', '7.59']], // the rest in October
    [ '0.03', ['0.00', '0.00', '0.00', '0.03']],
    [ '0.00', ['0.00', '0.00', '0.00', '0.00']],
  ])('of %s', (prepaid, quarters) => {
    expect(instalments(decimal(prepaid)).map(yuanText)).toEqual(quarters);
  });

  test('four, the first three equal, the last at most three fen more, and nothing lost', () => {
    fc.assert(
      fc.property(amount, (prepaid) => {
        const [january, april, july, october] = instalments(prepaid) as [Decimal, Decimal, Decimal, Decimal];
        expect(april.eq(january) && july.eq(january)).toBe(true);
        expect(october.gte(january) && october.lte(january.plus('0.03'))).toBe(true);
        expect(sum([january, april, july, october]).eq(prepaid)).toBe(true);
      }),
    );
  });
});
