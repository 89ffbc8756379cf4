/** The watchdog on a real database and a real Temporal: what it finds, when it notifies people, and that it stops when all is well. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createInboxActivities } from '../../activities/imports/inbox';
import { recordAct } from '../../activities/signed-act';
import { createWatchActivities } from '../../activities/watch';
import { alertsNow, concerns } from '../../activities/watch/alerts-now';
import { watchOnce } from '../../activities/watch/pass';
import type { Channels } from '../../activities/watch/notify';
import { openAlerts } from '../../db/alerts';
import { beginLiveYear, claimYear, noteImport } from '../../db/fund-year';
import { type Database, inTransaction } from '../../db/connect';
import { execute, insertRows } from '../../db/rows';
import { databaseAway, notifyDatabaseAway, notifyDatabaseBack } from '../../scripts/client/watch-database';
import { Command } from '../../scripts/trials/campaign/command';
import { workersSeenBy } from '../../servers/pollers';
import { FUND_YEAR } from '../../workflows/search-attributes';
import { type TestDatabase, testDatabase } from '../database';
import { poolerWithoutOptions } from '../db/pooler';
import { attributesOf, detailsOf } from '../workflows/page';
import { type Stage, stage } from '../workflows/stage';

jest.setTimeout(120_000);

let connection: Connection;
let client: Client;
let folder: string;
const databases: TestDatabase[] = [];
beforeAll(async () => {
  connection = await Connection.connect({ address: process.env.FUND_TEST_TEMPORAL as string });
  client = new Client({ connection });
  folder = mkdtempSync(join(tmpdir(), 'fund-watch-'));
});
afterAll(async () => {
  for (const database of databases) await database.drop();
  await connection.close();
  rmSync(folder, { recursive: true });
});

async function newDatabase(): Promise<Database> {
  const database = await testDatabase();
  databases.push(database);
  return database.pool;
}

const quiet: Channels = { log: () => undefined, webhook: undefined, mail: undefined };
/** Looks at the database alone, at noon in China of a date; Temporal is away. */
const lookOn = async (pool: Database, today: string): Promise<string[]> => {
  const now = `${today}T04:00:00Z`;
  const alerts = await watchOnce(
    {
      database: pool,
      workersAtWork: workersSeenBy,
      client: null,
      watched: { schedules: [], taskQueue: '', news: 'news' },
      channels: quiet,
    },
    { now, today },
  );
  return alerts.map(({ key }) => key).filter((key) => key !== 'temporal/unreachable');
};

/** A live year with a cycle, and an area of two schemes with its persons. */
async function liveYear(pool: Database, year: number): Promise<void> {
  await beginLiveYear(pool, year);
  await claim(pool, year);
  await insertRows(pool, 'area', [
    {
      fund_year: year,
      area: '150100',
      name_zh: '东川市',
      name_en: 'x',
      schemes: ['employee', 'resident'],
      subsidy_class: 1,
      line: 2,
    },
  ]);
  await insertRows(pool, 'operator', [
    { fund_year: year, operator: 'A1', name: 'x', role: 'area_finance', area: '150100', line: 2 },
    { fund_year: year, operator: 'R1', name: 'x', role: 'region_security', area: null, line: 3 },
  ]);
  // Two of the region appoint them.
  const database = databases.find((one) => one.pool === pool);
  await execute(database!.as('owner'), 'update fund.operator set appointed_at = now() where fund_year = :year', {
    year,
  });
}
const claim = (pool: Database, year: number, workflowId = `fund-year-${year}`): Promise<void> =>
  inTransaction(pool, (trx) => claimYear(trx, { year, workflowId, firstRunId: 'x' }, false));

const task = (year: number, over: object) => ({
  fund_year: year,
  task: `t/${randomUUID()}`,
  chain: randomUUID(),
  position: 1,
  workflow_id: 'w',
  kind: 'approve',
  role: 'area_finance',
  area: '150100',
  subject: '东川市职工医保预算审批',
  figures_hash: 'x',
  due_on: '2027-12-31',
  ...over,
});

