/** What waits without a task: for the first files, for two people, for the second of them; until when, and who may act. */
import { freeze, revokeKey } from '../../activities/joint-acts';
import { yearProblems } from '../../activities/watch/year';
import { beginLiveYear } from '../../db/fund-year';
import { execute } from '../../db/rows';
import { openWaits } from '../../db/waits';
import { waitDates } from '../../parameters/waits';
import { DAYS_TO_REPORT } from '../../parameters/files';
import { beijingDate } from '../../rules/beijing-time';
import { daysAfter } from '../../rules/calendar-day';
import { publicKeyOf } from '../../signing/ed25519';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const TODAY = beijingDate(new Date());

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  await beginLiveYear(database.pool, YEAR);
});
afterEach(() => database.drop());

const waits = async (today = TODAY) =>
  (await openWaits(database.pool, waitDates(today))).map(({ name, role, due_on, overdue, signed, operators }) => ({
    ...{ name: name.replace(/[0-9a-f]{64}$/, 'list'), role, due_on, overdue },
    ...{ signed: signed.map(({ operator }) => operator), operators: operators.map(({ operator }) => operator) },
  }));
async function propose(operators: Record<string, string>): Promise<void> {
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, line)
     select :year, key, key, value, 2 from jsonb_each_text(:operators::jsonb)`,
    { year: YEAR, operators: JSON.stringify(operators) },
  );
}
async function withOffices(): Promise<void> {
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '150100', '甲', 'a', '{employee}', 2)`,
    { year: YEAR },
  );
  const [security, government] = ['region_security', 'region_government'];
  await propose({ 's-1': security, 's-2': security, 'g-1': government, 'g-2': government });
  await database.signers.appoint(YEAR);
}
const byTwo = { reason: '原因' };

test('a new year waits for its first files, and then for its people, whom nobody can appoint yet', async () => {
  const files = { name: 'first-files/2028', role: 'region_security', due_on: '2027-09-01', signed: [], operators: [] };
  expect(await waits('2027-09-01')).toEqual([{ ...files, overdue: false }]);
  expect(await waits('2027-09-02')).toEqual([{ ...files, overdue: true }]);
  await propose({ 's-1': 'region_security' });
  const due_on = daysAfter(TODAY, DAYS_TO_REPORT);
  const people = { ...files, name: 'appoint/2028/list', due_on, overdue: false };
  expect(await waits()).toContainEqual(people);
  const problems = (await yearProblems(database.pool, daysAfter(due_on, 1))).map(({ key }) =>
    key.split('/', 3).join('/'),
  );
  expect(problems).toEqual(expect.arrayContaining(['overdue_task/appoint/2028', 'unanswerable/appoint/2028']));
});

test('what one has signed waits for the second, until the signature lapses; then it waits no more', async () => {
  await withOffices();
  expect(await waits()).toEqual([]);
  const days = { year: YEAR, from: '2999-01-01', until: '2999-01-02', operator: 's-1', ...byTwo };
  await freeze(database.pool, days, database.signers.sign);
  const { key } = publicKeyOf(await database.signers.keyOf('s-2'));
  await revokeKey(database.pool, { key, operator: 'g-2', ...byTwo }, database.signers.sign);
  const due_on = daysAfter(TODAY, 30);
  expect(await waits()).toEqual([
    {
      name: 'freeze/2028/2999-01-01/2999-01-02',
      role: 'region_security',
      due_on,
      overdue: false,
      signed: ['s-1'],
      operators: ['s-2'],
    },
    {
      name: `revoke-key/${key}`,
      role: 'region_government',
      due_on,
      overdue: false,
      signed: ['g-2'],
      operators: ['g-1'],
    },
  ]);
  await revokeKey(database.pool, { key, operator: 'g-1', ...byTwo }, database.signers.sign);
  await execute(
    database.as('owner'),
    `update fund.joint_act set done_at = done_at - interval '31 days' where matter like 'freeze/%'`,
  );
  expect(await waits()).toEqual([]);
});

test('what cannot take effect any more does not wait', async () => {
  await withOffices();
  const past = { year: YEAR, from: '2020-01-01', until: '2020-01-02', operator: 's-1', ...byTwo };
  await freeze(database.pool, past, database.signers.sign);
  expect(await waits()).toEqual([]);
});
