/**
 * Every figure of levy and sharing is recomputed from its stored reason alone (issue: provenance), for whole years under
 * every base, every cap mode and every method of sharing.
 */
import type { Database } from '../../db/connect';
import { execute, select } from '../../db/rows';
import type { Because } from '../../rules/rule';
import { randomRegion } from '../../scripts/trials/campaign/regions/random-region';
import { type TestDatabase, testDatabase } from '../database';
import { packOf, removePacks } from '../pack/builder';
import { runThrough } from './run-through';
import { Auditor, type FigureRow } from './provenance';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  removePacks();
});

// Each line is a year of its own.
//  base            cap                      of         F ≤ A   scope    managerial
// prettier-ignore
const METHODS: [base: string, cap: string, value: string | null, match: boolean, scope: string | null, managerial: boolean][] = [
  ['current',       'months_of_expenditure', '2',       false,  null,    true],
  ['prior_settled', 'months_of_expenditure', '0.5',     true,   '0.30',  true],
  ['premium_only',  'top_up_months',         '6',       false,  '0.05',  false],
  ['current',       'top_up_months',         '2.5',     true,   null,    true],
  ['prior_settled', 'percent_of_income',     '0.10',    false,  null,    true],
  ['premium_only',  'percent_of_income',     '0.333',   false,  '0.30',  true],
  ['current',       'absolute',              '620.075', false,  '0',     true],
  ['premium_only',  'absolute',              '0',       true,   null,    true],
  ['current',       'none',                  null,      false,  null,    true],
  ['prior_settled', 'none',                  null,      true,   '0.02',  false],
];
const years = METHODS.map((method, i) => [2028 + 2 * i, ...method] as const);

/** Drawn so that the years together meet all that is asked for below. */
const SEED = 1000;

const rowsOf = (db: Database, table: string, year: number): Promise<FigureRow[]> =>
  select<FigureRow>(db, `select * from fund.${table} where fund_year = :year`, { year });

test.each(years)(
  '%d: base %s, cap %s %s, F ≤ A %s, scope %s, managerial %s',
  async (year, base, cap, value, match, scope, managerial) => {
    const settings = {
      'levy.base': base,
      'levy.cap.mode': cap,
      'levy.cap.value': value,
      'levy.rate.resident': '0.035',
      'share.match_area': match,
      'share.scope_overspend': scope,
      'share.managerial': managerial,
      'share.reserve': year % 4 === 0 ? '0' : '12.34',
    };
    // The same pack every time: what is random here was drawn for the year.
    const { files } = randomRegion(SEED + year, { year, settings });
    await runThrough(database.pool, await packOf(files, year));

    const auditor = new Auditor(database.pool, year);
    const faults: string[] = [];
    for (const table of ['levy_estimate', 'levy', 'sharing']) {
      const rows = await rowsOf(database.pool, table, year);
      expect(rows).not.toEqual([]);
      for (const row of rows) faults.push(...(await auditor.faultsOf(table, row)));
    }
    expect(faults).toEqual([]);
  },
);

describe('among these years', () => {
  // what a year may have, and how often it was met: never would mean that its provenance was not tried
  // prettier-ignore
  test.each([
    ['a gap',                                     'select from fund.sharing where gap > 0'],
    ['a gap that the own surplus covers',         'select from fund.sharing where gap > 0 and residual = 0'],
    ['no gap',                                    'select from fund.sharing where gap = 0'],
    ['a managerial part',                         'select from fund.sharing where managerial > 0'],
    ['a gap partly out of scope',                 'select from fund.sharing where general < residual - managerial'],
    ['an area that lost its share',               'select from fund.sharing where alpha = 0 and general > 0'],
    ['a share strictly between its bounds',       'select from fund.sharing where alpha > 0.5 and alpha < 0.8'],
    ['a fund that runs short',                    'select from fund.sharing where fund_share > 0 and fund_share < entitled'],
    ['a fund that has nothing',                   'select from fund.sharing where fund_share = 0 and entitled > 0'],
    ['a fund that pays in full',                  'select from fund.sharing where fund_share = entitled and entitled > 0'],
    ['a cause that nobody stated',                `select from fund.finding where code = 'cause_missing'`],
    ['each factor missing',                       `select from fund.finding where code = 'missing_data' and figure in ('d', 'c', 'k') group by fund_year having count(distinct figure) = 3`],
    ['a levy cut by the cap',                     'select from fund.levy where levy > 0 and levy < uncapped'],
    ['a fund that is full',                       'select from fund.levy where levy = 0 and uncapped > 0'],
    ['a levy without a cut',                      'select from fund.levy where levy = uncapped and levy > 0'],
    ['a base of 0 or less',                       'select from fund.levy where base <= 0'],
    ['a refund',                                  'select from fund.levy where true_up < 0'],
    ['a collection counted person by person',     'select from fund.collection where by_person and collected > 0 and aid > 0'],
    ['and one of totals alone',                   'select from fund.collection where not by_person and collected > 0'],
  ])('there was %s', async (_what, query) => {
    expect(await execute(database.pool, query)).toBeGreaterThan(0);
  });
});

