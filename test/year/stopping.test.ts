/** Ctrl-C and its kin: an orderly end at any moment, no process left behind, and the next call goes on. */
import { Home } from '../../scripts/campaign/home';
import { differingFiles } from '../../scripts/campaign/results';
import { caseNamed } from './cases';

jest.setTimeout(300_000);

const year = caseNamed('two-areas-2028');
const INTERRUPTED = 128 + 2;
const HUNG_UP = 128 + 1;

const homes: Home[] = [];
const fresh = (): Home => {
  const home = new Home();
  homes.push(home);
  return home;
};
afterAll(() => Promise.all(homes.map((home) => home.remove())));

test('in the middle of the servers’ start, of the year, and without its launcher; then the year comes to the same bytes', async () => {
  const home = fresh();
  const starting = home.startRun(year);
  await starting.says('Starting');
  starting.signal('SIGINT');
  expect((await starting.ended).code).toBe(INTERRUPTED);
  expect(await home.leftBehind()).toEqual([]);

  const running = home.startRun(year);
  expect(await running.says('2028-01-')).toBe(true);
  running.signal('SIGINT');
  const { code, stderr } = await running.ended;
  expect({ code, stderr }).toEqual({ code: INTERRUPTED, stderr: '' });
  expect(await home.leftBehind()).toEqual([]);

  const orphaned = home.startRun(year);
  expect(await orphaned.says('2028-06-')).toBe(true);
  orphaned.killLauncher();
  await orphaned.ended;
  expect(await home.leftBehind()).toEqual([]);

  expect((await home.run(year)).code).toBe(0);
  const undisturbed = fresh();
  expect((await undisturbed.run(year)).code).toBe(0);
  expect(differingFiles(undisturbed.out, home.out)).toEqual([]);
});
