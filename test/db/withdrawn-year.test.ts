/** A live year that was begun by mistake can be taken back as long as it holds nothing; no other year can. */
import { newestYear } from '../../db/areas';
import { inTransaction } from '../../db/connect';
import { beginLiveYear, withdrawYear, yearStatus } from '../../db/fund-year';
import { execute } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';

let year = 2972; // one for each test
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => beginLiveYear(database.pool, (year += 1)));

const withdraw = (): Promise<void> => inTransaction(database.pool, (trx) => withdrawYear(trx, year));

test('an empty year, whether a cycle has claimed it or not', async () => {
  await execute(database.pool, `update fund.fund_year set workflow_id = 'a', first_run_id = 'b' where year = :year`, {
    year,
  });
  await withdraw();
  expect(await yearStatus(database.pool, year)).toBeUndefined();
});

test.each([
  [
    'with files',
    `insert into fund.operator (fund_year, operator, name, role, line) values (:year, 'a', '甲', 'region_finance', 2)`,
  ],
  [
    'with values of law that are pinned',
    `insert into fund.parameter_in_force (fund_year, name, value, "from", source, assumed)
     values (:year, 'x', '1', '2971-09-01', '文', false)`,
  ],
])('a year %s stays', async (_what, sql) => {
  await execute(database.pool, sql, { year });
  await expect(withdraw()).rejects.toThrow('不能撤回');
  expect(await yearStatus(database.pool, year)).toBe('open');
});

test('so does a year that is closed', async () => {
  await execute(
    database.pool,
    `update fund.fund_year set status = 'closed', closed_on = '2999-05-31', workflow_id = 'a', first_run_id = 'b'
     where year = :year`,
    { year },
  );
  await expect(withdraw()).rejects.toThrow('没有进行中');
  expect(await yearStatus(database.pool, year)).toBe('closed');
});

test('and one that was run in compressed time, or is not there', async () => {
  for (const other of [2028, 2029]) {
    year = other;
    if (year === 2028) await execute(database.pool, `insert into fund.fund_year (year, mode) values (2028, 'run')`);
    await expect(withdraw()).rejects.toThrow('没有进行中');
  }
  expect(await yearStatus(database.pool, 2028)).toBe('open');
});

test('a year that has begun and has no areas yet is not the newest to ask about', async () => {
  expect(await newestYear(database.pool)).toBeNull();
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (2040, 'live')`);
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (2040, '1501', '甲', 'a', '{employee}', 2)`,
  );
  expect(await newestYear(database.pool)).toBe(2040);
});
