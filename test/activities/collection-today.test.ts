/** 征缴日报 from the database: counts, the same day of the cycle before, quarantine by reason, and the warning that the watchdog gives. */
import { type FundActivities, createActivities } from '../../activities';
import { collectionsToday } from '../../activities/collection/today';
import { yearProblems } from '../../activities/watch/year';
import { execute, select } from '../../db/rows';
import { fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { importInto, lines, operatorsOf } from './live-files';

const YEAR = 2028;
const AREA = '1501';

/** Three persons of each class and two ordinary ones; those named have paid, the day is that of their payment. */
const packOf = (year: number, paid: Record<string, string>): Record<string, string> => ({
  'areas.csv': lines(
    'area,name_zh,name_en,schemes,subsidy_class',
    '1501,甲市,Jia,resident,2',
    '1502,乙市,Yi,resident,2',
  ),
  'operators.csv': operatorsOf('1501', '1502'),
  'insured.csv': lines(
    'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid',
    `1501,resident,${year},8,,,,10,,`,
  ),
  'medical_aid.csv': lines('area,group,kind,value,funding', ',orphan,full,,medical_aid'),
  'resident_roll.csv': lines(
    'person,area,banner,group,coverage_year',
    ...['L1', 'L2'].map((person) => `${person},1501,,subsistence,${year}`),
    `L3,1501,,orphan,${year}`, // owes nothing
    ...['P1', 'P2', 'P3'].map((person) => `${person},1501,,poverty_relieved,${year}`),
    ...['O1', 'O2'].map((person) => `${person},1501,,ordinary,${year}`),
  ),
  'resident_payments.csv': lines(
    'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt',
    ...Object.entries(paid).map(
      ([person, day]) => `R${person},${person},1501,${year},400.00,${day}T09:00:00+08:00,payment,`,
    ),
  ),
});

let database: TestDatabase;
let fund: FundActivities;
beforeAll(async () => {
  database = await testDatabase();
  fund = createActivities(database.pool);
  await collecting(YEAR - 1, { L1: '2026-10-01', O1: '2026-12-05', O2: '2026-12-06' });
  await collecting(YEAR, {
    P1: '2027-10-01',
    P2: '2027-10-02',
    P3: '2027-10-03',
    L1: '2027-11-01',
    X1: '2027-11-02',
    O1: '2027-08-01',
  });
});
afterAll(async () => {
  await database.drop();
});

async function collecting(year: number, paid: Record<string, string>): Promise<void> {
  await importInto(database, year, packOf(year, paid));
  await fund.openYear({ year, workflowId: fundYearId(year), firstRunId: 'first' });
  await fund.openCollection({ year });
}
const on = (today: string) => collectionsToday(database.as('reader'), { year: YEAR, today });

test('counts of the day beside those of the same day a year before; an area without persons is left out', async () => {
  expect(await on('2027-12-05')).toEqual([
    {
      ...{
        area: AREA,
        name: '甲市',
        today: '2027-12-05',
        registered: '8',
        paid: '5',
        target: '10',
        progress: '0.5000',
      },
      lastYear: { day: '2026-12-05', paid: '3', progress: '0.3000' },
      classes: {
        low_income: { registered: '3', paid: '2', rate: '0.6667', missing: '1' },
        poverty_relieved: { registered: '3', paid: '3', rate: '1.0000', missing: '0' },
      },
      quarantined: { unknown_person: 1, out_of_window: 1 },
      ...{ closes: '2027-12-31', daysLeft: 26, warnings: ['low_income'] },
    },
  ]);
  expect((await on('2027-12-06'))[0]?.lastYear).toEqual({ day: '2026-12-06', paid: '4', progress: '0.4000' });
});

test('the first cycle of a database has no year before it', async () => {
  const [first] = await collectionsToday(database.pool, { year: YEAR - 1, today: '2026-12-01' });
  expect(first?.lastYear).toBeNull();
});

test('the watchdog gives the warning from its day on, until the window closes; it is no finding', async () => {
  const warned = async (today: string): Promise<string[]> =>
    (await yearProblems(database.pool, today))
      .filter(({ key, fund_year }) => key.startsWith('low_rate/') && fund_year === YEAR)
      .map(({ key, problem }) => `${key} ${problem}`);
  expect(await warned('2027-11-30')).toEqual([]);
  expect(await warned('2027-12-01')).toEqual([
    'low_rate/2028/1501/low_income 甲市 2028 年度低收入人口参保率 66.67%（2／3），预警：距要求尚缺 1 人；集中征缴至 2027-12-31，还有 30 天',
  ]);
  expect(await warned('2028-01-01')).toEqual([]);
  expect(await select(database.pool, 'select from fund.finding')).toEqual([]);
});

test('a booking in a live year answers with the page of the day, and a reconciled area has none any more', async () => {
  const booking = { year: YEAR, area: AREA, after: null, through: '2027-12-05', booking: 1 };
  expect(await fund.bookCollection(booking)).toMatchObject({
    today: { 应参保: '8 人', 已缴费: '5 人，进度 50.00%，任务 10 人' },
  });
  await fund.reconcileCollection({ year: YEAR, area: AREA, workflowId: 'a collection', acceptBy: '2029-01-31' });
  expect(await on('2027-12-05')).toEqual([]);
  // A run plays days that are over: its pages show what it has come to.
  await execute(database.as('owner'), `update fund.fund_year set mode = 'run'`);
  const ofRun = { ...booking, year: YEAR - 1, through: '2026-12-05' };
  expect(await fund.bookCollection(ofRun)).not.toHaveProperty('today');
});
