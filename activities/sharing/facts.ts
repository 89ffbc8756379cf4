/** What the sharing of one scheme reads, once for all areas, each figure with its source. */
import type { Queryable } from '../../db/connect';
import { actualItems, budgetItems, collectedPremium, conductRows, insuredRows, openingSurplus } from '../../db/inputs';
import { type SchemeYear, levies } from '../../db/levies';
import { type Decimal, zero } from '../../rules/money';
import { type Given } from '../../rules/rule';
import { OWN_EXPENDITURE, OWN_INCOME } from '../../rules/vocabulary';

/** Everything that the sharing of one scheme reads, once. */
export async function facts(db: Queryable, { year, scheme }: SchemeYear) {
  const actuals = await actualItems(db, year, scheme);
  const budgets = await budgetItems(db, year, scheme);
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  const surplusOf = await openingSurplus(db, year, scheme);
  const conductOf = await conductRows(db, year, scheme);
  const insuredOf = await insuredRows(db, year, scheme);
  const levyOf = new Map((await levies(db, { year, scheme })).map(({ area, levy }) => [area, levy]));
  const rows = (file: string, area: string, item: readonly string[] | string) => ({
    rows: file,
    of: { area, scheme, part: 'pooled', year, item },
  });
  const besides = scheme === 'resident' ? '（另加 collection.csv 的 collected 与 aid）' : '';
  return {
    income: (area: string): Given<Decimal> => ({
      value: actuals.area(area).income.plus(collected(area)),
      from: rows(`actuals.csv${besides}`, area, OWN_INCOME),
    }),
    expenditure: (area: string): Given<Decimal> => ({
      value: actuals.area(area).expenditure,
      from: rows('actuals.csv', area, OWN_EXPENDITURE),
    }),
    premium: (area: string): Given<Decimal> => ({
      value: actuals.area(area).of('premium').plus(collected(area)),
      from: rows(`actuals.csv${besides}`, area, 'premium'),
    }),
    budgetedPremium: (area: string): Given<Decimal> => ({
      value: budgets.area(area).of('premium'),
      from: rows('budgets.csv', area, 'premium'),
    }),
    budgetedExpenditure: (area: string): Given<Decimal> => ({
      value: budgets.area(area).expenditure,
      from: rows('budgets.csv', area, OWN_EXPENDITURE),
    }),
    surplus: (area: string): Given<Decimal> => ({
      value: surplusOf(area),
      from: rows('opening.csv', area, 'accumulated_surplus'),
    }),
    levy: (area: string): Given<Decimal> => ({
      value: levyOf.get(area) ?? zero,
      from: { figure: 'levy.levy', of: { scheme, area } },
    }),
    insured: insuredOf,
    conduct: conductOf,
    conductSource: (area: string, column: string) => ({ rows: 'conduct.csv', of: { area, scheme, year, column } }),
    insuredSource: (area: string, column: string) => ({ rows: 'insured.csv', of: { area, scheme, year, column } }),
  };
}
export type Facts = Awaited<ReturnType<typeof facts>>;
