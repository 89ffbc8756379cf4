/** The pages of the desk on real budgets: what waits for whom, on which figures, what changed, who acted before; for each only what is his. */
import { inTransaction } from '../../db/connect';
import { execute } from '../../db/rows';
import { type Chain, openChains, waitingLink } from '../../db/tasks';
import { taskLink } from '../../desk/links';
import { fundYearId } from '../../rules/keys';
import { BudgetsOnDesk, YEAR } from './budgets-on-desk';
import { OpenDesk, wordsOf } from './open-desk';

let budgets: BudgetsOnDesk;
let desk: OpenDesk;
beforeAll(async () => {
  budgets = await BudgetsOnDesk.open();
  desk = new OpenDesk(budgets.database);
  await budgets.estimate('150100');
  await budgets.submit('150100', 1, 1);
  await budgets.estimate('150200');
  await budgets.submit('150200', 1, 1); // fails
  await budgets.submit('150200', 2, 2); // fails
});
afterAll(() => budgets.database.drop());

describe('my tasks', () => {
  test('an approver finds what waits for him: what, until when, and what happens then', async () => {
    const words = wordsOf(await desk.page('/', 'fin-150100'));
    expect(words).toContain('等待您办理 1 项');
    expect(words).toMatch(/职工医保 2027 年度预算第 1 版，当年结余 [\d,]+\.\d{2} 元/);
    expect(words).toContain('截止 2026-12-31');
    expect(words).toContain('届时仍未批复的，由自治区按以收定支编制');
  });

  test('an area sees nothing of another; the region sees all, and who has to act', async () => {
    const area = wordsOf(await desk.page('/', 'fin-150100'));
    expect(area).not.toContain('150200');
    const region = wordsOf(await desk.page('/', 'nm-security'));
    expect(region).toContain('没有等待您办理的事项');
    expect(region).toMatch(/150200 统筹区医保局/);
    expect(region).toMatch(/150100 统筹区财政局/);
  });

  test('who holds no office is shown nothing', async () => {
    const answer = await desk.get('/', 'nobody');
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('您尚未任命，或已离任');
  });
});

describe('one task', () => {
  test('the budget item by item beside accounts and estimate, with Chinese names and thousands separated', async () => {
    const page = await desk.page(taskLink(await budgets.task('150100', 1)), 'fin-150100');
    const words = wordsOf(page);
    expect(words).toMatch(/科目 第 1 版 系统测算 最近决算 说明/);
    expect(words).toMatch(/基本医疗保险费收入 [\d,]+\.\d{2} [\d,]+\.\d{2} [\d,]+\.\d{2}/);
    expect(words).toMatch(/收入合计.*支出合计.*当年结余/);
    expect(words).toMatch(/不编制赤字预算 通过/);
    expect(words).not.toMatch(/no_deficit|premium|pooled/);
    expect(page).toContain('/why?year=2027&amp;figure=estimate.estimate&amp;area=150100');
  });

  test('a version after another shows what changed, and what the last one failed', async () => {
    const words = wordsOf(await desk.page(taskLink(await budgets.task('150200', 3)), 'sec-150200'));
    expect(words).toMatch(/第 4 版 变动 第 2 版 系统测算/);
    expect(words).toMatch(/第 2 版的审核.*不通过/);
    expect(words).toMatch(/合计勾稽：合计与各科目之和不符/);
  });

  test('a version that fails comes back with the one change that would do, lever by lever', async () => {
    await budgets.estimate('150300');
    await budgets.submit('150300', 1, 1);
    const words = wordsOf(await desk.page(taskLink(await budgets.task('150300', 2)), 'sec-150300'));
    expect(words).toMatch(/单项调整 .*住院费用支出：调减 [\d,]+\.\d{2} 元/);
    expect(words).not.toMatch(/slight_surplus|inpatient|ways/);
  });

  test('the area looks at each version that it can submit before it does', async () => {
    const page = await desk.page(`${taskLink(await budgets.task('150200', 3))}&version=3`, 'sec-150200');
    const words = wordsOf(page);
    expect(words).toMatch(/可报送的版本： 第 3 版 第 4 版/);
    expect(words).toMatch(/第 3 版 变动 第 2 版 系统测算/);
    expect(words).toContain('报送第 3 版');
    expect(page).toContain('name="version" value="3"');
  });

  test('a version with a deficit says so before it is submitted', async () => {
    const page = async (): Promise<string> => {
      const task = await budgets.task('150200', 3);
      return wordsOf(await desk.page(`${taskLink(task)}&version=4`, 'sec-150200'));
    };
    const raise = (by: string): Promise<number> =>
      execute(
        budgets.database.as('owner'),
        `update fund.budget_submission set amount = amount + :by
         where (fund_year, area, scheme, version, part, item) = (:year, '150200', 'employee', 4, 'pooled', 'inpatient')`,
        { year: YEAR, by },
      );
    expect(await page()).not.toContain('本版统筹基金当年有赤字');
    await raise('1000000000.00');
    expect(await page()).toContain('本版统筹基金当年有赤字');
    await raise('-1000000000.00');
    expect(await page()).toContain('上次报送的第 2 版的审核（第 4 版报送后才审核）');
  });

  test('who acted before, in order, and the link to the page of the workflow', async () => {
    const page = await desk.page(taskLink(await budgets.task('150200', 3)), 'sec-150200');
    expect(wordsOf(page).match(/sec-150200 [^ ]*（150200 统筹区医保局） 报送/g)).toHaveLength(2);
    expect(page).toContain(
      'href="http://localhost:8233/namespaces/default/workflows/fund-year-2027-budget-employee-150200"',
    );
  });

  test('a task of another area, or of none, is not there', async () => {
    const task = await budgets.task('150100', 1);
    expect((await desk.get(taskLink(task), 'sec-150200')).status).toBe(404);
    expect((await desk.get(taskLink(`${task}x`), 'nm-security')).status).toBe(404);
    expect((await desk.get(taskLink(task), 'nm-security')).status).toBe(200);
  });

  test('one that was decided says so, on which figures, and what waits now', async () => {
    const before = `fund-year-${YEAR}-budget-employee-150200/1/0-area_security`;
    const words = wordsOf(await desk.page(`${taskLink(before)}&did=submit`, 'sec-150200'));
    expect(words).toMatch(
      /已 报送 。 已办结。 现在等待： .*第 2 版未通过审核（.*），请修改后重新报送 150200 统筹区医保局/,
    );
    expect(words).toContain('所依数字');
    expect((await desk.get(taskLink(before), 'sec-150100')).status).toBe(404);
  });
});

