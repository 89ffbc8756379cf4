/**
 * Rows that change a past day of a live year after months were checked: the months come out as they would have if the rows had
 * come in time. The year is run twice, the second time with the rows in February of the year after.
 */
import { createActivities } from '../../activities';
import { settleLevies } from '../../activities/levy';
import { checkInvariants } from '../../audit/invariants';
import { inTransaction } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import { execute, select } from '../../db/rows';
import { calendarOf } from '../../parameters';
import { monthEnd } from '../../rules/calendar-day';
import { fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { extendIn, importInto, lines, operatorsOf, paymentsOf, recordMethod } from './live-files';

const YEAR = 2028;
const BY_REGION: Correction = { reason: '核对后更正', operator: 'r-sec' };

const roll = (...persons: string[]): string =>
  lines('person,area,banner,group,coverage_year', ...persons.map((person) => `${person},${YEAR}`));
const payments = (...rows: string[]): string => paymentsOf(YEAR, ...rows);
const totals = (...rows: string[]): string => lines('area,coverage_year,rows,amount', ...rows);
const conduct = (daysLate: string): string =>
  lines(
    'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score,cause,unpaid_claims,policy_reimbursement',
    `1501,employee,${YEAR},${daysLate},,,,,,,`,
  );
const openings = (...rows: string[]): string => lines('area,scheme,part,year,accumulated_surplus', ...rows);

/** 1501 is counted person by person, 1502 and 1503 by the tax bureau's totals. */
const AREAS = ['1501', '1502', '1503'];
const BEFORE = {
  'areas.csv': lines(
    'area,name_zh,name_en,schemes,subsidy_class',
    '1501,甲市,Jia,employee;resident,2',
    '1502,乙市,Yi,resident,2',
    '1503,丙市,Bing,resident,2',
  ),
  'operators.csv': operatorsOf(...AREAS),
  'medical_aid.csv': lines('area,group,kind,value,funding', ',destitute,full,,medical_aid'),
  'history.csv': lines(
    'area,scheme,part,year,item,amount',
    `1501,employee,pooled,${YEAR - 1},premium,40000.00`,
    `1501,employee,pooled,${YEAR - 1},inpatient,30000.00`,
  ),
  'opening.csv': openings(...AREAS.map((area) => `${area},resident,pooled,${YEAR},-700.00`)),
};
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const IN_TIME = {
  'resident_roll.csv': roll('P1,1501,,ordinary', 'P2,1501,,ordinary', 'P4,1501,,newborn', 'P5,1501,,ordinary'),
  'resident_payments.csv': payments(
    'R1 P1 1501 400.00 2027-09-10 payment',
    'R3 P3 1501 400.00 2027-11-01 payment',
    'R5 P5 1501 300.00 2027-11-02 payment',
  ),
  'collection_totals.csv': totals(`1502,${YEAR},2,800.00`),
  'actuals.csv': lines(
    'area,scheme,part,year,month,item,amount',
    ...MONTHS.flatMap((month) => [
      ...AREAS.flatMap((area) => [
        `${area},resident,pooled,${YEAR},${month},fiscal_subsidy,100.00`,
        `${area},resident,pooled,${YEAR},${month},inpatient,120.00`,
      ]),
      `1501,employee,pooled,${YEAR},${month},premium,3000.00`,
      `1501,employee,pooled,${YEAR},${month},inpatient,2500.00`,
    ]),
  ),
};

let database: TestDatabase;
afterEach(() => database.drop());

const take = (files: Record<string, string>, correction: Correction | null = null): Promise<unknown> =>
  importInto(database, YEAR, files, correction);

interface Rows {
  files: Record<string, string>;
  correction?: Correction;
}
/** What holds of every month, and how often each was reckoned. */
interface Finished {
  months: object[];
  findings: object[];
  closings: object[];
  reckoned: string[];
  broken: string[];
}

async function runYear(rows: Rows, come: 'in time' | 'late', stays = false): Promise<Finished> {
  database = await testDatabase();
  const fund = createActivities(database.pool);
  const book = (through: string, booking: number) =>
    Promise.all(AREAS.map((area) => fund.bookCollection({ year: YEAR, area, after: null, through, booking })));
  await take(BEFORE);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'first' });
  await recordMethod(database, fund, YEAR, 'r-gov');
  await fund.openCollection({ year: YEAR });
  await fund.estimateLevy({ year: YEAR, scheme: 'employee' });
  await take(IN_TIME);
  if (come === 'in time') await take(rows.files, rows.correction ?? null);
  await book(`${YEAR - 1}-12-31`, 1);
  await putBudgetsInForce();
  await fund.openBooks({ year: YEAR, date: `${YEAR}-01-01` });
  for (const month of MONTHS) {
    const quarter = [1, 4, 7, 10].indexOf(month) + 1;
    const date = calendarOf(YEAR).prepayments[quarter - 1];
    if (date !== undefined) await fund.payInstalment({ year: YEAR, scheme: 'employee', quarter, date });
    await fund.checkMonth({ year: YEAR, month, date: monthEnd(YEAR, month) });
  }
  if (come === 'late') await take(rows.files, rows.correction ?? null);
  await book(`${YEAR}-12-31`, 2);
  const result = await standing();
  if (!stays) await database.drop();
  return result;
}

