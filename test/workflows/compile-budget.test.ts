/**
 * 预算编制 from beginning to end: real acts on a real database, the pack's operators acting through the `act` Update. The
 * pack is that of the golden case `budgets-2027`; each story takes an area and scheme of its own.
 */
import { type WorkflowHandleWithStartDetails, WorkflowUpdateFailedError } from '@temporalio/client';
import { createActivities } from '../../activities';
import { loadPack } from '../../db/load-pack';
import { type OpenTask, openTasks } from '../../db/tasks';
import { select } from '../../db/rows';
import { SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { type Standing, advance } from '../../workflows/business-date';
import type { BudgetInForce, compileBudget } from '../../workflows/compile-budget';
import { type PersonAct, act } from '../../workflows/people';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { budgetId } from '../../rules/keys';
import { detailsOf } from './page';
import { type Stage, stage } from './stage';
import { packFrom } from '../pack/builder';

jest.setTimeout(60_000);

const YEAR = 2027;
const DEADLINE = '2026-12-31';
/** 文号 of the area government's approval. */
const DOCUMENT = '内政发〔2026〕1号';

let database: TestDatabase;
let theatre: Stage;

beforeAll(async () => {
  database = await testDatabase();
  await loadPack(database.pool, await packFrom(caseNamed('budgets-2027').pack, YEAR), 'run');
  const acts = createActivities(database.pool);
  await acts.openYear({ year: YEAR, workflowId: `fund-year-${YEAR}`, firstRunId: 'the test' });
  await acts.estimateLevy({ year: YEAR, scheme: 'employee' });
  theatre = await stage(acts);
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

class Compilation {
  private constructor(private readonly handle: WorkflowHandleWithStartDetails<typeof compileBudget>) {}

  /** Begins on 1 October of the year before, and waits until the estimate is there. */
  static async begin(scheme: Scheme, area: string): Promise<Compilation> {
    const handle = await theatre.client.workflow.start<typeof compileBudget>('compileBudget', {
      workflowId: budgetId(YEAR, scheme, area),
      taskQueue: theatre.taskQueue,
      args: [
        {
          ...{ year: YEAR, clock: { live: false, today: '2026-10-01' }, scheme, area, name: area },
          deadline: DEADLINE,
          inForceFrom: '2027-01-01',
        },
      ],
    });
    const compilation = new Compilation(handle);
    await compilation.today('2026-10-01');
    return compilation;
  }

  today(date: string): Promise<Standing> {
    return this.handle.executeUpdate(advance, { args: [{ date }] });
  }

  /** What waits for a person now. */
  async task(): Promise<OpenTask | undefined> {
    const open = await openTasks(database.pool, YEAR);
    return open.find((task) => task.workflow_id === this.handle.workflowId);
  }

  /** A person acts on what waits now, as the one it waits for would see it, or with something else in its place. */
  async act(operator: string, decision: PersonAct['decision'], other: Partial<PersonAct> = {}): Promise<Standing> {
    const { task = '', figures_hash: figuresHash = '' } = (await this.task()) ?? {};
    return this.handle.executeUpdate(act, {
      args: [{ task, operator, decision, figuresHash, document: DOCUMENT, ...other }],
    });
  }

  submit = (operator: string, version: number): Promise<Standing> => this.act(operator, 'submit', { version });

  async approveAll(areaFinance: string): Promise<void> {
    for (const operator of [areaFinance, 'nm-security', 'nm-finance', 'nm-government'])
      await this.act(operator, 'approve');
  }

  details = (): Promise<Record<string, string>> => detailsOf(this.handle);
  result = (): Promise<BudgetInForce> => this.handle.result();

  async events(): Promise<number> {
    return (await this.handle.fetchHistory()).events?.length ?? 0;
  }
}

/** Why a person was refused, in the words of the refusal. */
const refusal = (acting: Promise<unknown>): Promise<string> =>
  acting.then(
    () => 'not refused',
    (error: unknown) => (error instanceof WorkflowUpdateFailedError ? (error.cause?.message ?? '') : String(error)),
  );

const stored = (table: string, scheme: Scheme, area: string): Promise<Record<string, unknown>[]> =>
  select(database.pool, `select * from fund.${table} where (scheme, area) = (:scheme, :area) order by 1, 2, 3, 4`, {
    scheme,
    area,
  });

/** What the page says of version 1 of 150200. */
const DEFICIT = {
  当年结余: '-2,564,099.57 元',
  缺口: '2,564,099.57 元',
  未通过: '当年赤字、未做到略有结余、偏离测算而未说明',
  可用办法: expect.stringMatching(/^1\. 动用历年滚存结余；2\. 申请上级调剂；/) as string,
  单项调整: expect.stringMatching(
    /^以下任一科目单独调整即可.*）；住院费用支出：调减 2,658,990\.34 元，由 8,663,939\.46 元至 6,004,949\.12 元；其他科目单独调整不可行，或另受影响；基本医疗保险费收入：调增 .*，但影响“偏离测算”，须说明理由；/,
  ) as string,
};

test('versions that fail come back to the area; the one that passes goes up four links and is in force', async () => {
  const budget = await Compilation.begin('employee', '150200');
  expect(await budget.details()).toMatchObject({ 阶段: '预算报送', 截止: DEADLINE, 应预缴上解: '460,000.00 元' });
  expect((await budget.details()).待报送版本).toMatch(/^第 1、2、3、4 版（截至 2026-10-01，/);
  for (const version of [1, 2, 3]) {
    await budget.submit('sec-150200', version);
    expect(await budget.details()).toMatchObject({ 阶段: '预算报送', 版本: String(version) });
    if (version === 1) expect(await budget.details()).toMatchObject(DEFICIT);
  }
  expect((await budget.details()).待报送版本).toMatch(/^第 4 版（/);
  expect((await budget.details()).未通过).toBe('金额为负、科目不明');
  expect((await budget.details()).办理).toMatch(/可报送 `submit`.*tasks.*Send an Update.*sign submit .*--version/);
  expect(await budget.task()).toMatchObject({
    kind: 'submit',
    role: 'area_security',
    subject: expect.stringContaining('第 3 版未通过审核（金额为负、科目不明）') as string,
  });

  await budget.submit('sec-150200', 4);
  expect(await budget.details()).toMatchObject({
    阶段: '预算审批',
    等待: expect.stringContaining('统筹区财政局') as string,
    未通过: '无',
  });
  await budget.approveAll('fin-150200');

  expect(await budget.result()).toEqual({ origin: 'submitted', version: 4 });
  expect(await stored('budget', 'employee', '150200')).toMatchObject([
    { origin: 'submitted', version: 4, in_force_from: '2027-01-01' },
  ]);
});

test('a version that an approver returns is void from there on; past the deadline income decides', async () => {
  const budget = await Compilation.begin('employee', '150100');
  await budget.submit('sec-150100', 1);
  await budget.act('fin-150100', 'approve');
  await budget.act('nm-security', 'return', { note: '转移收入依据不足' });
  expect(await budget.task()).toMatchObject({ kind: 'submit', role: 'area_security' });
  expect((await budget.details()).退回).toBe('自治区医保局（nm-security）：转移收入依据不足');
  expect(await refusal(budget.submit('sec-150100', 1))).toMatch(/版|version/);

  const { next } = await budget.today(DEADLINE);
  expect(next).toBeNull();
  expect(await budget.details()).toMatchObject({ 阶段: '以收定支', 依据版本: '1' });
  expect(await budget.task()).toMatchObject({ kind: 'approve', role: 'region_government' });
  await budget.act('nm-government', 'approve');
  expect(await budget.result()).toEqual({ origin: 'directed', version: 1 });
});

test('an area that submits nothing is directed from the estimate; one that stays short says by how much', async () => {
  const silent = await Compilation.begin('resident', '150400');
  await silent.today('2026-12-30');
  expect(await silent.details()).toMatchObject({ 阶段: '预算报送' });
  await silent.today(DEADLINE);
  await silent.act('nm-government', 'approve');
  expect(await silent.result()).toEqual({ origin: 'directed', version: 0 });

  const short = await Compilation.begin('employee', '150500');
  await short.submit('sec-150500', 1);
  await short.today(DEADLINE);
  expect(await short.details()).toMatchObject({ 阶段: '以收定支', 仍缺: '-353,715.72 元' });
  await short.act('nm-government', 'approve');
  expect(await stored('finding', 'employee', '150500')).toMatchObject([
    { code: 'directed_budget_short', figure: '-353715.72' },
  ]);
});

describe('who may act, on what, and how: refused in words that say what to do', () => {
  let budget: Compilation;
  beforeAll(async () => {
    budget = await Compilation.begin('resident', '150100');
  });

  test('what the workflow itself sees leaves no event in its history', async () => {
    const before = await budget.events();
    const { task } = (await budget.task()) as OpenTask;
    const approval = task.replace('0-area_security', '1-area_finance');
    expect(await refusal(budget.act('fin-150100', 'approve', { task: approval }))).toBe(
      `当前待办是 ${task}，不是 ${approval}（another task is waiting）`,
    );
    expect(await refusal(budget.act('sec-150100', 'approve'))).toBe(
      '该事项可办理：submit；收到 approve（decision not open here）',
    );
    expect(await budget.events()).toBe(before);
  });

  test('what the database sees changes nothing: another person, another area’s, other figures', async () => {
    expect(await refusal(budget.submit('fin-150100', 1))).toMatch(
      /^工号 fin-150100 属150100 统筹区财政局，本事项须由150100 统筹区医保局办理：/,
    );
    expect(await refusal(budget.submit('sec-150200', 1))).toMatch(/^工号 sec-150200 属150200 /);
    expect(await refusal(budget.submit('nobody', 1))).toMatch(/^2027 年度没有工号 nobody/);
    const stale = { version: 1, figuresHash: 'of yesterday' };
    expect(await refusal(budget.act('sec-150100', 'submit', stale))).toMatch(/的数字已变，须重新查看后办理$/);
    expect(await stored('budget_check', 'resident', '150100')).toEqual([]);
  });

  test('nobody acts twice, or without a document where one is asked for: a done link is closed, the next is another’s', async () => {
    const { task } = (await budget.task()) as OpenTask;
    await budget.submit('sec-150100', 1);
    expect(await refusal(budget.act('sec-150100', 'submit', { task, version: 1 }))).toMatch(
      /^当前待办是 .*1-area_finance/,
    );
    expect(await refusal(budget.act('fin-150100', 'approve', { document: '' }))).toMatch(
      /须填写统筹区人民政府批准文号/,
    );
    await budget.act('fin-150100', 'approve');
    expect(await refusal(budget.act('fin-150100', 'approve'))).toMatch(
      /^工号 fin-150100 属.*本事项须由自治区医保局办理：.*2-region_security/,
    );
  });

  test('an Update that is sent again with its own id is answered, and done once', async () => {
    const link = (await budget.task()) as OpenTask;
    const given: PersonAct = {
      task: link.task,
      operator: 'nm-security',
      decision: 'approve',
      figuresHash: link.figures_hash,
    };
    const handle = theatre.client.workflow.getHandle(link.workflow_id);
    const send = () => handle.executeUpdate(act, { args: [given], updateId: `act/${link.task}` });
    expect(await Promise.all([send(), send(), send()])).toEqual(Array(3).fill(await send()));
    const decisions = await select(database.pool, 'select operator from fund.decision where task = :task', {
      task: link.task,
    });
    expect(decisions).toEqual([{ operator: 'nm-security' }]);
  });

  test('when nothing waits for a person any more, that is the answer', async () => {
    await budget.act('nm-finance', 'approve');
    await budget.act('nm-government', 'approve');
    expect(await budget.result()).toEqual({ origin: 'submitted', version: 1 });
    expect(await budget.task()).toBeUndefined();
    expect(await refusal(budget.act('nm-government', 'approve'))).toMatch(/not found|completed/i);
  });
});

test('its page names the budget, whom it waits for and until when', async () => {
  const budget = await Compilation.begin('resident', '150200');
  expect(await budget.details()).toMatchObject({
    阶段: '预算报送',
    办理人: '统筹区医保局',
    办理: expect.stringMatching(/^可报送 `submit`.*\/0-area_security --version/) as unknown,
    等待: `150200${SCHEME_NAMES.resident}预算报送：统筹区医保局`,
    截止: DEADLINE,
    测算收入: '11,394,713.20 元',
    测算支出: '10,757,724.83 元',
    应预缴上解: '0.00 元',
  });
});
