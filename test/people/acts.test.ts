/**
 * 人员办理 from the command line: which task is meant, what is done, and the answer when it is refused or was done before. Real
 * budgets of the golden case `budgets-2027` wait for their persons on a real Temporal.
 */
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { inTransaction } from '../../db/connect';
import { correctRow } from '../../db/import-rows';
import { execute, select } from '../../db/rows';
import { areaOf } from '../../scripts/commands/options';
import { type Acted, type ActRequest, actOn } from '../../scripts/client/acting';
import { Refusal } from '../../scripts/words/refusal';
import { commandsOf, taskLines } from '../../scripts/words/task-text';
import type { TestDatabase } from '../database';
import { type Stage, stage } from '../workflows/stage';
import { budgetId } from '../../rules/keys';
import { beginBudget, waitingYear } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2037;
const DOCUMENT = '呼政函〔2036〕9号';

let database: TestDatabase;
let theatre: Stage;
beforeAll(async () => {
  const year = await waitingYear('budgets-2027');
  database = year.database;
  theatre = await stage(year.fund);
  await beginBudget(theatre, YEAR, 'employee', '150100');
  await beginBudget(theatre, YEAR, 'employee', '150200');
  await beginBudget(theatre, YEAR, 'resident', '150100');
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

const acting = (given: ActRequest): Promise<Acted> =>
  actOn({ client: theatre.client, pool: database.as('reader') }, given, database.signers.sign);
const refusal = (given: ActRequest): Promise<string> =>
  acting(given).then(
    () => 'not refused',
    (error: unknown) => (error instanceof Refusal ? error.message : `no refusal: ${String(error)}`),
  );
const waiting = async (of: Partial<WaitingTask> = {}): Promise<WaitingTask[]> =>
  (await waitingTasks(database.pool, cycleStartOf, YEAR)).filter((task) =>
    Object.entries(of).every(([name, value]) => task[name as keyof WaitingTask] === value),
  );
const EMPLOYEES = { year: YEAR, area: '150100', scheme: 'employee' } as const;

test('a budget goes up from link to link; each answer says what waits next, and for whom', async () => {
  const submitted = await acting({ ...EMPLOYEES, as: 'sec-150100', decision: 'submit', version: 1 });
  expect(submitted).toMatchObject({
    before: null,
    next: [{ role: 'area_finance', operators: [{ operator: 'fin-150100' }] }],
  });

  const links = ['fin-150100', 'nm-security', 'nm-finance', 'nm-government'];
  const next: (string | undefined)[] = [];
  for (const as of links) {
    const acted = await acting({ ...EMPLOYEES, as, decision: 'approve', document: DOCUMENT });
    next.push(acted.next[0]?.role);
  }
  expect(next).toEqual(['region_security', 'region_finance', 'region_government', undefined]);
});

test('repeating it changes nothing, and says so with the date', async () => {
  const again = await acting({ ...EMPLOYEES, as: 'fin-150100', decision: 'approve', document: DOCUMENT });
  expect(again).toMatchObject({ before: '2036-10-01', next: [] });
  const submitted = await acting({ ...EMPLOYEES, as: 'sec-150100', decision: 'submit', version: 1 });
  expect(submitted).toMatchObject({ before: '2036-10-01' });
  const rows = await select(database.pool, 'select count(*) as decided from fund.decision where operator = :operator', {
    operator: 'fin-150100',
  });
  expect(rows).toEqual([{ decided: '1' }]);
});

test('a version that fails comes back with its gap and its remedies', async () => {
  const { next } = await acting({
    as: 'sec-150200',
    decision: 'submit',
    version: 1,
    year: YEAR,
    area: '150200',
    scheme: 'employee',
  });
  expect(next).toMatchObject([
    {
      kind: 'submit',
      figures: { version: 1, surplus: '-2564099.57', failed: ['no_deficit', 'slight_surplus', 'deviation'] },
    },
  ]);
  expect(taskLines(next[0] as WaitingTask).join('\n')).toMatch(
    /当年结余：-2,564,099\.57\n {2}缺口：2,564,099\.57\n {2}未通过：当年赤字、未做到略有结余、偏离测算而未说明\n(?:.*偏离测算.*\n)?.*可用办法：1\. 动用历年滚存结余；2\. 申请上级调剂.*\n {2}单项调整：\n/,
  );
});

test('a return carries its reason to the area', async () => {
  const residents = { year: YEAR, area: '150100', scheme: 'resident' } as const;
  await acting({ ...residents, as: 'sec-150100', decision: 'submit', version: 1 });
  const { next } = await acting({ ...residents, as: 'fin-150100', decision: 'return', note: '参保人数偏高' });
  expect(next).toMatchObject([
    { kind: 'submit', role: 'area_security', figures: { version: 1, reason: '参保人数偏高' } },
  ]);
  expect(next[0]?.subject).toMatch(/：第 1 版被统筹区财政局（fin-150100 .+）退回，请按退回原因修改后重新报送$/);
  expect(taskLines(next[0] as WaitingTask).join('\n')).toMatch(
    /退回人：统筹区财政局（fin-150100 .+）\n {2}原因：参保人数偏高/,
  );
});

test('an area is named by its code, its name or the beginning of it', async () => {
  const [{ name }] = (await select<{ name: string }>(
    database.pool,
    `select name_zh as name from fund.area where fund_year = :year and area = '150200'`,
    { year: YEAR },
  )) as [{ name: string }];
  for (const word of ['150200', name, name.slice(0, 2)])
    expect([word, await areaOf(database.pool, word, undefined)]).toEqual([word, '150200']);
  await expect(areaOf(database.pool, '无此地', YEAR)).rejects.toThrow(/^2037 年度没有统筹区 无此地。有：150100 /);
});

describe('refused in one line that says what could be meant', () => {
  // what is said, what is answered
  // prettier-ignore
  test.each<[string, ActRequest, RegExp]>([
    ['a person nobody knows',          { as: 'fin-15010', decision: 'approve', ...EMPLOYEES },                              /^没有工号 fin-15010。可能是：fin-150100 /],
    ['a person like nobody',           { as: 'somebody', decision: 'approve', ...EMPLOYEES },                                /^没有工号 somebody。现有经办人员 \d+ 名，npm run fund -- operators 列出/],
    ['a version that is not there',    { as: 'sec-150200', decision: 'submit', version: 77, year: YEAR, area: '150200', scheme: 'employee' }, /没有第 77 版预算：可报送的有第 2、3、4 版/],
    ['a version submitted before',     { as: 'sec-150200', decision: 'submit', version: 1, year: YEAR, area: '150200', scheme: 'employee' }, /第 1 版已报送过：可报送的有第 2、3、4 版/],
    ['another’s task',                 { as: 'nm-finance', decision: 'submit', version: 2, year: YEAR, area: '150200', scheme: 'employee' }, /^工号 nm-finance 属自治区财政厅，本事项须由150200 统筹区医保局办理：/],
    ['nothing of the kind waits',      { as: 'sec-150200', decision: 'approve', year: YEAR },                               /^没有这样的可批准事项.*等待 sec-150200 的有：\n {2}fund-year-2037-budget-employee-150200\/2\/0-area_security/],
    ['a task that others have closed', { as: 'nm-government', decision: 'approve', task: 'fund-year-2037-budget-employee-150100/1/1-area_finance' }, /已由 fin-150100 办结/],
    ['a task that he has closed himself', { as: 'fin-150100', decision: 'return', note: '原因', task: 'fund-year-2037-budget-employee-150100/1/1-area_finance' }, /已由您本人办结/],
    ['a task that was void',           { as: 'nm-finance', decision: 'approve', task: 'fund-year-2037-budget-resident-150100/1/3-region_finance' }, /已作废/],
  ])('%s', async (_what, given, answer) => {
    expect(await refusal(given)).toMatch(answer);
  });

  test('more than one: all are listed', async () => {
    await beginBudget(theatre, YEAR, 'resident', '150200');
    for (const scheme of ['employee', 'resident'] as const) {
      const [task] = await waiting({ of_area: '150200', of_scheme: scheme });
      expect(task?.kind).toBe('submit');
    }
    const several = await refusal({ as: 'sec-150200', decision: 'submit', version: 2, year: YEAR, area: '150200' });
    expect(several).toMatch(/^有 2 项待办，请用 --task 指明其一.*\n.*employee-150200.*\n.*resident-150200/);
  });
});

describe('an act from the form of the Temporal UI is judged field by field', () => {
  const send = (given?: unknown): Promise<string> =>
    theatre.client.workflow
      .getHandle(budgetId(YEAR, 'employee', '150200'))
      .executeUpdate('act', { args: [given] })
      .then(
        () => 'taken',
        (error: unknown) => ((error as Error).cause as Error).message,
      );

  test('no input, no hash, a document that is not text, NUL', async () => {
    const [waits] = await waiting({ of_area: '150200', of_scheme: 'employee' });
    const { task, figures_hash: figuresHash } = waits as WaitingTask;
    const given = { task, operator: 'sec-150200', decision: 'submit', version: 2, figuresHash };
    expect(await send()).toMatch(/^须填写办理内容/);
    expect(await send({ ...given, figuresHash: undefined })).toMatch(/^figuresHash（.*没有填写/);
    expect(await send({ ...given, document: { a: 1 } })).toMatch(/^document（文号）：应为文本/);
    expect(await send({ ...given, note: 'a\u0000' })).toMatch(/^note（.*）：含不可见的控制字符/);
    expect(await send({ ...given, figuresHash: 'of yesterday' })).toMatch(/数字已变/);
    expect(await waiting({ task })).toHaveLength(1);
  });
});

test('a task is shown with its figures, its dates and the exact command; past its date it is overdue', async () => {
  const [task] = await waiting({ of_area: '150200', of_scheme: 'resident' });
  const lines = taskLines(task as WaitingTask).join('\n');
  expect(lines).toMatch(/西川|150200/);
  expect(lines).toMatch(/办理人 150200 统筹区医保局（sec-150200 .*）；自 \d{4}-\d\d-\d\d，截止 2036-12-31$/m);
  expect(lines).toMatch(/测算收入：11,394,713\.20/);
  // The command of the person who asks, and nobody else's name in one.
  expect(commandsOf(task as WaitingTask)[0]).toContain('--as 工号 ');
  expect(commandsOf(task as WaitingTask, 'sec-150200')).toEqual([
    'npm run fund -- submit --as sec-150200 --year 2037 --area 150200 --scheme resident --version 版本',
  ]);
  const late = { ...(task as WaitingTask), overdue: true, days_over: 3 };
  expect(taskLines(late).join('\n')).toMatch(/截止 2036-12-31【逾期 3 天】/);
});

test('a task is overdue by the business date of the year; in a run that is the date of its last act', async () => {
  expect((await waiting()).some(({ overdue }) => overdue)).toBe(false);
  const owner = database.as('owner');
  await execute(
    owner,
    `update fund.task set due_on = '2036-09-28' where state = 'open' and of_scheme = 'resident' and of_area = '150200'`,
  );
  expect(await waiting({ overdue: true })).toMatchObject([{ of_area: '150200', days_over: 3 }]);
});

test('the maker who has moved to the finance office is refused with a readable reason', async () => {
  const budget = { year: YEAR, area: '150200', scheme: 'resident' } as const;
  await acting({ ...budget, as: 'sec-150200', decision: 'submit', version: 2 });
  const move = (stored: string, given: string) =>
    inTransaction(database.pool, (trx) =>
      correctRow(
        trx,
        YEAR,
        {
          table: 'operator',
          line: 2,
          key: { operator: 'sec-150200' },
          changed: { role: { stored, given } },
          provisional: false,
        },
        { operator: 'nm-security', reason: '调任' },
      ),
    );
  await move('area_security', 'area_finance');
  const refused = await refusal({ ...budget, as: 'sec-150200', decision: 'approve', document: DOCUMENT });
  await move('area_finance', 'area_security');
  expect(refused).toMatch(/^经办与审核分离/);
  expect(refused).not.toMatch(/constraint|_key/);
});

test('an act on figures that somebody has seen is refused once they are others', async () => {
  const [task] = await waiting({ of_area: '150200', of_scheme: 'employee' });
  const { task: name, figures_hash: hash } = task as WaitingTask;
  const stale = {
    as: 'sec-150200',
    decision: 'submit',
    year: YEAR,
    task: name,
    version: 3,
    figures: '00000000',
  } as const;
  expect(await refusal(stale)).toMatch(/数字已变，须重新查看后办理/);
  expect(hash.startsWith('00000000')).toBe(false);
});
