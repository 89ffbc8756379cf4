/**
 * What an operator sees in the Temporal UI while a year runs on the shared system: every workflow is found by its
 * business id and by its attributes, and its page says where it stands, what it waits for and until when.
 */
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { type Database, connect } from '../../db/connect';
import { loadPack } from '../../db/load-pack';
import { type RunWatcher, YearRun } from '../../scripts/client/year-run';
import { until } from '../../servers/wait';
import { caseNamed } from '../year/cases';
import { attributesOf, detailsOf } from './page';
import { packFrom } from '../pack/builder';

jest.setTimeout(180_000);

const YEAR = 2028;
const quiet: RunWatcher = { following: () => undefined, progress: () => Promise.resolve() };

let pool: Database;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  pool = connect(process.env.FUND_TEST_DATABASE as string, 'worker', 16);
  connection = await Connection.connect({ address: process.env.FUND_TEST_TEMPORAL as string });
  client = new Client({ connection });
  await loadPack(pool, await packFrom(caseNamed('two-areas-2028').pack, YEAR), 'run');
});
afterAll(async () => {
  await connection.close();
  await pool.destroy();
});

const drive = (date?: string): Promise<boolean> => new YearRun(client, pool, YEAR, quiet).drive(date);
const workflow = (id: string): WorkflowHandle =>
  client.workflow.getHandle(id === '' ? 'fund-year-2028' : `fund-year-2028-${id}`);

/** The workflows of the year, by the part of their ids that differs. */
async function workflows(query = ''): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({
    query: `FundYear = ${YEAR} AND ExecutionStatus != 'ContinuedAsNew' ${query}`,
  }))
    ids.push(workflowId);
  return ids.map((id) => id.replace(/^fund-year-2028-?/, '')).sort();
}

/** The list of workflows follows what happens a moment later. */
async function listed(ids: string[], query = ''): Promise<void> {
  await until(async () => (await workflows(query)).length === ids.length, { within: 5000 });
  expect(await workflows(query)).toEqual(ids);
}

describe('on 30 June', () => {
  beforeAll(async () => {
    expect(await drive('2028-06-30')).toBe(false);
  });

  test('each workflow is listed under its year by its business id', () =>
    listed([
      '',
      'adjustment-employee',
      'adjustment-resident',
      'budget-employee-150100',
      'budget-employee-150200',
      'budget-resident-150100',
      'budget-resident-150200',
      'collection-150100',
      'collection-150200',
      ...[1, 2, 3, 4, 5, 6].map((month) => `surplus-2028-0${month}`),
    ]));

  test('and can be found by area, scheme, stage and level', async () => {
    await listed(['budget-employee-150200', 'budget-resident-150200', 'collection-150200'], `AND FundArea = '150200'`);
    await listed(
      ['adjustment-employee', 'budget-employee-150100', 'budget-employee-150200'],
      `AND FundScheme = '职工医保'`,
    );
    await listed(['adjustment-employee', 'adjustment-resident'], `AND FundStage = '按季预缴'`);
    await listed(['', 'surplus-2028-06'], `AND FundLevel = '红色' AND FundStage IN ('年度运行', '6 月运行分析已完成')`);
  });

  // prettier-ignore
  test.each<[id: string, summary: string, stage: string, waitsFor: string, until: string]>([
    ['', '2028 基金年度', '年度运行', '7 月运行分析', '2028-07-31'],
    ['collection-150100', '东河盟 2028 年度居民征缴', '征缴进行中', '征缴入账：东河盟', '2028-07-31'],
    ['collection-150200', '西川市 2028 年度居民征缴', '集中征缴已结束', '新生儿、新增救助对象缴费', '2028-12-31'],
    ['budget-employee-150100', '东河盟 职工医保 2028 年度预算', '预算已批复', '无', '无'],
    ['adjustment-resident', '2028 年度居民医保上解与分担', '按季预缴', '居民医保调剂金第 3 次预缴', '2028-07-10'],
    ['surplus-2028-06', '2028 年 6 月运行分析', '6 月运行分析已完成', '无', '无'],
  ])('the page of fund-year-2028 %s', async (id, summary, stage, waitsFor, until) => {
    const handle = workflow(id);
    // A year that has continued as new has its name in the details: the server does not carry summaries over.
    if (id === '') {
      const 流程 = expect.stringContaining('从上年 9 月 1 日启动到次年 5 月 31 日关账的总流程') as string;
      expect(await detailsOf(handle)).toMatchObject({ 年度: summary, 流程 });
    }
    else {
      const described = await handle.describe();
      expect(await described.staticSummary()).toBe(summary);
      expect(await described.staticDetails()).toMatch(/：.*。$/);
    }
    expect(await detailsOf(handle)).toMatchObject({ 阶段: stage, 等待: waitsFor, 截止: until });
    if (waitsFor !== '无') expect((await detailsOf(handle)).办理).toContain('自动继续');
    const none = (text: string): string => text.replace('无', '—');
    expect(await attributesOf(handle)).toMatchObject({ year: YEAR, stage, waitsFor: none(waitsFor), until: none(until) });
  });

  test('the last figures stand on the page', async () => {
    expect(await detailsOf(workflow(''))).toMatchObject({ 模拟测算: '是', 未实施步骤: '无' });
    expect(await detailsOf(workflow('collection-150100'))).toMatchObject({ 最近入账: '0.00 元' });
    expect(await detailsOf(workflow('budget-employee-150100'))).toMatchObject({ 版本: '1', 未通过: '无' });
    expect(await detailsOf(workflow('adjustment-resident'))).toMatchObject({ 上次预缴: '224.80 元' });
    expect(await detailsOf(workflow('surplus-2028-06'))).toMatchObject({
      红色: expect.stringContaining('个基金') as string,
    });
  });

  test('every Update says in the UI how it is to be filled in', async () => {
    const { definition } = await workflow('').query<{
      definition: { updateDefinitions: { name: string; description: string }[] };
    }>('__temporal_workflow_metadata');
    for (const name of ['act', 'advance']) {
      expect(definition.updateDefinitions).toContainEqual({
        name,
        description: expect.stringContaining('{"') as string,
      });
    }
  });
});

describe('when the year has closed', () => {
  beforeAll(async () => {
    expect(await drive()).toBe(true);
  });

  test('every workflow has ended well, and its page says how', async () => {
    await listed([], `AND ExecutionStatus != 'Completed'`);
    expect(await detailsOf(workflow(''))).toMatchObject({
      ...{ 阶段: '已关账', 等待: '无', 截止: '无' },
      年度报告: '`npm run fund -- report --year 2028 --out 2028.html`',
    });
    expect(await detailsOf(workflow('collection-150200'))).toMatchObject({
      阶段: '征缴已结',
      实收: '4,000.00 元',
      差异: '0.00 元',
    });
    expect(await detailsOf(workflow('adjustment-employee'))).toMatchObject({
      ...{ 阶段: '已拨付', 缺口: '148.38 元', 调剂金承担: '43.79 元', 统筹区政府承担: '44.59 元' },
    });
    expect(await detailsOf(workflow('closing'))).toMatchObject({ 阶段: '已关账', 关账日期: '2029-05-31' });
  });

  test('a drive that comes later finds it closed', async () => {
    expect(await drive()).toBe(true);
  });
});
