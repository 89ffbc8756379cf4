/**
 * Officials bring files in the browser, on a system of its own: the worker checks them, nothing is stored before the person has signed
 * for the very bytes, and nothing of them stays behind. Forms go out, are filled in, and come back.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { type Database, type DatabaseRole, connect } from '../../db/connect';
import { select } from '../../db/rows';
import { trail } from '../../db/trail';
import { budgetLink, filesLink } from '../../desk/links';
import { IDLE } from '../../desk/sessions';
import { Home } from '../../scripts/trials/campaign/home';
import { Signers } from '../../scripts/trials/signers';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { formItems } from '../../web/forms/budget-form';
import { TASK_QUEUE } from '../../workflows/task-queue';
import type { TestDatabase } from '../database';
import { beginBudget } from '../people/waiting-year';
import { type Typed, typedInto } from '../web/filled-form';
import { BudgetsOnDesk, YEAR } from './budgets-on-desk';
import type { Officials } from './officials';
import type { OpenDesk } from './open-desk';
import { ServedDesk } from './served-desk';

jest.setTimeout(180_000);

const AREA = '150100';
const home = new Home();
const pools: Database[] = [];
let database: TestDatabase;
let budgets: BudgetsOnDesk;
let temporal: Connection;
let served: ServedDesk;
let open: OpenDesk;
let officials: Officials;

beforeAll(async () => {
  const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
  const databaseUrl = postgresUrl(home.folder, postgresPort(home.folder) ?? 0);
  const as = (role: DatabaseRole) => {
    const pool = connect(databaseUrl, role, 4);
    pools.push(pool);
    return pool;
  };
  const owner = as('owner');
  database = { url: databaseUrl, pool: as('worker'), as, signers: new Signers(owner), drop: () => home.remove() };
  budgets = await BudgetsOnDesk.open('live', database);
  temporal = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection: temporal });
  const stage = { client, taskQueue: TASK_QUEUE };
  for (const area of [AREA, '150200']) await beginBudget(stage, YEAR, 'employee', area);
  served = await ServedDesk.start(database, stage);
  ({ open, officials } = served);
});
afterAll(async () => {
  await served.close();
  await temporal.close();
  await Promise.all(pools.map((pool) => pool.destroy()));
  await database.drop();
});

interface Brought {
  name: string;
  text?: string;
  bytes?: Buffer;
}
const filesOf = (files: readonly Brought[]) =>
  files.map(({ name, text, bytes }) => ({ name, mimeType: 'text/csv', buffer: bytes ?? Buffer.from(text ?? '') }));

/** Chooses files and has them checked; the answer stands on the page. */
async function bring(page: Page, ...files: Brought[]): Promise<void> {
  await page.goto(filesLink({ year: YEAR }));
  await page.getByLabel('选择文件').setInputFiles(filesOf(files));
  await page.getByRole('button', { name: '核对' }).click();
}
const heading = (page: Page, name: RegExp) => page.getByRole('heading', { name }).waitFor({ timeout: 30_000 });
const faults = (page: Page) => page.locator('.faults li').allInnerTexts();

