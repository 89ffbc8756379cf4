/** 征缴延长: only the region extends a window, at most to the end of February, and what was too late before is judged again (RULES 2, 4; B(七)). */
import { type FundActivities, createActivities } from '../../activities';
import { type Extension, extendCollection } from '../../activities/collection/extension';
import { loadPack } from '../../db/load-pack';
import { execute, select } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

const YEAR = 2027;
const AREA = '150100';
let database: TestDatabase;
let fund: FundActivities;
beforeEach(async () => {
  database = await testDatabase();
  await loadPack(database.pool, await packFrom(caseNamed('collection-2027').pack, YEAR), 'run');
  fund = createActivities(database.pool);
  await fund.openYear({ year: YEAR, workflowId: `fund-year-${YEAR}`, firstRunId: 'the test' });
});
afterEach(() => database.drop());

const extend = (of: Partial<Extension> = {}) =>
  extendCollection(database.pool, {
    ...{
      year: YEAR,
      area: AREA,
      until: '2027-02-28',
      operator: 'nm-security',
      document: '内医保发〔2026〕30号',
      ...of,
    },
  });
const closes = async (area = AREA): Promise<Record<string, string>> => {
  const rows = await select<{ group: string; closes: string }>(
    database.pool,
    `select "group", closes from fund.collection_term where fund_year = :year and area = :area and "group" in ('ordinary', 'newborn')`,
    { year: YEAR, area },
  );
  return Object.fromEntries(rows.map((row) => [row.group, row.closes]));
};
test('the window moves for this area alone, and for no exempt group; the person who decided is recorded', async () => {
  await fund.openCollection({ year: YEAR });
  const others = await closes('150200');
  const before = await closes();
  expect(await extend()).toEqual({ closedBefore: before.ordinary });
  expect(await closes()).toEqual({ ordinary: '2027-02-28', newborn: '2027-12-31' });
  expect(await closes('150200')).toEqual(others);
  expect(
    await select(database.pool, 'select area, until, closed_before, operator, document from fund.collection_extension'),
  ).toEqual([
    {
      area: AREA,
      until: '2027-02-28',
      closed_before: before.ordinary,
      operator: 'nm-security',
      document: '内医保发〔2026〕30号',
    },
  ]);
});

test('a payment of 1 February is late in a window that ends in January, and accepted once it is longer; the books follow', async () => {
  await fund.openCollection({ year: YEAR });
  expect((await closes('150200')).ordinary).toBe('2027-01-31');
  const late = (): Promise<object[]> =>
    select(
      database.pool,
      `select outcome, reason from fund.resident_payment where area = '150200' and kind = 'payment' and paid_on = '2027-02-01'`,
    );
  const book = (booking: number) =>
    fund.bookCollection({ year: YEAR, area: '150200', after: null, through: '2027-12-31', booking });
  const premiumOfTheDay = (): Promise<object[]> =>
    select(
      database.pool,
      `select account, sum(credit - debit) as amount from fund.ledger
       where entity = '150200' and date = '2027-02-01' and account <> '财政专户存款' group by account order by account`,
    );
  await book(1);
  expect(await late()).toEqual([{ outcome: 'quarantined', reason: 'out_of_window' }]);
  expect(await premiumOfTheDay()).toEqual([{ account: '待核对款', amount: expect.any(String) as string }]);
  const [{ amount }] = (await premiumOfTheDay()) as [{ amount: string }];

  await extend({ area: '150200' });
  await book(2);
  expect(await late()).toEqual([{ outcome: 'accepted', reason: null }]);
  expect(await premiumOfTheDay()).toEqual([
    { account: '基本医疗保险费收入', amount },
    { account: '待核对款', amount: '0.00' },
  ]);
});

test('asked five times at once and once more it is one decision; with another document it is refused as a second one', async () => {
  await fund.openCollection({ year: YEAR });
  const ends = await Promise.all([extend(), extend(), extend(), extend(), extend()]);
  expect(ends).toEqual(Array(5).fill(await extend()));
  await expect(extend({ document: '另一文号' })).rejects.toThrow(/办理/);
});

describe('is refused and moves nothing', () => {
  // what is wrong, the request, the refusal
  // prettier-ignore
  test.each<[string, Partial<Extension>, RegExp]>([
    ['by the area itself',        { operator: 'sec-150100' }, /sec-150100 不能延长征缴期：须由自治区医保局办理/],
    ['by a person nobody knows',  { operator: 'nobody' },     /nobody 不能延长征缴期/],
    ['beyond the end of February', { until: '2027-03-01' },   /最晚延至 2027 年 2 月末，不能延至 2027-03-01/],
    ['to a day that is no later', { until: '2026-09-30' },    /征缴期已至 .*2026-09-30 不是延长/],
    ['without a document',        { document: '' },           /document/],
  ])('%s', async (_what, of, why) => {
    await fund.openCollection({ year: YEAR });
    const before = await closes();
    await expect(extend(of)).rejects.toThrow(why);
    expect(await closes()).toEqual(before);
  });

  test('before the collection has begun', async () => {
    await expect(extend()).rejects.toThrow('征缴尚未开始');
  });

  test('when the worker moves the terms by hand: it has no right to', async () => {
    await fund.openCollection({ year: YEAR });
    await expect(execute(database.pool, `update fund.collection_term set closes = '2027-02-28'`)).rejects.toThrow(
      /permission denied/,
    );
  });
});
