/** The adjustment fund's share of a gap, and what it pays (RULES 8, READINGS 36–39). */
import fc from 'fast-check';
import { gap, generalPart, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { type Decimal, decimal, sum, yuanText } from '../../rules/money';
import type { Band } from '../../rules/rule';
import {
  type AlphaInputs,
  alpha,
  areaShare,
  areaShareParts,
  settlementGrant,
  dependencyStepEmployee,
  dependencyStepResident,
  disqualifications,
  entitlement,
  fundAvailable,
  fundPayments,
  matchedEntitlement,
  achievementStep,
  scoreStep,
} from '../../rules/share';
import { amount, bands, byArea, heads, rate, signedSmallAmount, smallAmount } from './arbitraries';

/** The bands of RULES 8, each line: up to (from) this bound, this step. */
// prettier-ignore
const RATIO: Band[] =      [['0.8', '0.10'], ['1.0', '0.05'], ['1.2', '0'],      [null, '-0.05']];
// prettier-ignore
const AGED: Band[] =       [['1.2', '0.10'], ['1.0', '0.05'], ['0.8', '0'],      [null, '-0.05']];
// prettier-ignore
const COLLECTION: Band[] = [['1.00', '0.05'], ['0.98', '0'], ['0.95', '-0.05'], [null, '-0.10']];
// prettier-ignore
const EXPANSION: Band[] =  [['1.00', '0.05'], ['0.95', '0'], ['0.90', '-0.05'], [null, '-0.10']];

const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);
const stepText = (step: Decimal | null): string | null => step && step.toFixed(2);

describe('factor d', () => {
  const share = (numerator: string, denominator: string, region_numerator: string, region_denominator: string) => ({
    numerator: decimal(numerator),
    denominator: decimal(denominator),
    region_numerator: decimal(region_numerator),
    region_denominator: decimal(region_denominator),
  });

  // Employees: in service, retired, against the region's 2000 and 1000. The fewer work for one retired, the more.
  // what is shown                         in service  retired  region           d
  // prettier-ignore
  test.each<[string, string, string, [string, string], string | null]>([
    ['the vector of RULES 8: 0.75',        '303',      '202',   ['1212', '606'],  '0.10'],
    ['0.8 exactly',                        '1600',     '1000',  ['2000', '1000'], '0.10'],
    ['just above 0.8',                     '1601',     '1000',  ['2000', '1000'], '0.05'],
    ['the region’s own ratio',             '2000',     '1000',  ['2000', '1000'], '0.05'],
    ['just above it',                      '2001',     '1000',  ['2000', '1000'], '0.00'],
    ['1.2 exactly',                        '2400',     '1000',  ['2000', '1000'], '0.00'],
    ['just above 1.2',                     '2401',     '1000',  ['2000', '1000'], '-0.05'],
    ['thirds are compared unrounded',         '2',        '3',  ['2', '3'],       '0.05'],
    ['nobody retired: the last band',        '10',        '0',  ['2000', '1000'], '-0.05'],
    ['nobody at all: missing',                '0',        '0',  ['2000', '1000'], null],
    ['nobody in service',                     '0',       '10',  ['2000', '1000'], '0.10'],
    ['a region without retired: missing',    '10',        '0',  ['2000', '0'],    null],
    ['a region without workers: missing',     '0',       '10',  ['0', '1000'],    null],
  ])('employees, %s', (_what, inService, retired, region, d) => {
    expect(stepText(dependencyStepEmployee({ ...share(inService, retired, ...region), bands: RATIO }))).toBe(d);
  });

  // Residents: aged 60 and over, insured, against the region's 4 of 16. The older, the more.
  // prettier-ignore
  test.each<[string, string, string, [string, string], string | null]>([
    ['the case of two areas: 1.33',        '2',   '6',    ['4', '16'], '0.10'],
    ['1.2 exactly',                        '3',   '10',   ['4', '16'], '0.10'],
    ['just below 1.2',                     '299', '1000', ['4', '16'], '0.05'],
    ['the region’s own share',             '1',   '4',    ['4', '16'], '0.05'],
    ['just below it',                      '249', '1000', ['4', '16'], '0.00'],
    ['0.8 exactly',                        '1',   '5',    ['4', '16'], '0.00'],
    ['just below 0.8',                     '199', '1000', ['4', '16'], '-0.05'],
    ['nobody insured: missing',            '0',   '0',    ['4', '16'], null],
    ['nobody old in the region: missing',  '0',   '5',    ['0', '16'], null],
    ['nobody insured there: missing',      '0',   '5',    ['4', '0'],  null],
  ])('residents, %s', (_what, aged, insured, region, d) => {
    expect(stepText(dependencyStepResident({ ...share(aged, insured, ...region), bands: AGED }))).toBe(d);
  });
});