const ACTUALS = 'area,scheme,part,year,month,item,amount';
const lines = (header: string, ...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;
const income = (area: string, month: number, amount: string): string =>
  `${area},employee,pooled,${YEAR},${month},other_income,${amount}`;
const storedActuals = () =>
  select<{ area: string; month: number; amount: string }>(
    database.pool,
    `select area, month, amount from fund.actual where fund_year = :year and item = 'other_income' order by month`,
    { year: YEAR },
  );
const left = (): string[] => (existsSync(open.uploads) ? readdirSync(open.uploads) : []);

describe('files of an area', () => {
  test('what can be told from names and sizes is refused before anything is sent', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await bring(
      page,
      { name: '表格.csv', text: 'a' },
      { name: 'ACTUALS.csv', text: 'a' },
      { name: 'resident_payments.csv', text: 'a' },
      { name: 'actuals.xls', text: 'a' },
      { name: 'x.xlsx', bytes: Buffer.alloc(1_100_000) },
    );
    const alert = page.locator('form[data-files] [role=alert]');
    await alert.getByText('表格.csv').waitFor();
    expect((await alert.innerText()).split('\n')).toEqual([
      expect.stringMatching(/^表格\.csv：数据包没有这个名称的文件/),
      expect.stringMatching(/^ACTUALS\.csv：文件名应为小写 actuals\.csv/),
      expect.stringMatching(/^resident_payments\.csv：不由您的岗位导入/),
      expect.stringMatching(/^actuals\.xls：另存为“CSV UTF-8/),
      expect.stringMatching(/^x\.xlsx：超过 1 MB/),
    ]);
    expect(left()).toEqual([]);
  });

  test('every fault is shown with its place and remedy, rows of another area too, and nothing is stored or kept', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await bring(
      page,
      { name: 'actuals.csv', text: lines(ACTUALS, income(AREA, 10, '1.234'), income('150200', 10, '5.00')) },
      { name: 'history.csv', text: lines('area,scheme', 'x,y') },
    );
    await heading(page, /未导入：\d+ 处问题/);
    const found = await faults(page);
    expect(found[0]).toMatch(/^文件 history\.csv 第 1 行 part 列：应为有 part 这一列/);
    expect(found).toContainEqual(expect.stringMatching(/^文件 actuals\.csv 第 2 行 amount 列：“1\.234”；应为.*办法：/));
    expect(found).toContainEqual(
      expect.stringMatching(/^文件 actuals\.csv 第 3 行 area 列：“150200”；应为本统筹区 150100/),
    );
    expect(await page.getByRole('button', { name: '更正' }).count()).toBe(0);
    expect(await storedActuals()).toEqual([]);
    expect(left()).toEqual([]);
  });

  test('what is in order is shown first, then imported by a signature, and the trail names the person', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await bring(page, {
      name: 'actuals.csv',
      text: lines(ACTUALS, income(AREA, 10, '10.00'), income(AREA, 11, '11.00')),
    });
    await heading(page, /核对通过，尚未导入/);
    expect(await page.getByRole('row', { name: /actuals\.csv 2 0 0/ }).count()).toBe(1);
    expect(await storedActuals()).toEqual([]);
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('已导入。').waitFor({ timeout: 30_000 });
    expect(await storedActuals()).toEqual([
      { area: AREA, month: 10, amount: '10.00' },
      { area: AREA, month: 11, amount: '11.00' },
    ]);
    expect(left()).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: '办理记录' }).click();
    const row = page.getByRole('row', { name: /导入文件/ }).first();
    expect(await row.innerText()).toMatch(/sec-150100 乌云[^]*actuals\.csv/);
    expect(await row.locator('code').count()).toBe(1);
  });

  test('a row that differs is a fault; with a reason, signed, it is corrected', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await bring(page, {
      name: 'actuals.csv',
      text: lines(ACTUALS, income(AREA, 11, '11.50'), income(AREA, 12, '12.00')),
    });
    await heading(page, /未导入：1 处问题/);
    expect(await faults(page)).toEqual([
      expect.stringMatching(/“11\.50”；应为与已导入的 11\.00 一致；办法：.*说明理由更正/),
    ]);
    await page.getByLabel('更正理由').fill('　');
    await page.getByRole('button', { name: '更正' }).click();
    await page.getByText('请写明更正的理由').waitFor();
    await page.getByLabel('更正理由').fill('银行回单核对');
    await page.getByRole('button', { name: '更正' }).click();
    await page.getByText('已导入。').waitFor({ timeout: 30_000 });
    expect((await storedActuals()).map(({ amount }) => amount)).toEqual(['10.00', '11.50', '12.00']);
    const rows = await select(
      database.pool,
      `select operator, reason, proof is not null as signed from fund.correction where operator <> 'system'`,
    );
    expect(rows).toEqual([{ operator: `sec-${AREA}`, reason: '银行回单核对', signed: true }]);
  });

  test('no other bytes take the place of those that were checked', async () => {
    const page = await officials.at(`sec-${AREA}`);
    const totals = lines('area,scheme,indicator,target', `${AREA},employee,collection,0.98`);
    await bring(page, { name: 'targets.csv', text: totals });
    await heading(page, /核对通过/);
    const [folder = ''] = left();
    writeFileSync(join(open.uploads, folder, 'files', 'targets.csv'), totals.replace('0.98', '0.50'));
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('签名与所办的内容不符').waitFor({ timeout: 30_000 });
    expect(await select(database.pool, `select from fund.target where area = '${AREA}' and target = 0.50`)).toEqual([]);
    expect(left()).toEqual([]);
  });
});

