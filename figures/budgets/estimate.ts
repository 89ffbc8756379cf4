/** 系统测算: the estimate of one area and scheme, item by item: by trend, by factors, and which of the two was taken, with reasons. */
import type { Law } from '../../parameters/law';
import {
  NOT_ESTIMATED,
  NO_FACTORS,
  estimatedIncome,
  itemEstimate,
  levyEstimate,
  majorIllnessEstimate,
  perHeadEstimate,
  trendEstimate,
} from '../../rules/budget-estimate';
import { type Decimal, yuanText, zero } from '../../rules/money';
import {
  type Because,
  type Explained,
  type Given,
  type Source,
  explain,
  intermediate,
  reasonOf,
  taken,
} from '../../rules/rule';
import { withThousands } from '../../rules/thousands';
import {
  ITEM_NAMES,
  type Item,
  LEVEL_ITEMS,
  OWN_INCOME,
  PART_NAMES,
  type Part,
  type Scheme,
  itemsOf,
  partsOf,
} from '../../rules/vocabulary';
import { type FactorRows, byFactors } from './factors';

export interface EstimateFacts {
  year: number;
  scheme: Scheme;
  area: string;
  targetInsured: Decimal | null; // how many the area is to insure
  prepaid: Decimal; // the levy it is to prepay; 0 before the scheme's phase
  /** Used instead as long as the levies of all areas are not estimated; otherwise null. */
  levyAlone: Explained<Decimal> | null;
  history: (part: Part, year: number, item: Item) => Decimal; // final accounts of closed years
  factors: FactorRows;
}
/** One item. `trend` and `factors` are null where the item has none. */
export interface EstimatedItem {
  part: Part;
  item: Item;
  trend: Explained<Decimal | null>;
  factors: Explained<Decimal | null>;
  estimate: Explained<Decimal>;
  /** The reason of a figure that the estimate rests on and that has no column. */
  income?: Because;
}

export function estimateOf(facts: EstimateFacts, law: Law): EstimatedItem[] {
  const estimated = partsOf(facts.scheme).flatMap((part) =>
    itemsOf(facts.scheme).map((item) => estimateOfItem(facts, law, part, item)),
  );
  return facts.scheme === 'resident' ? withMajorIllness(estimated, facts, law) : estimated;
}

function estimateOfItem(facts: EstimateFacts, law: Law, part: Part, item: Item): EstimatedItem {
  if (LEVEL_ITEMS.includes(item)) return betweenLevels(facts, part, item);
  const trend = trendOf(facts, law, part, item);
  const factors = factorsOf(facts, law, part, item);
  const estimate = explain(itemEstimate, {
    factors: { value: factors.value, from: estimateFigure(facts, 'factors', part, item) },
    trend: { value: trend.value, from: estimateFigure(facts, 'trend', part, item) },
  });
  return { part, item, trend, factors, estimate };
}

/** The estimate by factors beside the trend, in words: one text for each item that has both. */
export const besideTrend = (estimated: readonly EstimatedItem[]): string[] =>
  estimated.flatMap(({ part, item, trend, factors }) =>
    trend.value === null || factors.value === null
      ? []
      : [
          `${part === 'pooled' ? '' : PART_NAMES[part]}${ITEM_NAMES[item]}按因素 ${withThousands(yuanText(factors.value))}、按趋势 ${withThousands(yuanText(trend.value))}`,
        ],
  );

const estimateFigure = (
  { scheme, area }: Pick<EstimateFacts, 'scheme' | 'area'>,
  name: string,
  part: Part,
  item: Item,
): Source => ({ figure: `budget_estimate.${name}`, of: { scheme, area, part, item } });

function trendOf({ year, scheme, area, history }: EstimateFacts, law: Law, part: Part, item: Item): Explained<Decimal> {
  const yearsAgo = (years: number): Given<Decimal> => ({
    value: history(part, year - years, item),
    from: { rows: 'history.csv', of: { area, scheme, part, year: year - years, item } },
  });
  const band = law.given('budget.growth_band');
  return explain(trendEstimate, { h3: yearsAgo(3), h2: yearsAgo(2), h1: yearsAgo(1), band });
}

/** Premium and subsidy of residents follow heads and standard; other items follow what the area reports about them. */
function factorsOf(facts: EstimateFacts, law: Law, part: Part, item: Item): Explained<Decimal | null> {
  const { year, scheme, area } = facts;
  if (scheme === 'resident' && item === 'premium')
    return perHead(facts, law.given(law.nameFor(`collection.individual.${year}`, area)));
  if (scheme === 'resident' && item === 'fiscal_subsidy') return perHead(facts, law.given(`subsidy.standard.${year}`));
  return byFactors(facts, part, item) ?? none(NO_FACTORS, '没有因素测算的行');
}

const perHead = ({ year, scheme, area, targetInsured }: EstimateFacts, standard: Given<Decimal>): Explained<Decimal> =>
  explain(perHeadEstimate, {
    target_insured: {
      value: targetInsured ?? zero,
      from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } },
    },
    standard,
  });

const none = (article: string, stated: string): Explained<null> => ({
  value: null,
  because: taken(article, null, { stated }),
});

/** Of the items between the levels only the levy is estimated, as it is to be prepaid. */
function betweenLevels(facts: EstimateFacts, part: Part, item: Item): EstimatedItem {
  const notEstimated = `${ITEM_NAMES[item]}不测算`;
  const trend = none(NOT_ESTIMATED, `${ITEM_NAMES[item]}不按趋势测算`);
  if (item === 'levy_to_superior' && part === 'pooled') {
    const factors = facts.levyAlone ?? prepaidLevy(facts);
    return { part, item, trend, factors, estimate: factors };
  }
  const estimate = { value: zero, because: taken(NOT_ESTIMATED, '0', { stated: notEstimated }) };
  return { part, item, trend, factors: none(NOT_ESTIMATED, notEstimated), estimate };
}

/** The levy that a budget must include. `isAlone`: its estimate was made before the levies of all areas were known. */
interface LevyOfBudget {
  scheme: Scheme;
  area: string;
  prepaid: Decimal;
  isAlone?: boolean;
}

/** The levy an area is to prepay; 0 before the scheme's phase. */
export const prepaidLevy = (levy: LevyOfBudget): Explained<Decimal> => ({
  value: levyEstimate({ prepaid: levy.prepaid }),
  because: reasonOf(levyEstimate, { prepaid: prepaidInput(levy) }),
});
/** The same as an input of other figures. */
export const prepaidInput = ({ scheme, area, prepaid, isAlone = false }: LevyOfBudget): Because['inputs'][string] => ({
  value: yuanText(prepaid),
  from: isAlone
    ? estimateFigure({ scheme, area }, 'amount', 'pooled', 'levy_to_superior')
    : { figure: 'levy.prepaid', of: { scheme, area } },
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
    const { part, item, estimate } = row;
    if (item !== 'major_illness') return row;
    const incomeItems = { figure: 'budget_estimate.amount', of: { scheme, area, part, item: OWN_INCOME, by: 'item' } };
    return {
      ...row,
      estimate: explain(majorIllnessEstimate, {
        trend: { value: estimate.value, from: estimateFigure({ scheme, area }, 'trend', part, item) },
        floor_rate: law.given('budget.major_illness_floor'),
        income: { value: income, from: estimateFigure({ scheme, area }, 'income', part, item) },
      }),
      income: intermediate({ value: income, because: reasonOf(estimatedIncome, { items: { from: incomeItems } }) }),
    };
  });
}
