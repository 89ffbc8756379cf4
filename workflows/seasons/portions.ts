/** Starting the workflows of all areas, some at a time. */
import type { DatedKind } from '../business-date';
import type { Cycle, Step } from './cycle';

/**
 * Areas, or adjustments, whose workflows one run of the year starts: the server allows 2,000 open children, and a history
 * 10,000 events.
 */
const PORTION = 200;

interface Portions<One> {
  kind: DatedKind;
  stage: string;
  /** What a portion is one of. */
  what?: string;
  date: string;
  all: readonly One[];
  start: (item: One) => Promise<unknown>;
}

export const portionsOf = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / PORTION) }, (_, i) => all.slice(i * PORTION, (i + 1) * PORTION));

/** One step for each portion. */
export function inPortions<One>(
  cycle: Cycle,
  { kind, stage, what = '统筹区', date, all, start }: Portions<One>,
): Step[] {
  const portions = portionsOf(all);
  return portions.map((portion, i) => ({
    name: `${kind} ${i + 1}`,
    stage,
    waitsFor: `第 ${i + 1} 批${what}`,
    date,
    act: async () => {
      await Promise.all(portion.map(start));
      cycle.progress.startedHere += portion.length;
      if (i === portions.length - 1) cycle.clock.noteStarted(kind);
    },
  }));
}