describe('who may bring what', () => {
  test('the finance bureau and the government bring nothing, and find forms to look at', async () => {
    for (const operator of [`fin-${AREA}`, 'nm-government']) {
      const page = await officials.at(operator);
      await page.goto(filesLink({ year: YEAR }));
      await page.getByText('您的岗位在这个年度不导入文件').waitFor();
      expect(await page.getByLabel('选择文件').count()).toBe(0);
    }
  });

  test('what somebody else has brought is nobody’s to check or import; nor is a name that leads elsewhere', async () => {
    const headers = { Cookie: open.cookieOf(`sec-${AREA}`), Origin: open.desk.origin };
    const files = (...names: string[]) => names.map((name) => ({ name, size: 2 }));
    const ask = async (path: string, body: object, cookie = headers.Cookie) => {
      const answer = await open.post(path, body, { ...headers, Cookie: cookie });
      return [answer.status, await answer.json()] as [number, { delivery?: string; refused?: string }];
    };
    const begin = { year: String(YEAR), operator: `sec-${AREA}` };
    const names = [
      '../actuals.csv',
      'resident_roll/../../x.csv',
      'resident_roll\\x.csv',
      '.csv',
      'resident_roll\u202e.csv',
    ];
    const [status, { refused }] = await ask('/files/begin', { ...begin, files: files(...names) });
    expect([status, refused?.split('\n').length]).toEqual([422, names.length]);
    const [, { delivery = '' }] = await ask('/files/begin', { ...begin, files: files('actuals.csv') });
    const other = open.cookieOf('sec-150200');
    expect((await ask('/files/check', { delivery }, other))[0]).toBe(422);
    const put = (name: string, body: string, cookie: string) =>
      open.app.request(`/files/put?${new URLSearchParams({ delivery, name }).toString()}`, {
        ...{ method: 'POST', body },
        headers: { ...headers, Cookie: cookie },
      });
    expect((await put('actuals.csv', 'ab', other)).status).toBe(422);
    expect((await put('history.csv', 'ab', headers.Cookie)).status).toBe(422);
    expect((await put('actuals.csv', 'longer than announced', headers.Cookie)).status).toBe(422);
    expect((await ask('/files/check', { delivery }))[0]).toBe(422); // nothing has arrived
    expect((await ask('/files/begin', { ...begin, year: '1999', files: [] }))[0]).toBe(422);
  });
});

