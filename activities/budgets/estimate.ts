/** 系统测算: the estimate of one area, item by item, with the reason of each. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import type { BudgetOf } from '../../db/budgets';
import { areaHistory } from '../../db/history';
import { targetInsured } from '../../db/insured';
import { prepaidLevy } from '../../db/levies';
import type { Queryable } from '../../db/connect';
import { majorIllnessEstimate, perHeadEstimate, trendEstimate } from '../../rules/budget-estimate';
import { type Decimal, sum, yuanText, zero } from '../../rules/money';
import { type Because, type Explained, type Given, explain, onTheWay, taken } from '../../rules/rule';
import { ITEM_NAMES, type Item, LEVEL_ITEMS, OWN_INCOME, type Part, itemsOf, partsOf } from '../../rules/vocabulary';
/** Everything the estimate of one area reads. */
export async function estimateOf(db: Queryable, law: Law, { year, scheme, area }: BudgetOf) {
  const band = law.given('budget.growth_band');
  const target = {
    value: (await targetInsured(db, { year, scheme, area })) ?? zero,
    from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } },
  };
  const prepaid = await prepaidOf(db, { year, scheme, area });
  const rows: EstimateRow[] = [];
  for (const part of partsOf(scheme)) {
    const history = await areaHistory(db, year, scheme, area, part);
    const past = (item: Item, back: number): Given<Decimal> => ({
      value: history(year - back, item),
      from: { rows: 'history.csv', of: { area, scheme, part, year: year - back, item } },
    });
    const trend = (item: Item) =>
      explain(trendEstimate, { h3: past(item, 3), h2: past(item, 2), h1: past(item, 1), band });
    const perHead = (standard: LawName) =>
      explain(perHeadEstimate, { target_insured: target, standard: law.given(standard) });
    for (const item of itemsOf(scheme)) {
      if (LEVEL_ITEMS.includes(item)) {
        rows.push({ part, item, estimate: item === 'levy_to_superior' && part === 'pooled' ? prepaid : nothing(item) });
      } else if (scheme === 'resident' && item === 'premium') {
        rows.push({ part, item, estimate: perHead(law.nameFor(`collection.individual.${year}`, area)) });
      } else if (scheme === 'resident' && item === 'fiscal_subsidy') {
        rows.push({ part, item, estimate: perHead(`subsidy.standard.${year}`) });
      } else {
        rows.push({ part, item, estimate: trend(item) });
      }
    }
  }
  return scheme === 'resident' ? withMajorIllness(rows, law, { year, scheme, area }) : rows;
}

/** One item; `onTheWay` are figures that it rests on and that have no item of their own. */
type EstimateRow = { part: Part; item: Item; estimate: Explained<Decimal>; onTheWay?: Record<string, Because> };

/** 大病保险 rests on the estimate's own income, so it comes last. */
function withMajorIllness(rows: EstimateRow[], law: Law, { scheme, area }: BudgetOf): EstimateRow[] {
  const income = sum(rows.filter(({ item }) => OWN_INCOME.includes(item)).map(({ estimate }) => estimate.value));
  return rows.map((row) => {
    if (row.item !== 'major_illness') return row;
    const key = { scheme, area, part: row.part, item: row.item };
    const estimate = explain(majorIllnessEstimate, {
      trend: { value: row.estimate.value, from: { figure: 'budget_estimate.trend', of: key } },
      floor_rate: law.given('budget.major_illness_floor'),
      income: { value: income, from: { figure: 'budget_estimate.income', of: key } },
    });
    const items = {
      figure: 'budget_estimate.amount',
      of: { scheme, area, part: row.part, item: OWN_INCOME, by: 'item' },
    };
    const incomeBecause: Because = { article: INCOME, formula: 'sum(items)', inputs: { items: { from: items } } };
    return {
      ...row,
      estimate,
      onTheWay: {
        trend: onTheWay(row.estimate),
        income: onTheWay({ value: income, because: incomeBecause }),
      },
    };
  });
}
const INCOME = 'A(二)“从居民医保基金中划拨”';

const nothing = (item: Item): Explained<Decimal> => {
  const article = 'RULES 6“the other level items 0”：上下级往来科目除上解外不测算';
  return { value: zero, because: taken(article, '0', { stated: `${ITEM_NAMES[item]}不测算` }) };
};

/** The levy an area prepays; 0 before the scheme's phase. */
export async function prepaidOf(db: Queryable, { year, scheme, area }: BudgetOf): Promise<Explained<Decimal>> {
  const value = await prepaidLevy(db, { year, scheme }, area);
  const prepaid = { value: yuanText(value), from: { figure: 'levy.prepaid', of: { scheme, area } } };
  return { value, because: { article: 'A(六) 上解', formula: 'prepaid', inputs: { prepaid } } };
}
