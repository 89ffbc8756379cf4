/**
 * 高额医疗费用负担监测 of a live year (RULES 12): a push is a task until its answers have been imported; late rows, answers and corrections give
 * what they would have given in time; no person leaves the tables.
 */
import { createActivities } from '../../activities';
import { checkInvariants } from '../../audit/invariants';
import type { Correction } from '../../db/corrections';
import { PackRefused } from '../../db/load-pack';
import { select } from '../../db/rows';
import { faultText } from '../../pack';
import { monthEnd } from '../../rules/calendar-day';
import { fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { importInto, lines, operatorsOf } from './live-files';
import { tablesWith } from '../live/marked-persons';

const YEAR = 2028;
/** Recognised in whatever it might stand. */
const [A, B, C] = ['MARKED-A', 'MARKED-B', 'MARKED-C'];
const burdens = (...rows: string[]): Record<string, string> => ({
  'burdens.csv': lines('person,area,group,month,self_paid', ...rows),
});
const answers = (...rows: string[]): Record<string, string> => ({
  'recognitions.csv': lines('person,area,date,outcome,help', ...rows),
});

const BEFORE = {
  'areas.csv': lines(
    'area,name_zh,name_en,schemes,subsidy_class',
    '1501,甲市,Jia,resident,2',
    '1502,乙市,Yi,resident,2',
  ),
  'operators.csv': operatorsOf('1501', '1502'),
  'medical_aid.csv': lines('area,group,kind,value,funding', ',destitute,full,,medical_aid'),
};
const IN_TIME = burdens(
  `${A},1501,subsistence,1,6000.00`,
  `${A},1501,subsistence,3,5000.00`,
  `${B},1501,ordinary,2,26000.01`,
  `${B},1502,ordinary,2,26000.00`,
);
const LATE = burdens(`${C},1502,orphan,1,10000.01`, `${A},1501,subsistence,2,4000.01`);
const ANSWERS = answers(`${B},1501,2028-03-15,recognised,800.00`);

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const take = (files: Record<string, string>, correction: Correction | null = null): Promise<unknown> =>
  importInto(database, YEAR, files, correction);
const refusal = async (files: Record<string, string>, correction: Correction | null = null): Promise<string> => {
  const error = await take(files, correction).then(
    () => new Error('taken'),
    (thrown: unknown) => thrown as PackRefused,
  );
  return error instanceof PackRefused ? error.faults.map(faultText).join('\n') : error.message;
};

/** The first months of a live year; `afterMonth` imports what comes in between. */
async function runMonths(months: number, afterMonth: Record<number, Record<string, string>[]> = {}): Promise<void> {
  const fund = createActivities(database.pool);
  await take(BEFORE);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'first' });
  await fund.openCollection({ year: YEAR });
  await fund.openBooks({ year: YEAR, date: `${YEAR}-01-01` });
  for (let month = 0; month <= months; month++) {
    if (month > 0) await fund.checkMonth({ year: YEAR, month, date: monthEnd(YEAR, month) });
    for (const files of afterMonth[month] ?? []) await take(files);
  }
}

const monitored = (): Promise<object[]> =>
  select(
    database.pool,
    `select area, month, class, persons, flagged, flagged_to_date, answered, recognised, help, overdue from fund.monitoring
     where fund_year = ${YEAR} order by area, month, class`,
  );
const findings = (): Promise<object[]> =>
  select(
    database.pool,
    `select area, scheme, month, figure from fund.current_finding where code = 'push_unanswered' order by area, month`,
  );
const tasks = (): Promise<{ area: string; month: string; state: string; due_on: string }[]> =>
  select(
    database.pool,
    `select area, figures ->> '月份' as month, state, due_on from fund.task where kind = 'import' order by due_on, area`,
  );

