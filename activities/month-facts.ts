/** Reads the facts behind the check of a month: every area of a scheme at the month's end. */
import { actualItems } from '../db/actuals';
import { budgetsOn } from '../db/adjustments';
import { areasOf, personAreas } from '../db/areas';
import { areasByReceipts, collectedPremium } from '../db/collection-days';
import type { Queryable } from '../db/connect';
import { advancesOf } from '../db/emergency';
import { prepaidLevies } from '../db/levies';
import { areasHoldingAdvance, openingSurplus } from '../db/opening';
import type { FundFacts, MonthOf } from '../figures/month/checked-fund';
import type { Scheme } from '../rules/vocabulary';

export async function monthFacts(db: Queryable, scheme: Scheme, { year, month, date }: MonthOf): Promise<FundFacts[]> {
  const actuals = await actualItems(db, year, scheme, month);
  const budgets = await budgetsOn(db, year, scheme, date);
  const opening = await openingSurplus(db, year, scheme);
  const holding = await areasHoldingAdvance(db, year, scheme);
  const collection = scheme === 'resident' ? await collectionFacts(db, year, date) : () => null;
  const levies = new Map((await prepaidLevies(db, { year, scheme })).map((levy) => [levy.area, levy]));
  const advanced = await advancesOf(db, { year, scheme }, date);
  return (await areasOf(db, year, scheme)).map((area) => ({
    area,
    scheme,
    actuals: actuals.area(area),
    budget: budgets.items.area(area),
    adjustment: budgets.adjustment(area),
    opening: opening(area),
    holdsAdvance: holding.has(area),
    collection: collection(area),
    levy: levies.get(area) ?? null,
    advanced: advanced(area),
  }));
}

/** What each area has collected by a date, and how it is counted. */
async function collectionFacts(db: Queryable, year: number, date: string) {
  const amount = await collectedPremium(db, year, date);
  const byPerson = await personAreas(db, year);
  const byReceipts = await areasByReceipts(db, year);
  return (area: string): FundFacts['collection'] => ({
    amount: amount(area),
    byPerson: byPerson.has(area),
    byReceipts: byReceipts.has(area),
  });
}
