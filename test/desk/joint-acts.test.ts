/**
 * What two people sign together, in a real Chromium: each finds it among his tasks, sees what it is about and who has signed, and signs with
 * his passkey. The first alone changes nothing.
 */
import type { Page } from 'playwright-core';
import { frozenBecause } from '../../db/freezes';
import { beginLiveYear, yearStatus } from '../../db/fund-year';
import { execute, select } from '../../db/rows';
import { beijingDate } from '../../rules/beijing-time';
import { type TestDatabase, testDatabase } from '../database';
import { type Stage, stage } from '../workflows/stage';
import type { Officials } from './officials';
import { type OpenDesk, wordsOf } from './open-desk';
import { ServedDesk } from './served-desk';

jest.setTimeout(120_000);

/** No other suite has workflows of this year on the shared Temporal. */
const YEAR = 2961;
const TODAY = beijingDate(new Date());

let database: TestDatabase;
let theatre: Stage;
let served: ServedDesk;
let open: OpenDesk;
let officials: Officials;

beforeAll(async () => {
  database = await testDatabase();
  await beginLiveYear(database.pool, YEAR);
  const owner = database.as('owner');
  await execute(
    owner,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '150100', '甲市', 'a', '{employee}', 2)`,
    { year: YEAR },
  );
  await execute(
    owner,
    `insert into fund.operator (fund_year, operator, name, role, line)
     select :year, operator, operator, role, 2 from (values ('sec-1', 'region_security'), ('sec-2', 'region_security'),
       ('gov-1', 'region_government'), ('gov-2', 'region_government')) as named (operator, role)`,
    { year: YEAR },
  );
  await database.signers.appoint(YEAR);
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, area, line)
     values (:year, 'fin-a', '赵建国', 'area_finance', '150100', 9), (:year, 'leaver', '钱进', 'region_finance', null, 10)`,
    { year: YEAR },
  );
  theatre = await stage({});
  served = await ServedDesk.start(database, theatre);
  ({ open, officials } = served);
});
afterAll(async () => {
  await served.close();
  await theatre.leave();
  await database.drop();
});

/** The card of what waits, or the chapter of what can be begun, by its heading. */
const part = (page: Page, heading: RegExp) =>
  page.locator('li.card, section', { has: page.getByRole('heading', { name: heading }) });

async function sign(page: Page, heading: RegExp, reason: string): Promise<string> {
  const form = part(page, heading).locator('form').first();
  await form.getByLabel('原因或依据').fill(reason);
  await form.getByRole('button', { name: '签名' }).click();
  return page.getByRole('status').innerText();
}
const appointed = (operator: string) =>
  select(database.pool, 'select from fund.office_holder where operator = :operator', { operator });

test('whom a file proposes is a task of the bureau: the list is seen, and the second signature appoints', async () => {
  const first = await officials.at('sec-1');
  expect(await first.locator('.lead').innerText()).toContain('等待您办理 1 项');
  await first.getByRole('link', { name: /任命 2961 年度待任命人员.*等待两人办理/ }).click();
  const card = part(first, /任命 2961/);
  expect(await card.innerText()).toMatch(/fin-a\s+赵建国\s+150100 统筹区财政局/);
  expect(await card.innerText()).toMatch(/截止\s+\d{4}-\d\d-\d\d/);
  const form = card.locator('form');
  await form.getByLabel('原因或依据').fill('　');
  await form.getByRole('button', { name: '签名' }).click();
  await form.getByText('请写明原因或依据').waitFor();
  expect(await sign(first, /任命 2961/, '内医保人〔2960〕3号')).toBe(
    '任命：您已签名，等待自治区医保局另一人签名后生效。',
  );
  expect(await part(first, /任命 2961/).innerText()).toContain('您已签名。由自治区医保局办理：sec-2 sec-2。');
  expect(await appointed('fin-a')).toEqual([]);

  const second = await officials.at('sec-2');
  await second.goto('/');
  await second.getByRole('link', { name: /任命 2961 年度待任命人员.*等待第二人办理/ }).click();
  expect(await part(second, /任命 2961/).innerText()).toContain('已签名：sec-1 sec-1；原因：内医保人〔2960〕3号');
  expect(await sign(second, /任命 2961/, '核对无误')).toBe('任命：已生效。');
  expect(await appointed('fin-a')).toHaveLength(1);
  await second.goto('/');
  await second.getByText('没有等待您办理的事项').waitFor();
});

test('a list that has changed since it was shown is not signed', async () => {
  const propose = (operator: string) =>
    execute(
      database.pool,
      `insert into fund.operator (fund_year, operator, name, role, line) values (:year, :operator, '新人', 'region_finance', 11)`,
      { year: YEAR, operator },
    );
  await propose('new-1');
  const page = await officials.at('sec-1');
  await page.goto('/joint');
  await propose('new-2');
  const form = part(page, /任命 2961/).locator('form');
  await form.getByLabel('原因或依据').fill('依据');
  await form.getByRole('button', { name: '签名' }).click();
  await form.getByText('待任命名单已变，请重新查看后办理').waitFor();
  await database.signers.appoint(YEAR);
});