// Actual ÷ target, each bound and its neighbour.
// prettier-ignore
test.each<[factor: 'c' | 'k', actual: string, target: string, step: string | null]>([
  ['c', '870.00', '870.00', '0.05'],   ['c', '869.99', '870.00', '0.00'],
  ['c', '980.00', '1000.00', '0.00'],  ['c', '979.99', '1000.00', '-0.05'],
  ['c', '950.00', '1000.00', '-0.05'], ['c', '949.99', '1000.00', '-0.10'],
  ['c', '850.00', '870.00', '-0.05'], // the vector of RULES 8: 0.977
  ['c', '1.00', '0.00', null],         ['c', '1.00', '-5.00', null],
  ['k', '505', '500', '0.05'], // the vector of RULES 8: 1.01
  ['k', '500', '500', '0.05'],         ['k', '499', '500', '0.00'],
  ['k', '950', '1000', '0.00'],        ['k', '949', '1000', '-0.05'],
  ['k', '900', '1000', '-0.05'],       ['k', '899', '1000', '-0.10'],
  ['k', '10', '0', null],
])('factor %s: %s of %s', (factor, actual, target, step) => {
  const of = { actual: decimal(actual), target: decimal(target), bands: factor === 'c' ? COLLECTION : EXPANSION };
  expect(stepText(achievementStep(of))).toBe(step);
});

const SCORES: Band[] = [
  ['90', '0.05'],
  ['80', '0'],
  [null, '-0.05'],
];
test.each([
  ['92', '0.05'],
  ['90', '0.05'],
  ['89.99', '0.00'],
  ['80', '0.00'],
  ['79.99', '-0.05'],
  [null, '0.00'],
])('factor p: a score of %s', (score, step) => {
  expect(stepText(scoreStep({ score: score === null ? null : decimal(score), bands: SCORES }))).toBe(step);
});

/** An area in order, with the limits of RULES 8 and the factors of its vector. */
function area(of: Partial<Record<keyof AlphaInputs, string | boolean>> = {}): AlphaInputs {
  // prettier-ignore
  const cells = {
    alpha0: '0.65', min: '0.50', max: '0.80', d: '0.10', c: '-0.05', k: '0.05', p: '0',
    unpaid: false, days_late: '0', days_allowed: '30', own_policy_above: false, transition_document: '', audit_refused: false,
    actual_premium: '850.00', expected_premium: '870.00', collection_below: '0.90',
    ...of,
  };
  return Object.fromEntries(
    Object.entries(cells).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'transition_document' ? decimal(value) : value,
    ]),
  ) as unknown as AlphaInputs;
}

// what is shown                          what differs                                     α
// prettier-ignore
test.each<[string, Parameters<typeof area>[0], string]>([
  ['the vector of RULES 8',               {},                                              '0.75'],
  ['at the maximum',                      { c: '0' },                                      '0.80'],
  ['never above it',                      { c: '0.05' },                                   '0.80'],
  ['at the minimum',                      { d: '-0.05', c: '-0.10', k: '0' },              '0.50'],
  ['never below it',                      { d: '-0.05', c: '-0.10', k: '-0.10' },          '0.50'],
  ['levy unpaid',                         { unpaid: true },                                '0'],
  ['30 days late',                        { days_late: '30' },                             '0.75'],
  ['31 days late',                        { days_late: '31' },                             '0'],
  ['own benefits above the uniform ones', { own_policy_above: true },                      '0'],
  ['in an approved transition',           { own_policy_above: true, transition_document: '内政办〔2027〕3号' }, '0.75'],
  ['a dash is no document',               { own_policy_above: true, transition_document: '—' }, '0'],
  ['a good score of last year',           { p: '0.05' },                                   '0.80'],
  ['a bad one',                           { p: '-0.20' },                                  '0.55'],
  ['audit refused',                       { audit_refused: true },                         '0'],
  ['90 % collected',                      { actual_premium: '783.00' },                    '0.75'],
  ['a fen less',                          { actual_premium: '782.99' },                    '0'],
  ['no rate, nobody is disqualified',     { actual_premium: '0', expected_premium: '0' },  '0.75'],
  ['a negative budget is no rate either', { actual_premium: '0', expected_premium: '-1' }, '0.75'],
])('α: %s', (_what, of, expected) => {
  expect(alpha(area(of)).toFixed()).toBe(decimal(expected).toFixed());
});

