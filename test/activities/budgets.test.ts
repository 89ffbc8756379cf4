/**
 * A budget on its way (RULES 6): returned with its gap and the remedies, submitted again, sent back by an approver, directed
 * by its income at the deadline; every version and every decision is kept. On the golden case of every check.
 */
import { type FundActivities, createActivities } from '../../activities';
import { versionsOf } from '../../db/budgets';
import type { Act } from '../../db/decisions';
import { loadPack } from '../../db/load-pack';
import { execute, select } from '../../db/rows';
import { openTasks, waitingLink } from '../../db/tasks';
import type { Scheme } from '../../rules/vocabulary';
import { budgetId, fundYearId } from '../../rules/keys';
import { isWayOut } from '../../rules/returned-version';
import { type TestDatabase, testDatabase } from '../database';
import { importInto } from './live-files';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

const YEAR = 2027;
let database: TestDatabase;
let fund: FundActivities;
beforeEach(async () => {
  database = await testDatabase();
  await loadPack(database.pool, await packFrom(caseNamed('budgets-2027').pack, YEAR), 'run');
  fund = createActivities(database.pool);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'a run' });
  await fund.estimateLevy({ year: YEAR, scheme: 'employee' });
});
afterEach(() => database.drop());

/** The budget of one area and scheme, and what its persons do. */
class Budget {
  readonly of: { year: number; scheme: Scheme; area: string };
  readonly workflowId: string;
  constructor(area: string, scheme: Scheme = 'employee') {
    this.of = { year: YEAR, scheme, area };
    this.workflowId = budgetId(YEAR, scheme, area);
  }
  get compilation() {
    return { ...this.of, workflowId: this.workflowId, deadline: '2026-12-31' };
  }
  chain = (attempt: number | 'directed'): string => `${this.workflowId}/${attempt}`;
  waitsFor = async (attempt: number | 'directed') => (await waitingLink(database.pool, this.chain(attempt)))?.role;

  async act(attempt: number | 'directed', operator: string, decision: Act['decision']): Promise<Act> {
    const link = await waitingLink(database.pool, this.chain(attempt));
    const figuresHash = link?.figures_hash ?? '';
    return {
      task: link?.task ?? '',
      operator,
      decision,
      document: '呼政函〔2026〕9号',
      figuresHash,
      businessDate: '2026-11-01',
    };
  }
  async submit(attempt: number, version: number) {
    const act = await this.act(attempt, `sec-${this.of.area}`, 'submit');
    return fund.submitBudget({ ...this.compilation, attempt, act: { ...act, version } });
  }
  async approve(attempt: number | 'directed', operator: string) {
    return fund.decide({ year: YEAR, act: await this.act(attempt, operator, 'approve') });
  }
  async sendBack(attempt: number, operator: string) {
    return fund.returnBudget({ ...this.compilation, attempt, act: await this.act(attempt, operator, 'return') });
  }
  adopt = (origin: 'submitted' | 'directed', version: number, last?: Act) =>
    fund.adoptBudget({ ...this.of, origin, version, from: '2027-01-01', ...(last === undefined ? {} : { last }) });
}

