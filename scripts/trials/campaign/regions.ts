/**
 * Random regions. The activities run the year of each three times on a real PostgreSQL: as drawn, with the rows in another
 * order, and with better collection in one area of each scheme. U + F + A = G must hold for every area and every total must be
 * exact; the order of rows must change nothing; better collection must raise a government's share only where
 * docs/decisions/0007-better-collection.md says so.
 */
import { SingleBar } from 'cli-progress';
import { onStop } from '../../../servers/index';
import { inParallel } from '../../../activities/in-parallel';
import { Databases } from './regions/databases';
import { CASES } from './regions/reached';
import { type Outcome, trial } from './regions/trial';

/** For two cores: while one year computes, another waits for the database. */
const AT_ONCE = 3;
/** In a campaign of at least this many regions, every case must occur. */
const ENOUGH_FOR_EVERY_CASE = 500;

/** Runs `count` regions, starting from `seed`; false when one failed. */
export async function regions(count: number, seed: number): Promise<boolean> {
  const databases = await Databases.open();
  const ended = onStop(() => databases.close());
  const progress = new Progress(count);
  try {
    const seeds = Array.from({ length: count }, (_, i) => seed + i);
    const outcomes = await inParallel(AT_ONCE, seeds, async (regionSeed) => {
      const outcome = await trial(databases, regionSeed);
      progress.done(outcome);
      return outcome;
    });
    progress.end();
    return report(outcomes, seed);
  } finally {
    ended();
    await databases.close();
  }
}

/** A bar on a terminal, elsewhere a line for every fifty regions; failures are printed as they happen. */
class Progress {
  readonly #start = Date.now();
  readonly #bar = process.stdout.isTTY
    ? new SingleBar({ format: '{bar} {value}/{total} 失败 {failed} | 余 {eta_formatted}' })
    : null;
  #done = 0;
  #failed = 0;

  constructor(private readonly count: number) {
    this.#bar?.start(count, 0, { failed: 0 });
  }

  done({ seed, faults }: Outcome): void {
    this.#done += 1;
    if (faults.length > 0) {
      this.#failed += 1;
      console.log(`✗ 种子 (seed) ${seed}：npm run campaign -- regions 1 ${seed}\n  ${faults.slice(0, 5).join('\n  ')}`);
    }
    this.#bar?.update(this.#done, { failed: this.#failed });
    if (this.#bar === null && (this.#done % 50 === 0 || this.#done === this.count)) {
      const left = ((Date.now() - this.#start) / this.#done) * (this.count - this.#done);
      console.log(`${this.#done}/${this.count} 失败 (failed) ${this.#failed}，约余 (left) ${Math.ceil(left / 1000)} s`);
    }
  }

  end(): void {
    this.#bar?.stop();
  }
}

function report(outcomes: readonly Outcome[], seed: number): boolean {
  const failed = outcomes.filter(({ faults }) => faults.length > 0);
  const met = new Map(Object.keys(CASES).map((name) => [name, 0]));
  for (const name of outcomes.flatMap(({ reached }) => reached)) met.set(name, (met.get(name) ?? 0) + 1);
  for (const [name, times] of met) console.log(`${String(times).padStart(6)}  ${name}`);
  const effects = outcomes.flatMap((outcome) => outcome.effects);
  const most = effects.reduce((highest, { most: rise }) => (rise > highest ? rise : highest), 0n);
  console.log(
    `增收 (better collection) ${effects.length} 例：本统筹区政府承担增加 (own government bears more) ${effects.filter((effect) => effect.ownByAFen > 0).length} 例，各 1 分 (by one fen)；` +
      `其他统筹区政府承担增加 (another's) ${effects.filter((effect) => effect.othersBearMore > 0).length} 例，最多 (at most) ${most} 分 (fen)`,
  );
  const never = [...met].filter(([, times]) => times === 0).map(([name]) => name);
  if (never.length > 0) console.log(`未遇到 (never met): ${never.join('; ')}`);
  console.log(`regions, seed ${seed}: ${outcomes.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 && (never.length === 0 || outcomes.length < ENOUGH_FOR_EVERY_CASE);
}
