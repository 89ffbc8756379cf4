/**
 * Better collection never raises the share of the area's own government, with all else equal; the sum over the scheme's
 * governments neither. Where another area's government bears more, and by how much a fen may move, is said in
 * docs/decisions/0007-better-collection.md and shown at the end.
 */
import fc from 'fast-check';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { cappedLevies, uncappedLevy } from '../../rules/levy';
import { type Decimal, decimal, sum, yuanText, zero } from '../../rules/money';
import type { Band } from '../../rules/rule';
import {
  alpha,
  areaShare,
  entitlement,
  fundAvailable,
  fundPayments,
  matchedEntitlement,
  achievementStep,
} from '../../rules/share';
import { rate, signedSmallAmount, smallAmount } from './arbitraries';

/** One area's year: what its premium brought, and everything that stays equal. */
interface AreaYear {
  premium: Decimal;
  otherIncome: Decimal;
  expenditure: Decimal;
  surplus: Decimal;
  expectedPremium: Decimal;
  budgetedExpenditure: Decimal;
  irregular: Decimal;
}
interface Law {
  rate: Decimal;
  room: Decimal | null;
  reserve: Decimal;
  managerial: boolean;
  overspend: Decimal | null;
  matched: boolean;
  alpha0: Decimal;
  min: Decimal;
  max: Decimal;
  collection: readonly Band[];
  collectionBelow: Decimal;
}
interface Region {
  areas: AreaYear[];
  law: Law;
  fund: Decimal; // opening and interest
}
interface Settled {
  areaShare: Decimal[];
  entitled: Decimal[];
  isShort: boolean;
  isSplit: boolean;
}

/** The settlement of a scheme from levy to payment, by the rules alone. */
function settle({ areas, law, fund }: Region): Settled {
  const income = areas.map(({ premium, otherIncome }) => premium.plus(otherIncome));
  const uncapped = income.map((base) => uncappedLevy({ base, rate: law.rate }));
  const levies = cappedLevies(uncapped, law.room);
  const parts = areas.map((area, i) => partsOf(area, law, income[i]!, levies[i]!));
  const entitled = parts.map((part) => part.entitled);
  const available = fundAvailable({ opening: fund, levy: levies, interest: zero });
  const paid = fundPayments(entitled, available);
  const isShort = sum(entitled).gt(available);
  return {
    areaShare: parts.map(({ residual }, i) => areaShare({ residual, fund_share: paid[i]! })),
    entitled,
    isShort,
    isSplit: isShort || sum(levies).lt(sum(uncapped)),
  };
}

function partsOf(area: AreaYear, law: Law, income: Decimal, levy: Decimal) {
  const { premium, expenditure, surplus, expectedPremium, irregular } = area;
  const found = gap({ income, expenditure, levy });
  const own = ownSurplusUsed({ gap: found, surplus, reserve: law.reserve });
  const residual = residualGap({ gap: found, own_surplus: own });
  const managerial = managerialPart({
    applies: law.managerial,
    residual,
    expected_premium: expectedPremium,
    actual_premium: premium,
    irregular_expenditure: irregular,
  });
  const general =
    law.overspend === null
      ? generalPart({ residual, managerial })
      : generalPartInScope({
          residual,
          managerial,
          expenditure,
          budgeted_expenditure: area.budgetedExpenditure,
          overspend: law.overspend,
        });
  const share = alpha({
    unpaid: false,
    days_late: zero,
    days_allowed: zero,
    own_policy_above: false,
    transition_document: null,
    audit_refused: false,
    actual_premium: premium,
    expected_premium: expectedPremium,
    collection_below: law.collectionBelow,
    alpha0: law.alpha0,
    min: law.min,
    max: law.max,
    d: zero,
    k: zero,
    p: zero,
    c: achievementStep({ actual: premium, target: expectedPremium, bands: law.collection }) ?? zero,
  });
  const claim = { alpha: share, general };
  return { residual, entitled: law.matched ? matchedEntitlement({ ...claim, residual }) : entitlement(claim) };
}

const better = (region: Region, i: number, by: Decimal): Region => ({
  ...region,
  areas: region.areas.map((area, place) => (place === i ? { ...area, premium: area.premium.plus(by) } : area)),
});

/** Steps that rise with collection, as the defaults do. */
const risingBands: fc.Arbitrary<readonly Band[]> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 80, max: 110 }), { maxLength: 4 }),
    fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([bounds, steps]) => {
    const falling = (numbers: number[]): string[] =>
      [...numbers].sort((a, b) => b - a).map((n) => (n / 100).toFixed(2));
    const [from, step] = [falling(bounds), falling(steps)];
    return [...from.map((bound, i): Band => [bound, step[i]!]), [null, step[from.length]!] satisfies Band];
  });