test('a failing version comes back with its gap and the remedies; each is kept with its checks', async () => {
  const budget = new Budget('150200');
  await fund.estimateBudget(budget.compilation);

  const first = await budget.submit(1, 1);
  expect(first).toMatchObject({
    approvable: false,
    surplus: '-2564099.57',
    failed: ['no_deficit', 'slight_surplus', 'deviation'],
  });
  expect(first.remedies[0]).toBe('动用历年滚存结余');
  const second = await budget.submit(2, 2);
  expect([second.failed, second.remedies]).toEqual([['identity', 'levy_included', 'deviation'], []]); // nothing lacks money
  expect(await budget.submit(3, 3)).toMatchObject({ approvable: false });
  expect(await budget.submit(4, 4)).toMatchObject({ approvable: true, failed: [] });

  const checked = await select<{ version: number }>(
    database.pool,
    'select distinct version from fund.budget_check where fund_year = :year and area = :area and scheme = :scheme order by 1',
    { year: YEAR, area: '150200', scheme: 'employee' },
  );
  expect(checked.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
});

test('a failing version comes back with its ways out: put in, one passes, and one fen less of it does not', async () => {
  const budget = new Budget('150200');
  await fund.estimateBudget(budget.compilation);
  // The pack asks for a surplus of 1 % of income, so more than the gap has to be closed.
  const { ways = [] } = await budget.submit(1, 1);
  expect(ways.filter(isWayOut)).toEqual([
    { item: 'inpatient', from: '8663939.46', to: '6004949.12', change: '-2658990.34', against: [] },
  ]);
  expect(ways.find(({ item }) => item === 'premium')).toMatchObject({ change: '2685848.83', against: ['deviation'] });
  const [task] = await select<{ figures: object }>(
    database.pool,
    `select figures from fund.task where chain = :chain and state = 'open'`,
    { chain: budget.chain(2) },
  );
  expect(task?.figures).toMatchObject({ gap: '2564099.57', ways });

  await copyVersion(budget, 5, '6004949.13');
  await copyVersion(budget, 6, '6004949.12');
  expect((await budget.submit(2, 5)).failed).toEqual(['slight_surplus']);
  expect(await budget.submit(3, 6)).toMatchObject({ approvable: true, ways: [] });
});
/** Version 1 again, under another number and with another amount for inpatient care. */
const copyVersion = ({ of }: Budget, version: number, inpatient: string): Promise<number> =>
  execute(
    database.pool,
    `insert into fund.budget_submission (fund_year, area, scheme, version, part, item, amount, reason, submitted_by, line)
     select fund_year, area, scheme, :version, part, item, case item when 'inpatient' then :inpatient::numeric else amount end,
       reason, submitted_by, line
     from fund.budget_submission where (fund_year, area, scheme, version) = (:year, :area, :scheme, 1)`,
    { ...of, version, inpatient },
  );

test('a version that fails is not put up for approval and cannot come into force', async () => {
  const budget = new Budget('150200');
  await fund.estimateBudget(budget.compilation);
  await budget.submit(1, 1);
  // The command takes the version no second time.
  expect(
    (await versionsOf(database.pool, YEAR, 'employee', '150200')).map((version) => Object.values(version)),
  ).toEqual([
    [1, true],
    [2, false],
    [3, false],
    [4, false],
  ]);
  expect([await budget.waitsFor(1), await budget.waitsFor(2)]).toEqual([undefined, 'area_security']);
  await expect(budget.adopt('submitted', 1)).rejects.toThrow('预算第 1 版未通过审核');
});

test('four offices approve, one after the other, and then the budget is in force', async () => {
  const budget = new Budget('150100');
  await fund.estimateBudget(budget.compilation);
  await budget.submit(1, 1);
  for (const operator of ['fin-150100', 'nm-security', 'nm-finance', 'nm-government'])
    await budget.approve(1, operator);
  expect(await budget.waitsFor(1)).toBeUndefined();
  const { items } = await budget.adopt('submitted', 1);
  const [inForce] = await select<{ origin: string; items: string }>(
    database.pool,
    `select origin, (select count(*) from fund.budget_item) as items from fund.budget`,
  );
  expect(inForce).toEqual({ origin: 'submitted', items: String(items) });
});

test('the last approval brings a budget into force in the same act, or nothing is recorded of it', async () => {
  const budget = new Budget('150100');
  await fund.estimateBudget(budget.compilation);
  await budget.submit(1, 1);
  for (const operator of ['fin-150100', 'nm-security']) await budget.approve(1, operator);
  const third = await budget.act(1, 'nm-finance', 'approve');
  await expect(budget.adopt('submitted', 1, third)).rejects.toThrow('审批');
  expect(await budget.waitsFor(1)).toBe('region_finance');
  await budget.approve(1, 'nm-finance');
  const last = await budget.act(1, 'nm-government', 'approve');
  const adopted = await budget.adopt('submitted', 1, last);
  expect(await budget.waitsFor(1)).toBeUndefined();
  // A repetition on another day is the same act; one in another person's name is not.
  expect(await budget.adopt('submitted', 1, { ...last, businessDate: '2026-11-02' })).toEqual(adopted);
  await expect(budget.adopt('submitted', 1, { ...last, operator: 'nm-finance' })).rejects.toThrow('予以拒绝');
});

test('an approver sends a version back: its chain ends, and the area submits the next one', async () => {
  const budget = new Budget('150200', 'resident');
  await fund.estimateBudget(budget.compilation);
  await budget.submit(1, 1);
  await budget.submit(2, 2);
  await budget.approve(2, 'fin-150200');
  const next = await budget.act(2, 'nm-finance', 'approve');
  await budget.sendBack(2, 'nm-security');

  expect([await budget.waitsFor(2), await budget.waitsFor(3)]).toEqual([undefined, 'area_security']);
  await expect(
    fund.decide({ year: YEAR, act: { ...next, task: `${budget.chain(2)}/3-region_finance` } }),
  ).rejects.toThrow('已办结或作废');
  const kept = await select<{ operator: string; decision: string }>(
    database.pool,
    'select operator, decision from fund.decision where chain = :chain order by task',
    { chain: budget.chain(2) },
  );
  expect(kept.map(({ operator, decision }) => `${operator} ${decision}`)).toEqual([
    'sec-150200 submit',
    'fin-150200 approve',
    'nm-security return',
  ]);
});

test('a budget that is sent back twice is sent back once', async () => {
  const budget = new Budget('150100');
  await fund.estimateBudget(budget.compilation);
  await budget.submit(1, 1);
  const act = await budget.act(1, 'fin-150100', 'return');
  const back = () => fund.returnBudget({ ...budget.compilation, attempt: 1, act });
  expect(await Promise.all([back(), back(), back()])).toEqual(Array(3).fill({ returned: true, unsubmitted: [] }));
});

// area, its version, whether the directed budget is short
test.each([
  ['150300', 9, null],
  ['150400', 0, null],
  ['150500', 1, '-353715.72'],
])(
  'at the deadline: %s is directed from version %d, and the region’s government alone approves it',
  async (area, version, shortBy) => {
    const budget = new Budget(area);
    await fund.estimateBudget(budget.compilation);
    const propose = () => fund.proposeDirectedBudget({ ...budget.compilation, attempt: 1 });
    // The targets stand beside it.
    const proposed: unknown = expect.objectContaining({
      version,
      shortBy,
      targets: expect.arrayContaining(['征缴率不低于 1']) as object,
    });
    expect(await Promise.all([propose(), propose()])).toEqual([proposed, proposed]);

    expect([await budget.waitsFor(1), await budget.waitsFor('directed')]).toEqual([undefined, 'region_government']);
    await expect(budget.approve('directed', 'nm-finance')).rejects.toThrow('本事项须由自治区人民政府办理');
    await budget.approve('directed', 'nm-government');
    await budget.adopt('directed', version);

    const findings = await select<{ code: string; figure: string }>(
      database.pool,
      'select code, figure from fund.finding',
    );
    expect(findings).toEqual(shortBy === null ? [] : [{ code: 'directed_budget_short', figure: shortBy }]);
  },
);

test('a directed budget is proposed anew when its targets change; a version that comes after the deadline changes nothing', async () => {
  const budget = new Budget('150300');
  await fund.estimateBudget(budget.compilation);
  await fund.proposeDirectedBudget({ ...budget.compilation, attempt: 1 });
  const first = await budget.act('directed', 'nm-government', 'approve');
  const taken = async (files: Record<string, string>): Promise<void> => {
    const set = (mode: string) =>
      execute(database.as('owner'), 'update fund.fund_year set mode = :mode where year = :year', { mode, year: YEAR });
    await set('live');
    await importInto(database, YEAR, files).finally(() => set('run'));
  };
  await taken({
    'budget_submissions.csv':
      'area,scheme,year,version,part,item,amount,reason,submitted_by\n150300,employee,2027,10,pooled,premium,1.00,,sec-150300\n',
  });
  expect(await budget.waitsFor('directed')).toBe('region_government');
  await taken({ 'targets.csv': 'area,scheme,indicator,target\n150300,employee,collection,0.97\n' });

  await expect(budget.adopt('directed', 9, first)).rejects.toThrow(
    '所依数字已变，已作废，请办理重新提请的事项：targets.csv 补报 1 行',
  );
  await expect(budget.adopt('directed', 9)).rejects.toThrow('未经自治区人民政府批准');
  expect(await budget.waitsFor('directed')).toBeUndefined();
  const link = (await waitingLink(database.pool, `${budget.workflowId}/2/directed`))!;
  const again = { ...first, task: link.task, figuresHash: link.figures_hash };
  expect(await budget.adopt('directed', 9, again)).toMatchObject({ items: expect.any(Number) as number });
  const premium = await select(
    database.pool,
    `select amount from fund.budget_item where item = 'premium' and part = 'pooled'`,
  );
  expect(premium).not.toEqual([{ amount: '1.00' }]);
});

test('a submission under way at the deadline leaves no task behind: only the directed budget is waited for', async () => {
  const budget = new Budget('150200');
  await fund.estimateBudget(budget.compilation);
  // It fails and opens the second attempt, of which the workflow never hears.
  await budget.submit(1, 1);
  const propose = () => fund.proposeDirectedBudget({ ...budget.compilation, attempt: 1 });
  await Promise.all([propose(), propose()]);

  const open = (await openTasks(database.pool, YEAR)).filter((task) => task.workflow_id === budget.workflowId);
  expect(open.map(({ task }) => task)).toEqual([`${budget.chain('directed')}/1-region_government`]);
});

test('the region’s method is asked for once, of its government', async () => {
  const ask = () => fund.requestMethod({ year: YEAR, workflowId: fundYearId(YEAR), dueOn: '2028-05-31', scheme: null });
  expect(await Promise.all([ask(), ask()])).toEqual(Array(2).fill({ chain: `${fundYearId(YEAR)}/method` }));
  const link = await waitingLink(database.pool, `${fundYearId(YEAR)}/method`);
  expect([link?.kind, link?.role]).toEqual(['record_method', 'region_government']);
});