describe('budget forms', () => {
  let form: Buffer;
  /** The row of each item, by its code. */
  let rows: ReadonlyMap<string, number>;
  async function readForm(bytes: Buffer): Promise<void> {
    form = bytes;
    const codes = (await readSheet(form)).map((row) => String(row[5]));
    rows = new Map(codes.map((code, at) => [code, at + 1]));
  }
  const D = (part: string, item: string): string => `D${rows.get(`${part}.${item}`)}`;
  const filledWith = (typed: Record<string, Typed>): Buffer =>
    typedInto(form, {
      ...Object.fromEntries(formItems('employee').map(({ part, item }) => [D(part, item), { number: '0' }])),
      ...typed,
    });
  const versions = () =>
    select<{ version: number; part: string; item: string; amount: string; reason: string; submitted_by: string }>(
      database.pool,
      `select version, part, item, amount, reason, submitted_by from fund.budget_submission
       where fund_year = ${YEAR} and area = '${AREA}' and scheme = 'employee' and version > 1 and amount <> 0 order by amount desc`,
    );

  test('the form is downloaded, and its faults are named by cell beside those of other files', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await page.goto(filesLink({ year: YEAR }));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '职工医保' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('150100-employee-2027-budget-form.xlsx');
    await readForm(readFileSync(await download.path()));
    const bytes = filledWith({
      [D('pooled', 'premium')]: { number: '9300000.125' },
      [D('pooled', 'inpatient')]: { xml: `<c r="${D('pooled', 'inpatient')}"><f>SUM(A1:A2)</f></c>` },
    });
    await bring(page, { name: '职工预算.xlsx', bytes }, { name: 'targets.csv', text: 'x' });
    await heading(page, /未导入：3 处问题/);
    expect(await faults(page)).toEqual([
      expect.stringMatching(/^职工预算\.xlsx D\d+：“9300000\.125”；应为金额/),
      expect.stringMatching(/^职工预算\.xlsx D\d+：空白，或公式没有结果/),
      expect.stringMatching(/^文件 targets\.csv 第 1 行/),
    ]);
    expect(await versions()).toEqual([]);
  });

  test('filled in and handed back, it is the next version to the fen', async () => {
    const page = await officials.at(`sec-${AREA}`);
    const bytes = filledWith({
      [D('pooled', 'premium')]: { number: '9300000.1000000001' },
      [D('pooled', 'inpatient')]: { text: '5,700,000.50' },
      [D('pooled', 'inpatient').replace('D', 'E')]: { text: '按“以收定支”压减, 见附件' },
      [D('personal_account', 'premium')]: { number: '3094264.09' },
    });
    await bring(page, { name: '职工预算.xlsx', bytes });
    await heading(page, /核对通过/);
    await page.getByText('职工预算.xlsx：职工医保预算第 2 版').waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('已导入。').waitFor({ timeout: 30_000 });
    const by = { version: 2, submitted_by: `sec-${AREA}` };
    expect(await versions()).toEqual([
      { ...by, part: 'pooled', item: 'premium', amount: '9300000.10', reason: '' },
      { ...by, part: 'pooled', item: 'inpatient', amount: '5700000.50', reason: '按“以收定支”压减, 见附件' },
      { ...by, part: 'personal_account', item: 'premium', amount: '3094264.09', reason: '' },
    ]);
  });

  test('a form of another area, or twice the same scheme, is no form here', async () => {
    const page = await officials.at('sec-150200');
    await bring(page, { name: 'a.xlsx', bytes: filledWith({}) });
    await heading(page, /未导入：1 处问题/);
    expect(await faults(page)).toEqual([
      expect.stringContaining('a.xlsx 是统筹区 150100 的填报表；应为本统筹区 150200 的'),
    ]);
    const own = await officials.at(`sec-${AREA}`);
    await bring(own, { name: 'a.xlsx', bytes: filledWith({}) }, { name: 'b.xlsx', bytes: filledWith({}) });
    await heading(own, /未导入：1 处问题/);
    expect(await faults(own)).toEqual([expect.stringContaining('b.xlsx 与另一张同为职工医保的填报表')]);
  });

  test('the command hands a form in and submits it, once; its faults are named by cell', async () => {
    const exported = await home.fund('export', '--year', String(YEAR), '--out', home.out, '--json');
    expect(exported.stdout).toContain('xlsx/150200-employee-2027-budget-form.xlsx');
    await readForm(readFileSync(join(home.out, 'xlsx', '150200-employee-2027-budget-form.xlsx')));
    await database.signers.keep(home.keys, ['sec-150200']);
    const file = join(home.folder, 'form.xlsx');
    const submit = (bytes: Buffer) => {
      writeFileSync(file, bytes);
      return home.fund('submit', '--as', 'sec-150200', '--year', String(YEAR), '--form', file);
    };
    const faulty = await submit(filledWith({ [D('pooled', 'premium')]: { text: '八百万' } }));
    expect([faulty.code, faulty.stderr]).toEqual([
      1,
      expect.stringMatching(/^form\.xlsx D\d+：“八百万”；应为金额[^]*未报送/),
    ]);
    const first = await submit(filledWith({ [D('pooled', 'premium')]: { number: '12345678.9' } }));
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('已报送：')]);
    const last = () =>
      select(
        database.pool,
        `select version, amount from fund.budget_submission where fund_year = ${YEAR} and (area, scheme, item, part) = ('150200', 'employee', 'premium', 'pooled')
         order by version desc limit 1`,
      );
    const version = await last();
    expect(version).toMatchObject([{ amount: '12345678.90' }]);
    const row = (await trail(database.pool, { year: YEAR, operator: 'sec-150200' }, { most: null })).find(
      ({ act }) => act === 'import',
    );
    expect(row).toMatchObject({ subject: 'budget_submissions.csv', proof: expect.any(String) as string });
    await submit(filledWith({ [D('pooled', 'premium')]: { number: '12345678.9' } }));
    expect(await last()).toEqual(version);
  });

  test('a session that ends while a budget is typed keeps all of it, and goes on after the login', async () => {
    const page = await officials.at(`sec-${AREA}`);
    await page.goto(budgetLink(await budgets.task(AREA, 1)));
    await page.locator('[name="amount.pooled.premium"]').fill('9,400,000.00');
    await page.locator('[name="reason.pooled.premium"]').fill('缴费基数调整');
    open.now += IDLE + 1;
    await page.getByRole('button', { name: '保存为新的一版' }).click();
    await page.getByText('登录已过期').waitFor();
    expect(await page.locator('[name="reason.pooled.premium"]').inputValue()).toBe('缴费基数调整');
    await page.getByRole('button', { name: '登录并继续' }).click();
    await page.getByRole('button', { name: '报送第 3 版' }).waitFor();
    expect((await versions()).filter(({ version }) => version === 3)[0]).toMatchObject({
      ...{ item: 'premium', amount: '9400000.00', reason: '缴费基数调整' },
    });
  });
});