describe('the year', () => {
  test('calendar, areas and findings; an area has its own lines alone', async () => {
    const region = wordsOf(await desk.page('/year', 'nm-finance'));
    expect(region).toMatch(/2027 年度 模拟运行 ， 进行中/);
    expect(region).toMatch(/2026-12-31 预算批复截止/);
    expect(region).toMatch(/150100 [^ ]+ 职工医保 待批： 统筹区财政局/);
    const area = wordsOf(await desk.page('/year', 'fin-150200'));
    expect(area).toMatch(/150200 [^ ]+ 职工医保 待报送/);
    expect(area).not.toContain('150100');
  });

  test('a year in which a person holds no office is not there', async () => {
    expect((await desk.get('/year?year=2030', 'nm-finance')).status).toBe(404);
    expect((await desk.get('/year?year=x', 'nm-finance')).status).toBe(404);
  });
});

describe('the trail', () => {
  test('is searched, and an area finds what is about it alone', async () => {
    await budgets.sendBack('150100', 1, 'fin-150100', '转移收入依据不足');
    const region = wordsOf(await desk.page('/trail', 'nm-government'));
    expect(region).toMatch(/fin-150100 .*（150100 统筹区财政局） 退回 .* 转移收入依据不足/);
    expect(region).toContain('sec-150200');
    const found = wordsOf(await desk.page(`/trail?words=${encodeURIComponent('依据不足')}`, 'nm-government'));
    expect(found).toContain('转移收入依据不足');
    expect(found).not.toContain('sec-150200');
    const area = wordsOf(await desk.page('/trail', 'sec-150200'));
    expect(area).toContain('sec-150200');
    expect(area).not.toContain('150100');
  });

  test('is a file for a spreadsheet', async () => {
    const answer = await desk.get('/trail.csv?year=2027', 'nm-government');
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="trail-2027.csv"');
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(text).toMatch(/^\uFEFF时间,年度,统筹区与险种,工号,办理人,办理,事项/);
    expect(text).toMatch(/,fin-150100,.*,退回,.*,转移收入依据不足,/);
  });

  test('the task that a return opened says why', async () => {
    const words = wordsOf(await desk.page(taskLink(await budgets.task('150100', 2)), 'sec-150100'));
    expect(words).toMatch(/原因 转移收入依据不足/);
  });
});

