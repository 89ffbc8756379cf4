/** `fund start`: a live year is begun once, on a system that is up; every later start gets the cycle that there is. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, type WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { Command } from '../../scripts/trials/campaign/command';
import { Home } from '../../scripts/trials/campaign/home';
import { type Database, connect, inTransaction } from '../../db/connect';
import { abandon as abandonInDatabase } from '../../activities/joint-acts';
import { fundYears, lockYear } from '../../db/fund-year';
import { fundYearOn } from '../../parameters';
import { startYear } from '../../scripts/commands/start';
import { type ScheduleState, resumeStarts } from '../../scripts/client/schedules';
import { Signers } from '../../scripts/trials/signers';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { until } from '../../servers/wait';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { FUND_YEAR } from '../../workflows/search-attributes';
import { beijingDate } from '../../rules/beijing-time';
import { testDatabase } from '../database';
import { detailsOf } from '../workflows/page';
import { caseNamed } from '../year/cases';
import { WATCHDOG, YEAR_STARTER, fundYearId } from '../../rules/keys';

jest.setTimeout(180_000);

const home = new Home();
let temporal: Client;
let connection: Connection;
let pool: Database;
afterAll(async () => {
  await pool.destroy();
  await connection.close();
  await home.remove();
});

const row = (year: number) => inTransaction(pool, (trx) => lockYear(trx, year));

/** What is asked of Temporal here is done a while later. */
const eventually = async (done: () => Promise<boolean>): Promise<void> =>
  expect(await until(done, { within: 60_000, every: 50 })).toBe(true);

/** Starts a workflow as the form of the Temporal UI does, and waits for what comes of it. */
const form = (type: string, workflowId: string, ...args: object[]): Promise<{ cycle: string }> =>
  temporal.workflow.execute(type, { workflowId, taskQueue: TASK_QUEUE, args });

async function scheduled() {
  const { stdout } = await home.fund('schedule', '--json');
  return JSON.parse(stdout) as { schedules: ScheduleState[]; madeUpFor: number[] };
}

async function runs(query: string, status: string): Promise<WorkflowHandle[]> {
  const found: WorkflowHandle[] = [];
  for await (const { workflowId, runId } of temporal.workflow.list({
    query: `${query} AND ExecutionStatus = '${status}'`,
  }))
    found.push(temporal.workflow.getHandle(workflowId, runId));
  return found;
}

/** The first instants of the next Septembers in China. */
function comingSeptembers(after: Date, count: number): string[] {
  const first = fundYearOn(beijingDate(after));
  return Array.from({ length: count }, (_, i) => `${first + i}-08-31T16:00:00.000Z`);
}

test('refused before `up`, naming it, and no server is started for it', async () => {
  const { code, stdout, stderr } = await home.fund('start', '--year', '2027');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/没有应答，请先执行 npm run fund -- up/);
  expect(home.processes()).toEqual([]);
});

