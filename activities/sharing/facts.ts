/** What the sharing of one scheme reads, once for all areas, each figure with its source. */
import type { Queryable } from '../../db/connect';
import { actualItems } from '../../db/actuals';
import { budgetItems } from '../../db/budgets';
import { collectedPremium } from '../../db/collection-days';
import { conductRows } from '../../db/conduct';
import { insuredRows } from '../../db/insured';
import { type SchemeYear, levies } from '../../db/levies';
import { openingSurplus } from '../../db/opening';
import type { Decimal } from '../../rules/money';
import type { Explained, Given } from '../../rules/rule';
import { OWN_EXPENDITURE, OWN_INCOME } from '../../rules/vocabulary';
import { collectedIn, summed } from '../../figures/accounts';

const OWN_ACCOUNTS = 'A(六)“当年医保基金出现收不抵支”';

/** Everything that the sharing of one scheme reads, once. */
export async function facts(db: Queryable, { year, scheme }: SchemeYear) {
  const actuals = await actualItems(db, year, scheme);
  const budgets = await budgetItems(db, year, scheme);
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : null;
  const surplusOf = await openingSurplus(db, year, scheme);
  const conductOf = await conductRows(db, year, scheme);
  const insuredOf = await insuredRows(db, year, scheme);
  const levyOf = new Map((await levies(db, { year, scheme })).map(({ area, levy }) => [area, levy]));
  const rows = (file: string, area: string, item: readonly string[] | string) => ({
    rows: file,
    of: { area, scheme, part: 'pooled', year, item },
  });
  const collection = (area: string) => collected && collectedIn(area, collected(area));
  const premium = (area: string): Explained<Decimal> => {
    const besides = { value: actuals.area(area).of('premium'), from: rows('actuals.csv', area, 'premium') };
    return summed('A(六)“基金征收率”', besides, collection(area));
  };
  const levyIn = (area: string): Decimal => {
    const levy = levyOf.get(area);
    if (levy === undefined) throw new RangeError(`${area} ${scheme} 没有上解清算，不能测算缺口`);
    return levy;
  };
  return {
    income: (area: string): Explained<Decimal> => {
      const own = { value: actuals.area(area).income, from: rows('actuals.csv', area, OWN_INCOME) };
      return summed(OWN_ACCOUNTS, own, collection(area));
    },
    expenditure: (area: string): Explained<Decimal> => {
      const own = { value: actuals.area(area).expenditure, from: rows('actuals.csv', area, OWN_EXPENDITURE) };
      return summed(OWN_ACCOUNTS, own, null);
    },
    premium,
    /** The same for a rule that rests on it; it has no column of its own. */
    actualPremium: (area: string): Given<Decimal> => ({
      value: premium(area).value,
      from: { figure: 'sharing.actual_premium', of: { scheme, area } },
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
      from: { rows: 'opening.csv', of: { area, scheme, part: 'pooled', year, column: 'accumulated_surplus' } },
    }),
    levy: (area: string): Given<Decimal> => ({
      value: levyIn(area),
      from: { figure: 'levy.levy', of: { scheme, area } },
    }),
    insured: insuredOf,
    conduct: conductOf,
    conductSource: (area: string, column: string) => ({ rows: 'conduct.csv', of: { area, scheme, year, column } }),
    insuredSource: (area: string, column: string) => ({ rows: 'insured.csv', of: { area, scheme, year, column } }),
  };
}
export type Facts = Awaited<ReturnType<typeof facts>>;