describe('why a figure is what it is', () => {
  test('an estimate, down to its article and its lines', async () => {
    const words = wordsOf(
      await desk.page(
        '/why?year=2027&figure=estimate.estimate&area=150100&scheme=employee&part=pooled&item=premium',
        'sec-150100',
      ),
    );
    expect(words).toMatch(/系统测算数 = [\d,]+\.\d{2}/);
    expect(words).toContain('依据：');
  });

  test('neither of another area nor of the whole region for an area', async () => {
    const why = (area: string) =>
      `/why?year=2027&figure=estimate.estimate&area=${area}&scheme=employee&part=pooled&item=premium`;
    expect((await desk.get(why('150200'), 'sec-150100')).status).toBe(404);
    expect((await desk.get('/why?year=2027&figure=region_budget.amount', 'sec-150100')).status).toBe(404);
    expect((await desk.get('/why?year=2027&figure=no.figure&area=150100', 'sec-150100')).status).toBe(404);
  });
});

describe('both languages', () => {
  test('a switch, which the browser remembers', async () => {
    const answer = await desk.app.request('/?lang=en', { headers: { Cookie: desk.cookieOf('nm-finance') } });
    expect(await answer.text()).toContain('<html lang="en" data-language="en">');
    expect(answer.headers.get('Set-Cookie')).toMatch(/language=en/);
    const later = await desk.app.request('/', { headers: { Cookie: `${desk.cookieOf('nm-finance')}; language=en` } });
    expect(await later.text()).toContain('data-language="en"');
    expect(await desk.page('/', 'nm-finance')).toContain('href="/?lang=en"');
  });
});

describe('figures that have changed since somebody approved', () => {
  beforeAll(async () => {
    await budgets.submit('150200', 3, 4);
    await budgets.approve('150200', 3, 'fin-150200', '包政函〔2026〕7号');
    await budgets.take({ 'targets.csv': 'area,scheme,indicator,target\n150200,employee,collection,0.97\n' });
  });

  test('who approved finds that it is void, and why; so does who looks at the trail', async () => {
    const words = wordsOf(await desk.page('/', 'fin-150200'));
    expect(words).toMatch(/您办理过、现已作废 .*第 4 版.*所依数字已变，已重新提请：targets\.csv 补报 1 行/);
    expect(wordsOf(await desk.page('/trail?year=2027', 'nm-security'))).toMatch(
      /fin-150200 .*批准 已作废，所依数字已变：targets\.csv 补报 1 行/,
    );
  });

  test('who acts next sees what has changed, before and now', async () => {
    const words = wordsOf(await desk.page(taskLink(await budgets.task('150200', 4)), 'fin-150200'));
    expect(words).toContain('所依数字已变，此前的审批已作废，请看过新的数字再办理：targets.csv 补报 1 行');
    expect(words).toMatch(/原： ?绩效目标：.*征缴率不低于 1、.*现： ?绩效目标：.*征缴率不低于 0\.97、/);
    // The version of the void chain, with its rows and its checks.
    expect(words).toMatch(/第 4 版的审核/);
  });
});

describe('tasks of the region’s government', () => {
  test('a directed budget stands in a table beside estimate and accounts, and is not overdue as it is proposed', async () => {
    await budgets.estimate('150400');
    const words = wordsOf(await desk.page(taskLink(await budgets.direct('150400', 1)), 'nm-government'));
    expect(words).toMatch(/科目 以收定支 系统测算 最近决算 说明/);
    expect(words).toMatch(/支出合计.*当年结余/);
    expect(words).toContain('截止 2027-01-15');
  });

  test('the method names its scheme, and the values that it decides', async () => {
    const words = wordsOf(await desk.page(taskLink(await budgets.method('employee')), 'nm-government'));
    expect(words).toContain('登记 2027 年职工医保调剂金管理办法文号：登记前不预缴、不拨付');
    expect(words).toMatch(/办法要确定的参数.*职工医保上解比例 0\.05/);
  });
});

test('files are asked for with a zero report by its name; importing them comes first', async () => {
  const asked: Chain[] = [
    {
      ...{
        fundYear: YEAR,
        chain: `${fundYearId(YEAR)}/files/x`,
        workflowId: fundYearId(YEAR),
        kind: 'import',
        area: '150100',
      },
      ...{ scheme: 'employee', subject: '请报送 actuals.csv（3 月收支）', figures: { 月份: '3' }, dueOn: '2027-04-15' },
      roles: ['area_security'],
    },
  ];
  await inTransaction(budgets.database.pool, (trx) => openChains(trx, asked));
  const link = await waitingLink(budgets.database.pool, `${fundYearId(YEAR)}/files/x`);
  const words = wordsOf(await desk.page(taskLink(link?.task ?? ''), 'sec-150100'));
  expect(words).toMatch(/在“文件”页导入 导入后本事项自行办结。.*零报送：没有数据可报/);
  expect(words).not.toMatch(/ 接受 /);
});
