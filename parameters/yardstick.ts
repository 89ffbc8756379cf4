/** What a budget of one area and scheme is checked against: the estimate, the levy to prepay and the limits of law. */
import type { BudgetYardstick } from '../rules/budget-checks';
import { type Decimal, zero } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import type { Law } from './law';

/** What has to be known of the area. */
export interface YardstickFacts {
  year: number;
  scheme: Scheme;
  estimate: readonly { part: Part; item: Item; amount: Decimal }[];
  prepaid: Decimal; // 0 before the scheme's phase
  targetInsured: Decimal | null;
}

export function budgetYardstick(law: Law, facts: YardstickFacts): BudgetYardstick {
  const { year, scheme, estimate, prepaid, targetInsured } = facts;
  const amounts = new Map(estimate.map(({ part, item, amount }) => [`${part}/${item}`, amount]));
  return {
    scheme,
    estimate: (part, item) => amounts.get(`${part}/${item}`) ?? zero,
    prepaid,
    targetInsured: targetInsured ?? zero,
    standard: scheme === 'resident' ? law.given(`subsidy.standard.${year}`).value : zero,
    slightSurplus: law.given('budget.slight_surplus').value,
    deviation: law.given('budget.deviation').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  };
}
