/**
 * A live year that was begun by mistake: taken back while it holds nothing, abandoned by two of the region's government while its books
 * are not open. Nothing of it is deleted, and nothing is added.
 */
import { openYear } from '../../activities/open-year';
import { abandon, freeze } from '../../activities/joint-acts';
import { signaturesThatDoNotHold } from '../../audit/signatures';
import { newestYear } from '../../db/areas';
import { inTransaction } from '../../db/connect';
import {
  beginLiveYear,
  openLiveYears,
  markAbandoned,
  takeBackEmptyYear,
  whyNotAbandoned,
  yearFacts,
  yearStatus,
} from '../../db/fund-year';
import { jointStanding } from '../../db/joint-acts';
import { once } from '../../db/once';
import { refusalOf } from '../../db/refusals';
import { execute, select } from '../../db/rows';
import { type Chain, openChain } from '../../db/tasks';
import { beijingDate } from '../../rules/beijing-time';
import { actKey, ownAct } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';

const TODAY = beijingDate(new Date());

let year = 2900; // one for each test
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => beginLiveYear(database.pool, (year += 2)));

const takeBack = (): Promise<boolean> => inTransaction(database.pool, (trx) => takeBackEmptyYear(trx, year));
const abandonBy = (operator: string) =>
  abandon(database.pool, { year, operator, reason: '误启动' }, database.signers.sign);
const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error) ?? String(error),
  );
const CHAIN: Omit<Chain, 'fundYear' | 'chain'> = {
  ...{ area: null, scheme: null, subject: '事项', figures: {}, dueOn: '2999-12-31', workflowId: 'w' },
  kind: 'approve',
  roles: ['region_finance'],
};

/** The files of the year, and a task that waits. */
async function holdsData(): Promise<void> {
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, line)
     values (:year, 'gov-1', '高志远', 'region_government', 2), (:year, 'gov-2', '白音', 'region_government', 3),
       (:year, 'sec-1', '娜仁', 'region_security', 4), (:year, 'sec-2', '其其格', 'region_security', 5)`,
    { year },
  );
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '150100', '甲', 'a', '{employee}', 2)`,
    { year },
  );
  await database.signers.appoint(year);
  await inTransaction(database.pool, (trx) => openChain(trx, { ...CHAIN, fundYear: year, chain: `chain-${year}` }));
}

test('an empty year is taken back, whether a cycle has claimed it or not', async () => {
  const claimed = `update fund.fund_year set workflow_id = 'a', first_run_id = 'b' where year = :year`;
  await execute(database.pool, claimed, { year });
  expect(await takeBack()).toBe(true);
  expect(await yearStatus(database.pool, year)).toBeUndefined();
});

test.each([
  [
    'files',
    `insert into fund.operator (fund_year, operator, name, role, line) values (:year, 'a', '甲', 'region_finance', 2)`,
  ],
  [
    'values of law that are pinned',
    `insert into fund.parameter_in_force (fund_year, name, value, "from", source, assumed)
     values (:year, 'x', '1', '2971-09-01', '文', false)`,
  ],
])('a year with %s is not', async (_what, sql) => {
  await execute(database.pool, sql, { year });
  expect(await takeBack()).toBe(false);
  expect(await yearStatus(database.pool, year)).toBe('open');
});

test('it is abandoned with the second signature; its rows stay, its tasks are void, and no later act changes anything', async () => {
  await holdsData();
  expect(await abandonBy('gov-1')).toEqual({ done: false, by: ['gov-1'] });
  expect(await abandonBy('gov-1')).toEqual({ done: false, by: ['gov-1'] });
  expect(await yearStatus(database.pool, year)).toBe('open');
  expect(await abandonBy('gov-2')).toEqual({ done: true, by: ['gov-1', 'gov-2'] });
  expect(await abandonBy('gov-2')).toEqual({ done: true, by: ['gov-1', 'gov-2'] });
  expect(await yearFacts(database.pool, year)).toMatchObject({ status: 'abandoned', abandoned_on: TODAY });
  expect(await select(database.pool, 'select state from fund.task where fund_year = :year', { year })).toEqual([
    { state: 'void' },
  ]);
  expect(await database.pool('operator').where({ fund_year: year })).toHaveLength(4);
  expect(await signaturesThatDoNotHold(database.pool, year)).toEqual([]);
  expect((await openLiveYears(database.pool)).map((open) => open.year)).not.toContain(year);
  expect(await newestYear(database.pool)).not.toBe(year);
});

