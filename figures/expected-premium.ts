/** 应收保费: what the collection of an area is measured against, with the budget and the estimate that it rests on. */
import type { Law } from '../parameters/law';
import { expectedPremium } from '../rules/expected-premium';
import type { Decimal } from '../rules/money';
import { type Explained, explain } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';

/** Pooled premium of one area and scheme. */
interface PlannedPremium {
  area: string;
  scheme: Scheme;
  budgeted: Decimal; // of the budget of 1 January
  estimated: Decimal; // by the system
}

export const expectedPremiumOf = (law: Law, { area, scheme, ...premium }: PlannedPremium): Explained<Decimal> => {
  const of = { area, scheme, part: 'pooled', item: 'premium' };
  return explain(expectedPremium, {
    budgeted_premium: { value: premium.budgeted, from: { rows: 'budgets.csv', of } },
    premium_floor: law.given('share.premium_floor'),
    estimated_premium: { value: premium.estimated, from: { figure: 'budget_estimate.amount', of } },
  });
};
