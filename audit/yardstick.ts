/** What a budget of one area and scheme is checked against: the estimate, the levy to prepay and the limits of law. */
import type { Queryable } from '../db/connect';
import { estimateItems, prepaidLevy, targetInsured } from '../db/inputs';
import type { BudgetYardstick } from '../rules/budget-checks';
import { type Decimal, zero } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import { lawOf } from './law';

export async function yardstickOf(
  db: Queryable,
  of: { year: number; scheme: Scheme; area: string },
): Promise<BudgetYardstick> {
  const law = await lawOf(db, of.year);
  const estimate = await estimateItems(db, of.year, of.scheme, of.area);
  const byItem = new Map(estimate.map(({ part, item, amount }) => [`${part}/${item}`, amount]));
  const target = (await targetInsured(db, of.year, of.scheme, of.area)) ?? zero;
  const standard = of.scheme === 'resident' ? law.given(`subsidy.standard.${of.year}`).value : zero;
  return {
    scheme: of.scheme,
    estimate: (part: Part, item: Item): Decimal => byItem.get(`${part}/${item}`) ?? zero,
    prepaid: await prepaidLevy(db, of.year, of.scheme, of.area),
    subsidyDue: target.times(standard),
    slightSurplus: law.given('budget.slight_surplus').value,
    deviation: law.given('budget.deviation').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  };
}
