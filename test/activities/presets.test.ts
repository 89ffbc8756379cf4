/**
 * A whole year under each method preset: every invariant holds at its close, and its stored levies and shares are those of
 * the published formula, calculated here from the pack alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkInvariants } from '../../audit/invariants';
import { execute, select } from '../../db/rows';
import { decimal, floorToFen, roundToFen, sum, yuanText, zero, type Decimal } from '../../rules/money';
import { randomRegion } from '../../scripts/trials/campaign/regions/random-region';
import { type TestDatabase, testDatabase } from '../database';
import { type PackFiles, packOf, removePacks } from '../pack/builder';
import { runThrough } from './run-through';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  removePacks();
});

type Row = Record<string, string>;
/** The rows of a plain CSV file of the pack. */
function rowsOf(files: PackFiles, file: string): Row[] {
  const [header = '', ...lines] = String(files[file]).trim().split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i): [string, string] => [names[i] as string, cell])),
  );
}
const INCOME = ['premium', 'fiscal_subsidy', 'interest', 'transfer_in', 'other_income'];
const total = (rows: readonly Row[], items: readonly string[]): Decimal =>
  sum(rows.filter(({ item = '' }) => items.includes(item)).map(({ amount = '0' }) => decimal(amount)));
const SPENT = ['inpatient', 'outpatient', 'maternity', 'major_illness', 'transfer_out', 'other_expenditure'];
const positive = (amount: Decimal): Decimal => (amount.gt(0) ? amount : zero);

interface Settled extends Row {
  scheme: string;
  area: string;
  estimate_base: string;
  estimate_uncapped: string;
  prepaid: string;
  base: string;
  uncapped: string;
  levy: string;
  true_up: string;
  gap: string;
  residual: string;
  managerial: string;
  general: string;
  alpha: string;
  entitled: string;
  expenditure: string;
  expected_premium: string;
  actual_premium: string;
  budgeted_expenditure: string;
}
const SETTLED = `
  select l.scheme, l.area, e.estimate_base, e.uncapped as estimate_uncapped, e.prepaid, l.base, l.uncapped, l.levy, l.true_up,
    s.gap, s.residual, s.managerial, s.general, s.alpha, s.entitled, s.expenditure,
    s.because #>> '{managerial,inputs,expected_premium,value}' as expected_premium,
    s.because #>> '{managerial,inputs,actual_premium,value}' as actual_premium,
    s.because #>> '{general,inputs,budgeted_expenditure,value}' as budgeted_expenditure
  from fund.levy l join fund.levy_estimate e using (fund_year, scheme, area) join fund.sharing s using (fund_year, scheme, area)
  where fund_year = :year order by 1, 2`;

/** Seeds whose years together contain every case that the tests below need. */
const SEEDS: Record<number, number> = { 2040: 1003, 2042: 1001, 2044: 1000, 2046: 1003, 2048: 1000 };

/** Lives the year and returns its settlement, with last year's accounts of each area from the pack. */
async function yearUnder(preset: string, year: number, change: (drawn: PackFiles) => PackFiles = () => ({})) {
  const { files: drawn } = randomRegion((SEEDS[year] ?? 0) + year, { year, settings: {} });
  const overrides = readFileSync(join(__dirname, `../../parameters/presets/${preset}.json`), 'utf8');
  const files: PackFiles = { ...drawn, ...change(drawn), 'parameters.json': overrides };
  await runThrough(database.pool, await packOf(files, year));
  const broken = (await checkInvariants(database.pool, year, true)).flatMap((invariant) => invariant.broken);
  const history = rowsOf(files, 'history.csv').filter(
    (row) => row['year'] === String(year - 1) && row['part'] === 'pooled',
  );
  const settled = await select<Settled>(database.pool, SETTLED, { year });
  const cell = (file: string, of: Row, column: string): Decimal => {
    const found = rowsOf(files, file).find((row) => Object.entries(of).every(([name, value]) => row[name] === value));
    return decimal(found?.[column] ?? '0');
  };
  return {
    broken,
    settled,
    of: (scheme: string) => settled.filter((row) => row.scheme === scheme),
    lastYear: ({ scheme, area }: Settled, items: readonly string[]) =>
      total(
        history.filter((row) => row['scheme'] === scheme && row['area'] === area),
        items,
      ),
    surplus: ({ scheme, area }: Settled) =>
      cell('opening.csv', { scheme, area, part: 'pooled', year: String(year) }, 'accumulated_surplus'),
    fund: (scheme: string) => cell('adjustment_fund.csv', { scheme, year: String(year) }, 'opening_balance'),
  };
}
const rated = (rate: string, base: Decimal): string => yuanText(roundToFen(positive(base).times(rate)));
const levied = (rows: readonly Settled[], column: 'levy' | 'prepaid'): Decimal =>
  sum(rows.map((row) => decimal(row[column])));
