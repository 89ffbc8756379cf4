/**
 * Every session of the database is cut again and again while the demonstration year runs, as a failover or a restart would cut
 * them: the year closes all the same, to the expected results, and neither the command nor the worker dies of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, connect } from '../../db/connect';
import { execute, select } from '../../db/rows';
import { Home } from '../../scripts/trials/campaign/home';
import { letsIn, postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { DEMO as demo } from './cases';
import { compareResults } from './compare-results';

jest.setTimeout(300_000);

const EVERY = 700; // milliseconds
const LASTING = 25_000;
const FEW = 3; // sessions: how many there are to cut depends on the machine

const home = new Home();
afterAll(() => home.remove());

const urlOf = (folder: string): string => postgresUrl(folder, postgresPort(folder) ?? 0);

/** Sessions that were cut, by the process that they served. */
type Cut = Record<'fund' | 'fund-worker', number>;

/** Cuts every session but its own every 0.7 s until it is enough, or the run has ended. */
async function cutSessions(database: Database, cut: Cut, isEnough: () => boolean): Promise<void> {
  while (!isEnough()) {
    const sessions = await select<{ name: keyof Cut }>(
      database,
      `select application_name as name, pg_terminate_backend(pid) from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    for (const { name } of sessions) if (name in cut) cut[name] += 1;
    await pause(EVERY);
  }
}

const workerIsAtWork = async (database: Database): Promise<boolean> =>
  (await execute(database, `select from pg_stat_activity where application_name = 'fund-worker'`)) > 0;

/**
 * First the command is cut while it imports the pack, a few times: longer, and a slow machine would never have it imported. Then both
 * are cut, for a time that begins when the worker has a session.
 */
async function disturb(database: Database, cut: Cut, isOver: () => boolean): Promise<void> {
  await cutSessions(database, cut, () => cut.fund >= FEW || isOver());
  await until(async () => isOver() || (await workerIsAtWork(database)), { within: 120_000 });
  const end = Date.now() + LASTING;
  await cutSessions(database, cut, () => Date.now() > end || isOver());
}

test('a year whose sessions are all cut every 0.7 s closes, to the expected results, with the same worker', async () => {
  const run = home.startRun(demo);
  const workers = (): number[] => pidsOf(home.folder).worker;
  await until(() => workers().length > 0 || run.isOver, { within: 120_000 });
  const [worker] = workers();
  await until(async () => run.isOver || (await letsIn(urlOf(home.folder))), { within: 120_000 });
  const seen = new Set(workers());
  const watching = setInterval(() => workers().forEach((pid) => seen.add(pid)), 200);

  const database = connect(urlOf(home.folder), 'owner', 1);
  const cut: Cut = { fund: 0, 'fund-worker': 0 };
  // A run that ends stops PostgreSQL, which may come between: the counts below say whether enough was cut.
  await disturb(database, cut, () => run.isOver).catch(() => undefined);
  await database.destroy();
  const { code, stderr } = await run.ended;
  clearInterval(watching);

  expect({ code, stderr, workers: [...seen] }).toEqual({ code: 0, stderr: '', workers: [worker] });
  expect(cut.fund).toBeGreaterThanOrEqual(FEW);
  expect(cut['fund-worker']).toBeGreaterThanOrEqual(FEW);
  expect(compareResults(demo.expected, home.out)).toEqual([]);
});
