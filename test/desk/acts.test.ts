/**
 * Officials at their browsers, in a real Chromium with a virtual authenticator: they enrol, log in and act with passkeys, on real
 * budgets that wait on a real Temporal. What is refused is said beside the form, and what was typed stays.
 */
import type { Page } from 'playwright-core';
import { select } from '../../db/rows';
import { taskLink } from '../../desk/links';
import { IDLE } from '../../desk/sessions';
import { budgetId } from '../../rules/keys';
import { invitationsToLook } from '../../scripts/client/invitations';
import type { TestDatabase } from '../database';
import { beginBudget, waitingYear } from '../people/waiting-year';
import { type Stage, stage } from '../workflows/stage';
import type { Officials } from './officials';
import type { OpenDesk } from './open-desk';
import { ServedDesk } from './served-desk';

jest.setTimeout(120_000);

const YEAR = 2038;

let database: TestDatabase;
let theatre: Stage;
let served: ServedDesk;
let open: OpenDesk;
let officials: Officials;

beforeAll(async () => {
  const year = await waitingYear('budgets-2027', 11);
  database = year.database;
  await year.fund.openCollection({ year: YEAR });
  theatre = await stage(year.fund);
  await beginBudget(theatre, YEAR, 'employee', '150100');
  await beginBudget(theatre, YEAR, 'employee', '150200');
  served = await ServedDesk.start(database, theatre);
  ({ open, officials } = served);
});
afterAll(async () => {
  await served.close();
  await theatre.leave();
  await database.drop();
});

describe('the door', () => {
  test('an invitation works once, and a wrong one never', async () => {
    const page = await officials.enrol('sec-150100');
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    const other = await officials.newBrowser();
    for (const code of ['code-of-sec-150100', 'no-such-code']) {
      await other.goto('/enrol');
      await other.getByLabel('邀请码').fill(code);
      await other.getByRole('button', { name: '登记' }).click();
      await other.getByText('没有这个邀请码，或已用过、已过期').waitFor();
    }
    await other.context().close();
  });

  test('a login with the passkey leads to the page that was asked for', async () => {
    const page = await officials.at('sec-150100');
    await page.goto('/trail');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '办理记录' }).waitFor();
    expect(await page.locator('header').innerText()).toContain('150100 统筹区医保局');
  });

  test('whoever looks around in a run is invited, and enrols only once', async () => {
    const looking = () => invitationsToLook(database.url, YEAR, open.desk.origin);
    const [line = ''] = await looking();
    expect(line).toContain('自治区医保局');
    const page = await officials.newBrowser();
    await page.goto(/http\S+$/.exec(line)?.[0] ?? '');
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByText(`模拟运行：${YEAR} 年度的事项由程序按数据包代办`).waitFor();
    officials.seat('nm-security', page);
    expect((await looking())[0]).toMatch(/自治区医保局 .*：已登记，直接登录/);
  });

  test('a session that somebody planted, and that of before the login, are worth nothing after it', async () => {
    const page = await officials.at('sec-150100');
    const context = page.context();
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await context.addCookies([{ name: 'desk', value: 'planted', url: open.desk.origin }]);
    const begun = page.waitForResponse((response) => new URL(response.url()).pathname === '/login/begin');
    await page.getByRole('button', { name: '登录' }).click();
    const before = /desk=([\w-]+)/.exec((await (await begun).headerValue('set-cookie')) ?? '')?.[1] ?? '';
    await page.getByRole('heading', { name: '我的事项' }).waitFor();
    const [cookie] = (await context.cookies()).filter(({ name }) => name === 'desk');
    expect(new Set(['planted', before, cookie?.value]).size).toBe(3);
    const look = async (id: string) => (await open.app.request('/', { headers: { Cookie: `desk=${id}` } })).status;
    expect([await look('planted'), await look(before), await look(cookie?.value ?? '')]).toEqual([303, 303, 200]);
  });

  test('a passkey that is not registered opens nothing', async () => {
    const page = await officials.newBrowser();
    await page.goto('/login');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('没有完成通行密钥验证').waitFor();
    await page.context().close();
  });
});

