/** 系统测算: the estimate of one area and scheme, item by item, each with its reason. */
import type { Law } from '../../parameters/law';
import {
  NOT_ESTIMATED,
  estimatedIncome,
  levyEstimate,
  majorIllnessEstimate,
  perHeadEstimate,
  trendEstimate,
} from '../../rules/budget-estimate';
import { type Decimal, yuanText, zero } from '../../rules/money';
import { type Because, type Explained, type Given, explain, intermediate, reasonOf, taken } from '../../rules/rule';
import {
  ITEM_NAMES,
  type Item,
  LEVEL_ITEMS,
  OWN_INCOME,
  type Part,
  type Scheme,
  itemsOf,
  partsOf,
} from '../../rules/vocabulary';

export interface EstimateFacts {
  year: number;
  scheme: Scheme;
  area: string;
  targetInsured: Decimal | null; // how many the area is to insure
  prepaid: Decimal; // the levy it is to prepay; 0 before the scheme's phase
  history: (part: Part, year: number, item: Item) => Decimal; // final accounts of closed years
}
/** One item. `intermediate` are figures that it rests on and that have no item of their own. */
export interface EstimatedItem {
  part: Part;
  item: Item;
  estimate: Explained<Decimal>;
  intermediate?: Record<string, Because>;
}

export function estimateOf(facts: EstimateFacts, law: Law): EstimatedItem[] {
  const estimated = partsOf(facts.scheme).flatMap((part) =>
    itemsOf(facts.scheme).map((item) => ({ part, item, estimate: estimateOfItem(facts, law, part, item) })),
  );
  return facts.scheme === 'resident' ? withMajorIllness(estimated, facts, law) : estimated;
}

function estimateOfItem(facts: EstimateFacts, law: Law, part: Part, item: Item): Explained<Decimal> {
  const { year, scheme, area } = facts;
  if (item === 'levy_to_superior' && part === 'pooled') return prepaidLevy(facts);
  if (LEVEL_ITEMS.includes(item)) return notEstimated(item);
  if (scheme === 'resident' && item === 'premium')
    return perHead(facts, law.given(law.nameFor(`collection.individual.${year}`, area)));
  if (scheme === 'resident' && item === 'fiscal_subsidy') return perHead(facts, law.given(`subsidy.standard.${year}`));
  const yearsAgo = (years: number): Given<Decimal> => ({
    value: facts.history(part, year - years, item),
    from: { rows: 'history.csv', of: { area, scheme, part, year: year - years, item } },
  });
  const band = law.given('budget.growth_band');
  return explain(trendEstimate, { h3: yearsAgo(3), h2: yearsAgo(2), h1: yearsAgo(1), band });
}

const perHead = ({ year, scheme, area, targetInsured }: EstimateFacts, standard: Given<Decimal>): Explained<Decimal> =>
  explain(perHeadEstimate, {
    target_insured: {
      value: targetInsured ?? zero,
      from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } },
    },
    standard,
  });

const notEstimated = (item: Item): Explained<Decimal> => ({
  value: zero,
  because: taken(NOT_ESTIMATED, '0', { stated: `${ITEM_NAMES[item]}不测算` }),
});

/** The levy an area is to prepay; 0 before the scheme's phase. */
export function prepaidLevy({
  scheme,
  area,
  prepaid,
}: Pick<EstimateFacts, 'scheme' | 'area' | 'prepaid'>): Explained<Decimal> {
  return {
    value: levyEstimate({ prepaid }),
    because: reasonOf(levyEstimate, { prepaid: prepaidInput({ scheme, area, prepaid }) }),
  };
}
/** The same as an input of what rests on it. */
export const prepaidInput = ({
  scheme,
  area,
  prepaid,
}: Pick<EstimateFacts, 'scheme' | 'area' | 'prepaid'>): Because['inputs'][string] => ({
  value: yuanText(prepaid),
  from: { figure: 'levy.prepaid', of: { scheme, area } },
});

/** 大病保险 rests on the estimate's own income, so it comes last. */
function withMajorIllness(
  estimated: readonly EstimatedItem[],
  { scheme, area }: EstimateFacts,
  law: Law,
): EstimatedItem[] {
  const items = estimated.filter(({ item }) => OWN_INCOME.includes(item)).map(({ estimate }) => estimate.value);
  const income = estimatedIncome({ items });
  return estimated.map((row) => {
    const { part, item, estimate: trend } = row;
    if (item !== 'major_illness') return row;
    const cells = { scheme, area, part, item };
    const incomeItems = { figure: 'budget_estimate.amount', of: { scheme, area, part, item: OWN_INCOME, by: 'item' } };
    return {
      part,
      item,
      estimate: explain(majorIllnessEstimate, {
        trend: { value: trend.value, from: { figure: 'budget_estimate.trend', of: cells } },
        floor_rate: law.given('budget.major_illness_floor'),
        income: { value: income, from: { figure: 'budget_estimate.income', of: cells } },
      }),
      intermediate: {
        trend: intermediate(trend),
        income: intermediate({ value: income, because: reasonOf(estimatedIncome, { items: { from: incomeItems } }) }),
      },
    };
  });
}
