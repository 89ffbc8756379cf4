/** An area fills in a new version of its budget in the browser, and nothing else is needed to submit it. */
import { select } from '../../db/rows';
import { budgetLink, taskLink } from '../../desk/links';
import { BudgetsOnDesk, YEAR } from './budgets-on-desk';
import { ORIGIN, OpenDesk, wordsOf } from './open-desk';

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
  Promise.resolve(
    desk.app.request('/budget', {
      method: 'POST',
      headers: { Origin: ORIGIN, Cookie: desk.cookieOf(operator) },
      body: new URLSearchParams({ name: task, ...fields }),
    }),
  );
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

test('what is no amount is said with its item, nothing is stored, and all that was typed stays', async () => {
  const answer = await save({ ...VERSION, 'amount.pooled.outpatient': '八百五' });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(wordsOf(page)).toContain('统筹基金 门诊费用支出：“八百五”应为金额');
  expect(page).toContain('value="9,300,000.00"');
  expect(page).toContain('value="按“以收定支”压减, 见附件&quot;一&quot;"');
  const known = await select<{ last: number }>(
    budgets.database.pool,
    `select max(version) as last from fund.budget_submission where area = :area and scheme = 'employee'`,
    { area: AREA },
  );
  expect(known).toEqual([{ last: 1 }]);
});

test('it is imported as the next version, by the person, and can be submitted', async () => {
  const answer = await save(VERSION);
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${taskLink(task)}&version=2`]);
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

test('what the gate refuses is said, and nothing is stored', async () => {
  const answer = await save({ ...VERSION, 'reason.pooled.premium': '一\u0007二' });
  expect(answer.status).toBe(422);
  expect(wordsOf(await answer.text())).toMatch(/没有保存：.*budget_submissions\.csv.*reason/);
  expect(await stored(3)).toEqual([]);
});

test('nobody fills in the budget of another', async () => {
  for (const operator of ['sec-150200', 'fin-150100', 'nm-security']) {
    expect((await desk.get(budgetLink(task), operator)).status).toBe(404);
    expect((await save(VERSION, operator)).status).toBe(404);
  }
  expect(await stored(3)).toEqual([]);
});