test('α is 0 or within its bounds, and 0 only for the disqualified', () => {
  const step = fc.integer({ min: -100, max: 100 }).map((hundredths) => decimal(String(hundredths)).div(100));
  const any = fc.record({
    d: step,
    c: step,
    k: step,
    p: step,
    alpha0: rate,
    bounds: fc.tuple(rate, rate).map(([a, b]) => (a.lt(b) ? { min: a, max: b } : { min: b, max: a })),
    conduct: fc.record({ unpaid: fc.boolean(), own_policy_above: fc.boolean(), audit_refused: fc.boolean() }),
    premium: fc.record({ actual_premium: signedSmallAmount, expected_premium: signedSmallAmount }),
  });
  fc.assert(
    fc.property(any, ({ bounds, conduct, premium, ...factors }) => {
      const inputs = { ...area(), ...factors, ...bounds, ...conduct, ...premium };
      const share = alpha(inputs);
      if (disqualifications(inputs) !== '') expect(share.isZero()).toBe(true);
      else expect(share.gte(bounds.min) && share.lte(bounds.max)).toBe(true);
    }),
  );
});

// what is shown                          α        N         R        F         F where F ≤ A
// prettier-ignore
test.each([
  ['the vector of RULES 8',              '0.75',  '80.00', '100.00', '60.00',  '50.00'],
  ['levy unpaid',                        '0',     '80.00', '100.00',  '0.00',   '0.00'],
  ['half a fen, up',                     '0.75',  '68.38',  '88.38', '51.29',  '44.19'], // 51.285
  ['half of an odd residual, down',      '0.80', '100.01', '100.01', '80.01',  '50.00'], // 50.005
  ['less than half: as it is',           '0.50',  '80.00', '100.00', '40.00',  '40.00'],
  ['no gap',                             '0.75',   '0.00',   '0.00',  '0.00',   '0.00'],
])('entitled: %s', (_what, share, n, r, entitled, matched) => {
  const claim = { alpha: decimal(share), general: decimal(n) };
  expect(yuanText(entitlement(claim))).toBe(entitled);
  expect(yuanText(matchedEntitlement({ ...claim, residual: decimal(r) }))).toBe(matched);
});

// what is shown                opening     levies               interest   money of the fund
// prettier-ignore
test.each<[string, string, string[], string, string]>([
  ['opening, levies, interest', '300.00',  ['28.38', '51.62'],   '4.50',   '384.50'],
  ['a fund in debt',            '-90.00',  ['28.38', '51.62'],   '4.50',     '0.00'],
  ['and just out of it',        '-84.49',  ['28.38', '51.62'],   '4.50',     '0.01'],
  ['nobody levies',               '0.00',  [],                   '0.00',     '0.00'],
])('%s', (_what, opening, levies, interest, available) => {
  const of = { opening: decimal(opening), levy: decimals(...levies), interest: decimal(interest) };
  expect(yuanText(fundAvailable(of))).toBe(available);
});

// what is shown                     entitled              available   paid
// prettier-ignore
test.each<[string, string[], string, string[]]>([
  ['enough',                         ['60.00', '60.00'],   '500.00',   ['60.00', '60.00']],
  ['just enough',                    ['60.00', '60.00'],   '120.00',   ['60.00', '60.00']],
  ['the vector of RULES 8: 90',      ['60.00', '60.00'],    '90.00',   ['45.00', '45.00']],
  ['a fen too little',               ['60.00', '60.00'],   '119.99',   ['60.00', '59.99']],
  ['in proportion',                  ['90.00', '30.00'],     '1.00',   ['0.75', '0.25']],
  ['nothing there',                  ['60.00', '60.00'],     '0.00',   ['0.00', '0.00']],
  ['nobody is entitled',             ['0.00', '0.00'],       '0.00',   ['0.00', '0.00']],
])('paid: %s', (_what, entitled, available, paid) => {
  const payments = fundPayments(decimals(...entitled), decimal(available));
  expect(payments.map(yuanText)).toEqual(paid);
  const residual = decimal('100.00');
  // The areas bear the difference.
  payments.forEach((fund_share) =>
    expect(areaShare({ residual, fund_share }).plus(fund_share).eq(residual)).toBe(true),
  );
});

test('the vector of RULES 8 from E 1000, L 40, Y 880, S 60: F 60, A 40; unpaid: F 0, A 100', () => {
  const g = gap({ expenditure: decimal('1000'), levy: decimal('40'), income: decimal('880') });
  const own_surplus = ownSurplusUsed({ gap: g, surplus: decimal('60'), reserve: decimal('0') });
  const residual = residualGap({ gap: g, own_surplus });
  const managerial = managerialPart({ ...area(), applies: true, residual, irregular_expenditure: decimal('0') });
  const general = generalPart({ residual, managerial });
  const shares = (share: Decimal): string[] => {
    const fund_share = entitlement({ alpha: share, general });
    return [fund_share, areaShare({ residual, fund_share })].map(yuanText);
  };
  expect([g, own_surplus, residual, managerial, general].map(yuanText)).toEqual([
    '160.00',
    '60.00',
    '100.00',
    '20.00',
    '80.00',
  ]);
  expect(shares(alpha(area()))).toEqual(['60.00', '40.00']);
  expect(shares(alpha(area({ unpaid: true })))).toEqual(['0.00', '100.00']);
});