test('a session that ends while files are brought keeps the choice', async () => {
  const page = await officials.at('nm-security');
  await page.goto(filesLink({ year: YEAR }));
  await page
    .getByLabel('选择文件')
    .setInputFiles(filesOf([{ name: 'targets.csv', text: lines('area,scheme,indicator,target') }]));
  open.now += IDLE + 1;
  await page.getByRole('button', { name: '核对' }).click();
  await page.getByText('登录已过期').waitFor();
  await page.getByRole('button', { name: '登录并继续' }).click();
  await heading(page, /核对通过/);
});

test('templates are the header of each file that the office brings', async () => {
  const cookie = open.cookieOf(`sec-${AREA}`);
  const get = (file: string) =>
    open.app.request(`/files/template?year=${YEAR}&file=${file}`, { headers: { Cookie: cookie } });
  const answer = await get('actuals.csv');
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(`\ufeff${ACTUALS}\r\n`);
  expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="actuals.csv"');
  for (const file of ['operators.csv', 'resident_payments.csv', '../x', '']) expect((await get(file)).status).toBe(404);
});

test('on a phone, by keyboard, and without an outside request', async () => {
  const page = await officials.at('nm-security');
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(filesLink({ year: YEAR }));
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByLabel('选择文件').focus();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('核对Check');
  expect(complaints).toEqual([]);
});
