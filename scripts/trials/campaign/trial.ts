/** One trial: a year run on a system of its own, killed on the way, and called again until it is done. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ended } from './command';
import type { Home, Server, Year } from './home';
import { type Moment, type Timetable, timetableOf } from './moments';

export interface Kill {
  /** `run` is the command with its launcher. */
  victim: 'run' | Server;
  moment: Moment;
  /** Whether the command dies with the server: then the next call restores the server, else the running command does. */
  withRun: boolean;
}
interface Outcome {
  calls: number;
  /** Kills whose victim had ended already. */
  missed: number;
  last: Ended;
  leftBehind: number[];
}

/** A year that is not done after so many calls counts as failed. */
const MOST_CALLS = 4;

/** Runs a year without any kill, for its timetable. */
export async function undisturbed(home: Home, year: Year): Promise<Timetable> {
  const start = Date.now();
  const command = home.startRun(year);
  const { code, stderr } = await command.ended;
  if (code !== 0) throw new Error(`The undisturbed run ended with ${code}: ${stderr}`);
  return timetableOf(command.lines, Date.now() - start);
}

/** Runs a year with kills in the order of their moments, and calls the command again whenever it has ended. */
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
