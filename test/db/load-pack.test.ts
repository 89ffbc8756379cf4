/** Loading a pack, on a real database: whole, once, whoever loads at the same time. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTransaction } from '../../db/connect';
import { post } from '../../db/journal';
import { OtherPack, PackRefused, loadPack } from '../../db/load-pack';
import { execute, select } from '../../db/rows';
import type { Pack } from '../../pack/index';
import { decimal } from '../../rules/money';
import type { Scheme } from '../../rules/vocabulary';
import { testDatabase } from '../database';
import { YEAR, packOf, removePacks, smallPack, spoiled, without } from '../pack/builder';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());
afterAll(removePacks);

const rows = async (sql: string): Promise<unknown[]> =>
  (await select<Record<string, unknown>>(database.pool, sql)).map((row) => Object.values(row));
const isEmpty = async (): Promise<boolean> => (await rows('select from fund.fund_year')).length === 0;

test('every table of the pack is stored', async () => {
  const pack = await packOf();
  expect(await loadPack(database.pool, pack, 'run')).toBe('loaded');
  const counts = await rows(`
    select 'pack_file', count(*)::int from fund.pack_file union all
    select 'parameter_override', count(*)::int from fund.parameter_override union all
    select 'area', count(*)::int from fund.area union all
    select 'banner', count(*)::int from fund.banner union all
    select 'operator', count(*)::int from fund.operator union all
    select 'history', count(*)::int from fund.history union all
    select 'opening', count(*)::int from fund.opening union all
    select 'adjustment_fund', count(*)::int from fund.adjustment_fund union all
    select 'insured', count(*)::int from fund.insured union all
    select 'medical_aid', count(*)::int from fund.medical_aid union all
    select 'collection_total', count(*)::int from fund.collection_total union all
    select 'resident_roll', count(*)::int from fund.resident_roll union all
    select 'received_payment', count(*)::int from fund.received_payment union all
    select 'budget_submission', count(*)::int from fund.budget_submission union all
    select 'budget_adjustment', count(*)::int from fund.budget_adjustment union all
    select 'actual', count(*)::int from fund.actual union all
    select 'subsidy_arrival', count(*)::int from fund.subsidy_arrival union all
    select 'conduct', count(*)::int from fund.conduct`);
  expect(Object.fromEntries(counts as [string, number][])).toEqual({
    pack_file: Object.keys(smallPack()).length,
    parameter_override: 1,
    area: 3,
    banner: 2,
    operator: 9,
    history: 3,
    opening: 2,
    adjustment_fund: 1,
    insured: 2,
    medical_aid: 3,
    collection_total: 1,
    resident_roll: 2, // the row of 2029 is left for its own cycle
    received_payment: 2,
    budget_submission: 2,
    budget_adjustment: 1,
    actual: 2,
    subsidy_arrival: 2,
    conduct: 2,
  });
});

test('cells are stored as they were read: an empty cell of conduct is 0, of insured a missing value', async () => {
  await loadPack(database.pool, await packOf(), 'run');
  expect(
    await rows(
      'select area, levy_days_late, levy_unpaid, audit_refused, irregular_expenditure from fund.conduct order by 1',
    ),
  ).toEqual([
    ['150100', 3, false, true, '1.50'],
    ['150200', null, true, false, '0.00'],
  ]);
  expect(await rows('select insured, aged_60_plus from fund.insured order by scheme')).toEqual([
    ['505', null],
    ['6', '2'],
  ]);
  expect(await rows('select area, to_jsonb(schemes) as schemes, subsidy_class from fund.area order by 1')).toEqual([
    ['150000', ['employee'], null],
    ['150100', ['employee', 'resident'], 2],
    ['150200', ['resident'], 1],
  ]);
});

test('an override to none is a value', async () => {
  const files = { ...smallPack(), 'parameters.json': '{"share.scope_overspend": {"value": null, "source": "办法"}}' };
  await loadPack(database.pool, await packOf(files), 'run');
  expect(await rows(`select name, value::text, source from fund.parameter_override`)).toEqual([
    ['share.scope_overspend', 'null', '办法'],
  ]);
});

test('payments keep their line, what is readable of them, and every character', async () => {
  const odd = 'R\\3\tx,"P ""3""",150200,2O28,12.3,1969-12-31T23:59:59.25Z,refund,\n\nR4,P4,159900,2028\n';
  const files = {
    ...smallPack(),
    'resident_payments-2.csv': `${smallPack()['resident_payments.csv']!.split('\n')[0]}\n${odd}`,
  };
  await loadPack(database.pool, await packOf(files), 'run');
  const stored = await rows(
    `select line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, reason
     from fund.received_payment where file = 'resident_payments-2.csv' order by line`,
  );
  expect(stored).toEqual([
    [2, 'R\\3\tx', 'P "3"', '150200', '150200', '12.30', '-0.75', '1970-01-01', 'refund', 'malformed'],
    [4, '', '', '', null, null, null, null, null, 'malformed'],
  ]);
});

test('the same pack again changes nothing', async () => {
  await loadPack(database.pool, await packOf(), 'run');
  expect(await loadPack(database.pool, await packOf(), 'run')).toBe('already loaded');
});

test('five loads at once store the pack once', async () => {
  const pack = await packOf();
  const loads = await Promise.all(Array.from({ length: 5 }, () => loadPack(database.pool, pack, 'run')));
  expect(loads.sort()).toEqual(['already loaded', 'already loaded', 'already loaded', 'already loaded', 'loaded']);
  expect(await rows('select count(*)::int from fund.area')).toEqual([[3]]);
});

test('another pack of the same year is refused, naming the files', async () => {
  await loadPack(database.pool, await packOf(), 'run');
  const files = {
    ...without(spoiled('opening.csv', '60.00', '61.00'), 'conduct.csv'),
    'resident_roll_2.csv': smallPack()['resident_roll.csv']!.split('\n')[0]!,
  };
  const refusal: unknown = await loadPack(database.pool, await packOf(files), 'run').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(OtherPack);
  expect(refusal).toMatchObject({
    differing: ['opening.csv'],
    missing: ['conduct.csv'],
    added: ['resident_roll_2.csv'],
  });
  expect(await rows('select accumulated_surplus from fund.opening order by area')).toEqual([['60.00'], ['-5.10']]);
});

test('a file that changes after it was judged leaves nothing stored', async () => {
  const pack = await packOf();
  appendFileSync(join(pack.directory, 'resident_roll.csv'), 'P2,150100,,ordinary,2028\n');
  await expect(loadPack(database.pool, pack, 'run')).rejects.toThrow('resident_roll.csv');
  expect(await isEmpty()).toBe(true);
});

test.each([
  ['resident_roll.csv', 'P2,150900'],
  ['resident_payments.csv', Buffer.from('\xff', 'latin1')],
])(
  'a fault that comes up in the middle of %s leaves nothing stored, and the connection usable',
  async (file, spoil) => {
    const pack = await packOf();
    appendFileSync(join(pack.directory, file), spoil);
    await expect(loadPack(database.pool, pack, 'run')).rejects.toThrow(file);
    expect(await isEmpty()).toBe(true);
    expect(await loadPack(database.pool, await packOf(), 'run')).toBe('loaded');
  },
);

describe('opening and closing', () => {
  /** Closes the year before with these special accounts; the personal account of 150100 holds cash under review too. */
  async function closeYearBefore(accounts: [entity: string, scheme: Scheme, amount: string][]): Promise<void> {
    const before = YEAR - 1;
    await execute(database.pool, `insert into fund.fund_year (year, mode) values (:before, 'run')`, { before });
    await inTransaction(database.pool, (trx) =>
      post(
        trx,
        before,
        accounts.map(([entity, scheme, amount]) => ({
          date: `${before}-01-01`,
          entity,
          scheme,
          part: 'pooled',
          key: `opening/${entity}/${scheme}`,
          basis: '测试',
          debit: '财政专户存款',
          credit: '基金结余',
          amount: decimal(amount),
          because: { article: '测试', formula: '1', inputs: {} },
        })),
      ),
    );
    await execute(
      database.pool,
      `update fund.fund_year set status = 'closed', closed_on = :closed_on where year = :before`,
      { before, closed_on: `${YEAR}-05-31` },
    );
  }
  const matching: Parameters<typeof closeYearBefore>[0] = [
    ['150100', 'employee', '60.00'],
    ['150200', 'resident', '-5.10'],
    ['region', 'employee', '300.00'],
  ];
  const faultsOf = async (pack: Pack) => {
    const refusal: unknown = await loadPack(database.pool, pack, 'run').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PackRefused);
    return (refusal as PackRefused).faults.map(({ file, line, found }) => [file, line, found]);
  };

  test('an opening that is the closing to the fen is loaded', async () => {
    await closeYearBefore(matching);
    expect(await loadPack(database.pool, await packOf(), 'run')).toBe('loaded');
  });

  test('every difference is reported, on either side, and nothing is stored', async () => {
    await closeYearBefore([
      ['150100', 'employee', '60.01'],
      ['150100', 'resident', '7.00'],
      ['150200', 'resident', '-5.10'],
      ['region', 'resident', '0.01'],
    ]);
    expect(await faultsOf(await packOf())).toEqual([
      ['opening.csv', 2, '150100 employee pooled 60.00'],
      ['opening.csv', null, '150100 resident pooled 0.00'],
      ['adjustment_fund.csv', 2, 'employee 300.00'],
      ['adjustment_fund.csv', null, 'resident 0.00'],
    ]);
    expect(await rows('select year from fund.fund_year')).toEqual([[YEAR - 1]]);
  });

  test('a year before that is still open is not compared', async () => {
    await execute(database.pool, `insert into fund.fund_year (year, mode) values (:before, 'run')`, {
      before: YEAR - 1,
    });
    expect(await loadPack(database.pool, await packOf(), 'run')).toBe('loaded');
  });
});
