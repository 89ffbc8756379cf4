/** 预算调整 in a live year: an area submits it with `fund submit`, four offices approve it, and it is in force from the next month. */
import { announceImports } from '../../activities/announce-imports';
import { temporalProblems } from '../../activities/watch/temporal';
import { adjustmentPlans, waitingAdjustments } from '../../db/adjustments';
import { budgetsOn } from '../../db/adjustments';
import { execute, select } from '../../db/rows';
import { submitAdjustment } from '../../activities/budgets/adjustments';
import { type ActRequest, actOn } from '../../scripts/client/acting';
import { adjustmentMeant, submitAdjusted } from '../../scripts/client/adjusting';
import { commandsOf } from '../../scripts/words/task-text';
import { type adjustBudget, adjustmentOptions } from '../../workflows/adjust-budget';
import { advance, news } from '../../workflows/business-date';
import { importInto } from '../activities/live-files';
import type { TestDatabase } from '../database';
import { attributesOf, detailsOf } from '../workflows/page';
import { type Stage, stage } from '../workflows/stage';
import { waitingYear, waitsFor } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2038;
const OF = { year: YEAR, scheme: 'employee', area: '150100' } as const;
const DAY = `${YEAR}-03-10`;
let database: TestDatabase;
let theatre: Stage;

/** An adjustment of both sides; the levy is the one to prepay. */
const rows = (version: number, inpatient: string, day = DAY): string =>
  [
    ['premium', '880.00'],
    ['inpatient', inpatient],
    ['levy_to_superior', '30.24'],
  ]
    .map(
      ([item, amount]) =>
        `(${YEAR}, '150100', 'employee', ${version}, '${day}', 'pooled', '${item}', ${amount}, '据实调整', 'sec-150100', 2)`,
    )
    .join(', ');
const adds = (...versions: string[]): Promise<number> =>
  execute(
    database.pool,
    `insert into fund.budget_adjustment (fund_year, area, scheme, version, date, part, item, amount, reason, submitted_by, line)
     values ${versions.join(', ')}`,
  );

