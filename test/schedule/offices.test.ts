/** 分单位通知: an office hears of its tasks once when they wait, before the deadline and after it; the next level hears of what stays undone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { officeChannels, tellOffices } from '../../activities/watch/offices';
import { freeze } from '../../activities/joint-acts';
import { inTransaction } from '../../db/connect';
import { execute } from '../../db/rows';
import { openChain, voidChain } from '../../db/tasks';
import { DAYS_TO_REPORT } from '../../parameters/files';
import { beijingDate } from '../../rules/beijing-time';
import { daysAfter } from '../../rules/calendar-day';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const folder = mkdtempSync(join(tmpdir(), 'offices-'));
const mails = join(folder, 'mails');

let database: TestDatabase;
const log: string[] = [];
beforeEach(async () => {
  log.length = 0;
  writeFileSync(mails, '');
  database = await testDatabase();
  await execute(database.as('owner'), `insert into fund.fund_year (year, mode) values (:year, 'live')`, { year: YEAR });
  await execute(
    database.as('owner'),
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '150400', '赤峰市', 'Chifeng', array['employee'], 2)`,
    { year: YEAR },
  );
  await inTransaction(database.pool, (trx) =>
    openChain(trx, {
      ...{ fundYear: YEAR, chain: 'budget', workflowId: 'budget', kind: 'approve', area: '150400', scheme: 'employee' },
      ...{ subject: '150400 职工预算', figures: {}, dueOn: '2027-12-31', roles: ['area_finance', 'region_finance'] },
    }),
  );
});
afterEach(() => database.drop());
afterAll(() => rmSync(folder, { recursive: true }));

const MAIL = { 'area_finance/150400': { mail: `cat >> ${mails}` }, region_security: { mail: `cat >> ${mails}` } };
const look = (today: string, offices: Record<string, { mail?: string; webhook?: string }> = MAIL) =>
  tellOffices(database.pool, offices as Parameters<typeof tellOffices>[1], {
    today,
    now: `${today}T01:00:00Z`,
    log: (line) => void log.push(line),
  });
/** What was mailed since the last look. */
async function mailed(today: string): Promise<string> {
  writeFileSync(mails, '');
  await look(today);
  return readFileSync(mails, 'utf8');
}

test('once when it waits, three days before its deadline, when it is overdue, and then one level up', async () => {
  expect(await mailed('2027-11-01')).toMatch(
    /待办 1 项\n1\. 150400 职工预算：待办理，截止 2027-12-31（fund-year-2028）/,
  );
  expect(await mailed('2027-11-02')).toBe('');
  expect(await mailed('2027-12-28')).toMatch(/即将到期，截止 2027-12-31/);
  expect(await mailed('2027-12-29')).toBe('');
  expect(await mailed('2028-01-01')).toMatch(/已逾期，应于 2027-12-31 前办理/);
  expect(await mailed('2028-01-03')).toBe('');
  expect(await mailed('2028-01-04')).toMatch(/下级逾期未办：150400 统筹区财政局 应于 2027-12-31 前办理，请督办/);
  expect(await mailed('2028-01-05')).toBe('');
});

test('what waits for two people is told like a task, and the second is reminded before the first signature lapses', async () => {
  const today = beijingDate(new Date());
  const bureau = { region_security: MAIL.region_security, region_government: MAIL.region_security };
  await execute(
    database.as('owner'),
    `insert into fund.operator (fund_year, operator, name, role, line)
     select :year, operator, operator, 'region_security', 2 from unnest(array['r-1', 'r-2']) as operator`,
    { year: YEAR },
  );
  await database.signers.appoint(YEAR);
  const told = async (on: string): Promise<string> => {
    writeFileSync(mails, '');
    await look(on, bureau);
    return readFileSync(mails, 'utf8');
  };
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, line) values (:year, 'new', '新人', 'region_finance', 3)`,
    { year: YEAR },
  );
  const due = daysAfter(today, DAYS_TO_REPORT);
  expect(await told(today)).toMatch(
    new RegExp(`任命 2028 年度待任命人员（名单 \\w+）：等待两人办理：待办理，截止 ${due}`),
  );
  expect(await told(daysAfter(due, 1))).toMatch(new RegExp(`任命.*已逾期，应于 ${due} 前办理`));
  expect(await told(daysAfter(due, 4))).toMatch(/任命.*下级逾期未办：自治区医保局/);
  const days = { year: YEAR, from: '2999-01-01', until: '2999-01-02', operator: 'r-1', reason: '审计' };
  await freeze(database.pool, days, database.signers.sign);
  const lapses = daysAfter(today, 30);
  expect(await told(today)).toContain(
    `冻结 2028 年度 2999-01-01 至 2999-01-02：等待第二人办理：待办理，截止 ${lapses}`,
  );
  expect(await told(daysAfter(lapses, -3))).toContain('等待第二人办理：即将到期');
});

test('only the office whose turn it is; nothing of what no longer waits', async () => {
  await look('2027-11-01', { region_finance: { mail: `cat >> ${mails}` } });
  expect(readFileSync(mails, 'utf8')).toBe('');
  await inTransaction(database.pool, (trx) => voidChain(trx, 'budget'));
  expect(await mailed('2028-02-01')).toBe('');
});

test('what does not reach an office is told at the next look; the log says which, and no address', async () => {
  await look('2027-11-01', { 'area_finance/150400': { mail: 'exit 3 # secret-4711' } });
  expect(log.join()).toMatch(/^FUND_OFFICES area_finance\/150400 未能送达：exit 3/);
  expect(log.join()).not.toContain('4711');
  expect(await mailed('2027-11-01')).toMatch(/待办理/);
});

test('a webhook takes the text as group robots do, with the tasks beside it', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (part: string) => bodies.push(part));
    request.on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await look('2027-11-01', { 'area_finance/150400': { webhook } });
  server.close();
  expect(JSON.parse(bodies.join(''))).toMatchObject({
    msgtype: 'text',
    text: { content: expect.stringContaining('待办 1 项') as string },
    office: 'area_finance/150400',
    tasks: [{ task: 'budget/1-area_finance', kind: 'waits' }],
  });
});

test('a file of channels that cannot be read is reported, and stops nothing', () => {
  const file = join(folder, 'offices.json');
  writeFileSync(file, '{"area_finance/150400": ');
  expect(officeChannels(file, (line) => void log.push(line))).toEqual({});
  expect(log.join()).toMatch(/FUND_OFFICES .* 不能读取/);
  writeFileSync(file, JSON.stringify(MAIL));
  expect(officeChannels(file, () => undefined)).toEqual(MAIL);
});
