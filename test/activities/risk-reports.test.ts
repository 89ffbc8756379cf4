/** 风险上报: a red month is a task of the area's bureau, due as the check says, and its report is recorded with its document. */
import { BehindDecisions } from '../../activities/behind-decisions';
import { decide } from '../../activities/people';
import { reopenChanged } from '../../activities/reopen';
import { requestRiskReports } from '../../activities/risk-reports';
import { beginLiveYear } from '../../db/fund-year';
import { refusalOf } from '../../db/refusals';
import { execute, insertRows } from '../../db/rows';
import { inTransaction } from '../../db/connect';
import { openTasks, waitingLink } from '../../db/tasks';
import { chainKey } from '../../rules/keys';
import type { RiskLevel, Scheme } from '../../rules/vocabulary';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const MARCH = { year: YEAR, month: 3, workflowId: 'fund-year-2028-risk-report-03' };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await beginLiveYear(database.pool, YEAR);
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, subsidy_class, line)
     select :year, area, area || '市', area, '{employee,resident}', 1, 2 from unnest(array['150100', '150200']) as area`,
    { year: YEAR },
  );
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, area, line)
     values (:year, 'sec-1', '乌云', 'area_security', '150100', 2)`,
    { year: YEAR },
  );
  await database.signers.appoint(YEAR);
});
afterAll(() => database.drop());

const checked = (area: string, scheme: Scheme, level: RiskLevel, reckoning = 1, surplus = '100.00'): Promise<void> =>
  inTransaction(database.pool, (trx) =>
    insertRows(trx, 'risk_reckoned', [
      {
        ...{ fund_year: YEAR, area, scheme, month: 3, reckoning, accumulated_surplus: surplus, level, because: {} },
        ...{
          months_payable: '1.50',
          months_payable_4: '1.5000',
          action: 'emergency_request',
          action_due: '2028-04-07',
        },
      },
    ]),
  );
const waiting = async () =>
  (await openTasks(database.pool, YEAR)).map(({ task, kind, role, area, due_on }) => [task, kind, role, area, due_on]);

test('only the red funds, each until its action is due; asked once', async () => {
  await checked('150100', 'employee', 'red');
  await checked('150100', 'resident', 'orange');
  await checked('150200', 'resident', 'red');
  const wanted = { left: 2, first: ['150100市', '150200市'], dueOn: '2028-04-07' };
  expect(await requestRiskReports(database.pool, MARCH)).toEqual(wanted);
  expect(await requestRiskReports(database.pool, MARCH)).toEqual(wanted);
  const prefix = 'fund-year-2028/risk-report/03';
  expect(await waiting()).toEqual([
    [`${prefix}/employee/150100/1-area_security`, 'report', 'area_security', '150100', '2028-04-07'],
    [`${prefix}/resident/150200/1-area_security`, 'report', 'area_security', '150200', '2028-04-07'],
  ]);
});

test('the report is recorded with the number of its document; without one it is none', async () => {
  const link = await waitingLink(database.pool, chainKey.riskReport(YEAR, 3, 'employee', '150100'));
  const act = {
    ...{ task: link?.task ?? '', figuresHash: link?.figures_hash ?? '', operator: 'sec-1' },
    ...{ decision: 'record' as const, businessDate: '2028-04-05' },
  };
  const record = async (document: string) =>
    decide(database.pool, { year: YEAR, act: await database.signers.signed(YEAR, { ...act, document }) });
  const refused = await record(' ').then(
    () => 'done',
    (error: unknown) => refusalOf(error),
  );
  expect(refused).toMatch(/文号/);
  await record('呼医保报〔2028〕5号');
  expect(await database.pool('decision').first('operator', 'document')).toEqual({
    operator: 'sec-1',
    document: '呼医保报〔2028〕5号',
  });
});

/** What an import does last. */
const corrected = (): Promise<void> =>
  inTransaction(database.pool, (trx) => reopenChanged(trx, YEAR, new BehindDecisions('导入的数据有变动')));

test('a fund that is red on other figures after a correction is asked about anew', async () => {
  await checked('150200', 'resident', 'red', 2, '90.00');
  await corrected();
  expect(await requestRiskReports(database.pool, MARCH)).toMatchObject({ left: 1, first: ['150200市'] });
  expect((await waiting()).map(([task]) => task)).toEqual([
    'fund-year-2028/risk-report/03/resident/150200/2/1-area_security',
  ]);
});

test('a fund that a correction takes out of the red is not reported any more', async () => {
  await checked('150200', 'resident', 'yellow', 3);
  await corrected();
  expect(await requestRiskReports(database.pool, MARCH)).toMatchObject({ left: 0, first: [] });
  expect(await waiting()).toEqual([]);
});