/** Budgets by which the income of 1501 is executed at 0.64 without late payments, and within the band with two. */
async function putBudgetsInForce(): Promise<void> {
  await inTransaction(database.as('owner'), async (trx) => {
    await execute(trx, 'set local session_replication_role = replica'); // no check of a submission that is not there
    await execute(
      trx,
      `insert into fund.budget (fund_year, area, scheme, origin, version, in_force_from, because)
       select ${YEAR}, area, 'resident', 'submitted', 1, '${YEAR}-01-01', '{}' from fund.area`,
    );
    await execute(
      trx,
      `insert into fund.budget_item (fund_year, area, scheme, part, item, amount)
       select ${YEAR}, area, 'resident', 'pooled', item, amount
       from fund.area, (values ('premium', 1300.00), ('fiscal_subsidy', 1200.00), ('inpatient', 1500.00)) as b (item, amount)`,
    );
  });
}

async function standing(): Promise<Finished> {
  const all = (sql: string) => select<object>(database.pool, sql);
  const reckoned = await select<{ place: string }>(
    database.pool,
    `select concat_ws(' ', scheme, area, month) as place from fund.risk_reckoned group by scheme, area, month
     having max(reckoning) > 1 order by scheme, area, month`,
  );
  const invariants = await checkInvariants(database.pool, YEAR, false);
  return {
    months: await all(
      `select area, scheme, month, accumulated_surplus, months_payable, months_payable_4, level, action from fund.risk order by 1, 2, 3`,
    ),
    findings: await all(
      `select code, area, scheme, month, subject, figure from fund.current_finding order by 1, 2, 3, 4, 5`,
    ),
    closings: await all(
      `select entity, scheme, part, account, sum(debit_less_credit) as amount from fund.ledger
       group by 1, 2, 3, 4 having sum(debit_less_credit) <> 0 order by 1, 2, 3, 4`,
    ),
    reckoned: reckoned.map(({ place }) => place),
    broken: invariants.filter(({ name }) => name === 'months_reckoned').flatMap(({ broken }) => broken),
  };
}

const monthsOf = (fund: string, from: number): string[] =>
  MONTHS.filter((month) => month >= from).map((month) => `${fund} ${month}`);

// what comes late, the rows, and the first month that changes, of which fund
// prettier-ignore
test.each<[what: string, rows: Rows, from: [fund: string, month: number]]>([
  ['a payment of the year before', { files: { 'resident_payments_2.csv': payments('R2 P2 1501 400.00 2027-10-05 payment') } },
    ['resident 1501', 1]],
  ['a payment of March', { files: { 'resident_payments_2.csv': payments('R4 P4 1501 400.00 2028-03-05 payment') } },
    ['resident 1501', 3]],
  ['both', { files: { 'resident_payments_2.csv': payments('R2 P2 1501 400.00 2027-10-05 payment', 'R4 P4 1501 400.00 2028-03-05 payment') } },
    ['resident 1501', 1]],
  ['a refund', { files: { 'resident_payments_2.csv': payments('B1 P1 1501 400.00 2027-12-01 refund R1') } },
    ['resident 1501', 1]],
  ['a person of the roll, whose payment was in quarantine', { files: { 'resident_roll_2.csv': roll('P3,1501,,ordinary') } },
    ['resident 1501', 1]],
  ['a person of the roll who owes nothing', { files: { 'resident_roll_2.csv': roll('P6,1501,,destitute') } },
    ['resident 1501', 1]],
  ['the tax bureau’s total', { files: { 'collection_totals.csv': totals(`1503,${YEAR},3,1200.00`) } },
    ['resident 1503', 1]],
  ['another total', { files: { 'collection_totals.csv': totals(`1502,${YEAR},1,400.00`) }, correction: BY_REGION },
    ['resident 1502', 1]],
  ['the first persons of an area that had a total', { files: { 'resident_roll_2.csv': roll('P7,1502,,ordinary') } },
    ['resident 1502', 1]],
  ['a levy that is withheld', { files: { 'conduct.csv': conduct('unpaid') } },
    ['employee 1501', 1]],
  ['an opening', { files: { 'opening.csv': openings(`1501,employee,pooled,${YEAR},7000.00`) } },
    ['employee 1501', 1]],
])('%s: levels, findings and books are those of a year in which it came in time', async (_what, rows, [fund, month]) => {
  const { reckoned: none, ...inTime } = await runYear(rows, 'in time');
  const { reckoned, ...late } = await runYear(rows, 'late', true);
  expect(late).toEqual(inTime);
  expect([none, reckoned]).toEqual([[], monthsOf(fund, month)]);
  expect(late.broken).toEqual([]);
});