test('what a collection brought is the sum of its rows, or the tax bureau’s total', async () => {
  const collections = await select<{ premium: string; counted: string }>(
    database.pool,
    `select (c.because -> 'premium' ->> 'value')::fund.yuan as premium, (case when c.by_person
       then (select coalesce(sum(p.amount + p.aid), 0) from fund.resident_payment p
             where (p.fund_year, p.area) = (c.fund_year, c.area) and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded)
         + (select coalesce(sum(e.aid), 0) from fund.full_aid_enrolment e where (e.fund_year, e.area) = (c.fund_year, c.area))
       else coalesce((select t.amount from fund.collection_total t where (t.fund_year, t.area) = (c.fund_year, c.area)), 0)
       end)::fund.yuan as counted
     from fund.collection c`,
  );
  expect(collections.length).toBeGreaterThan(METHODS.length);
  expect(collections.map(({ premium }) => premium)).toEqual(collections.map(({ counted }) => counted));
});

describe('the auditor notices', () => {
  const spoiling = async (table: string, spoil: (row: FigureRow) => void): Promise<string[]> => {
    const [row] = await rowsOf(database.pool, table, 2028);
    spoil(row as FigureRow);
    return new Auditor(database.pool, 2028).faultsOf(table, row as FigureRow);
  };
  const input = (row: FigureRow, column: string, name: string) =>
    (row.because[column] as Because).inputs[name] as Because['inputs'][string];

  test('a figure that was changed', async () => {
    const faults = await spoiling('sharing', (row) => (row.income = '0.01'));
    expect(faults).toEqual([expect.stringMatching(/income: sum\(rows\).* stored 0.01$/)]);
  });
  test('an intermediate figure that was changed', async () => {
    const faults = await spoiling('levy', (row) => ((row.because.room as Because).value = '0.01'));
    expect(faults).toEqual([expect.stringMatching(/room: floor.* stored 0.01$/)]);
  });
  test('an input that is stated differently from what is stored', async () => {
    const faults = await spoiling('levy', (row) => (input(row, 'true_up', 'prepaid').value = '0.01'));
    expect(faults).toEqual([expect.stringContaining('true_up: prepaid is stated as "0.01", found')]);
  });
  test('a formula that was changed', async () => {
    const faults = await spoiling('levy', (row) => ((row.because.true_up as Because).formula = 'levy + prepaid + 1'));
    expect(faults).toEqual([expect.stringContaining('true_up: levy + prepaid + 1 =')]);
  });
  test('a column without a reason', async () => {
    const faults = await spoiling('levy_estimate', (row) => delete row.because.prepaid);
    expect(faults).toEqual([expect.stringContaining('prepaid: no reason is stored')]);
  });
});

test('reasons grow with the areas, not with their square: no row holds a list over all areas', async () => {
  const listed: string[] = [];
  for (const table of ['levy_estimate', 'levy', 'sharing']) {
    for (const { because } of await rowsOf(database.pool, table, 2034)) {
      for (const [column, { inputs }] of Object.entries(because)) {
        for (const [name, { value, from }] of Object.entries(inputs)) {
          if (Array.isArray(value) && !('parameter' in from)) listed.push(`${table}.${column}: ${name}`);
        }
      }
    }
  }
  expect(listed).toEqual([]);
});
