/** An area fills in a new version of its budget in the browser, and nothing else is needed to submit it. */
import { select } from '../../db/rows';
import { budgetLink, taskLink } from '../../desk/links';
import { BudgetsOnDesk, YEAR } from './budgets-on-desk';
import { OpenDesk, wordsOf } from './open-desk';

const AREA = '150100';
let budgets: BudgetsOnDesk;
let desk: OpenDesk;
let task: string;
beforeAll(async () => {
  budgets = await BudgetsOnDesk.open('live');
  desk = new OpenDesk(budgets.database);
  await budgets.estimate(AREA);
  await budgets.estimate('150200');
  task = await budgets.task(AREA, 1);
});
afterAll(() => budgets.database.drop());

const save = (fields: Record<string, string>, operator = `sec-${AREA}`): Promise<Response> =>
  desk.post('/budget', { name: task, operator, ...fields }, { Cookie: desk.cookieOf(operator) });
const refusalOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { refused?: string }).refused ?? '';
const VERSION = {
  'amount.pooled.premium': '9,300,000.00',
  'amount.pooled.inpatient': '5,700,000.5',
  'reason.pooled.inpatient': '按“以收定支”压减, 见附件"一"',
  'amount.personal_account.premium': '3,094,264.09',
};
const stored = (version: number) =>
  select<{ part: string; item: string; amount: string; reason: string; submitted_by: string }>(
    budgets.database.pool,
    `select part, item, amount, reason, submitted_by from fund.budget_submission
     where fund_year = :year and area = :area and scheme = 'employee' and version = :version order by part desc, item desc`,
    { year: YEAR, area: AREA, version },
  );

test('the form has every item beside accounts and estimate, filled in with the last version', async () => {
  const page = await desk.page(budgetLink(task), `sec-${AREA}`);
  expect(wordsOf(page)).toMatch(/科目 最近决算 系统测算 金额（元） 说明/);
  expect(page).toMatch(/name="amount\.pooled\.inpatient" value="[\d,]+\.\d{2}"/);
  expect(wordsOf(await desk.page(taskLink(task), `sec-${AREA}`))).toContain('在这里编制新的一版');
});

test('what is no amount is said with its item, all at once, and nothing is stored', async () => {
  const answer = await save({ ...VERSION, 'amount.pooled.outpatient': '八百五', 'amount.pooled.interest': '1,23' });
  expect(answer.status).toBe(422);
  expect((await refusalOf(answer)).split('\n')).toEqual([
    '没有保存 (nothing was saved)：',
    expect.stringMatching(/^统筹基金 利息收入：“1,23”应为金额/),
    expect.stringMatching(/^统筹基金 门诊费用支出：“八百五”应为金额/),
  ]);
  const known = await select<{ last: number }>(
    budgets.database.pool,
    `select max(version) as last from fund.budget_submission where area = :area and scheme = 'employee'`,
    { area: AREA },
  );
  expect(known).toEqual([{ last: 1 }]);
});

test('it is imported as the next version, by the person, and can be submitted', async () => {
  const answer = await save(VERSION);
  expect([answer.status, await answer.json()]).toEqual([200, { to: `${taskLink(task)}&version=2` }]);
  expect(await stored(2)).toEqual([
    { part: 'pooled', item: 'premium', amount: '9300000.00', reason: '', submitted_by: 'sec-150100' },
    {
      ...{ part: 'pooled', item: 'inpatient', amount: '5700000.50', submitted_by: 'sec-150100' },
      reason: '按“以收定支”压减, 见附件"一"',
    },
    { part: 'personal_account', item: 'premium', amount: '3094264.09', reason: '', submitted_by: 'sec-150100' },
  ]);
  const words = wordsOf(await desk.page(`${taskLink(task)}&version=2`, `sec-${AREA}`));
  expect(words).toContain('报送第 2 版');
  expect(words).toContain('9,300,000.00');
  expect(wordsOf(await desk.page('/trail', 'nm-finance'))).toMatch(
    /sec-150100 乌云（150100 统筹区医保局） 导入文件 budget_submissions\.csv/,
  );
});

test('saved once more as it is, it is the same version', async () => {
  const answer = await save({ ...VERSION, 'amount.pooled.premium': '9300000' });
  expect(await answer.json()).toEqual({ to: `${taskLink(task)}&version=2` });
  expect(await stored(3)).toEqual([]);
});

test('what the gate refuses is said, and nothing is stored', async () => {
  const answer = await save({ ...VERSION, 'reason.pooled.premium': '一\u0007二' });
  expect(answer.status).toBe(422);
  expect(await refusalOf(answer)).toMatch(/没有保存[^]*budget_submissions\.csv.*reason/);
  expect(await stored(3)).toEqual([]);
});

test('nobody fills in the budget of another', async () => {
  for (const operator of ['sec-150200', 'fin-150100', 'nm-security']) {
    expect((await desk.get(budgetLink(task), operator)).status).toBe(404);
    expect((await save(VERSION, operator)).status).toBe(404);
  }
  const page = await desk.post(
    '/budget',
    { name: task, ...VERSION, operator: 'sec-150200' },
    { Cookie: desk.cookieOf(`sec-${AREA}`) },
  );
  expect(await refusalOf(page)).toContain('现在登录的是 sec-150100');
  expect(await stored(3)).toEqual([]);
});
