/** Reads the facts from which the sharing of one scheme is computed, once for all areas. */
import { actualItems } from '../../db/actuals';
import { adjustmentFund } from '../../db/adjustment-fund';
import { areasOf } from '../../db/areas';
import { budgetItems, estimatedItems } from '../../db/budgets';
import { collectedPremium } from '../../db/collection-days';
import { conductRows } from '../../db/conduct';
import type { Queryable } from '../../db/connect';
import { insuredRows } from '../../db/insured';
import { type SchemeYear, levies } from '../../db/levies';
import { areasHoldingAdvance, openingSurplus } from '../../db/opening';
import type { SharingFacts } from '../../figures/sharing/facts';
import type { Decimal } from '../../rules/money';

export async function sharingFacts(db: Queryable, { year, scheme }: SchemeYear): Promise<SharingFacts> {
  const actuals = await actualItems(db, year, scheme);
  const budgets = await budgetItems(db, year, scheme);
  const estimates = await estimatedItems(db, year, scheme);
  const collectedIn = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => null;
  const surplusOf = await openingSurplus(db, year, scheme);
  const holding = await areasHoldingAdvance(db, year, scheme);
  const conductOf = await conductRows(db, year, scheme);
  const insuredIn = await insuredRows(db, year, scheme);
  const levyOf = await settledLevies(db, { year, scheme });
  const areas = (await areasOf(db, year, scheme)).map((area) => {
    const actual = actuals.area(area);
    const budget = budgets.area(area);
    return {
      area,
      income: actual.income,
      premium: actual.of('premium'),
      collected: collectedIn(area),
      expenditure: actual.expenditure,
      budgetedPremium: budget.of('premium'),
      estimatedPremium: estimates.area(area).of('premium'),
      budgetedExpenditure: budget.expenditure,
      surplus: surplusOf(area),
      holdsAdvance: holding.has(area),
      levy: levyOf(area),
      insured: insuredIn(area),
      conduct: conductOf(area),
    };
  });
  return { year, scheme, areas, fund: await adjustmentFund(db, year, scheme) };
}

/** The levy of the year after its settlement, without which there is no gap to compute. */
async function settledLevies(db: Queryable, { year, scheme }: SchemeYear): Promise<(area: string) => Decimal> {
  const settled = new Map((await levies(db, { year, scheme })).map(({ area, levy }) => [area, levy]));
  return (area) => {
    const levy = settled.get(area);
    if (levy === undefined) throw new RangeError(`${area} ${scheme} 没有上解清算，不能测算缺口`);
    return levy;
  };
}
