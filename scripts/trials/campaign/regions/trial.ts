/** The trial of one random region: its year as drawn, with the rows in another order, and with better collection. */
import type { Databases } from './databases';
import { inputFaults, moneyOf } from './against-inputs';
import { type Effect, effectOf } from './better-collection';
import { Draw } from './draw';
import { exactFaults, fenOf } from './exact';
import { type FinishedYear, runYear } from './run-year';
import { orderFaults } from './order';
import { paymentFaults } from './payments';
import { randomRegion } from './random-region';
import { reachedBy } from './reached';
import { type Better, betterCollection, shuffled } from './variants';

export interface Outcome {
  seed: number;
  /** What did not hold. */
  faults: string[];
  reached: string[];
  effects: Effect[];
}

export async function trial(databases: Databases, seed: number): Promise<Outcome> {
  const region = randomRegion(seed);
  const outcome: Outcome = { seed, faults: [], reached: [], effects: [] };
  try {
    const { files, year } = region;
    const draw = new Draw(-seed, 1);
    const plain = await runYear(databases, files, year);
    outcome.reached = reachedBy(region, plain);
    outcome.faults.push(...exactFaults(plain, moneyOf(files)), ...inputFaults(region, plain));
    outcome.faults.push(...paymentFaults(files, year, plain));
    outcome.faults.push(...orderFaults(plain, await runYear(databases, shuffled(files, draw), year)));
    const better = drawBetter(draw, plain);
    if (better.length > 0) {
      const richer = better.reduce((pack, change) => betterCollection(pack, year, change), files);
      const collected = await runYear(databases, richer, year);
      outcome.faults.push(...exactFaults(collected, moneyOf(files)));
      outcome.effects = better.map((change) => effectOf(plain, collected, change));
      outcome.faults.push(...outcome.effects.flatMap(({ faults }) => faults));
    }
  } catch (error) {
    outcome.faults.push(error instanceof Error ? error.message : String(error));
  }
  return outcome;
}

/** One area of each scheme in its phase, mostly one with a gap, collects more: a few fen, or part of its gap. */
function drawBetter(draw: Draw, { results }: FinishedYear): Better[] {
  return ['employee', 'resident'].flatMap((scheme) => {
    const rows = results['sharing.csv'].filter((row) => row.scheme === scheme);
    const withGap = rows.filter((row) => row.residual !== '0.00');
    const candidates = withGap.length > 0 && draw.chance(0.9) ? withGap : rows;
    if (candidates.length === 0) return [];
    const row = draw.pick(...candidates);
    const scale = Number(fenOf(row.gap === '0.00' ? row.income : row.gap));
    const by = draw.pick(1, 2, 100, Math.abs(scale) * draw.pick(0.01, 0.1, 0.3, 1));
    return [{ area: String(row.area), scheme, by: Math.max(1, Math.round(by)) }];
  });
}