describe('a year that did not start', () => {
  test('is missed from 1 September on, until it has a cycle', async () => {
    const pool = await newDatabase();
    expect(await lookOn(pool, '2027-09-01')).toEqual(['not_started/2028']);
    await beginLiveYear(pool, 2028);
    expect(await lookOn(pool, '2027-09-01')).toEqual(['not_started/2028']);
    await claim(pool, 2028);
    expect(await lookOn(pool, '2027-09-01')).toEqual([]);
    expect(await lookOn(pool, '2028-08-31')).not.toContain('not_started/2029');
    expect(await lookOn(pool, '2028-09-01')).toContain('not_started/2029');
  });

  test('is not missed where years are only run in compressed time', async () => {
    const pool = await newDatabase();
    await insertRows(pool, 'fund_year', [{ year: 2028, mode: 'run' }]);
    expect(await lookOn(pool, '2028-09-01')).toEqual([]);
  });
});

describe('tasks of a live year', () => {
  let pool: Database;
  beforeAll(async () => {
    pool = await newDatabase();
    await liveYear(pool, 2028);
  });

  test('are overdue when their last day has passed', async () => {
    await insertRows(pool, 'task', [task(2028, { task: 't/budget', due_on: '2027-10-15' })]);
    expect(await lookOn(pool, '2027-10-15')).not.toContain('overdue_task/t/budget');
    expect(await lookOn(pool, '2027-10-16')).toContain('overdue_task/t/budget');
    const [alert] = (await openAlerts(pool)).filter(({ key }) => key === 'overdue_task/t/budget');
    expect(alert).toMatchObject({
      fund_year: 2028,
      problem: '东川市职工医保预算审批：应于 2027-10-15 前办理，已逾期 1 天',
      remedy: '请150100 统筹区财政局办理 t/budget',
    });
    await execute(pool, `update fund.task set state = 'done' where task = 't/budget'`);
    expect(await lookOn(pool, '2027-10-16')).not.toContain('overdue_task/t/budget');
  });

  test('that nobody can answer: nobody holds the role, or only people who have acted on the same matter', async () => {
    await insertRows(pool, 'task', [
      task(2028, { task: 't/nobody', role: 'region_government', area: null }),
      task(2028, { task: 't/first', chain: 'c', role: 'region_security', area: null }),
      task(2028, { task: 't/second', chain: 'c', position: 2, role: 'region_security', area: null }),
    ]);
    const unanswered = async () => (await lookOn(pool, '2027-10-16')).filter((key) => key.startsWith('unanswerable/'));
    expect(await unanswered()).toEqual(['unanswerable/t/nobody']);
    const act = {
      task: 't/first',
      operator: 'R1',
      decision: 'approve',
      figuresHash: 'x',
      businessDate: '2027-10-16',
    } as const;
    const signed = await (databases.at(-1) as TestDatabase).signers.signed(2028, act);
    await inTransaction(pool, (trx) => recordAct(trx, 2028, signed));
    expect(await unanswered()).toEqual(['unanswerable/t/nobody', 'unanswerable/t/second']);
  });
});

test.each([
  // on this day, what is overdue by the calendar of 2028 where nothing has been done
  ['2027-09-01', []],
  ['2027-09-02', ['collection_term/resident']],
  ['2028-01-01', ['budget/employee', 'budget/resident']],
  ['2028-02-29', []], // January's figures come in February
  ['2028-03-01', ['risk_1/employee', 'risk_1/resident']],
  ['2029-01-01', ['collection/resident', 'risk_11/employee', 'risk_11/resident']],
  ['2029-02-01', ['risk_12/employee', 'risk_12/resident', 'subsidy/resident']],
])('dates of the year that passed without their result, %s', async (today, expected) => {
  const pool = await newDatabase();
  await liveYear(pool, 2028);
  const dayBefore = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  const dates = async (day: string) =>
    (await lookOn(pool, day))
      .filter((key) => key.startsWith('overdue_date/'))
      .map((key) => key.slice('overdue_date/2028/'.length));
  const before = await dates(dayBefore);
  const newOnes = (await dates(today)).filter((key) => !before.includes(key));
  expect(newOnes).toEqual(expected.map((key) => `${key}/150100`));
});

