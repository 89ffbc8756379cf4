/** 正式年度: one area's year on durable timers, its worker killed while it waits. It comes to the figures of a run on the same files. */
import { join } from 'node:path';
import { type OpenTask, openTasks } from '../../db/tasks';
import { writeResults } from '../../scripts/client/result-files';
import { clusterFolder } from '../../servers/postgres-cluster';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, testDatabase } from '../database';
import { budgetId } from '../../rules/keys';
import { compareResults } from '../year/compare-results';
import { AREA, LiveYears, THIS_YEAR } from './live-years';
import { MARK, addMarkedPersons, filesWith, tablesWith, withMarkedPersons } from './marked-persons';
import { packFrom } from '../pack/builder';

jest.setTimeout(300_000);

let live: LiveYears;
let scratch: TestDatabase;

beforeAll(async () => {
  live = await LiveYears.open();
  scratch = await testDatabase();
});
afterAll(async () => {
  await scratch.drop();
  await live.close();
});

/** Gives the workflows again what the database has of persons' acts: how many there are, how many had been waited for. */
async function repeated(): Promise<{ recorded: number; taken: number }> {
  const { stdout } = await live.home.fund('repeat-acts', '--year', String(THIS_YEAR), '--json');
  return JSON.parse(stdout) as { recorded: number; taken: number };
}

let pack: string;

test('a live year reaches the figures of a run, even though its worker is killed and its Temporal restored from an older backup', async () => {
  pack = live.pack('pack', THIS_YEAR, (_, text) => withMarkedPersons(text));
  addMarkedPersons(pack, THIS_YEAR, AREA);
  await live.import(pack, THIS_YEAR);
  await live.start(THIS_YEAR);
  await until(async () => (await openTasks(live.pool, THIS_YEAR)).length > 0, { within: 60_000 });
  for (const pid of pidsOf(live.home.folder).worker) process.kill(pid, 'SIGKILL');
  expect((await live.home.fund('up')).code).toBe(0);

  // A backup of Temporal from before the budgets are approved; it is restored when the books have been opened.
  const isBudget = ({ task }: OpenTask): boolean => task.includes('-budget-');
  await live.actUntil(
    THIS_YEAR,
    (open) => open.filter(({ task }) => task.includes('/directed/')).length === 2,
    isBudget,
  );
  const backup = await live.backUpTemporal();
  await live.actUntil(THIS_YEAR, (open) => open.some(({ task }) => task.includes('/files/month/04/')));
  await live.restoreTemporal(backup);
  // Temporal knows of no act; one leads to the wait for the next.
  let taken = 0;
  const areAllTaken = async (): Promise<boolean> => {
    const outcome = await repeated();
    taken += outcome.taken;
    return outcome.recorded > 0 && taken === outcome.recorded;
  };
  await until(areAllTaken, { within: 60_000, every: 500 });
  await live.actUntil(THIS_YEAR, live.isClosed(THIS_YEAR));

  await runThrough(scratch.pool, await packFrom(pack, THIS_YEAR));
  const run = join(live.home.folder, 'run');
  await writeResults(scratch.pool, THIS_YEAR, run);
  expect(compareResults(run, await live.results(THIS_YEAR, 'live'))).toEqual([]);
});

test('no person appears anywhere but in the tables of persons: not in histories, search attributes, logs, tasks or results', async () => {
  expect(
    await live.home.fund('report', '--year', String(THIS_YEAR), '--out', join(live.home.folder, 'report.html')),
  ).toMatchObject({
    code: 0,
  });
  // The last push has no answer: it is a task and a finding, and both are counts.
  expect((await openTasks(live.pool, THIS_YEAR)).map(({ task }) => task)).toEqual([expect.stringContaining('/push/')]);
  expect(await tablesWith(live.pool, MARK)).toEqual([
    ...['burden', 'burden_flag', 'enrolment_history', 'full_aid_enrolment', 'recognition', 'resident_payment'],
    'resident_roll',
  ]);

  // Temporal's store holds histories and search attributes as they are; it is whole once the server is down.
  await live.home.fund('down');
  const found = (text: string): string[] => filesWith(live.home.folder, text, [pack, clusterFolder(live.home.folder)]);
  expect(found(MARK)).toEqual([]);
  // What the search would find, and that the logs are among what it reads.
  expect(found(budgetId(THIS_YEAR, 'resident', AREA))).toContain('temporal.db');
  expect(found('')).toEqual(expect.arrayContaining(['logs/temporal.log', 'logs/worker.log']));
});
