/**
 * Kills: the command, the worker, Temporal and PostgreSQL get SIGKILL at moments drawn from a seed. The run heals what it can, the
 * next call of the same command does the rest, and the results have the same bytes. `npm run campaign` does this more often.
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

/** Runs the year with a kill in its first half and one in its second, and returns how many calls that took. */
async function callsWith(first: Omit<Kill, 'moment'>, second: Omit<Kill, 'moment'>): Promise<number> {
  const kills = [
    { ...first, moment: drawMoment(timetable, random, 0, 0.5) },
    { ...second, moment: drawMoment(timetable, random, 0.5, 0.75) },
  ];
  const { calls, missed, last, leftBehind } = await runWithKills(home, year, kills);
  const at = kills.map(({ victim, moment }) => `${victim} after ${momentText(moment)}`).join(', ');
  const differing = differingFiles(reference.out, home.out);
  expect({ at, missed, code: last.code, differing, leftBehind }).toEqual({
    ...{ at, missed: 0, code: 0, differing: [], leftBehind: [] },
  });
  return calls;
}

test('the run itself, twice: the next call continues where it was', async () => {
  const kill = { victim: 'run', withRun: true } as const;
  expect(await callsWith(kill, kill)).toBe(3);
});

test.each<Server>(['worker', 'temporal', 'postgres'])(
  '%s, once together with the run, once alone: the next call restarts it, and so does the run itself',
  async (victim) => {
    expect(await callsWith({ victim, withRun: true }, { victim, withRun: false })).toBe(2);
  },
);
