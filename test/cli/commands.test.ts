/** The commands on a running system: what they do, what they print for machines, and how they refuse. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Home } from '../../scripts/trials/campaign/home';
import { differingFiles } from '../../scripts/trials/campaign/results';
import { connect } from '../../db/connect';
import { execute } from '../../db/rows';
import { freePort } from '../../servers/ports';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { caseNamed } from '../year/cases';

jest.setTimeout(180_000);

const year = caseNamed('two-areas-2028');
const home = new Home();
afterAll(() => home.remove());

/** Runs a command with `--json` that must succeed, and parses what it prints. */
async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await home.fund(...args, '--json');
  // The error output may hold progress, but no refusal.
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const servers = (state: string) => ({
  home: home.folder,
  servers: ['postgres', 'temporal', 'worker', 'desk'].map((name) => expect.objectContaining({ name, state }) as object),
});

test('status before anything else: everything is stopped, and stays so', async () => {
  expect(await json('status')).toEqual(servers('stopped'));
  expect(home.processes()).toEqual([]);
});

test('up: the servers keep running after it has ended; a second up changes nothing', async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  const first = await json('up', '--listen', listen);
  expect(first).toMatchObject({ ...servers('running'), temporalNamespace: 'default' });
  expect(await json('up', '--listen', listen)).toEqual(first);
  const page = await fetch(`http://${listen}/login`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('登录')]);
  const { uiUrl } = first as { uiUrl: string };
  expect((await fetch(uiUrl)).status).toBe(200);
});

test('up: where the desk cannot listen that is said, everything else runs, and the desk stays where it is', async () => {
  const { servers: before } = (await json('status')) as { servers: object[] };
  const { uiUrl } = (await json('up', '--listen', `127.0.0.1:${postgresPort(home.folder)}`)) as { uiUrl: string };
  const { code, stdout } = await home.fund('up', '--listen', new URL(uiUrl).host);
  expect(code).toBe(0);
  expect(stdout).toMatch(/办事台没有启动，其余照常运行：127\.0\.0\.1:\d+ is taken/);
  expect(await json('status')).toMatchObject({ servers: before });
  expect(await home.fund('up', '--listen', 'a:b:c')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('应为地址') as string,
  });
});

test('export and verify are refused with a readable reason while there is nothing yet', async () => {
  const exported = await home.fund('export', '--year', '2028', '--out', join(home.folder, 'nothing'));
  expect(exported).toMatchObject({ code: 1, stdout: '' });
  expect(exported.stderr).toMatch(/fund year 2028 is not in the database/);
  const verified = await home.fund('verify', '--json');
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.stdout)).toEqual({ refused: expect.stringContaining('no such fund year') as string });
});

test('run: its outcome for machines', async () => {
  expect(await json('run', '--pack', year.pack, '--year', '2028', '--out', home.out)).toMatchObject({
    year: 2028,
    cycle: 'fund-year-2028',
    status: 'closed',
    simulation: true,
    assumed: expect.arrayContaining(['levy.rate.employee', 'risk.resident']) as string[],
    out: home.out,
    shares: expect.arrayContaining([
      expect.objectContaining({ scheme: 'employee', area: '150100', gap: '148.38', fund_share: '43.79' }),
    ]) as object[],
  });
});

test('run is refused with a readable reason when its results cannot be written', async () => {
  const file = join(home.folder, 'a-file');
  writeFileSync(file, '');
  const { code, stderr } = await home.run(year, '--out', file);
  expect(code).toBe(1);
  expect(stderr).toContain(file);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('export: the same bytes as the run wrote', async () => {
  const out = join(home.folder, 'exported');
  expect(await json('export', '--year', '2028', '--out', out)).toMatchObject({ year: 2028, out });
  expect(differingFiles(home.out, out)).toEqual([]);
});

test('run --what-if: writes the comparison beside the plain results, and nothing else anywhere', async () => {
  const out = join(home.folder, 'what-if');
  const file = join(home.folder, 'overlay.json');
  writeFileSync(file, JSON.stringify({ 'levy.rate.employee': { value: '0.03', source: '假设' } }));
  const scratch = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('fund-what-if-'));
  const others = scratch();
  const run = ['run', '--pack', year.pack, '--year', '2028', '--out', out, '--what-if', file];
  const printed = (await json(...run)) as { changed: boolean };
  expect(printed).toMatchObject({ year: 2028, changed: true, parameters: [{ before: '0.05', after: '0.03' }] });

  const written = JSON.parse(readFileSync(join(out, 'what-if.json'), 'utf8')) as object;
  expect(printed).toEqual({ ...written, out });
  rmSync(join(out, 'what-if.json'));
  expect(differingFiles(home.out, out)).toEqual([]);
  expect(await json('parameters', '--year', '2028')).toMatchObject({
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'levy.rate.employee', value: '0.05' }) as object,
    ]) as object[],
  });
  expect(scratch().filter((name) => !others.includes(name))).toEqual([]);
});

test('run --what-if with a bad overlay or with --until is refused before any year is run', async () => {
  const file = join(home.folder, 'bad.json');
  writeFileSync(file, JSON.stringify({ 'levy.rate': { value: '1' }, 'share.min': { value: '6', source: '假设' } }));
  const bad = await home.run(year, '--what-if', file);
  expect([bad.code, bad.stdout]).toEqual([1, '']);
  for (const name of ['levy.rate', 'share.min']) expect(bad.stderr).toContain(name);
  expect((await home.run(year, '--what-if', file, '--until', '2028-06-30')).code).toBe(2);
});

