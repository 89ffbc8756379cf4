/** Starting the workflows of all areas, some at a time. */
import type { AreaPlan } from '../../activities/open-year';
import type { DatedKind } from '../business-date';
import type { Cycle, Step } from './cycle';

/** Areas whose workflows one run of the year starts: the server bears 2,000 open children, and a history 10,000 events. */
const PORTION = 200;

interface Portions {
  kind: DatedKind;
  stage: string;
  date: string;
  areas: readonly AreaPlan[];
  start: (area: AreaPlan) => Promise<unknown>;
}

export const portionsOf = (areas: readonly AreaPlan[]): AreaPlan[][] =>
  Array.from({ length: Math.ceil(areas.length / PORTION) }, (_, i) => areas.slice(i * PORTION, (i + 1) * PORTION));

/** One step for each portion of the areas. */
export function inPortions(cycle: Cycle, { kind, stage, date, areas, start }: Portions): Step[] {
  const portions = portionsOf(areas);
  return portions.map((portion, i) => ({
    name: `${kind} ${i + 1}`,
    stage,
    waitsFor: `第 ${i + 1} 批统筹区`,
    date,
    act: async () => {
      await Promise.all(portion.map(start));
      cycle.progress.startedHere += portion.length;
      if (i === portions.length - 1) cycle.clock.noteStarted(kind);
    },
  }));
}