describe('on a system that is up', () => {
  beforeAll(async () => {
    const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
    connection = await Connection.connect({ address: temporalAddress });
    temporal = new Client({ connection });
    pool = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'worker', 6);
  });

  test('`up` has made the schedule: 1 September 00:00 in China', async () => {
    expect(await scheduled()).toEqual({
      schedules: [
        { schedule: YEAR_STARTER, paused: false, note: null, next: comingSeptembers(new Date(), 3) },
        expect.objectContaining({ schedule: WATCHDOG, paused: false }),
      ],
      madeUpFor: [],
    });
  });

  test('fifty starts at once, of every kind: one cycle, and all the others point to it', async () => {
    const year = fundYearOn(beijingDate(new Date()));
    const nominal = new Date(`${year - 1}-09-01T00:00:00+08:00`);
    const schedule = temporal.schedule.getHandle(YEAR_STARTER);
    const cycle = fundYearId(year);
    const many = <T>(count: number, start: (i: number) => Promise<T>): Promise<T>[] =>
      Array.from({ length: count }, (_, i) => start(i));

    // Forms and starters wait for their end; the schedule's own are looked up afterwards.
    const forms = many(12, (i) => form('fundYear', `form-${i}`, { year }));
    const starters = many(12, (i) => form('yearStarter', `starter-${i}`));
    const commands = many(12, () => startYear({ client: temporal, pool, uiUrl: null }, year));
    const typed = many(2, () => home.fund('start', '--year', String(year), '--json'));
    await Promise.all([
      ...many(6, () => schedule.trigger('ALLOW_ALL')),
      ...many(6, () => schedule.backfill({ start: nominal, end: nominal, overlap: 'ALLOW_ALL' })),
    ]);
    const ends = await Promise.all<{ cycle: string }>([
      ...forms,
      ...starters,
      ...commands,
      ...typed.map(async (command) => JSON.parse((await command).stdout) as { cycle: string }),
    ]);
    for (const end of ends) expect(end.cycle).toBe(cycle);

    const { runId } = await temporal.workflow.getHandle(cycle).describe();
    await eventually(async () => (await row(year))?.workflow_id === cycle);
    expect(await row(year)).toMatchObject({ mode: 'live', status: 'open', workflow_id: cycle, first_run_id: runId });
    // Temporal may make one of what a schedule is asked for in one moment: so each kind also by itself, afterwards.
    const byTheSchedule = `WorkflowType = 'yearStarter' AND TemporalScheduledById = '${YEAR_STARTER}'`;
    const ended = async (isWanted: (id: string) => boolean) =>
      (await runs(byTheSchedule, 'Completed')).some(({ workflowId }) => isWanted(workflowId));
    const nominalId = `${YEAR_STARTER}-${nominal.toISOString().replace('.000', '')}`;
    await schedule.trigger('ALLOW_ALL');
    await eventually(() => ended((id) => id !== nominalId));
    await schedule.backfill({ start: nominal, end: nominal, overlap: 'ALLOW_ALL' });
    await eventually(() => ended((id) => id === nominalId));
    await eventually(async () => (await runs(byTheSchedule, 'Running')).length === 0);
    const starts = await runs(byTheSchedule, 'Completed');
    for (const start of starts) expect(await start.result()).toMatchObject({ year, cycle });
    expect((await runs(`WorkflowType = 'fundYear'`, 'Running')).map(({ workflowId }) => workflowId)).toEqual([cycle]);
  });

  test('started again, it says which cycle runs and since when', async () => {
    const year = fundYearOn(beijingDate(new Date()));
    const { code, stdout } = await home.fund('start', '--year', String(year));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`${year} 年度流程 fund-year-${year} 已在进行，自 \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d 起`),
    );
  });

  test('the cycle is found by its year', async () => {
    const year = fundYearOn(beijingDate(new Date()));
    const { typedSearchAttributes, staticSummary } = await temporal.workflow.getHandle(fundYearId(year)).describe();
    expect(typedSearchAttributes.get(FUND_YEAR)).toBe(year);
    expect(await staticSummary()).toBe(`${year} 基金年度`);
  });

  test('a starter shows its outcome on its page', async () => {
    const year = fundYearOn(beijingDate(new Date()));
    const details = await detailsOf(temporal.workflow.getHandle('starter-0'));
    expect(details).toMatchObject({ 流程: fundYearId(year), 启动日期: beijingDate(new Date()) });
  });

  test('paused: the reason is shown', async () => {
    const { stdout } = await home.fund('schedule', '--pause', '等待自治区文件');
    expect(stdout).toMatch(/已暂停 paused（等待自治区文件）；恢复：/);
  });

  test('resumed: the years that were missed during the pause are started, each once', async () => {
    const since = fundYearOn(beijingDate(new Date()));
    const later = new Date(`${since + 1}-10-01T00:00:00+08:00`); // the second 1 September from now has passed
    expect(await resumeStarts(temporal, pool, later)).toEqual([since + 1, since + 2]);
    const isClaimedNow = async (year: number): Promise<boolean> => ((await row(year))?.workflow_id ?? null) !== null;
    await eventually(async () => (await isClaimedNow(since + 1)) && (await isClaimedNow(since + 2)));
    // Temporal's list of schedules follows a little later.
    await eventually(async () => (await scheduled()).schedules[0]?.paused === false);
    expect((await scheduled()).schedules[0]).toMatchObject({
      paused: false,
      note: `恢复，补启动 ${since + 1}、${since + 2} 年度`,
    });
    expect(await resumeStarts(temporal, pool, later)).toEqual([]);
    expect(await runs(`WorkflowType = 'fundYear'`, 'Running')).toHaveLength(3);
  });

  test('a schedule that was changed or deleted by hand is restored; a pause stays', async () => {
    const handle = temporal.schedule.getHandle(YEAR_STARTER);
    await handle.pause('年度预算未批');
    await handle.update((there) => ({ ...there, spec: { ...there.spec, timezone: 'UTC' } }));
    expect((await handle.describe()).spec.timezone).toBe('UTC');
    expect((await scheduled()).schedules[0]).toMatchObject({ paused: true, note: '年度预算未批' });
    const { spec, info } = await handle.describe();
    expect(spec.timezone).toBe('Asia/Shanghai');

    await scheduled();
    expect((await handle.describe()).info.lastUpdatedAt).toEqual(info.lastUpdatedAt); // nothing differed

    await handle.delete();
    expect((await scheduled()).schedules[0]).toMatchObject({ paused: false, next: comingSeptembers(new Date(), 3) });
  });

  test('a year without values of law is refused, and not begun', async () => {
    const { code, stderr } = await home.fund('start', '--year', '2015', '--confirm', '2015');
    expect(code).toBe(1);
    expect(stderr).toContain('2015 年度');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await row(2015)).toBeUndefined();
  });

  test('a year far from now is not begun by a slip of the hand: by no command, form or import', async () => {
    const [far, other] = ['2972', '2973'];
    for (const args of [['start'], ['start', '--confirm', other], ['import', '.']] as const) {
      const { code, stderr } = await home.fund(...args, '--year', far);
      expect(code).toBe(1);
      expect(stderr).toContain(`fund start --year ${far} --confirm ${far}`);
    }
    const year = Number(far);
    expect(await form('yearStarter', 'starter-far', { year })).toMatchObject({
      outcome: 'not started',
      note: expect.stringContaining(`"confirm": ${far}`) as string,
    });
    expect(await row(year)).toBeUndefined();
  });

  test.each([
    ['yearStarter', { year: '2030' }, /year 应为四位数字的年度，不加引号，如 2028；收到 "2030"/],
    ['yearStarter', { jahr: 1 }, /没有 "jahr" 这一项，可填 year、confirm/],
    ['fundYear', { year: '2030' }, /year 应为四位数字的年度/],
  ])('a form of %s with %o is refused in words, and nothing is begun', async (type, input, words) => {
    const started = (await fundYears(pool)).length;
    const failure = await form(type, `mistyped-${randomUUID()}`, input).catch((error: unknown) => error);
    expect((failure as WorkflowFailedError).cause?.message).toMatch(words);
    expect(await fundYears(pool)).toHaveLength(started);
  });

  test('begun by mistake, it is taken back, and its cycle ends; then it can be begun again', async () => {
    const far = '2972';
    const cycle = temporal.workflow.getHandle(fundYearId(2972));
    const begin = () => home.fund('start', '--year', far, '--confirm', far);
    expect(await begin()).toMatchObject({ code: 0 });
    await eventually(async () => (await row(2972))?.workflow_id === fundYearId(2972));
    const abandon = () => home.fund('abandon', '--year', far, '--reason', '误启动，应为 2027');
    const { code, stdout } = await abandon();
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('已撤回 2972 年度') as string });
    expect([await row(2972), (await cycle.describe()).status.name]).toEqual([undefined, 'TERMINATED']);
    expect(await begin()).toMatchObject({ code: 0, stdout: expect.stringContaining('已启动') as string });
    expect((await abandon()).code).toBe(0);
    expect(await abandon()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('没有 2972 年度') as string,
    });
  });

  test('no compressed run beside a live year', async () => {
    const { code, stderr } = await home.run(caseNamed('two-areas-2028'));
    expect(code).toBe(1);
    expect(stderr).toContain('this database holds a live year');
  });

  test('a cycle that was stopped by hand is not begun anew: it must be reset', async () => {
    const year = fundYearOn(beijingDate(new Date()));
    await temporal.workflow.getHandle(fundYearId(year)).terminate('by the test');
    const { code, stderr } = await home.fund('start', '--year', String(year));
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`fund-year-${year} 已中止（TERMINATED）.*Reset`));
    expect(await form('yearStarter', 'starter-after')).toMatchObject({ outcome: 'there is one' });
  });

  describe('a year begun by mistake that holds data already', () => {
    const year = fundYearOn(beijingDate(new Date())) - 1;
    const files = join(home.folder, 'files');
    const running = () => runs(`FundYear = ${year}`, 'Running');
    const abandon = (...args: string[]) => home.fund('abandon', '--year', String(year), '--reason', '误启动', ...args);
    let owner: Database;
    let signers: Signers;
    beforeAll(async () => {
      mkdirSync(files);
      const FILES = {
        'areas.csv':
          'area,name_zh,name_en,schemes,subsidy_class,employer_rate\n150100,呼和浩特市,Hohhot,employee;resident,1,0.07\n',
        'operators.csv':
          'operator,name,role,area\ngov-1,高志远,region_government,\ngov-2,白音,region_government,\nsec-1,娜仁,region_security,\nfin-1,李秀英,region_finance,\nsec-a,乌云,area_security,150100\nfin-a,赵建国,area_finance,150100\n',
        'medical_aid.csv': 'area,group,kind,value,funding\n,orphan,full,,medical_aid\n',
      };
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(files, name), text);
      owner = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'owner', 1);
      signers = new Signers(owner);
      await signers.keep(home.keys, ['gov-1', 'gov-2', 'sec-1']);
      expect(await home.fund('start', '--year', String(year), '--confirm', String(year))).toMatchObject({ code: 0 });
      expect(await home.fund('import', files, '--year', String(year))).toMatchObject({ code: 0, stderr: '' });
      await signers.appoint(year);
      await eventually(async () => (await running()).length > 1);
    });
    afterAll(() => owner.destroy());

    test('is not abandoned by one, nor by another office', async () => {
      expect(await abandon()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('由自治区人民政府两人先后办理，请加 --as 工号') as string,
      });
      expect((await abandon('--as', 'sec-1')).stderr).toContain('须由自治区人民政府的两人办理');
      const { code, stdout } = await abandon('--as', 'gov-1');
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('还须自治区人民政府另一人办理后生效') as string,
      });
      expect((await row(year))?.status).toBe('open');
    });

    test('a kill between the database and Temporal is named by the watchdog, and repeating the command heals it', async () => {
      const by = { year, operator: 'gov-2', reason: '误启动' };
      expect(await abandonInDatabase(pool, by, signers.sign)).toEqual({ done: true, by: ['gov-1', 'gov-2'] });
      const watched = async () => (await home.fund('watch')).stdout;
      expect(await watched()).toMatch(new RegExp(`${year} 年度已作废，仍有 \\d+ 个流程没有终止`));
      const { code, stdout } = await abandon();
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`作废 ${year} 年度：已作废，流程已终止，数据保留备查`) as string,
      });
      await eventually(async () => (await running()).length === 0);
      expect(await watched()).not.toContain(`${year} 年度`);
    });

    test('and stays so: nothing starts, imports or takes it up again; it is shown and verified', async () => {
      const over = `${year} 年度已作废`;
      expect((await home.fund('start', '--year', String(year))).stderr).toContain(over);
      expect((await home.fund('import', files, '--year', String(year))).stderr).toContain(over);
      expect(await form('yearStarter', 'starter-abandoned', { year })).toMatchObject({
        outcome: 'not started',
        note: expect.stringContaining(over) as string,
      });
      expect((await home.fund('show', '--year', String(year))).stdout).toMatch(/（正式）已于 \d{4}-\d\d-\d\d 作废/);
      const { code, stdout } = await home.fund('verify', '--year', String(year));
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(over) as string });
      expect(stdout).toMatch(/✓ \d{4} signatures/);
      // Whoever resets its cycle in the Temporal UI finds that it ends at once.
      const cycle = temporal.workflow.getHandle(fundYearId(year));
      const { runId } = await cycle.describe();
      await connection.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: fundYearId(year), runId },
        reason: 'by the test',
        requestId: randomUUID(),
        workflowTaskFinishEventId: 4 as never,
      });
      await eventually(async () => (await cycle.describe()).status.name === 'COMPLETED');
      expect(await cycle.result()).toMatchObject({ outcome: 'not this one' });
    });
  });
});

test('without a worker nothing is begun', async () => {
  const database = await testDatabase();
  const address = process.env.FUND_TEST_TEMPORAL as string;
  const nobodyWorks = `nobody-works-${randomUUID()}`;
  const shared = await Connection.connect({ address });
  await shared.workflowService.registerNamespace({
    namespace: nobodyWorks,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: nobodyWorks };
  const refused = async () =>
    new Command(['fund', 'start', '--year', '2027'], { FUND_HOME: home.folder, ...env }).ended;

  // A namespace is known everywhere in the server a few seconds after it was made.
  await eventually(async () => (await refused()).stderr.includes('没有工作进程'));
  const { code, stderr } = await refused();
  expect(code).toBe(1);
  expect(stderr).toMatch(/没有工作进程在办理流程，未启动；请先执行 npm run fund -- up/);
  expect(await fundYears(database.pool)).toEqual([]);
  await shared.close();
  await database.drop();
});