test('a level that is no longer red, and an execution within its band, are no longer findings; the earlier ones stay on file', async () => {
  const nothing = { files: { 'resident_payments_2.csv': payments() } };
  const before = await runYear(nothing, 'late');
  const after = await runYear(
    {
      files: {
        'resident_payments_2.csv': payments(
          'R2 P2 1501 400.00 2027-10-05 payment',
          'R4 P4 1501 400.00 2028-03-05 payment',
        ),
      },
    },
    'late',
    true,
  );
  const of1501 = ({ findings }: Finished) =>
    findings.filter((finding) => (finding as { area: string; scheme: string }).area === '1501').length;
  expect(of1501(after)).toBeLessThan(of1501(before));
  const [{ kept } = { kept: '' }] = await select<{ kept: string }>(
    database.pool,
    `select count(*) as kept from fund.finding where area = '1501' and reckoning = 1`,
  );
  expect(kept).toBe(String(of1501(before)));
});

/** The window of 1501 is extended to the end of February. */
const extendWindow = () =>
  extendIn(database, {
    ...{ year: YEAR, area: '1501', until: `${YEAR}-02-29`, operator: 'r-sec', document: '内医保发〔2028〕30号' },
  });
const bookOnceMore = () =>
  createActivities(database.pool).bookCollection({
    ...{ year: YEAR, area: '1501', after: null, through: `${YEAR}-12-31`, booking: 3 },
  });
const IN_FEBRUARY = payments('R2 P2 1501 400.00 2028-02-20 payment');

test('what changes no income recomputes no month: a refund of a quarantined payment, a longer window', async () => {
  const refund = { files: { 'resident_payments_2.csv': payments('B5 P5 1501 300.00 2027-12-01 refund R5') } };
  const { reckoned } = await runYear(refund, 'late', true);
  expect(reckoned).toEqual([]);
  await extendWindow();
  expect((await standing()).reckoned).toEqual([]);
  // A payment in the longer window is one that comes late.
  await take({ 'resident_payments_3.csv': IN_FEBRUARY });
  await bookOnceMore();
  const { reckoned: after, broken } = await standing();
  expect([after, broken]).toEqual([monthsOf('resident 1501', 2), []]);
});

test('a payment that was too late reckons its months again once the window is longer', async () => {
  const { reckoned } = await runYear({ files: { 'resident_payments_2.csv': IN_FEBRUARY } }, 'late', true);
  expect(reckoned).toEqual([]);
  await extendWindow();
  await bookOnceMore();
  const { reckoned: after, broken } = await standing();
  expect([after, broken]).toEqual([monthsOf('resident 1501', 2), []]);
});

/** What 1501 has paid of its levy by the books, and the region received: true-up and settlement included. */
async function settledLevy(): Promise<{ levy: string; paid: string[] }> {
  const of = { year: YEAR, scheme: 'employee' } as const;
  await createActivities(database.pool).trueUpLevy(of);
  await inTransaction(database.as('owner'), async (trx) => {
    await execute(trx, 'set local session_replication_role = replica'); // nobody has approved it
    await settleLevies(trx, of, `${YEAR + 1}-05-31`);
  });
  const [{ levy } = { levy: '' }] = await select<{ levy: string }>(database.pool, `select levy from fund.levy`);
  const paid = await select<{ amount: string }>(
    database.pool,
    `select abs(sum(debit_less_credit)) as amount from fund.ledger
     where key like 'levy/%' and account <> '财政专户存款' group by account`,
  );
  return { levy, paid: paid.map(({ amount }) => amount) };
}

