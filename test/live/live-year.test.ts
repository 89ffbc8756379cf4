/** 正式年度: one area's year on durable timers, its worker killed while it waits. It comes to the figures of a run on the same files. */
import { join } from 'node:path';
import { openTasks } from '../../db/tasks';
import { readPack } from '../../pack';
import { writeResults } from '../../scripts/result-files';
import { pidsOf } from '../../servers/system';
import { until } from '../../servers/wait';
import { liveThrough } from '../activities/live-through';
import { type TestDatabase, testDatabase } from '../database';
import { compareResults } from '../year/compare-results';
import { LiveYears, THIS_YEAR } from './live-years';

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

test('a live year comes to the figures of a run, though its worker is killed while it waits', async () => {
  const pack = live.pack('pack', THIS_YEAR);
  await live.import(pack, THIS_YEAR);
  await live.start(THIS_YEAR);
  await until(async () => (await openTasks(live.pool, THIS_YEAR)).length > 0, { within: 60_000 });
  for (const pid of pidsOf(live.home.folder).worker) process.kill(pid, 'SIGKILL');
  expect((await live.home.fund('up')).code).toBe(0);
  await live.actUntil(THIS_YEAR, live.isClosed(THIS_YEAR));

  const read = await readPack(pack, THIS_YEAR);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  await liveThrough(scratch.pool, read.pack);
  const run = join(live.home.folder, 'run');
  await writeResults(scratch.pool, THIS_YEAR, run);
  expect(compareResults(run, await live.results(THIS_YEAR, 'live'))).toEqual([]);
});
