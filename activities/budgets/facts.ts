/** Reads the facts from which the figures of a budget are computed. */
import { estimateItems, lastVersion, submittedRows } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { benefitFactors, premiumFactors } from '../../db/factors';
import { areaHistory } from '../../db/history';
import { targetInsured } from '../../db/insured';
import { type AreaSchemeYear, prepaidLevy } from '../../db/levies';
import type { DirectedFacts } from '../../figures/budgets/directed';
import type { EstimateFacts } from '../../figures/budgets/estimate';
import type { VersionFacts } from '../../figures/budgets/facts';
import { zero } from '../../rules/money';
import { partsOf } from '../../rules/vocabulary';

export async function estimateFacts(db: Queryable, budget: AreaSchemeYear): Promise<EstimateFacts> {
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
    factors: { premium: await premiumFactors(db, budget), benefit: await benefitFactors(db, budget) },
    history: (part, of, item) => ofPart.get(part)?.(of, item) ?? zero,
  };
}

export const versionFacts = async (db: Queryable, budget: AreaSchemeYear, version: number): Promise<VersionFacts> => ({
  ...budget,
  version,
  rows: await submittedRows(db, budget, version),
  estimate: await estimateItems(db, budget),
  prepaid: await prepaidLevy(db, budget, budget.area),
  targetInsured: await targetInsured(db, budget),
});

/** Of the version with the highest number; of the estimate, version 0, where none was submitted. */
export async function directedFacts(db: Queryable, budget: AreaSchemeYear): Promise<DirectedFacts> {
  const { scheme, area } = budget;
  const version = await lastVersion(db, budget);
  const rows = version === 0 ? await estimateItems(db, budget) : await submittedRows(db, budget, version);
  return { scheme, area, version, rows, prepaid: await prepaidLevy(db, budget, area) };
}
