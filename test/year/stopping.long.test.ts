/** Ctrl-C and similar: an orderly end at any moment, no process left behind, and the next call continues. */
import { Command } from '../../scripts/trials/campaign/command';
import { Home } from '../../scripts/trials/campaign/home';
import { caseNamed } from './cases';
import { compareResults } from './compare-results';

jest.setTimeout(300_000);

const year = caseNamed('two-areas-2028');
const INTERRUPTED = 128 + 2;

const home = new Home();
afterAll(() => home.remove());
afterEach(async () => expect(await home.leftBehind()).toEqual([]));

test('Ctrl-C while the servers start', async () => {
  const starting = home.startRun(year);
  await starting.says('Starting');
  starting.signal('SIGINT');
  expect((await starting.ended).code).not.toBe(0);
});

test('Ctrl-C in the middle of the year', async () => {
  const running = home.startRun(year);
  expect(await running.says('2028-01-')).toBe(true);
  running.signal('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect({ code, stderr }).toEqual({ code: INTERRUPTED, stderr: '' });
  expect(stdout).toContain('已中断；再次执行同一命令即从此处继续');
});

test('npm is killed: the command notices and ends', async () => {
  const args = ['run', '--pack', year.pack, '--year', String(year.year), '--out', home.out];
  const orphaned = new Command(args, { FUND_HOME: home.folder }, ['npm', 'run', '--silent', 'fund', '--']);
  expect(await orphaned.says('2028-06-')).toBe(true);
  orphaned.killStarted();
  await orphaned.ended;
});

test('while it serves: a killed server comes back, and Ctrl-C is the ordinary end', async () => {
  const serving = home.startRun(year, '--until', '2028-07-31');
  expect(await serving.says('serving until Ctrl-C')).toBe(true);
  // Another system on this machine may have its port.
  expect(serving.lines.map(({ text }) => text).join('\n')).toMatch(
    /办事台( http:\/\/localhost:8320|没有启动，其余照常)/,
  );
  expect(await home.kill('temporal', serving)).toBe(true);
  expect(await serving.says('Starting Temporal', 2)).toBe(true);
  serving.signal('SIGINT');
  expect((await serving.ended).code).toBe(0);
});

test('the next call takes the year to its end', async () => {
  expect((await home.run(year)).code).toBe(0);
  expect(compareResults(year.expected, home.out)).toEqual([]);
});
