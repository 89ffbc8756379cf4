/** The expected premium: what is budgeted, but never less than the floor's share of the estimate (RULES 8, READINGS 56). */
import fc from 'fast-check';
import { expectedPremium } from '../../rules/expected-premium';
import { managerialPart } from '../../rules/gap';
import { decimal, yuanText, zero } from '../../rules/money';
import type { Band } from '../../rules/rule';
import { alpha, disqualifications, entitlement, achievementStep } from '../../rules/share';
import { rate, signedSmallAmount, smallAmount } from './arbitraries';

// budgeted, floor, estimated → expected
// prettier-ignore
test.each([
  ['870.00', '1',     '880.00', '880.00'],
  ['880.00', '1',     '880.00', '880.00'],
  ['890.00', '1',     '880.00', '890.00'],
  ['870.00', '0.98',  '880.00', '870.00'], // 862.40
  ['0.00',   '0.333', '0.50',   '0.17'],   // 0.1665
  ['870.00', '0',     '880.00', '870.00'],
  ['0.00',   '1',     '-5.00',  '0.00'],
])('budgeted %s, a floor of %s of the estimated %s: expected %s', (budgeted, floor, estimated, expected) => {
  const premium = { budgeted_premium: decimal(budgeted), premium_floor: decimal(floor), estimated_premium: decimal(estimated) };
  expect(yuanText(expectedPremium(premium))).toBe(expected);
});

const BANDS: Band[] = [
  ['1.00', '0.05'],
  ['0.98', '0'],
  ['0.95', '-0.05'],
  [null, '-0.10'],
];
/** M, c, α and F of an area, as far as they rest on its premium. */
function shareOf(budgeted: string, of: Record<'estimated' | 'actual' | 'residual' | 'irregular' | 'below', string>) {
  const expected_premium = expectedPremium({
    budgeted_premium: decimal(budgeted),
    premium_floor: decimal('1'),
    estimated_premium: decimal(of.estimated),
  });
  const actual_premium = decimal(of.actual);
  const residual = decimal(of.residual);
  const managerial = managerialPart({
    applies: true,
    residual,
    expected_premium,
    actual_premium,
    irregular_expenditure: decimal(of.irregular),
  });
  const c = achievementStep({ actual: actual_premium, target: expected_premium, bands: BANDS }) ?? zero;
  const conduct = {
    unpaid: false,
    days_late: zero,
    days_allowed: zero,
    own_policy_above: false,
    transition_document: null,
    audit_refused: false,
  };
  const inputs = { ...conduct, actual_premium, expected_premium, collection_below: decimal(of.below) };
  const share = alpha({
    ...inputs,
    alpha0: decimal('0.65'),
    min: decimal('0.50'),
    max: decimal('0.80'),
    c,
    d: zero,
    k: zero,
    p: zero,
  });
  return {
    managerial: yuanText(managerial),
    c: c.toFixed(),
    disqualified: disqualifications(inputs),
    alpha: share.toFixed(),
    fund: yuanText(entitlement({ alpha: share, general: residual.minus(managerial) })),
  };
}

test('every budgeted premium at or below the estimate gives the same M, c, α and F', () => {
  fc.assert(
    fc.property(
      fc.record({
        estimated: signedSmallAmount,
        actual: signedSmallAmount,
        residual: smallAmount,
        irregular: smallAmount,
        below: rate,
      }),
      smallAmount,
      (amounts, less) => {
        const of = {
          estimated: amounts.estimated.toFixed(2),
          actual: amounts.actual.toFixed(2),
          residual: amounts.residual.toFixed(2),
          irregular: amounts.irregular.toFixed(2),
          below: amounts.below.toFixed(),
        };
        expect(shareOf(amounts.estimated.minus(less).toFixed(2), of)).toEqual(shareOf(of.estimated, of));
      },
    ),
  );
});