describe('a budget goes its way', () => {
  test('the area submits a version it has chosen', async () => {
    const page = await officials.at('sec-150100');
    await page.goto('/');
    await page.getByRole('link', { name: /150100 职工医保 2038 年度预算：请报送/ }).click();
    await page.getByRole('button', { name: '报送第 1 版' }).click();
    expect(await page.getByRole('status').innerText()).toBe('已报送。');
    expect(await page.locator('main').innerText()).toMatch(/现在等待：\s+.*第 1 版.* 150100 统筹区财政局/);
  });

  test('the finance bureau approves with a document; a blank one is none', async () => {
    const page = await officials.at('fin-150100');
    await page.getByRole('link', { name: /预算第 1 版/ }).click();
    await page.getByLabel('批准文号').fill('　');
    await page.getByRole('button', { name: '批准', exact: true }).click();
    await page.getByText('请填写文号').waitFor();
    await page.getByLabel('批准文号').fill('呼政函〔2037〕9号');
    await page.getByRole('button', { name: '批准', exact: true }).click();
    expect(await page.getByRole('status').innerText()).toBe('已批准。');
  });

  test('a session that ends while somebody writes keeps what was typed', async () => {
    const page = await officials.at('nm-security');
    await page.goto('/');
    await page.getByRole('link', { name: /预算第 1 版/ }).click();
    await page.getByLabel('退回原因').fill('转移收入依据不足');
    open.now += IDLE + 1;
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await page.getByText('登录已过期').waitFor();
    expect(await page.getByLabel('退回原因').inputValue()).toBe('转移收入依据不足');
    await page.getByRole('button', { name: '登录并继续' }).click();
    expect(await page.getByRole('status').innerText()).toBe('已退回。');
  });

  test('the area reads why it came back, and every act is signed over its own text', async () => {
    const page = await officials.at('sec-150100');
    await page.goto('/');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('link', { name: /被自治区医保局.*退回/ }).click();
    expect(await page.locator('dl.terms').innerText()).toContain('转移收入依据不足');
    expect(
      await page
        .getByRole('row', { name: /转移收入依据不足/ })
        .locator('code')
        .count(),
    ).toBe(2); // figures, signature
    const proofs = await select<{ operator: string; said: { decision: string; note?: string; document?: string } }>(
      database.pool,
      'select operator, text::jsonb as said from fund.proof order by recorded_at',
    );
    expect(proofs.map(({ operator, said }) => [operator, said.decision, said.document ?? said.note])).toEqual([
      ['sec-150100', 'submit', undefined],
      ['fin-150100', 'approve', '呼政函〔2037〕9号'],
      ['nm-security', 'return', '转移收入依据不足'],
    ]);
  });
});

describe('what an office does of its own accord', () => {
  test('the region extends a window; another office finds no such form', async () => {
    const page = await officials.at('nm-security');
    await page.goto('/other');
    await page.getByLabel('统筹区').selectOption('150200');
    await page.getByLabel('延至').fill('2038-02-15');
    await page.getByLabel('文号').fill('内医保发〔2037〕30号');
    await page.getByRole('button', { name: '延长' }).click();
    expect(await page.getByRole('status').innerText()).toContain('征缴期已延长');
    const rows = await select(
      database.pool,
      'select operator, area, until, proof is not null as signed from fund.collection_extension',
    );
    expect(rows).toEqual([{ operator: 'nm-security', area: '150200', until: '2038-02-15', signed: true }]);
    const other = await officials.at('fin-150200');
    await other.goto('/other');
    await other.getByText('没有主动办理的事项').waitFor();
  });

  test('an area asks for an advance; what the rules refuse is said, and the form stays', async () => {
    const page = await officials.at('sec-150200');
    await page.goto('/other');
    const form = page.locator('form', { has: page.getByRole('button', { name: '申请' }) });
    await form.getByLabel('申请金额').fill('一百万');
    await form.getByLabel('文号').fill('西政函〔2037〕1号');
    await form.getByRole('button', { name: '申请' }).click();
    await page.getByText('金额应为正数').waitFor();
    await form.getByLabel('申请金额').fill('1,000,000.00');
    await form.getByRole('button', { name: '申请' }).click();
    // It is October: an advance is of the year itself.
    await form.getByText('紧急调剂只在 2038 年内申请').waitFor();
    expect(await form.getByLabel('申请金额').inputValue()).toBe('1,000,000.00');
  });
});

/** Puts something else into a hidden field of the form. */
const forge = (page: Page, name: string, value: string): Promise<unknown> =>
  page.evaluate(`document.querySelector('[name=${name}]').value = ${JSON.stringify(value)}`);

describe('refused in a sentence of its own', () => {
  test('figures that changed since the page was opened', async () => {
    const page = await officials.at('sec-150200');
    await page.goto('/');
    await page.getByRole('link', { name: /150200 职工医保/ }).click();
    await forge(page, 'figuresHash', '0'.repeat(64));
    await page.getByRole('button', { name: /^报送第/ }).click();
    await page.getByText('所依的数字已变').waitFor();
  });

  test('an act for another person, and one on a task that is decided', async () => {
    const page = await officials.at('sec-150200');
    await page.reload();
    await forge(page, 'operator', 'sec-150100');
    await page.getByRole('button', { name: /^报送第/ }).click();
    await page.getByText('现在登录的是 sec-150200').waitFor();
    await page.reload();
    await forge(page, 'task', `${budgetId(YEAR, 'employee', '150100')}/1/0-area_security`);
    await page.getByRole('button', { name: /^报送第/ }).click();
    await page.getByText('没有这一事项').waitFor();
  });
});

test('on a phone nothing runs out of the page', async () => {
  const page = await officials.at('sec-150200');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/', '/year', '/trail', taskLink(`${budgetId(YEAR, 'employee', '150200')}/1/0-area_security`)]) {
    await page.goto(path);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
});

test('the desk asks nothing of anybody else, and breaks no rule of its own policy', async () => {
  const page = await officials.at('sec-150200');
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  for (const path of ['/', '/year', '/trail']) await page.goto(path);
  expect(asked.filter((url) => !url.startsWith(open.desk.origin))).toEqual([]);
  expect(complaints).toEqual([]);
});
