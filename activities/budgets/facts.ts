/** Reads the facts from which the figures of a budget are computed. */
import { estimateItems, submittedRows } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { benefitFactors, premiumFactors } from '../../db/factors';
import { areaHistory } from '../../db/history';
import { targetInsured } from '../../db/insured';
import { type AreaSchemeYear, areLeviesEstimated, prepaidLevy } from '../../db/levies';
import type { DirectedFacts } from '../../figures/budgets/directed';
import type { EstimateFacts } from '../../figures/budgets/estimate';
import type { VersionFacts } from '../../figures/budgets/facts';
import { levyAlone } from '../../figures/levy';
import type { Law } from '../../parameters/law';
import { isInPhase, startYearName } from '../../parameters/phase';
import { type Decimal, zero } from '../../rules/money';
import type { Explained } from '../../rules/rule';
import { partsOf } from '../../rules/vocabulary';
import { levyFacts } from '../levy';

export async function estimateFacts(db: Queryable, budget: AreaSchemeYear, law: Law): Promise<EstimateFacts> {
  const { year, scheme, area } = budget;
  const ofPart = new Map(
    await Promise.all(
      partsOf(scheme).map(async (part) => [part, await areaHistory(db, year, scheme, area, part)] as const),
    ),
  );
  return {
    ...budget,
    targetInsured: await targetInsured(db, budget),
    prepaid: await prepaidLevy(db, budget, area),
    levyAlone: await levyBeforeOthers(db, budget, law),
    factors: { premium: await premiumFactors(db, budget), benefit: await benefitFactors(db, budget) },
    history: (part, of, item) => ofPart.get(part)?.(of, item) ?? zero,
  };
}

/** In a live year a budget need not wait until the levies of all areas are estimated; null where they are, and before the phase. */
async function levyBeforeOthers(db: Queryable, budget: AreaSchemeYear, law: Law): Promise<Explained<Decimal> | null> {
  const isEstimated = await areLeviesEstimated(db, budget);
  if (isEstimated || !isInPhase(budget.year, law.text(startYearName(budget.scheme)))) return null;
  return levyAlone(await levyFacts(db, budget, 'estimate'), law, budget.area);
}

/**
 * The levy that the estimate of a budget rests on. Every version must include this levy, even when all areas have reported
 * since.
 */
async function estimatedLevy(db: Queryable, budget: AreaSchemeYear): Promise<{ prepaid: Decimal; isAlone: boolean }> {
  const estimate = await estimateItems(db, budget);
  const levy = estimate.find(({ part, item }) => part === 'pooled' && item === 'levy_to_superior')?.amount ?? zero;
  return { prepaid: levy, isAlone: !levy.eq(await prepaidLevy(db, budget, budget.area)) };
}

export const versionFacts = async (db: Queryable, budget: AreaSchemeYear, version: number): Promise<VersionFacts> => ({
  ...budget,
  version,
  rows: await submittedRows(db, budget, version),
  estimate: await estimateItems(db, budget),
  ...(await estimatedLevy(db, budget)),
  targetInsured: await targetInsured(db, budget),
});

/** The facts of the version that a directed budget is made from; version 0 is the estimate. */
export async function directedFacts(db: Queryable, budget: AreaSchemeYear, version: number): Promise<DirectedFacts> {
  const { scheme, area } = budget;
  const rows = version === 0 ? await estimateItems(db, budget) : await submittedRows(db, budget, version);
  return { scheme, area, version, rows, ...(await estimatedLevy(db, budget)) };
}