test('a year without areas, and one that should have been closed', async () => {
  const pool = await newDatabase();
  await beginLiveYear(pool, 2028);
  await claim(pool, 2028);
  expect(await lookOn(pool, '2027-09-02')).toEqual(['overdue_date/2028/areas']);
  const other = await newDatabase();
  await liveYear(other, 2028);
  expect(await lookOn(other, '2029-05-31')).not.toContain('overdue_date/2028/closing');
  expect(await lookOn(other, '2029-06-01')).toContain('overdue_date/2028/closing');
});

test('who looks in between is not told of what is solved since, and of an area only what concerns it', async () => {
  const pool = await newDatabase();
  await liveYear(pool, 2028);
  await insertRows(pool, 'task', [task(2028, { task: 'budget-150100/1', due_on: '2027-09-10' })]);
  const noted = await lookOn(pool, '2027-09-20');
  expect(noted).toEqual(
    expect.arrayContaining(['overdue_task/budget-150100/1', 'overdue_date/2028/collection_term/resident/150100']),
  );
  await execute(pool, `update fund.task set state = 'done' where task = 'budget-150100/1'`);
  const now = (await alertsNow(pool, '2027-09-21')).filter(({ key }) => !key.startsWith('temporal'));
  expect(now.map(({ key }) => key).sort()).toEqual(noted.filter((key) => !key.includes('budget-150100/1')).sort());
  expect(now[0]?.problem).toContain('已逾期 20 天');
  const about = (area: string) => now.filter((alert) => concerns(alert, area, ['150100', '150200'])).length;
  expect([about('150100'), about('150200')]).toEqual([now.length, 0]);
});

describe('in Temporal', () => {
  const schedule = `watched-${randomUUID()}`;
  const cycle = `cycle-${randomUUID()}`;
  const year = 2900;
  let pool: Database;
  let taskQueue: string;
  let theatre: Stage;
  let alive: boolean;
  const look = async (later = 0): Promise<string[]> => {
    const alerts = await watchOnce(
      {
        database: pool,
        workersAtWork: workersSeenBy,
        client,
        watched: { schedules: [schedule], taskQueue, news: 'news' },
        channels: quiet,
      },
      { now: new Date(Date.now() + later).toISOString(), today: '2899-09-01' },
    );
    return alerts.map(({ key }) => key);
  };
  const make = () =>
    client.schedule.create({
      scheduleId: schedule,
      spec: { intervals: [{ every: '1 day' }] },
      action: { type: 'startWorkflow', workflowType: 'none', taskQueue },
    });

  beforeAll(async () => {
    pool = await newDatabase();
    await beginLiveYear(pool, year);
    await claim(pool, year, cycle);
    theatre = await stage({ ...createWatchActivities(pool, client, workersSeenBy), ...createInboxActivities(pool) });
    taskQueue = theatre.taskQueue;
    alive = true;
    await make();
    await client.workflow.start('nobodysWork', {
      workflowId: cycle,
      taskQueue: randomUUID(),
      typedSearchAttributes: [{ key: FUND_YEAR, value: year }],
    });
  });
  afterAll(async () => {
    if (alive) await theatre.leave();
    await client.schedule
      .getHandle(schedule)
      .delete()
      .catch(() => undefined);
  });

  test('all is well: nothing is found', async () => {
    expect(await look()).toEqual([]);
  });

  test('workflows are notified, once, of an import that was killed before it could notify them', async () => {
    const signals = async (): Promise<number> =>
      ((await client.workflow.getHandle(cycle).fetchHistory()).events ?? []).filter(
        ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === 'news',
      ).length;
    await inTransaction(pool, (trx) => noteImport(trx, year));
    expect(await look()).toEqual([]);
    expect(await signals()).toBe(1);
    expect(await look()).toEqual([]);
    expect(await signals()).toBe(1);
  });

  test('a paused schedule, with its reason; a deleted one', async () => {
    const handle = client.schedule.getHandle(schedule);
    await handle.pause('等待文件');
    expect(await look()).toEqual([`schedule/${schedule}`]);
    expect((await openAlerts(pool))[0]?.problem).toBe(`定时任务 ${schedule} 已暂停（等待文件）`);
    await handle.delete();
    expect(await look()).toEqual([`schedule/${schedule}`]);
    expect((await openAlerts(pool))[0]).toMatchObject({ problem: `定时任务 ${schedule} 不存在` });
    await make();
    expect(await look()).toEqual([]);
  });

  test('when Temporal does not answer, what was found there before still stands', async () => {
    await client.schedule.getHandle(schedule).pause();
    await look();
    expect(await lookOn(pool, '2899-09-01')).toEqual([`schedule/${schedule}`]);
    expect((await openAlerts(pool)).map(({ key }) => key)).toContain('temporal/unreachable');
    await client.schedule.getHandle(schedule).unpause();
    expect(await look()).toEqual([]);
  });

  test('a workflow of an open year that was terminated', async () => {
    await client.workflow.getHandle(cycle).terminate('by the test');
    expect(await look()).toEqual([`workflow/${cycle}`]);
    expect((await openAlerts(pool))[0]).toMatchObject({
      problem: `${year} 年度流程 ${cycle} 被终止`,
      remedy: expect.stringContaining('Reset') as string,
    });
  });

  test('the page of the watchdog shows what is wrong and what to do', async () => {
    const workflowId = `watchdog-${randomUUID()}`;
    const { open } = await client.workflow.execute<() => Promise<{ open: number }>>('watchdog', {
      workflowId,
      taskQueue,
    });
    const handle = client.workflow.getHandle(workflowId);
    expect(await attributesOf(handle)).toMatchObject({ stage: `异常 ${open} 项` });
    const details = Object.values(await detailsOf(handle)).join('\n');
    expect(details).toContain(`${year} 年度流程 ${cycle} 被终止`);
    expect(details).toContain('处理：');
  });

  test('a worker that is gone', async () => {
    expect(await look()).not.toContain('worker/none');
    await theatre.leave();
    alive = false;
    expect(await look(120_000)).toContain('worker/none');
  });
});

