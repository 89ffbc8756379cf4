/**
 * 核实受理 (decision 0014): a payment in quarantine that two offices of its area accept counts from that day on; what was booked
 * before stays as it is, and what must never be is refused.
 */
import { type FundActivities, createActivities } from '../../activities';
import { type ReleaseAsked, releaseToSign, requestRelease } from '../../activities/collection/release';
import { checkInvariants } from '../../audit/invariants';
import type { Act } from '../../db/decisions';
import { releasesOf } from '../../db/releases';
import { execute, select } from '../../db/rows';
import { waitingLink } from '../../db/tasks';
import { explainFigure } from '../../explain/explanation';
import { monthEnd } from '../../rules/calendar-day';
import { fundYearId, releaseId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { extendIn, importInto, lines, operatorsOf, paymentsOf } from './live-files';

const YEAR = 2028;
const AREA = '1501';
const FILE = 'resident_payments.csv';
const payments = (...rows: string[]): string => paymentsOf(YEAR, ...rows);

// prettier-ignore
const PAYMENTS = [
  /*  2 */ 'R1 P1 1501 400.00 2028-01-15 payment',   // late
  /*  3 */ 'R2 P2 1501 380.00 2027-10-10 payment',   // not what is due, and no aid hangs on it
  /*  4 */ 'R3 P3 1501 400.00 2027-10-10 payment',   // 120 are due beside the aid
  /*  5 */ 'R4 P4 1501 400.00 2027-10-01 payment',   // accepted
  /*  6 */ 'R5 P4 1501 400.00 2027-10-02 payment',   // the same person again
  /*  7 */ 'R4 P5 1501 400.00 2027-10-03 payment',   // the same money again
  /*  8 */ 'R6 P9 1501 400.00 2027-10-03 payment',   // not on the roll
  /*  9 */ 'R7 P6 1501 4oo 2027-10-03 payment',
  /* 10 */ 'B1 P7 1501 400.00 2027-10-03 refund RX', // of no payment
  /* 11 */ 'R8 P7 1501 400.00 2027-08-20 payment',   // too early, and refunded
  /* 12 */ 'B8 P7 1501 400.00 2027-09-10 refund R8',
  /* 13 */ 'R9 P8 1501 120.00 2028-01-20 payment',   // late, with aid
  /* 14 */ 'RA PA 1502 400.00 2028-01-20 payment',   // of another area
];
const PACK = {
  'areas.csv': lines(
    'area,name_zh,name_en,schemes,subsidy_class',
    '1501,甲市,Jia,employee;resident,2',
    '1502,乙市,Yi,resident,2',
  ),
  'operators.csv': operatorsOf('1501', '1502'),
  'medical_aid.csv': lines('area,group,kind,value,funding', ',subsistence,percent,0.70,medical_aid'),
  'resident_roll.csv': lines(
    'person,area,banner,group,coverage_year',
    ...['P1', 'P2', 'P4', 'P5', 'P6', 'P7'].map((person) => `${person},1501,,ordinary,${YEAR}`),
    ...['P3', 'P8'].map((person) => `${person},1501,,subsistence,${YEAR}`),
    `PA,1502,,ordinary,${YEAR}`,
  ),
  [FILE]: payments(...PAYMENTS),
};

let database: TestDatabase;
let fund: FundActivities;
beforeEach(async () => {
  database = await testDatabase();
  fund = createActivities(database.pool);
  await take(PACK);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'first' });
  await fund.openCollection({ year: YEAR });
});
afterEach(() => database.drop());

const take = (files: Record<string, string>): Promise<unknown> => importInto(database, YEAR, files);

async function ask(line: number, of: Partial<ReleaseAsked> = {}) {
  const asked = {
    ...{ year: YEAR, area: AREA, file: FILE, line, reason: '银行系统故障，次日到账', operator: 'sec-1501', attempt: 1 },
    ...of,
  };
  const proof = await database.signers.sign(await releaseToSign(database.pool, asked));
  return requestRelease(database.pool, { ...asked, proof });
}
async function decide(number: number, of: Partial<Act> = {}) {
  const link = await waitingLink(database.pool, `${releaseId(YEAR, AREA, number)}/release`);
  const act: Act = {
    ...{ task: link?.task ?? '', operator: 'fin-1501', decision: 'approve', figuresHash: link?.figures_hash ?? '' },
    ...{ businessDate: '2028-03-05', ...of },
  };
  return fund.decideRelease({ year: YEAR, area: AREA, number, act: await database.signers.signed(YEAR, act) });
}
const release = async (line: number): Promise<void> => {
  const { number } = await ask(line);
  expect(await decide(number)).toEqual({ state: 'released', date: '2028-03-05' });
};
const book = (booking: number) =>
  fund.bookCollection({ year: YEAR, area: AREA, after: null, through: `${YEAR}-12-31`, booking });