test('a last day in office, a freeze and its end: each by two of the bureau', async () => {
  const [first, second] = [await officials.at('sec-1'), await officials.at('sec-2')];
  await first.goto('/joint');
  const leaving = part(first, /^离任$/);
  await leaving.getByLabel('离任人员').selectOption('leaver');
  await leaving.getByLabel('任职的最后一天').fill('2999-12-31');
  expect(await sign(first, /^离任$/, '调离')).toContain('等待自治区医保局另一人签名后生效');
  await second.goto('/joint');
  expect(await sign(second, /工号 leaver 任职至 2999-12-31/, '调离')).toBe('离任：已生效。');

  const freezing = part(first, /^冻结$/);
  await first.goto('/joint');
  await freezing.getByLabel('首日').fill(TODAY);
  await freezing.getByLabel('末日').fill('2026-01-01');
  await freezing.getByLabel('原因或依据').fill('审计');
  await freezing.getByRole('button', { name: '签名' }).click();
  await freezing.getByText('末日 2026-01-01 早于首日').waitFor();
  await freezing.getByLabel('末日').fill(TODAY);
  await sign(first, /^冻结$/, '审计');
  await second.goto('/joint');
  expect(await sign(second, /冻结 2961 年度/, '审计')).toBe('冻结：已生效。');
  expect(await frozenBecause(database.pool, YEAR)).toContain('冻结：审计');
  for (const page of [first, second]) {
    await page.goto('/joint');
    await sign(page, page === first ? /^提前解除冻结$/ : /解除冻结 2961/, '审计结束');
  }
  expect(await frozenBecause(database.pool, YEAR)).toBeNull();
});

test('a key is revoked by two of the government; the desk lets its owner in no more', async () => {
  const leaver = await officials.at('leaver');
  const [first, second] = [await officials.at('gov-1'), await officials.at('gov-2')];
  await first.goto('/joint');
  const key = await part(first, /^注销密钥$/)
    .getByRole('option', { name: /^leaver 钱进，通行密钥/ })
    .getAttribute('value');
  await part(first, /^注销密钥$/)
    .getByLabel('密钥')
    .selectOption(key);
  await sign(first, /^注销密钥$/, '设备丢失');
  await second.goto('/joint');
  expect(await sign(second, /^注销密钥 /, '设备丢失')).toBe('注销密钥：已生效。');
  await leaver.goto('/');
  await leaver.getByRole('heading', { name: '登录' }).waitFor();
});

test('a year begun by mistake is abandoned by two of the government, and the trail says who did it', async () => {
  const [first, second] = [await officials.at('gov-1'), await officials.at('gov-2')];
  await first.goto('/joint');
  await sign(first, /^作废年度$/, '误启动');
  expect(await yearStatus(database.pool, YEAR)).toBe('open');
  await second.goto('/');
  await second.getByRole('link', { name: /作废 2961 年度：等待第二人办理/ }).click();
  // The only open year ends with it, and with it the offices that are held.
  expect(await sign(second, /^作废 2961 年度/, '误启动')).toBe('作废年度：已生效。');
  expect(await yearStatus(database.pool, YEAR)).toBe('abandoned');
  await second.goto('/trail');
  await second.getByRole('row', { name: /gov-2.*作废年度.*作废 2961 年度.*误启动/ }).waitFor();
  await second.goto(`/year?year=${YEAR}`);
  await second.getByText(`已于 ${TODAY} 作废`).waitFor();
});

test('an area sees nothing of it, and another office signs for nothing of the bureau', async () => {
  const other = 2962;
  await beginLiveYear(database.pool, other);
  await execute(
    database.as('owner'),
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '150100', '甲市', 'a', '{employee}', 2)`,
    { year: other },
  );
  await execute(
    database.as('owner'),
    `insert into fund.operator (fund_year, operator, name, role, area, line) values (:year, 'fin-a', '赵建国', 'area_finance', '150100', 9),
       (:year, 'r-fin', '李秀英', 'region_finance', null, 10)`,
    { year: other },
  );
  await database.signers.appoint(other);
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, line) values (:year, 'new', '新人', 'region_finance', 11)`,
    { year: other },
  );
  expect((await open.get('/joint', 'fin-a')).status).toBe(404);
  expect(wordsOf(await open.page('/', 'fin-a'))).not.toContain('双人办理');
  const region = wordsOf(await open.page('/joint', 'r-fin'));
  expect(region).toContain('由自治区医保局办理：无人可办');
  expect(region).not.toContain('签名 原因或依据');
  expect(wordsOf(await open.page('/', 'r-fin'))).toMatch(/等待他人办理.*任命 2962 年度待任命人员/);
});