describe('notifying people', () => {
  interface Told {
    msgtype: string;
    text: { content: string };
    alerts: { key: string; state: string }[];
  }
  let receiver: Server;
  let answers: number[] = []; // HTTP codes for the next calls; 200 when there is none
  let received: Told[] = [];
  let webhook: string;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const code = answers.shift() ?? 200;
        if (code === 200) received.push(JSON.parse(body) as Told);
        response.writeHead(code).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    receiver.close();
    receiver.closeAllConnections(); // those that fetch keeps for later
  });
  beforeEach(() => void (received = []));

  const lookAt = (pool: Database, now: string, channels: Channels) =>
    watchOnce(
      {
        database: pool,
        workersAtWork: workersSeenBy,
        client,
        watched: { schedules: [], taskQueue: randomUUID(), news: 'news' },
        channels,
      },
      { now, today: now.slice(0, 10) },
    );
  const notified = () => received.map(({ alerts }) => alerts.map(({ key, state }) => `${key} ${state}`));

  test('once, then daily, and once more when it is solved', async () => {
    const pool = await newDatabase();
    const channels = { ...quiet, webhook };
    await beginLiveYear(pool, 2028);
    const look = (now: string) => lookAt(pool, now, channels);
    await look('2027-09-01T01:00:00.200Z');
    expect(notified()).toEqual([['not_started/2028 open', 'worker/none open']]);
    expect(received[0]).toMatchObject({
      msgtype: 'text',
      text: {
        content: expect.stringMatching(
          /异常 2 项[\s\S]*2028 年度应于 2027-09-01 启动，至今没有流程[\s\S]*处理：/,
        ) as string,
      },
    });
    for (const hour of ['02', '09', '23']) await look(`2027-09-01T${hour}:00:00Z`);
    expect(received).toHaveLength(1);
    await look('2027-09-02T01:00:00.100Z'); // a moment less than a day later
    expect(received).toHaveLength(2);
    await look('2027-09-02T02:00:00Z');
    expect(received).toHaveLength(2);
    await claim(pool, 2028, 'nobody');
    await look('2027-09-02T03:00:00Z');
    expect(notified()[2]).toEqual(['workflow/nobody open', 'not_started/2028 solved']);
  });

  test('two watchers at once notify once', async () => {
    const pool = await newDatabase();
    await Promise.all([1, 2, 3].map((second) => lookAt(pool, `2027-09-01T01:00:0${second}Z`, { ...quiet, webhook })));
    expect(received).toHaveLength(1);
  });

  test('a receiver that fails twice is tried again; one that keeps failing is notified at the next check', async () => {
    const pool = await newDatabase();
    const log: string[] = [];
    const channels = { log: (line: string) => void log.push(line), webhook, mail: undefined };
    answers = [500, 503];
    await lookAt(pool, '2027-09-01T01:00:00Z', channels);
    expect(received).toHaveLength(1);

    const other = await newDatabase();
    answers = [500, 500, 500];
    await lookAt(other, '2027-09-01T01:00:00Z', channels);
    expect(received).toHaveLength(1);
    expect(log).toContain('FUND_WEBHOOK_URL 未能送达：HTTP 500');
    await lookAt(other, '2027-09-01T02:00:00Z', channels);
    expect(received).toHaveLength(2);
  });

  test('by a mail command: the text comes on its input', async () => {
    const pool = await newDatabase();
    const mail = join(folder, 'mail');
    const command = `cat > '${mail}'`;
    await lookAt(pool, '2027-09-01T01:00:00Z', { ...quiet, mail: command });
    expect(readFileSync(mail, 'utf8')).toMatch(/1\. 2028 年度应于 2027-09-01 启动/);
  });

  test('that the database is down, without using it: once, daily, and when it is back', async () => {
    const channels = { ...quiet, webhook };
    const away = databaseAway('连接被拒绝');
    const first = await notifyDatabaseAway(folder, channels, '2027-09-01T01:00:00Z', away);
    await notifyDatabaseAway(folder, channels, '2027-09-01T02:00:00Z', away);
    expect(notified()).toEqual([[`${away.key} open`]]);
    expect(await notifyDatabaseAway(folder, channels, '2027-09-02T01:00:00Z', away)).toEqual({
      since: first.since,
      last_told: '2027-09-02T01:00:00Z',
    });
    await notifyDatabaseBack(folder, channels, '2027-09-02T02:00:00Z');
    await notifyDatabaseBack(folder, channels, '2027-09-02T03:00:00Z');
    expect(notified().slice(1)).toEqual([[`${away.key} open`], [`${away.key} solved`]]);
  });
});