test('parameters: the values pinned for the year, or those that would be in force', async () => {
  expect(await json('parameters', '--year', '2028')).toMatchObject({ year: 2028, pinned: true });
  const printed = await home.fund('parameters', '--year', '2029');
  expect(printed.code).toBe(0);
  expect(printed.stdout).toMatch(
    /levy\.rate\.employee {2}职工医保上解比例\n {4}0\.05 ｜ .*假定 assumed ｜ 较上年未变\n {4}来源：.*第二部分（六）/,
  );
});

test('parameters of a year that lacks values: each is named with its article', async () => {
  const { code, stdout, stderr } = await home.fund('parameters', '--year', '2022');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^collection\.individual\.2022（居民个人缴费标准.*没有有效值.*（一）/);
});

test('explain: figure, area and scheme by the Chinese words that are printed', async () => {
  const coded = ['--figure', 'sharing.gap', '--area', '150100', '--scheme', 'employee'];
  const worded = ['--figure', '缺口分担.缺口', '--area', '东河盟', '--scheme', '职工医保'];
  const answer = await json('explain', '--year', '2028', ...worded);
  expect(answer).toEqual(await json('explain', '--year', '2028', ...coded));
  expect(answer).toMatchObject({ explained: [{ value: '148.38', from: { figure: 'sharing.gap' } }] });
  const { code, stderr } = await home.fund(
    'explain',
    '--year',
    '2028',
    '--figure',
    '缺口分担.没有的',
    ...coded.slice(2),
  );
  expect(code).toBe(1);
  expect(stderr).toContain('gap 缺口 G');
});

test('tasks and quarantine: a closed year waits for nobody, and this one has no quarantined row', async () => {
  expect(await json('tasks')).toEqual([]);
  expect(await json('quarantine', '--area', '150100')).toEqual({
    year: 2028,
    area: '150100',
    reasons: [],
    rows: [],
    releases: [],
  });
  expect(await json('quarantine', '--area', '东河')).toMatchObject({ area: '150100' });
  const file = join(home.folder, 'quarantine.csv');
  expect(await json('quarantine', '--area', '150100', '--out', file)).toMatchObject({ rows: 0, file });
  expect(readFileSync(file, 'utf8')).toBe('file,line,receipt,kind,paid_on,amount,reason\n');
  expect((await home.fund('quarantine', '--area', '159900')).stderr).toMatch(/没有统筹区 159900。有：150100 /);
  const elsewhere = await home.fund('quarantine', '--area', 'unknown', '--year', '2099');
  expect([elsewhere.code, elsewhere.stderr]).toEqual([1, '数据库中没有该年度 (no such fund year in the database)']);
  const nowhere = await home.fund('show', '--year', '2028', '--area', 'unknown');
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('没有统筹区 unknown。有：150100 ')]);
  const nobody = await home.fund('approve', '--as', 'nm-finance', '--task', 'x');
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('没有可办理的年度')]);
});

test('show: where the year stands, with Temporal and without it', async () => {
  const closed = {
    ...{ year: 2028, mode: 'run', status: 'closed', waiting: [], overdue: [] },
    figures: expect.arrayContaining([
      expect.objectContaining({ scheme: 'employee', area: '150100', level: 'red', gap: '148.38', fund_share: '43.79' }),
    ]) as object[],
  };
  expect(await json('show', '--year', '2028')).toMatchObject({ ...closed, stages: [{ stage: '已关账' }] });
  const areas = await home.fund('show', '--year', '2028', '--area', '东河盟');
  expect(areas.stdout).toMatch(/fund-year-2028-collection-150100 +│ 征缴已结/);
  expect(areas.stdout).toContain(encodeURIComponent(`FundArea = '150100'`));

  process.kill(((await json('status')) as { servers: { name: string; pid: number }[] }).servers[1]!.pid, 'SIGKILL');
  expect(await json('show', '--year', '2028')).toMatchObject({ ...closed, stages: null });
  const { code, stdout } = await home.fund('show', '--year', '2028');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^2028 年度（模拟运行）已于 2029-05-31 关账/);
  expect(stdout).toMatch(/Temporal 没有应答/);
  expect(stdout).toMatch(/│ {2}43\.79 │/); // to the right
});

test('verify: one line for each invariant; 1 when one is broken', async () => {
  const whole = await home.fund('verify', '--year', '2028');
  expect(whole.code).toBe(0);
  for (const line of whole.stdout.split('\n')) expect(line).toMatch(/^✓ 2028 \w+ .+/);
  expect(await json('verify')).toEqual(
    whole.stdout.split('\n').map(() => expect.objectContaining({ year: 2028, holds: true, broken: [] }) as object),
  );

  await tamper(
    'update fund.journal_line set amount = amount + 0.01 where (entry_id, side) = (select min(entry_id), 1 from fund.journal_line)',
  );
  const broken = await home.fund('verify');
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/^✗ 2028 entries_balance .*0\.01/m);
  expect(broken.stdout.split('\n')).toHaveLength(whole.stdout.split('\n').length);
});

test('down: everything stops and no process is left; a second down is not an error', async () => {
  expect(await json('down')).toEqual(servers('stopped'));
  expect(await home.leftBehind()).toEqual([]);
  expect(await json('down')).toEqual(servers('stopped'));
  const { stdout, stderr } = await home.fund('down');
  expect(stdout).toContain(`FUND_HOME ${home.folder}`);
  expect(stderr).toContain(`No server of ${home.folder} is running.`);
});

/** Changes stored data as nobody should: as the owner, with the triggers off. */
async function tamper(sql: string): Promise<void> {
  const pool = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'owner', 1);
  await execute(pool, `set session_replication_role = replica; ${sql}`);
  await pool.destroy();
}