const law: fc.Arbitrary<Law> = fc
  .record({
    rate,
    room: fc.option(signedSmallAmount),
    reserve: smallAmount,
    managerial: fc.boolean(),
    overspend: fc.option(rate),
    matched: fc.boolean(),
    alpha0: rate,
    bounds: fc.tuple(rate, rate),
    collection: risingBands,
    collectionBelow: rate,
  })
  .map(({ bounds, ...rest }) => {
    const [min, max] = [...bounds].sort((a, b) => a.comparedTo(b)) as [Decimal, Decimal];
    return { ...rest, min, max };
  });
const areaYear: fc.Arbitrary<AreaYear> = fc.record({
  premium: signedSmallAmount,
  otherIncome: signedSmallAmount,
  expenditure: smallAmount,
  surplus: signedSmallAmount,
  expectedPremium: smallAmount,
  budgetedExpenditure: smallAmount,
  irregular: smallAmount,
});
const region: fc.Arbitrary<Region> = fc.record({
  areas: fc.array(areaYear, { minLength: 1, maxLength: 5 }),
  law,
  fund: signedSmallAmount,
});
const raise = fc.oneof(fc.constant(decimal('0.01')), smallAmount);
const FEN = decimal('0.01');

/** The areas' governments before and after the first area collects more. */
const compared = (one: Region, by: Decimal) => {
  const [before, after] = [settle(one), settle(better(one, 0, by))];
  return { before, after, rises: after.areaShare.map((amount, i) => amount.minus(before.areaShare[i]!)) };
};
/** A cap or a short fund splits a sum by largest remainder, and each of the two may move a fen. */
const fenOfSplits = ({ isSplit }: Settled, other: Settled): Decimal => (isSplit || other.isSplit ? FEN.times(2) : zero);

const RUNS = { numRuns: 1000 };
describe('with all else equal, better collection', () => {
  test('never raises the share of the area’s own government', () => {
    fc.assert(
      fc.property(region, raise, (one, by) => {
        const { before, after, rises } = compared(one, by);
        expect(rises[0]!.lte(fenOfSplits(before, after))).toBe(true);
      }),
      RUNS,
    );
  });
  test('never raises what the governments bear together', () => {
    fc.assert(
      fc.property(region, raise, (one, by) => {
        const { before, after, rises } = compared(one, by);
        expect(sum(rises).lte(fenOfSplits(before, after).times(rises.length))).toBe(true);
      }),
      RUNS,
    );
  });
  test('raises another government’s share only in a short fund, when the better area is entitled to more', () => {
    fc.assert(
      fc.property(region, raise, (one, by) => {
        const { before, after, rises } = compared(one, by);
        if (after.isShort && after.entitled[0]!.gt(before.entitled[0]!)) return;
        for (const rise of rises.slice(1)) expect(rise.lte(fenOfSplits(before, after))).toBe(true);
      }),
      RUNS,
    );
  });
});

/** Two areas without levy, each 100 short, and a fund of 60: what the first one’s premium of so much does to both. */
const twoAreas = (premium: string, collection: readonly Band[]): string[] => {
  const area = (collected: string): AreaYear => ({
    premium: decimal(collected),
    otherIncome: zero,
    expenditure: decimal('1000'),
    surplus: zero,
    expectedPremium: decimal('900'),
    budgetedExpenditure: decimal('1000'),
    irregular: zero,
  });
  const rules = { rate: zero, room: null, reserve: zero, managerial: false, overspend: null, matched: false };
  const share = { alpha0: decimal('0.5'), min: zero, max: decimal('1'), collection, collectionBelow: decimal('0.9') };
  return settle({
    areas: [area(premium), area('900')],
    law: { ...rules, ...share },
    fund: decimal('60'),
  }).areaShare.map(yuanText);
};
describe('what may rise, and why', () => {
  const EVEN: Band[] = [[null, '0']];
  const LOWER_STEP: Band[] = [
    ['1.00', '-0.30'],
    [null, '0'],
  ];
  // what happens                                                     its premium   the governments bear   more         then
  // prettier-ignore
  test.each<[string, string, string[], string, string[], Band[]]>([
    ['already qualified: both governments bear less',                   '810.00',  ['150.69', '79.31'], '820.00', ['141.43', '78.57'], EVEN],
    ['qualified again in a short fund: the other government bears more', '809.99', ['190.01', '50.00'], '810.00', ['150.69', '79.31'], EVEN],
    ['a law that gives better collection a lower step: its own does',    '899.99', ['57.15', '82.86'],  '900.00', ['80.00', '80.00'], LOWER_STEP],
  ])('%s', (_what, from, before, to, after, bands) => {
    expect(twoAreas(from, bands)).toEqual(before);
    expect(twoAreas(to, bands)).toEqual(after);
  });
  test('a fen by the remainder of a split: of a fen less to claim, two less are paid', () => {
    const paidOf = (first: string): string =>
      yuanText(fundPayments([first, '0.11', '0.30', '0.29'].map(decimal), decimal('0.65'))[0]!);
    expect([paidOf('0.04'), paidOf('0.03')]).toEqual(['0.04', '0.02']);
  });
});