describe('the command', () => {
  const watched = async (databaseUrl: string, temporalAddress = process.env.FUND_TEST_TEMPORAL) =>
    new Command(['fund', 'watch'], {
      ...{ FUND_HOME: folder, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress },
    }).ended;

  test('says why a database cannot be used: it is down, or gives a session other than the one asked for', async () => {
    const database = await testDatabase();
    databases.push(database);
    const { url } = database;
    const nowhere = new URL(url);
    nowhere.pathname = '/nothing-here';
    const pooler = await poolerWithoutOptions(url);
    const found = [await watched(nowhere.href), await watched(pooler.url)];
    pooler.stop();
    expect(found.map(({ code }) => code)).toEqual([1, 1]);
    expect(found[0]?.stdout).toContain('PostgreSQL 数据库不可用：database "nothing-here" does not exist');
    expect(found[1]?.stdout).toContain('PostgreSQL 数据库不可用：数据库会话的 role 为 none，应为 fund_worker');
  });

  test('says why Temporal does not answer', async () => {
    const database = await testDatabase();
    databases.push(database);
    const { stdout } = await watched(database.url, '127.0.0.1:9');
    expect(stdout).toMatch(/Temporal 没有应答，流程全部停止：.*(ECONNREFUSED|Failed to connect|No connection)/);
  });
});
