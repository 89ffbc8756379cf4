/**
 * The expected premium (应收保费): what an area's collection is measured by. Whoever budgets low must not gain by it, so it is never
 * below the estimate's share.
 *
 * Law: A(6) “按……基金征收率……等因素按比例承担”. RULES 8, READINGS 56. Units: yuan, pooled fund only; the floor is a share.
 */
import { type Decimal, larger, roundToFen } from './money';
import { rule } from './rule';

export const expectedPremium = rule(
  {
    article: 'A(六)“基金征收率”；RULES 8“Expected premium”：预算保费收入低于系统测算的，按测算数的下限比例计',
    formula: 'max(budgeted_premium, round(premium_floor * estimated_premium))',
  },
  (premium: { budgeted_premium: Decimal; premium_floor: Decimal; estimated_premium: Decimal }) =>
    larger(premium.budgeted_premium, roundToFen(premium.premium_floor.times(premium.estimated_premium))),
);
