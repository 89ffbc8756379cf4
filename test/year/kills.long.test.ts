/**
 * Kills: the command, the worker, Temporal and PostgreSQL get SIGKILL at moments drawn from a seed. The run heals what it can, the
 * next call of the same command does the rest, and the results have the same bytes. `npm run campaign -- kills` does this forty times.
 */
import { Home, type Server } from '../../scripts/trials/campaign/home';
import { type Timetable, drawMoment, momentText } from '../../scripts/trials/campaign/moments';
import { seeded } from '../../scripts/trials/campaign/random';
import { differingFiles } from '../../scripts/trials/campaign/results';
import { type Kill, runWithKills, undisturbed } from '../../scripts/trials/campaign/trial';
import { KILLED as year } from './cases';
import { compareResults } from './compare-results';

jest.setTimeout(300_000);

const random = seeded(2028);

let reference: Home;
let timetable: Timetable;
let home: Home;

beforeAll(async () => {
  reference = new Home();
  timetable = await undisturbed(reference, year);
});
afterAll(() => reference.remove());
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

test('undisturbed, the year comes to the expected results and leaves no process', async () => {
  expect(compareResults(year.expected, reference.out)).toEqual([]);
  expect(await reference.leftBehind()).toEqual([]);
});

/**
 * Runs the year with three kills and returns how many calls that took. Two come while months pass, where a line is printed every moment:
 * a kill on the way does not shift them beyond the end.
 */
async function callsWith(from: number, ...victims: readonly Omit<Kill, 'moment'>[]): Promise<number> {
  const parts = [
    [from, 0.6],
    [0.6, 0.7],
    [0.7, 0.8],
  ];
  const kills = victims.map((kill, i) => ({
    ...kill,
    moment: drawMoment(timetable, random, ...(parts[i] as [number, number])),
  }));
  const { calls, missed, last, leftBehind } = await runWithKills(home, year, kills);
  const at = kills.map(({ victim, moment }) => `${victim} after ${momentText(moment)}`).join(', ');
  const differing = differingFiles(reference.out, home.out);
  expect({ at, missed, code: last.code, differing, leftBehind }).toEqual({
    ...{ at, missed: 0, code: 0, differing: [], leftBehind: [] },
  });
  return calls;
}

test('each server alone: the run itself restores it and goes on', async () => {
  const alone = (victim: Server) => ({ victim, withRun: false });
  expect(await callsWith(0.5, alone('worker'), alone('temporal'), alone('postgres'))).toBe(1);
});

test('the run, alone and together with a server: the next call restores it and continues where it was', async () => {
  const withRun = (victim: Kill['victim']) => ({ victim, withRun: true });
  expect(await callsWith(0, withRun('temporal'), withRun('run'), withRun('postgres'))).toBe(4);
});