test('an abandoned year takes nothing more: no row, no change, no act, and its cycle is not taken up', async () => {
  await holdsData();
  for (const operator of ['gov-1', 'gov-2']) await abandonBy(operator);
  const over = /已作废，不能再(增加|更改)记录/;
  const chain = { ...CHAIN, fundYear: year, chain: `late-${year}` };
  expect(await said(inTransaction(database.pool, (trx) => openChain(trx, chain)))).toMatch(over);
  const act = { key: actKey.collectionOpened(year), input: {} };
  expect(await said(once(database.pool, act, () => Promise.resolve({})))).toMatch(over);
  const notice = `insert into fund.notice (task, office, kind) select task, 'x', 'waits' from fund.task where fund_year = :year`;
  expect(await said(execute(database.pool, notice, { year }))).toMatch(over);
  const appointed = 'update fund.operator set appointed_at = now() where fund_year = :year';
  expect(await said(execute(database.as('owner'), appointed, { year }))).toMatch(over);
  for (const change of [`status = 'open', abandoned_on = null`, `workflow_id = 'a', first_run_id = 'b'`]) {
    const sql = `update fund.fund_year set ${change} where year = :year`;
    expect(await said(execute(database.pool, sql, { year }))).toMatch(/只能向前变更/);
  }
  expect(await takeBack()).toBe(false);
  const claim = { year, workflowId: `fund-year-${year}`, firstRunId: 'b' };
  expect(await openYear(database.pool, claim)).toMatchObject({ outcome: 'already', status: 'abandoned' });
});

test('nobody else abandons a year: no other office, no one alone, no code without signatures', async () => {
  await holdsData();
  expect(await said(abandonBy('sec-1'))).toMatch(/^须由自治区人民政府的两人办理，工号 sec-1 不是其任职人员/);
  await abandonBy('gov-1');
  expect(await said(markAbandoned(database.pool, year, TODAY))).toMatch(/^\d+ 年度须由自治区人民政府两人办理作废/);
  // A signature that nobody has joined within thirty days counts no more, and may be given again.
  const matter = ownAct.yearAbandoned(year);
  const ago = `update fund.joint_act set done_at = done_at - interval '31 days' where matter = :matter`;
  await execute(database.as('owner'), ago, { matter });
  expect(await abandonBy('gov-2')).toEqual({ done: false, by: ['gov-2'] });
  expect(await yearStatus(database.pool, year)).toBe('open');
  expect(await abandonBy('gov-1')).toEqual({ done: true, by: ['gov-2', 'gov-1'] });
  expect(await yearStatus(database.pool, year)).toBe('abandoned');
});

test('not once the books are open, not in a freeze, not a closed year, and not one that is run', async () => {
  await holdsData();
  for (const operator of ['sec-1', 'sec-2']) {
    await freeze(database.pool, { year, operator, from: TODAY, until: TODAY, reason: '审计' }, database.signers.sign);
  }
  expect(await said(abandonBy('gov-1'))).toMatch(/冻结：审计，期满或解除后再办理/);
  await execute(database.as('owner'), 'delete from fund.freeze where fund_year = :year', { year });

  // Signed for by both; the books open before it is carried out.
  await abandonBy('gov-1');
  await once(database.pool, { key: actKey.booksOpened(year), input: {} }, () => Promise.resolve({}));
  expect(await said(abandonBy('gov-2'))).toMatch(/账簿已开账，不能作废：差错以更正办理/);
  expect(await jointStanding(database.pool, ownAct.yearAbandoned(year))).toEqual({ done: false, by: ['gov-1'] });
  expect(await yearStatus(database.pool, year)).toBe('open');

  const closed = `update fund.fund_year set status = 'closed', closed_on = '2999-05-31', workflow_id = 'a', first_run_id = 'b' where year = :year`;
  await execute(database.pool, closed, { year });
  expect(await whyNotAbandoned(database.pool, year)).toMatch(/没有进行中/);
  expect(await takeBack()).toBe(false);
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (2028, 'run')`);
  expect(await whyNotAbandoned(database.pool, 2028)).toMatch(/没有进行中/);
  await execute(database.as('owner'), 'delete from fund.fund_year where year = 2028');
});

test('books that open at the same moment come first, and the year stays', async () => {
  await holdsData();
  await abandonBy('gov-1');
  let booked = (): void => undefined;
  const opening = once(
    database.pool,
    { key: actKey.booksOpened(year), input: {} },
    () => new Promise<object>((resolve) => (booked = () => resolve({}))),
  );
  const second = said(abandonBy('gov-2'));
  const isWaiting = async (): Promise<boolean> =>
    (
      await select(
        database.as('owner'),
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    ).length > 0;
  while (!(await isWaiting())) await new Promise(setImmediate);
  booked();
  await opening;
  expect(await second).toMatch(/账簿已开账/);
  expect(await yearStatus(database.pool, year)).toBe('open');
});

test('a year that was abandoned in the rows alone is named by the audit', async () => {
  await holdsData();
  const owner = database.as('owner');
  await inTransaction(owner, async (trx) => {
    await execute(trx, 'set local session_replication_role = replica');
    const alone = `update fund.fund_year set status = 'abandoned', abandoned_on = '2026-01-01' where year = :year`;
    await execute(trx, alone, { year });
  });
  expect(await signaturesThatDoNotHold(database.pool, year)).toEqual([
    `${year}: abandon/${year} was not signed by two`,
  ]);
});

test('a year that has begun and has no areas yet is not the newest to ask about', async () => {
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (:year, '1501', '甲', 'a', '{employee}', 2)`,
    { year },
  );
  await beginLiveYear(database.pool, year + 1);
  expect(await newestYear(database.pool)).toBe(year);
});
