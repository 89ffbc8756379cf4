/** `fund emergency` and what follows it: the request, its workflow, the approvals by `fund approve`, a return, and a year that ends first. */
import { announceImports } from '../../activities/announce-imports';
import { requestEmergency } from '../../activities/emergency';
import { temporalProblems } from '../../activities/watch/temporal';
import { waitingRequests } from '../../db/emergency';
import { execute, select } from '../../db/rows';
import { waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { type ActRequest, actOn } from '../../scripts/client/acting';
import { type EmergencyAsked, askEmergency } from '../../scripts/client/emergency';
import { commandsOf, taskLines } from '../../scripts/words/task-text';
import { advance, news } from '../../workflows/business-date';
import { importInto } from '../activities/live-files';
import type { emergencyRequest } from '../../workflows/emergency-request';
import type { TestDatabase } from '../database';
import { attributesOf, detailsOf } from '../workflows/page';
import { type Stage, stage } from '../workflows/stage';
import { waitingYear, waitsFor } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2038;
let database: TestDatabase;
let theatre: Stage;
beforeAll(async () => {
  const year = await waitingYear('two-areas-2028');
  database = year.database;
  await year.fund.openCollection({ year: YEAR });
  await year.fund.openBooks({ year: YEAR, date: '2038-01-01' });
  await year.fund.payInstalment({ year: YEAR, scheme: 'employee', quarter: 1, date: '2038-01-10' });
  theatre = await stage(year.fund);
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

const asking = (of: Partial<EmergencyAsked> = {}) =>
  askEmergency(
    { client: theatre.client, pool: database.pool },
    {
      as: 'sec-150100',
      year: YEAR,
      scheme: 'employee',
      area: '150100',
      amount: '40.00',
      cause: 'epidemic',
      document: '东政函〔2038〕1号',
      ...of,
    },
    database.signers.sign,
    theatre.taskQueue,
  );
const approving = (as: string, of: Partial<ActRequest> = {}) =>
  actOn(
    { client: theatre.client, pool: database.as('reader') },
    { as, decision: 'approve', year: YEAR, area: '150100', scheme: 'employee', ...of },
    database.signers.sign,
  );
const handleOf = (id: string) => theatre.client.workflow.getHandle<typeof emergencyRequest>(id);

test('accepted once; its page and the tasks say whom it waits for; approved by three, it is paid on the day', async () => {
  const { request, before, next } = await asking();
  expect({ before, id: request.workflow_id }).toEqual({
    before: false,
    id: 'fund-year-2038-emergency-employee-150100-1',
  });
  expect(next).toMatchObject([
    {
      role: 'region_security',
      due_on: '2038-01-17',
      figures: { amount: '40.00', cause: 'epidemic', fund_money: '320.00', advanced: '0.00' },
    },
  ]);
  expect(await asking()).toMatchObject({ before: true, next: [{ task: next[0]?.task }] });

  const handle = handleOf(request.workflow_id);
  expect(await detailsOf(handle)).toMatchObject({ 阶段: '紧急调剂审批', 截止: '2038-12-31', 申请金额: '40.00 元' });
  expect(await attributesOf(handle)).toMatchObject({ year: YEAR, area: '150100', scheme: '职工医保' });

  await approving('nm-security');
  const { next: last } = await approving('nm-finance');
  expect(commandsOf(last[0]!)[0]).toMatch(
    /^npm run fund -- approve --as 工号 --task .* --figures [0-9a-f]{12} --document 批准文号$/,
  );
  await expect(approving('nm-government')).rejects.toThrow('须填写自治区人民政府批准文号');
  const { note } = await approving('nm-government', { document: '内政办函〔2038〕66号' });
  expect(note).toMatch(/现为：紧急调剂已拨付/);
  expect(await handle.result()).toEqual({ outcome: 'paid', date: '2038-01-10' });
  expect(await asking()).toMatchObject({ before: true, next: [] });
  expect(await select(database.pool, 'select number, amount, paid_on from fund.emergency_advance')).toEqual([
    { number: 1, amount: '40.00', paid_on: '2038-01-10' },
  ]);
});

test('a return ends it; a request for an unknown area is refused with the areas there are', async () => {
  const { request } = await asking({ document: '东政函〔2038〕2号' });
  await approving('nm-security', { decision: 'return', note: '请先动用历年结余' });
  expect(await handleOf(request.workflow_id).result()).toEqual({ outcome: 'returned' });
  await expect(asking({ area: '150999' })).rejects.toThrow(/没有此险种的统筹区 150999。有：150100 /);
});

test('when the year ends first, it lapses, and leaves nothing waiting', async () => {
  const { request } = await asking({ document: '东政函〔2038〕3号' });
  const handle = handleOf(request.workflow_id);
  await handle.executeUpdate(advance, { args: [{ date: '2038-12-31' }] });
  expect(await handle.result()).toEqual({ outcome: 'lapsed' });
  expect(
    await select(database.pool, 'select state from fund.task where chain = :chain and position > 0', {
      chain: request.chain,
    }),
  ).toEqual(Array(3).fill({ state: 'void' }));
});

test('a request whose command was killed before it started the workflow is found, with the command that starts it', async () => {
  const of = { year: YEAR, scheme: 'employee', area: '150100' } as const;
  const document = '东政函〔2038〕4号';
  // What `ask` commits first.
  const request = { ...of, amount: '40.00', cause: 'epidemic', document, operator: 'sec-150100' } as const;
  const { workflowId } = await requestEmergency(database.pool, request);
  // The watchdog looks at live years; this one was run until now, so that it has a date in 2038.
  const found = async () => {
    await execute(database.as('owner'), `update fund.fund_year set mode = 'live' where year = :year`, { year: YEAR });
    const requests = await waitingRequests(database.pool);
    await execute(database.as('owner'), `update fund.fund_year set mode = 'run' where year = :year`, { year: YEAR });
    return temporalProblems(theatre.client, {
      schedules: [],
      workers: ['one'],
      years: [],
      requests,
      adjustments: [],
      releases: [],
      abandoned: [],
    });
  };
  expect(await found()).toMatchObject([
    {
      key: `workflow/${workflowId}`,
      problem: expect.stringContaining('未启动') as string,
      remedy: expect.stringContaining(
        `fund -- emergency --as sec-150100 --year 2038 --scheme employee --area 150100 --amount 40.00 --cause epidemic --document '${document}'`,
      ) as string,
    },
  ]);
  await asking({ document });
  expect(await found()).toEqual([]);
  await approving('nm-security', { decision: 'return', note: '请先动用历年结余' });
});

describe('while the request is being approved', () => {
  /** A live year is judged by today; this one was run until now, so that it has dates in 2038. */
  const asLive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const set = (mode: string) =>
      execute(database.as('owner'), `update fund.fund_year set mode = :mode where year = :year`, { mode, year: YEAR });
    await set('live');
    return work().finally(() => set('run'));
  };

  test('what the fund holds is corrected: all three are asked again, on what it holds', async () => {
    const { request } = await asking({ document: '东政函〔2038〕5号', amount: '10.00' });
    const handle = handleOf(request.workflow_id);
    await approving('nm-security', { task: request.workflow_id });
    await asLive(async () => {
      await importInto(
        database,
        YEAR,
        { 'adjustment_fund.csv': `scheme,year,opening_balance,interest\nemployee,${YEAR},290.00,0.00\n` },
        { reason: '年初数有误', operator: 'nm-security' },
      );
      await announceImports(database.pool, theatre.client, news.name);
    });
    await waitsFor(handle, '自治区医保局');
    expect((await detailsOf(handle)).重新提请).toContain('opening_balance 由 300.00 改为 290.00');
    const { next } = await approving('nm-security', { task: request.workflow_id });
    expect(next).toMatchObject([{ role: 'region_finance', chain: `${request.workflow_id}/2/request` }]);

    // 无办法不拨付: in a live year the last approval, which pays, waits for the document that decides the levy and the shares.
    await approving('nm-finance', { task: request.workflow_id });
    const last = { task: request.workflow_id, document: '内政办函〔2038〕67号' };
    await asLive(() => expect(approving('nm-government', last)).rejects.toThrow(/参数尚未由文件确定.*先办理待办/));
    await asLive(async () => {
      const waiting = await waitingTasks(database.pool, cycleStartOf, YEAR);
      const held = waiting.find(({ workflow_id }) => workflow_id === request.workflow_id)!;
      expect(taskLines(held).join('\n')).toContain('  暂不能拨付：2038 年度上解、分担参数尚未由文件确定');
    });
    await approving('nm-government', last);
    expect(await handle.result()).toMatchObject({ outcome: 'paid' });
  });
});
