/** One trial: a year run on a system of its own, killed on its way, and called again until it is done. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ended } from './command';
import type { Home, Server, Year } from './home';
import { type Moment, type Timetable, timetableOf } from './moments';

export interface Kill {
  /** `run` is the command itself, launcher and all. */
  victim: 'run' | Server;
  moment: Moment;
  /** A server dies alone, and the running command heals it; or together with the command, and the next call does. */
  withRun: boolean;
}
export interface Outcome {
  calls: number;
  /** Kills that came too late: what they were meant for had ended already. */
  missed: number;
  last: Ended;
  leftBehind: number[];
}

/** A call that fails more often than this does not go on. */
const MOST_CALLS = 4;

/** A run that nobody disturbs, and its timetable. */
export async function undisturbed(home: Home, year: Year): Promise<Timetable> {
  const start = Date.now();
  const command = home.startRun(year);
  const { code, stderr } = await command.ended;
  if (code !== 0) throw new Error(`The undisturbed run ended with ${code}: ${stderr}`);
  return timetableOf(command.lines, Date.now() - start);
}

/** A run with kills, in the order of their moments; after each the same command is called again where it has ended. */
export async function runWithKills(home: Home, year: Year, kills: readonly Kill[]): Promise<Outcome> {
  let command = home.startRun(year);
  let calls = 1;
  let missed = 0;
  const again = (): void => {
    command = home.startRun(year);
    calls += 1;
  };
  for (const { victim, moment, withRun } of kills) {
    while (!(await command.says(moment.after)) && calls < MOST_CALLS) again();
    await pause(moment.wait);
    const hit = victim === 'run' ? !command.isOver : await home.kill(victim, command);
    if (!hit) missed += 1;
    if (victim !== 'run' && !withRun) continue;
    command.signal('SIGKILL');
    await command.ended;
    again();
  }
  while ((await command.ended).code !== 0 && calls < MOST_CALLS) again();
  return { calls, missed, last: await command.ended, leftBehind: await home.leftBehind() };
}