beforeAll(async () => {
  const year = await waitingYear('two-areas-2028');
  database = year.database;
  theatre = await stage(year.fund);
  // Whatever the area submitted for 1 January, its government has directed its budget.
  await execute(
    database.as('owner'),
    `begin; set local session_replication_role = replica;
     insert into fund.budget (fund_year, area, scheme, origin, version, in_force_from, because)
     values (${YEAR}, '150100', 'employee', 'directed', 0, '${YEAR}-01-01', '{}');
     insert into fund.budget_item (fund_year, area, scheme, part, item, amount)
     values (${YEAR}, '150100', 'employee', 'pooled', 'premium', 870.00), (${YEAR}, '150100', 'employee', 'pooled', 'inpatient', 800.00);
     commit`,
  );
  await adds(rows(11, '840.00'), rows(12, '990.00'), rows(13, '845.00'), rows(14, '846.00'));
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

const idOf = (version: number): string => `fund-year-${YEAR}-adjusted-budget-employee-150100-${version}`;
const handleOf = (version: number) => theatre.client.workflow.getHandle<typeof adjustBudget>(idOf(version));
/** A workflow of a run, which waits for the day of the file. */
async function begin(version: number): Promise<void> {
  const plan = (await adjustmentPlans(database.pool, YEAR)).find((planned) => planned.version === version)!;
  const options = adjustmentOptions({
    ...OF,
    clock: { live: false, today: `${YEAR}-01-01` },
    name: plan.name,
    version,
    date: plan.date,
    operator: plan.submittedBy,
    decideBy: `${YEAR}-12-31`,
  });
  await theatre.client.workflow.start('adjustBudget', { ...options, taskQueue: theatre.taskQueue });
}
const moveTo = (version: number, date: string) => handleOf(version).executeUpdate(advance, { args: [{ date }] });
const approving = (as: string, version: number, of: Partial<ActRequest> = {}) =>
  actOn(
    { client: theatre.client, pool: database.as('reader') },
    { as, decision: 'approve', task: idOf(version), year: YEAR, document: '东政函〔2038〕3号', ...of },
    database.signers.sign,
  );

test('waits for its day, is submitted and checked, and with the fourth approval is in force from the next month', async () => {
  await begin(11);
  expect(await moveTo(11, `${YEAR}-02-01`)).toMatchObject({ next: DAY });
  expect(await detailsOf(handleOf(11))).toMatchObject({ 阶段: '预算调整报送', 截止: DAY });
  await moveTo(11, DAY);
  expect(await detailsOf(handleOf(11))).toMatchObject({ 阶段: '预算调整审批', 当年结余: '9.76 元', 未通过: '无' });
  expect(await attributesOf(handleOf(11))).toMatchObject({ year: YEAR, area: '150100', scheme: '职工医保' });

  const { next } = await approving('fin-150100', 11);
  expect(commandsOf(next[0]!)[0]).toMatch(/^npm run fund -- approve --as 工号 --task /);
  await expect(approving('nm-finance', 11)).rejects.toThrow();
  for (const as of ['nm-security', 'nm-finance', 'nm-government']) await approving(as, 11);
  expect(await handleOf(11).result()).toEqual({ outcome: 'in force', from: `${YEAR}-04-01` });
  const expenditure = async (day: string) => {
    const { items, adjustment } = await budgetsOn(database.pool, YEAR, 'employee', day);
    return [adjustment('150100'), items.area('150100').expenditure.toFixed(2)];
  };
  expect(await expenditure(`${YEAR}-03-31`)).toEqual([null, '800.00']);
  expect(await expenditure(`${YEAR}-04-01`)).toEqual([11, '840.00']);
});

test('one that fails a check has no effect, and asks nobody', async () => {
  await begin(12);
  await moveTo(12, DAY);
  expect(await handleOf(12).result()).toEqual({ outcome: 'failed' });
  expect(await detailsOf(handleOf(12))).toMatchObject({
    阶段: '预算调整未通过审核，不生效',
    缺口: '140.24 元',
    单项调整: expect.stringContaining('住院费用支出：调减 140.24 元，由 990.00 元至 849.76 元；') as string,
  });
  expect(await select(database.pool, 'select version from fund.adjusted_budget')).toEqual([{ version: 11 }]);
});

test('a return ends it', async () => {
  await begin(13);
  await moveTo(13, DAY);
  await approving('fin-150100', 13, { decision: 'return', note: '请先压减门诊支出' });
  expect(await handleOf(13).result()).toEqual({ outcome: 'returned' });
  expect((await detailsOf(handleOf(13))).退回).toBe('统筹区财政局（fin-150100）：请先压减门诊支出');
});

test('undecided at the end, it lapses, and leaves nothing waiting', async () => {
  await begin(14);
  await moveTo(14, DAY);
  await moveTo(14, `${YEAR}-12-31`);
  expect(await handleOf(14).result()).toEqual({ outcome: 'lapsed' });
  const states = await select(database.pool, 'select state from fund.task where workflow_id = :id and position > 0', {
    id: idOf(14),
  });
  expect(states).toEqual(Array(4).fill({ state: 'void' }));
});

describe('by hand', () => {
  /** A live year is judged by today; this one was run until now, so that it has dates in 2038. */
  const asLive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const set = (mode: string) =>
      execute(database.as('owner'), `update fund.fund_year set mode = :mode where year = :year`, { mode, year: YEAR });
    await set('live');
    return work().finally(() => set('run'));
  };
  const meant = (version: number) => adjustmentMeant(database.pool, { ...OF, version });

  test('a run submits adjustments on their dates; a version for 1 January is not meant', async () => {
    await expect(meant(11)).rejects.toThrow('预算调整按数据包所载日期办理');
    expect(await meant(1)).toBeNull();
    expect(await asLive(() => meant(11))).toMatchObject({ version: 11, date: DAY, year: YEAR });
  });

  test('one that fails is answered with its gap and its ways out, also when it is submitted again', async () => {
    const adjustment = (await asLive(() => meant(12)))!;
    const running = { client: theatre.client, pool: database.pool };
    const by = { as: 'sec-150100', sign: database.signers.sign };
    const submit = () => submitAdjusted(running, adjustment, by, theatre.taskQueue);
    const { note } = await submit();
    expect(note).toMatch(
      /^未通过审核，不生效.*\n当年结余：-140\.24\n缺口：140\.24\n未通过：当年赤字、未做到略有结余\n可用办法：1\. .*\n单项调整：\n(?: .*\n)* {2}住院费用支出：调减 140\.24 元，由 990\.00 元至 849\.76 元$/m,
    );
    expect(await submit()).toMatchObject({ before: DAY, next: [], note });
  });

  test('submitted before, it is found with the day, and so is a workflow that was never started', async () => {
    await adds(rows(15, '847.00'));
    // What `fund submit` commits first; it is killed before it starts the workflow.
    await submitAdjustment(database.pool, { ...OF, version: 15, operator: 'sec-150100', on: DAY });
    const problems = () =>
      asLive(async () => {
        const adjustments = await waitingAdjustments(database.pool);
        return temporalProblems(theatre.client, {
          schedules: [],
          workers: ['one'],
          years: [],
          requests: [],
          adjustments,
          releases: [],
          abandoned: [],
        });
      });
    expect(await problems()).toMatchObject([
      {
        key: `workflow/${idOf(15)}`,
        remedy: expect.stringContaining('fund -- submit --as sec-150100 --year 2038') as string,
      },
    ]);
    const adjustment = (await asLive(() => meant(15)))!;
    const running = { client: theatre.client, pool: database.pool };
    const again = await submitAdjusted(
      running,
      adjustment,
      { as: 'sec-150100', sign: database.signers.sign },
      theatre.taskQueue,
    );
    expect(again).toMatchObject({ before: DAY, next: [{ role: 'area_finance' }] });
    expect(await problems()).toEqual([]);
    // The workflow has only just been started: its page comes with its first wait.
    let page: Record<string, string> = {};
    while (page.阶段 === undefined) page = await detailsOf(handleOf(15));
    expect(page).toMatchObject({ 阶段: '预算调整审批', 截止: `${YEAR}-11-30` });
  });

  test('a figure behind it changes: all four are asked again, or it has no effect where it fails by now', async () => {
    const law = (name: string, value: string) =>
      asLive(() =>
        importInto(
          database,
          YEAR,
          { 'parameters.json': JSON.stringify({ [name]: { value, source: '内财社〔2038〕1号' } }) },
          { reason: '文件已印发', operator: 'nm-security' },
        ),
      );
    const told = () => asLive(() => announceImports(database.pool, theatre.client, news.name));
    await adds(rows(16, '848.00'));
    await begin(16);
    await moveTo(16, DAY);
    await approving('fin-150100', 16);
    // What counts as far from the budget in force is shown to the approvers, by how many rows there are.
    await law('budget.deviation', '0.01');
    await told();
    await waitsFor(handleOf(16), '统筹区财政局');
    expect((await detailsOf(handleOf(16))).重新提请).toContain('parameters.json（budget.deviation）');
    for (const as of ['fin-150100', 'nm-security', 'nm-finance', 'nm-government']) await approving(as, 16);
    expect(await handleOf(16).result()).toEqual({ outcome: 'in force', from: `${YEAR}-04-01` });

    await adds(rows(17, '848.00'));
    await begin(17);
    await moveTo(17, DAY);
    await approving('fin-150100', 17);
    await law('budget.slight_surplus', '0.9');
    await told();
    expect(await handleOf(17).result()).toEqual({ outcome: 'failed' });
  });
});