test('rows and answers that come late give what they would have given in time', async () => {
  await runMonths(5, { 0: [IN_TIME, LATE], 3: [ANSWERS] });
  const inTime = [await monitored(), await findings()];
  expect(inTime[1]).toEqual([
    { area: '1501', scheme: null, month: 3, figure: '1' },
    { area: '1501', scheme: null, month: 4, figure: '1' },
    { area: '1501', scheme: null, month: 5, figure: '1' },
    { area: '1502', scheme: null, month: 3, figure: '1' },
    { area: '1502', scheme: null, month: 4, figure: '1' },
    { area: '1502', scheme: null, month: 5, figure: '1' },
  ]);
  await database.drop();

  database = await testDatabase();
  await runMonths(5, { 0: [IN_TIME], 4: [LATE], 5: [ANSWERS] });
  expect([await monitored(), await findings()]).toEqual(inTime);
  const [row] = await select<{ flags: number; withdrawn: number }>(
    database.pool,
    'select count(*)::int as flags, (count(*) filter (where withdrawn))::int as withdrawn from fund.burden_flag',
  );
  expect(row).toEqual({ flags: 4, withdrawn: 1 }); // the flag of March has moved to February
  const broken = (await checkInvariants(database.pool, YEAR, false)).flatMap((invariant) => invariant.broken);
  expect(broken).toEqual([]);
});

test('each push is a task of its area, due when the answers are, and done when they have arrived', async () => {
  await runMonths(3, { 0: [IN_TIME] });
  expect(await tasks()).toEqual([
    { area: '1501', month: '2', state: 'open', due_on: '2028-03-30' },
    { area: '1501', month: '3', state: 'open', due_on: '2028-04-30' },
  ]);
  await take(ANSWERS);
  expect((await tasks()).map(({ state }) => state)).toEqual(['done', 'open']);
  // An answer of before the push is none.
  await take(answers(`${A},1501,2028-03-30,not_recognised,`));
  expect((await tasks()).map(({ state }) => state)).toEqual(['done', 'open']);
  await take(answers(`${A},1501,2028-03-31,not_recognised,`));
  expect((await tasks()).map(({ state }) => state)).toEqual(['done', 'done']);
});

test('a repeat changes nothing, a different value is refused by its line, and an office of the area can correct it', async () => {
  await runMonths(2, { 0: [IN_TIME] });
  const before = await monitored();
  await take(IN_TIME);
  const other = burdens(`${B},1501,ordinary,2,25000.00`);
  const refused = await refusal(other);
  expect(refused).toMatch(/文件 burdens\.csv 第 2 行.*原文件第 4 行.*--correct/);
  expect(refused).not.toContain('MARKED');
  const others = await refusal(other, { reason: '核对后更正', operator: 'sec-1502' });
  expect(others).toMatch(/文件 burdens\.csv 第 2 行.*统筹区 1502 的行/);
  expect(await monitored()).toEqual(before);

  await take(other, { reason: '核对后更正', operator: 'sec-1501' });
  expect(await monitored()).not.toEqual(before);
  expect(await select(database.pool, 'select key, before, after from fund.correction')).toEqual([
    {
      key: { area: '1501', month: '2', line: '4' },
      before: { group: 'ordinary', self_paid: '26000.01' },
      after: { group: 'ordinary', self_paid: '25000.00' },
    },
  ]);
  expect((await tasks()).map(({ state }) => state)).toEqual(['done']); // nobody is left to answer for
});

test('no person appears anywhere but in the tables of persons', async () => {
  await runMonths(5, {
    0: [IN_TIME, { 'enrolment_history.csv': lines('person,coverage_year', `${A},2027`) }],
    4: [LATE],
    5: [ANSWERS],
  });
  await take(burdens(`${B},1501,ordinary,2,27000.00`), { reason: '核对后更正', operator: 'r-sec' });
  // What Temporal is told of an act, and what of it is logged, stands in fund.act.
  expect(await tablesWith(database.pool, 'MARKED')).toEqual([
    'burden',
    'burden_flag',
    'enrolment_history',
    'recognition',
  ]);
});