const all = (sql: string) => select<Record<string, unknown>>(database.pool, sql);
const row = (line: number) =>
  all(`select outcome, reason, aid from fund.resident_payment where file = '${FILE}' and line = ${line}`);
/** What an area's accounts have of each day, in order. */
const entries = async (): Promise<string[]> => {
  const rows = await all(
    `select concat_ws(' ', date, account, sum(credit - debit)) as entry from fund.ledger
     where entity = '${AREA}' and account <> '财政专户存款' and date > '2028-01-01' group by date, account order by date, account`,
  );
  return rows.map(({ entry }) => String(entry));
};
const counts = () =>
  all(
    `select accepted_rows, quarantined_rows, quarantined_amount, collected, aid,
       (select sum(paid) from fund.collection_group g where g.area = '${AREA}') as paid,
       (select coalesce(sum(rows), 0) from fund.collection_quarantine q where q.area = '${AREA}') as by_reason
     from fund.collection_count where area = '${AREA}'`,
  );

test('a late payment is accepted as of the day of the second signature; its day in quarantine stays in the books', async () => {
  const [before] = await counts();
  await book(1);
  await release(13);
  await book(2);
  expect(await row(13)).toEqual([{ outcome: 'accepted', reason: null, aid: '280.00' }]);
  expect(await entries()).toEqual([
    '2028-01-15 待核对款 400.00',
    '2028-01-20 待核对款 120.00',
    '2028-03-05 基本医疗保险费收入 400.00',
    '2028-03-05 待核对款 -120.00',
  ]);
  const [after] = await counts();
  const change = (name: string): number => Number(after?.[name]) - Number(before?.[name]);
  expect(
    ['accepted_rows', 'quarantined_rows', 'quarantined_amount', 'collected', 'aid', 'paid', 'by_reason'].map(change),
  ).toEqual([1, -1, -120, 120, 280, 1, -1]);
  expect(await releasesOf(database.as('reader'), { year: YEAR, area: AREA })).toMatchObject([
    {
      ...{ number: 1, file: FILE, line: 13, reason: '银行系统故障，次日到账', quarantined_as: 'out_of_window' },
      ...{ released_on: '2028-03-05', open: false, asked_by: 'sec-1501', decided_by: 'fin-1501', decision: 'approve' },
    },
  ]);
});

test('its entries can be explained by its row, on either day; as a row in quarantine it is no more, and says why', async () => {
  await book(1);
  await release(13);
  await book(2);
  const rowsOf = async (key: string, account: string): Promise<string[]> => {
    const [node] = await explainFigure(database.pool, {
      ...{ year: YEAR, figure: 'journal.debit', key: { key, account }, depth: 1 },
    });
    const inputs = node?.from.kind === 'figure' ? node.from.inputs : [];
    return inputs.flatMap(({ from }) =>
      from.kind === 'rows' ? from.lines.map(({ line }) => `${line} ${from.sum}${from.differs ? ' differs' : ''}`) : [],
    );
  };
  expect(await rowsOf(`collection/${AREA}/2028-01-20/quarantined_payments`, '财政专户存款')).toEqual(['13 120.00']);
  expect(await rowsOf(`collection/${AREA}/2028-03-05/quarantined_releases`, '待核对款')).toEqual(['13 120.00']);
  expect(await rowsOf(`collection/${AREA}/2028-03-05/payments`, '财政专户存款')).toEqual(['13 120.00', '13 280.00']);
  await expect(
    explainFigure(database.pool, {
      year: YEAR,
      figure: 'quarantine.reason',
      key: { file: FILE, line: '13' },
      depth: 1,
    }),
  ).rejects.toThrow(
    /“不在征缴期内”待核对，已于 2028-03-05 核实受理（第 1 号，sec-1501 提出、fin-1501 批准；理由：银行系统故障/,
  );
});

