/**
 * Kills at random moments, ten each of the command, the worker, Temporal and PostgreSQL; a server dies alone or together with
 * the command. The next call continues the year, which must end with the same bytes as an undisturbed one and leave no process
 * behind. A seed always draws the same moments.
 */
import { join } from 'node:path';
import { CHECKOUT } from '../../../servers/home';
import { Home } from './home';
import { type Timetable, drawMoment, momentText } from './moments';
import { type Random, seeded } from './random';
import { differingFiles } from './results';
import { type Kill, runWithKills, undisturbed } from './trial';

const VICTIMS: readonly Kill['victim'][] = ['run', 'worker', 'temporal', 'postgres'];
const TRIALS = 10;
const YEAR = { pack: join(CHECKOUT, 'test', 'year', 'cases', 'two-areas-2028', 'pack'), year: 2028 };

/** One trial with one kill; what went wrong, or null. A kill that comes too late proves nothing, so it counts as a failure. */
async function trial(reference: Home, kill: Kill): Promise<string | null> {
  const home = new Home();
  try {
    const { calls, missed, last, leftBehind } = await runWithKills(home, YEAR, [kill]);
    if (last.code !== 0)
      return `第 ${calls} 次调用仍以 ${last.code} 结束 (exit code): ${last.stderr.split('\n').at(-1)}`;
    if (missed > 0) return '终止过迟，年度已结束 (the kill came too late)';
    const differing = differingFiles(reference.out, home.out);
    if (differing.length > 0) return `结果不同 (results differ): ${differing.join(', ')}`;
    return leftBehind.length > 0 ? `遗留进程 (left behind): ${leftBehind.join(', ')}` : null;
  } finally {
    await home.remove();
  }
}

const drawKill = (victim: Kill['victim'], timetable: Timetable, random: Random): Kill => ({
  victim,
  moment: drawMoment(timetable, random, 0, 0.9),
  withRun: victim === 'run' || random() < 0.5,
});

/** Runs all trials; false when one failed. */
export async function kills(seed: number): Promise<boolean> {
  const random = seeded(seed);
  const reference = new Home();
  let failed = 0;
  try {
    const timetable = await undisturbed(reference, YEAR);
    const kills = VICTIMS.flatMap((victim) =>
      Array.from({ length: TRIALS }, () => drawKill(victim, timetable, random)),
    );
    for (const [i, kill] of kills.entries()) {
      const trouble = await trial(reference, kill);
      if (trouble !== null) failed += 1;
      const how = kill.withRun && kill.victim !== 'run' ? `${kill.victim} + run` : kill.victim;
      console.log(
        `${i + 1}/${kills.length} ${trouble === null ? '✓' : '✗'} ${how} @ ${momentText(kill.moment)} ${trouble ?? ''}`,
      );
    }
    console.log(`kills, seed ${seed}: ${kills.length - failed} passed, ${failed} failed`);
  } finally {
    await reference.remove();
  }
  return failed === 0;
}
