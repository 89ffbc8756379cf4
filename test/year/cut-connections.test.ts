/**
 * Every session of the database is cut again and again while the demonstration year runs, as a failover or a restart would cut
 * them: the year closes all the same, to the same bytes, and neither the command nor the worker dies of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../../db/connect';
import { execute } from '../../db/rows';
import { Home } from '../../scripts/trials/campaign/home';
import { differingFiles } from '../../scripts/trials/campaign/results';
import { letsIn, postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { caseNamed } from './cases';

jest.setTimeout(300_000);

const demo = caseNamed('region-2028');
const EVERY = 700; // milliseconds
const LASTING = 25_000;

const undisturbed = new Home();
const home = new Home();
afterAll(() => Promise.all([undisturbed, home].map((one) => one.remove())));

const urlOf = (folder: string): string => postgresUrl(folder, postgresPort(folder) ?? 0);

/** Cuts every session but its own until the time is over or the run has ended; how many it has cut. */
async function cutSessions(isOver: () => boolean): Promise<number> {
  const database = connect(urlOf(home.folder), 'owner', 1);
  const end = Date.now() + LASTING;
  let cut = 0;
  while (Date.now() < end && !isOver()) {
    cut += await execute(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    await pause(EVERY);
  }
  await database.destroy();
  return cut;
}

test('a year whose sessions are all cut every 0.7 s closes, to the same bytes, with the same worker', async () => {
  const reference = undisturbed.run(demo);
  const run = home.startRun(demo);
  const workers = (): number[] => pidsOf(home.folder).worker;
  await until(() => workers().length > 0 || run.isOver, { within: 120_000 });
  const [worker] = workers();
  await until(async () => run.isOver || (await letsIn(urlOf(home.folder))), { within: 120_000 });
  const seen = new Set(workers());
  const watching = setInterval(() => workers().forEach((pid) => seen.add(pid)), 200);

  const cut = await cutSessions(() => run.isOver);
  const { code, stderr } = await run.ended;
  clearInterval(watching);

  expect({ code, stderr, workers: [...seen] }).toEqual({ code: 0, stderr: '', workers: [worker] });
  expect(cut).toBeGreaterThan(20);
  expect((await reference).code).toBe(0);
  expect(differingFiles(undisturbed.out, home.out)).toEqual([]);
});