test('a wrong amount is accepted as it is where no aid hangs on it; the area reconciles, and every invariant holds', async () => {
  await release(3);
  await release(2).catch(() => undefined);
  const { number } = await ask(13);
  await decide(number);
  const of = { year: YEAR, area: AREA, workflowId: 'a collection', acceptBy: `${YEAR + 1}-01-31` };
  await fund.reconcileCollection(of);
  expect(await all(`select accepted_rows, quarantined_rows, paid, collected, aid from fund.collection`)).toEqual([
    { accepted_rows: '5', quarantined_rows: '7', paid: '4', collected: '1300.00', aid: '280.00' },
  ]);
  const results = await checkInvariants(database.pool, YEAR, false);
  expect(results.flatMap(({ name, broken }) => broken.map((place) => `${name} ${place}`))).toEqual([]);
});

test('months that end after the release rest on it; those before do not, and the audit agrees', async () => {
  await fund.openBooks({ year: YEAR, date: `${YEAR}-01-01` });
  for (const month of [1, 2, 3]) await fund.checkMonth({ year: YEAR, month, date: monthEnd(YEAR, month) });
  await release(13);
  expect(
    await all(`select month from fund.risk_reckoned where scheme = 'resident' and area = '${AREA}' and reckoning = 2`),
  ).toEqual([{ month: 3 }]);
  const results = await checkInvariants(database.pool, YEAR, false);
  expect(results.filter(({ name }) => name === 'months_reckoned')).toMatchObject([{ broken: [] }]);
});

test('a later refund gives it back with its aid, and a later payment of the same person is the duplicate', async () => {
  // Before the year begins, so that it may still be refunded.
  const { number } = await ask(3);
  expect(await decide(number, { businessDate: '2027-12-01' })).toEqual({ state: 'released', date: '2027-12-01' });
  await take({ 'resident_payments_2.csv': payments('RB P2 1501 400.00 2027-12-05 payment') });
  const of2 = () =>
    all(`select receipt, outcome, reason from fund.resident_payment where file like '%_2.csv' or file like '%_3.csv'`);
  expect(await of2()).toEqual([{ receipt: 'RB', outcome: 'quarantined', reason: 'duplicate_enrolment' }]);
  await take({ 'resident_payments_3.csv': payments('B2 P2 1501 380.00 2027-12-10 refund R2') });
  expect(await of2()).toContainEqual({ receipt: 'B2', outcome: 'accepted', reason: null });
  // Now the duplicate is no more: it may be released in its turn.
  const { number: next } = await ask(2, { file: 'resident_payments_2.csv' });
  expect(await decide(next)).toMatchObject({ state: 'released' });
  expect(
    await all(`select persons, kind from fund.collection_day where kind in ('payments', 'refunds') order by day`),
  ).toEqual([
    { persons: '1', kind: 'payments' },
    { persons: '1', kind: 'payments' },
    { persons: '1', kind: 'refunds' },
    { persons: '1', kind: 'payments' },
  ]);
});

test('asked five times at once it is one request; returned, it may be asked for again; released, it may not', async () => {
  const asked = await Promise.all([ask(2), ask(2), ask(2), ask(2), ask(2)]);
  expect(asked).toEqual(Array(5).fill({ year: YEAR, area: AREA, number: 1 }));
  await expect(ask(2, { attempt: 2 })).rejects.toThrow('该行已有第 1 号核实受理申请，尚未办结');
  expect(await decide(1, { decision: 'return', note: '请附银行证明' })).toEqual({ state: 'returned' });
  expect(await row(2)).toMatchObject([{ outcome: 'quarantined' }]);
  expect(await ask(2, { attempt: 2, reason: '附银行证明' })).toMatchObject({ number: 2 });
  const act = { businessDate: '2028-03-06' };
  expect(await decide(2, act)).toEqual({ state: 'released', date: '2028-03-06' });
  await expect(ask(2, { attempt: 3 })).rejects.toThrow('该行已核实受理');
  expect(await fund.lapseRelease({ year: YEAR, area: AREA, number: 2 })).toEqual({
    state: 'released',
    date: '2028-03-06',
  });
});