const oneArea = fc.record({
  expenditure: smallAmount,
  income: signedSmallAmount,
  levy: smallAmount,
  surplus: signedSmallAmount,
  expected_premium: smallAmount,
  actual_premium: smallAmount,
  irregular_expenditure: smallAmount,
  share: rate,
});
const shared = (
  areas: readonly (typeof oneArea extends fc.Arbitrary<infer Area> ? Area : never)[],
  available: Decimal,
  matched: boolean,
) => {
  const parts = areas.map((of) => {
    const g = gap(of);
    const own_surplus = ownSurplusUsed({ ...of, gap: g, reserve: decimal('0') });
    const residual = residualGap({ gap: g, own_surplus });
    const managerial = managerialPart({ ...of, applies: true, residual });
    const general = generalPart({ residual, managerial });
    const claim = { alpha: of.share, general };
    const entitled = matched ? matchedEntitlement({ ...claim, residual }) : entitlement(claim);
    return { g, own_surplus, residual, managerial, general, entitled };
  });
  const paid = fundPayments(
    parts.map(({ entitled }) => entitled),
    available,
  );
  return parts.map((part, i) => {
    const fund_share = paid[i] as Decimal;
    return { ...part, fund_share, area_share: areaShare({ residual: part.residual, fund_share }) };
  });
};

describe('for any areas of one fund', () => {
  test('the parts of A add up to it, and none is negative', () => {
    fc.assert(
      fc.property(byArea(oneArea), smallAmount, fc.boolean(), (areas, available, matched) => {
        for (const { area_share, ...of } of shared(areas, available, matched)) {
          const parts = Object.values(areaShareParts(of));
          expect(yuanText(sum(parts))).toBe(yuanText(area_share));
          expect(parts.filter((part) => part.lt(0))).toEqual([]);
        }
      }),
    );
  });

  test('U + F + A = G exactly, and nobody’s part is negative', () => {
    fc.assert(
      fc.property(byArea(oneArea), smallAmount, fc.boolean(), (areas, available, matched) => {
        for (const { g, own_surplus, fund_share, area_share } of shared(areas, available, matched)) {
          expect(yuanText(sum([own_surplus, fund_share, area_share]))).toBe(yuanText(g));
          for (const part of [own_surplus, fund_share, area_share]) expect(part.gte(0)).toBe(true);
        }
      }),
    );
  });

  test('the fund pays no more than it has, nor than anybody is entitled to; matched, no more than the government', () => {
    fc.assert(
      fc.property(byArea(oneArea), smallAmount, fc.boolean(), (areas, available, matched) => {
        const all = shared(areas, available, matched);
        expect(sum(all.map(({ fund_share }) => fund_share)).lte(available)).toBe(true);
        for (const { entitled, fund_share, area_share } of all) {
          expect(fund_share.lte(entitled)).toBe(true);
          if (matched) expect(fund_share.lte(area_share)).toBe(true);
        }
      }),
    );
  });
});

test('every step is one of the bands, whatever they are', () => {
  fc.assert(
    fc.property(bands('falling'), heads, heads, amount, amount, (list, numerator, denominator, actual, target) => {
      const steps = list.map(([, step]) => decimal(step).toFixed());
      const found = [
        dependencyStepResident({
          numerator,
          denominator,
          region_numerator: actual,
          region_denominator: target,
          bands: list,
        }),
        achievementStep({ actual, target, bands: list }),
      ];
      for (const step of found) if (step !== null) expect(steps).toContain(step.toFixed());
    }),
  );
});

// F, what was advanced in the year, what the settlement pays (RULES 8: a negative one is returned)
// prettier-ignore
test.each([
  ['60.00', '0.00',  '60.00'],
  ['60.00', '45.00', '15.00'],
  ['60.00', '60.00', '0.00'],
  ['60.00', '80.00', '-20.00'],
  ['0.00',  '80.00', '-80.00'],
])('F %s after an advance of %s: the settlement pays %s', (fund_share, advance, rest) => {
  expect(yuanText(settlementGrant({ fund_share: decimal(fund_share), advance: decimal(advance) }))).toBe(rest);
});