/** The levies come to what was asked for, or to the room that there was. */
const upTo = (rows: readonly Settled[], column: 'levy' | 'prepaid', room: Decimal): void => {
  const asked = sum(rows.map((row) => decimal(row[column === 'levy' ? 'uncapped' : 'estimate_uncapped'])));
  const most = floorToFen(positive(room));
  expect(yuanText(levied(rows, column))).toBe(yuanText(asked.lt(most) ? asked : most));
};

test('Shaanxi 2024: 5 % of settled income, once; no more than tops every area up to 6 months', async () => {
  const year = await yearUnder('shaanxi-2024', 2040);
  expect(year.broken).toEqual([]);
  for (const row of year.settled) {
    expect(row.uncapped).toBe(rated('0.05', year.lastYear(row, INCOME)));
    expect(row).toMatchObject({ estimate_uncapped: row.uncapped, prepaid: row.levy, true_up: '0.00' });
  }
  for (const scheme of ['employee', 'resident']) {
    const lacking = year.of(scheme).map((row) => positive(year.lastYear(row, SPENT).div(2).minus(year.surplus(row))));
    upTo(year.of(scheme), 'levy', sum(lacking).minus(year.fund(scheme)));
  }
});

/** Nobody pays late or breaks a rule, so the conditions are met. */
const goodConduct = (): PackFiles => ({
  'conduct.csv':
    'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score\n',
});

test('Guangyuan 2008: employees 5 % of collection without a cap; 80 % of what is in scope, or nothing', async () => {
  const year = await yearUnder('guangyuan-2008', 2042, goodConduct);
  expect(year.broken).toEqual([]);
  for (const row of year.of('employee')) {
    expect(row.prepaid).toBe(rated('0.05', year.lastYear(row, ['premium'])));
    expect(row.levy).toBe(row.uncapped);
  }
  for (const row of year.settled) {
    const beyond = positive(decimal(row.expenditure).minus(decimal('1.3').times(row.budgeted_expenditure)));
    expect(row.managerial).toBe('0.00');
    expect(row.general).toBe(yuanText(positive(decimal(row.residual).minus(beyond))));
    expect(['0', '0.8']).toContain(decimal(row.alpha).toFixed());
    expect(row.entitled).toBe(yuanText(roundToFen(decimal(row.alpha).times(row.general))));
  }
});

test('Lishui 2011: 2 % of collection until two months of payments; F at most what local finance pays', async () => {
  const year = await yearUnder('lishui-2011', 2044);
  expect(year.broken).toEqual([]);
  for (const row of year.settled) {
    expect(row.estimate_uncapped).toBe(rated('0.02', year.lastYear(row, ['premium'])));
    expect(decimal(row.entitled).times(2).lte(row.residual)).toBe(true);
  }
  for (const scheme of ['employee', 'resident']) {
    const spent = sum(year.of(scheme).map((row) => year.lastYear(row, SPENT)));
    for (const column of ['prepaid', 'levy'] as const)
      upTo(year.of(scheme), column, spent.div(6).minus(year.fund(scheme)));
  }
});

test('NCMS 2004: residents 3 % of what is raised, until the fund holds 10 %', async () => {
  const year = await yearUnder('ncms-2004', 2046);
  expect(year.broken).toEqual([]);
  const residents = year.of('resident');
  for (const row of residents) {
    expect(row.estimate_uncapped).toBe(rated('0.03', year.lastYear(row, INCOME)));
    expect(row.uncapped).toBe(rated('0.03', decimal(row.base)));
  }
  const raised = sum(residents.map((row) => year.lastYear(row, INCOME)));
  upTo(residents, 'levy', raised.div(10).minus(year.fund('resident')));
});

test('Chuxiong 2017: the area government bears all missed premium', async () => {
  const year = await yearUnder('chuxiong-2017', 2048);
  expect(year.broken).toEqual([]);
  for (const row of year.settled) {
    const missed = positive(decimal(row.expected_premium).minus(row.actual_premium));
    const atLeast = missed.lt(row.residual) ? missed : decimal(row.residual);
    expect(decimal(row.managerial).gte(atLeast)).toBe(true);
    expect(row.general).toBe(yuanText(decimal(row.residual).minus(row.managerial)));
  }
});

// A formula that was never applied would prove nothing.
// prettier-ignore
test.each([
  ['a levy cut by a cap',                  'select from fund.levy where levy < uncapped'],
  ['a levy in full',                       'select from fund.levy where levy = uncapped and levy > 0'],
  ['a gap that was shared',                'select from fund.sharing where entitled > 0'],
  ['80 % of Guangyuan',                    'select from fund.sharing where fund_year = 2042 and entitled > 0'],
  ['a spending beyond Guangyuan’s scope',  'select from fund.sharing where fund_year = 2042 and general < residual'],
  ['half of Lishui',                       'select from fund.sharing where fund_year = 2044 and entitled > 0'],
  ['missed premium in Chuxiong',           'select from fund.sharing where fund_year = 2048 and managerial > 0'],
])('there was %s', async (_what, query) => {
  expect(await execute(database.pool, query)).toBeGreaterThan(0);
});
