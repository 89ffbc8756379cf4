/** 实施阶段: an emergency request is refused by the database in the years that are not in phase for the code, and in no other. */
import { execute } from '../../db/rows';
import { isInPhase, startYearName } from '../../parameters/phase';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const SCHEME = 'employee';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (:YEAR, 'run')`, { YEAR });
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line)
     values (:YEAR, '150100', '东河盟', 'East', array[:SCHEME], 2)`,
    { YEAR, SCHEME },
  );
});
afterAll(() => database.drop());

/** Why a request in the year is refused when the scheme's phase begins with `startYear`; its fund is empty. */
async function refusal(startYear: string): Promise<string> {
  const trx = await database.pool.transaction();
  try {
    await execute(
      trx,
      `insert into fund.parameter_in_force (fund_year, name, value, "from", source, assumed)
       values (:YEAR, :name, to_jsonb(:startYear::text), '2026-01-01', '办法', false)`,
      { YEAR, name: startYearName(SCHEME), startYear },
    );
    await execute(
      trx,
      `insert into fund.emergency_request (fund_year, scheme, area, number, amount, cause, document, requested_on, workflow_id, chain)
       values (:YEAR, :SCHEME, '150100', 1, '1.00', 'epidemic', '东医保〔2028〕1号', '2028-06-30', 'w', 'c')`,
      { YEAR, SCHEME },
    );
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await trx.rollback();
  }
}

test.each(['2026', '2027', '2028', '2029', '2030'])('a phase that begins in %s', async (startYear) => {
  const expected = isInPhase(YEAR, startYear) ? '调剂金现有 0 元，不足支付 1.00 元' : '调剂金尚未实施';
  expect(await refusal(startYear)).toContain(expected);
});