describe('is refused', () => {
  // what is wrong, the line, the request, the refusal
  // prettier-ignore
  test.each<[string, number, Partial<ReleaseAsked>, RegExp]>([
    ['an amount that is not what is due beside aid',  4, {},                         /金额与应缴不符，而此人应享受资助/],
    ['an accepted row',                               5, {},                         /该行已受理，不在待核对之列/],
    ['a person who is enrolled',                      6, {},                         /此人本年度已参保/],
    ['the same money twice',                          7, {},                         /票据号重复：同一笔钱不入账两次/],
    ['a person on no roll',                           8, {},                         /请补充登记，登记后自动重新判定/],
    ['a row that nobody can read',                    9, {},                         /该行格式错误/],
    ['a refund',                                     10, {},                         /退费不能核实受理/],
    ['a payment that was refunded',                  11, {},                         /该笔缴费已经退回/],
    ['a row of another area',                        14, {},                         /1501 没有文件 resident_payments.csv 第 14 行/],
    ['another area, by its own office',              13, { operator: 'sec-1502' },   /sec-1502 属1502 统筹区医保局，本事项须由1501 统筹区医保局办理/],
    ['a row that is not there',                     999, {},                         /没有文件/],
    ['by the finance office',                        13, { operator: 'fin-1501' },   /fin-1501 属1501 统筹区财政局，本事项须由1501 统筹区医保局办理/],
    ['by the region',                                13, { operator: 'r-sec' },      /r-sec 属自治区医保局，本事项须由/],
    ['without a reason',                             13, { reason: ' 。' },          /reason_check/],
    ['with a reason that names the person',          13, { reason: '本人 P8 来访' }, /理由中不得写个人证件号/],
  ])('%s', async (_what, line, of, why) => {
    const before = await counts();
    await expect(ask(line, of)).rejects.toThrow(why);
    expect([await counts(), await all('select from fund.release_request')]).toEqual([before, []]);
  });

  test('the approval of another office or area, and of whoever asked', async () => {
    const { number } = await ask(13);
    for (const operator of ['sec-1501', 'fin-1502', 'r-sec']) {
      await expect(decide(number, { operator })).rejects.toThrow(/本事项须由1501 统筹区财政局办理/);
    }
    expect(await row(13)).toMatchObject([{ outcome: 'quarantined' }]);
  });

  test('a row that has changed since: the window was extended, and it was accepted by itself', async () => {
    const { number } = await ask(2);
    await extendIn(database, {
      ...{ year: YEAR, area: AREA, until: '2028-01-31', operator: 'r-sec', document: '内医保发〔2028〕1号' },
    });
    await expect(decide(number)).rejects.toThrow('第 1 号所指的行在申请之后已变');
    expect(await decide(number, { decision: 'return', note: '已自动受理' })).toEqual({ state: 'returned' });
  });

  test('a person who was enrolled since', async () => {
    const { number } = await ask(3);
    await take({ 'resident_payments_2.csv': payments('RB P2 1501 400.00 2027-12-05 payment') });
    await expect(decide(number)).rejects.toThrow('此人本年度已参保');
  });

  test('in an area that is reconciled, whoever asks', async () => {
    const { number } = await ask(13);
    const of = { year: YEAR, area: AREA, workflowId: 'a collection', acceptBy: `${YEAR + 1}-01-31` };
    await fund.reconcileCollection(of);
    await expect(decide(number)).rejects.toThrow('1501 的征缴已对账');
    await expect(ask(2)).rejects.toThrow('1501 的征缴已对账');
    expect(await fund.lapseRelease({ year: YEAR, area: AREA, number })).toEqual({ state: 'lapsed' });
    expect(await waitingLink(database.pool, `${releaseId(YEAR, AREA, number)}/release`)).toBeNull();
  });

  test('in a year that is closed, and in a run', async () => {
    const { number } = await ask(13);
    const owner = database.as('owner');
    await execute(owner, `update fund.fund_year set mode = 'run'`);
    await expect(ask(2)).rejects.toThrow('模拟运行的年度按数据包判定');
    await execute(owner, `update fund.fund_year set mode = 'live', status = 'closed', closed_on = '2029-05-31'`);
    await expect(ask(2)).rejects.toThrow(/已结账/);
    await expect(decide(number)).rejects.toThrow(/已结账/);
    expect(await row(13)).toMatchObject([{ outcome: 'quarantined' }]);
  });

  test('cash of the year before in an area that goes by receipts: it lies in the books of that year', async () => {
    await execute(
      database.as('owner'),
      `set session_replication_role = replica;
       update fund.parameter_in_force set value = '"receipt_year"' where name = 'books.premium_recognition'`,
    );
    const { number } = await ask(3);
    await expect(decide(number)).rejects.toThrow('上年到账的待核对款在上年账上');
    await expect(decide(number, { businessDate: '2027-12-30' })).resolves.toMatchObject({ state: 'released' });
  });

  test('by the worker itself: without the approval, or around the function', async () => {
    await ask(13);
    await expect(execute(database.pool, `select fund.release_payment(${YEAR}, '${AREA}', 1)`)).rejects.toThrow(
      '1501 第 1 号核实受理审批未完成',
    );
    await expect(
      execute(database.pool, `update fund.resident_payment set outcome = 'accepted' where line = 13`),
    ).rejects.toThrow(/permission denied/);
  });
});
