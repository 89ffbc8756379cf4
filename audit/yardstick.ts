/** What a budget of one area and scheme is checked against: the estimate, the levy to prepay and the limits of law. */
import { type BudgetOf, estimateItems } from '../db/budgets';
import { targetInsured } from '../db/insured';
import { prepaidLevy } from '../db/levies';
import type { Queryable } from '../db/connect';
import type { BudgetYardstick } from '../rules/budget-checks';
import { type Decimal, zero } from '../rules/money';
import type { Item, Part } from '../rules/vocabulary';
import type { Law } from '../parameters/law';

export async function yardstickOf(db: Queryable, law: Law, of: BudgetOf): Promise<BudgetYardstick> {
  const estimate = await estimateItems(db, of);
  const byItem = new Map(estimate.map(({ part, item, amount }) => [`${part}/${item}`, amount]));
  const target = (await targetInsured(db, of)) ?? zero;
  const standard = of.scheme === 'resident' ? law.given(`subsidy.standard.${of.year}`).value : zero;
  return {
    scheme: of.scheme,
    estimate: (part: Part, item: Item): Decimal => byItem.get(`${part}/${item}`) ?? zero,
    prepaid: await prepaidLevy(db, of, of.area),
    subsidyDue: target.times(standard),
    slightSurplus: law.given('budget.slight_surplus').value,
    deviation: law.given('budget.deviation').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  };
}