test.each([
  ['withheld after its instalments were booked', [conduct('0'), conduct('unpaid')]],
  ['paid after all', [conduct('unpaid'), conduct('0')]],
  ['withheld, paid and withheld', [conduct('0'), conduct('unpaid'), conduct('0'), conduct('unpaid')]],
])('a levy that is %s is booked once', async (_what, [first = '', ...changes]) => {
  const inTime = await runYear({ files: { 'conduct.csv': changes.at(-1) ?? '' } }, 'in time');
  await runYear({ files: { 'conduct.csv': first } }, 'in time', true);
  for (const change of changes) await take({ 'conduct.csv': change }, BY_REGION);
  const { closings, months, broken } = await standing();
  expect([closings, months, broken]).toEqual([inTime.closings, inTime.months, []]);
  const { levy, paid } = await settledLevy();
  expect(Number(levy)).toBeGreaterThan(0);
  expect(paid).toEqual([levy, levy]);
});

describe('an area that is reconciled', () => {
  const first = payments(
    'R2 P2 1501 400.00 2027-10-05 payment',
    'R9 P9 9999 400.00 2027-10-05 payment', // no known area
  );
  const FIRST = { files: { 'resident_payments_2.csv': first } };
  const reconcile = async (area: string): Promise<void> => {
    const of = { year: YEAR, area, workflowId: 'a collection', acceptBy: `${YEAR + 1}-01-31` };
    await createActivities(database.pool).reconcileCollection(of);
  };

  test('accepts no more rows, because the books would not follow them; rows it already has, and those of other areas, are accepted', async () => {
    await runYear(FIRST, 'late', true);
    await reconcile('1501');
    await reconcile('1503');
    const grown = first + payments('R4 P4 1501 400.00 2028-03-05 payment').split('\n').slice(1).join('\n');
    // prettier-ignore
    const refused: [string, Record<string, string>][] = [
      ['a total',                           { 'collection_totals.csv': totals(`1503,${YEAR},3,1200.00`) }],
      ['a payment',                         { 'resident_payments_3.csv': payments('R4 P4 1501 400.00 2028-03-05 payment') }],
      ['a refund',                          { 'resident_payments_3.csv': payments('B1 P1 1501 400.00 2027-12-01 refund R1') }],
      ['a row that nobody can read',        { 'resident_payments_3.csv': payments('R4 P4 1501 4oo 2028-03-05 payment') }],
      ['a payment at the end of its file',  { 'resident_payments_2.csv': grown }],
      ['a person of the roll',              { 'resident_roll_2.csv': roll('P3,1501,,ordinary') }],
    ];
    const before = await standing();
    for (const [what, files] of refused) {
      const why = await take(files).then(
        () => 'taken',
        (error: unknown) => (error as Error).message,
      );
      expect([what, why]).toEqual([what, expect.stringMatching(/征缴已对账/)]);
    }
    expect(await standing()).toEqual(before);

    await take({ 'resident_payments_2.csv': first, ...IN_TIME });
    await take({ 'resident_payments_3.csv': payments('R8 P8 1502 400.00 2027-12-05 payment') });
    await take({ 'collection_totals.csv': totals(`1502,${YEAR},1,400.00`) }, BY_REGION);
    const stray = (receipt: string) => payments(`${receipt} P8 9999 400.00 2027-12-05 payment`);
    await take({ 'resident_payments_4.csv': stray('R6') });
    const of = { year: YEAR, workflowId: 'a year', acceptBy: `${YEAR + 1}-01-31` };
    await createActivities(database.pool).reconcileUnknownArea(of);
    await expect(take({ 'resident_payments_5.csv': stray('R7') })).rejects.toThrow('征缴已对账');
  });

  test('has booked and counted what was imported after its last booking', async () => {
    await runYear(FIRST, 'late', true);
    await take({ 'resident_payments_3.csv': payments('R4 P4 1501 400.00 2028-03-05 payment') });
    await reconcile('1501');
    const [counted] = await select<object>(
      database.pool,
      `select c.accepted_rows::text as rows, (select sum(-debit_less_credit) from fund.ledger
         where entity = '1501' and scheme = 'resident' and account = '基本医疗保险费收入')::text as premium
       from fund.collection c where area = '1501'`,
    );
    expect(counted).toEqual({ rows: '3', premium: '1200.00' });
    expect((await standing()).broken).toEqual([]);
  });
});
