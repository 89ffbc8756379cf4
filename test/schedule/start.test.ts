/** `fund start`: a live year is begun once, on a system that is up; whoever comes later is told which cycle there is. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { Command } from '../../scripts/campaign/command';
import { Home } from '../../scripts/campaign/home';
import { connect } from '../../db/connect';
import { fundYears } from '../../db/year';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { until } from '../../servers/wait';
import { testDatabase } from '../database';
import { caseNamed } from '../year/cases';

jest.setTimeout(180_000);

const home = new Home();
let temporal: Client;
let connection: Connection;
afterAll(async () => {
  await connection.close();
  await home.remove();
});

async function years() {
  const pool = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'reader', 1);
  return fundYears(pool).finally(() => pool.end());
}

test('refused before `up`, naming it, and no server is started for it', async () => {
  const { code, stdout, stderr } = await home.fund('start', '--year', '2027');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/没有应答，请先执行 npm run fund -- up/);
  expect(home.processes()).toEqual([]);
});

test('begins the year; started again, it says which cycle runs and since when', async () => {
  const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
  connection = await Connection.connect({ address: temporalAddress });
  temporal = new Client({ connection });

  const first = await home.fund('start', '--year', '2027', '--json');
  expect(first.code).toBe(0);
  const outcome = JSON.parse(first.stdout) as object;
  expect(outcome).toMatchObject({ year: 2027, cycle: 'fund-year-2027', state: 'started' });
  expect(await years()).toEqual([{ year: 2027, status: 'open' }]);

  const again = await home.fund('start', '--year', '2027', '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toEqual({ ...outcome, state: 'running' });
  const told = await home.fund('start', '--year', '2027');
  expect(told.stdout).toMatch(/2027 年度流程 fund-year-2027 已在进行，自 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 起/);
});

test('the cycle is found by its year', async () => {
  const { typedSearchAttributes, staticSummary } = await temporal.workflow.getHandle('fund-year-2027').describe();
  expect(typedSearchAttributes.getAll()).toContainEqual(expect.objectContaining({ value: 2027 }));
  expect(await staticSummary()).toBe('2027 基金年度');
});

test('a year without values of law is refused, and not begun', async () => {
  const { code, stderr } = await home.fund('start', '--year', '2015');
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(await years()).toEqual([{ year: 2027, status: 'open' }]);
});

test('no compressed run beside a live year', async () => {
  const { code, stderr } = await home.run(caseNamed('two-areas-2028'));
  expect(code).toBe(1);
  expect(stderr).toContain('a live year is in this database');
  expect(await years()).toEqual([{ year: 2027, status: 'open' }]);
});

test('a cycle that was stopped by hand is not begun anew: it is to be reset', async () => {
  await temporal.workflow.getHandle('fund-year-2027').terminate('by the test');
  const { code, stderr } = await home.fund('start', '--year', '2027');
  expect(code).toBe(1);
  expect(stderr).toMatch(/fund-year-2027 已中止（TERMINATED）.*Reset/);
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
  await until(async () => (await refused()).stderr.includes('没有工作进程'), { within: 60_000 });
  const { code, stderr } = await refused();
  expect(code).toBe(1);
  expect(stderr).toMatch(/没有工作进程在办理流程，未启动；请先执行 npm run fund -- up/);
  expect(await fundYears(database.pool)).toEqual([]);
  await shared.close();
  await database.drop();
});
