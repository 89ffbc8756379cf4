/**
 * A few regions of the campaign (`npm run campaign -- regions`), and a test of its checks: each is given a year with one figure
 * changed, and must notice.
 */
import type { ResultFile, ResultRow } from '../../db/results';
import { inputFaults, moneyOf } from '../../scripts/trials/campaign/regions/against-inputs';
import { effectOf } from '../../scripts/trials/campaign/regions/better-collection';
import { Databases } from '../../scripts/trials/campaign/regions/databases';
import { exactFaults } from '../../scripts/trials/campaign/regions/exact';
import { type FinishedYear, runYear } from '../../scripts/trials/campaign/regions/run-year';
import { orderFaults } from '../../scripts/trials/campaign/regions/order';
import { paymentFaults } from '../../scripts/trials/campaign/regions/payments';
import { type Region, randomRegion, tameRegion } from '../../scripts/trials/campaign/regions/random-region';
import { trial } from '../../scripts/trials/campaign/regions/trial';

let databases: Databases;
beforeAll(async () => {
  databases = await Databases.on(process.env.FUND_TEST_DATABASE as string);
});
afterAll(() => databases.close());

test.each([4, 12])('region %d holds, in any order and with better collection', async (seed) => {
  expect((await trial(databases, seed)).faults).toEqual([]);
});

test('the same seed draws the same region', () => {
  expect(randomRegion(7)).toEqual(randomRegion(7));
  expect(randomRegion(8)).not.toEqual(randomRegion(7));
});

test('a tame region has every area in both schemes, and nothing goes wrong in it', () => {
  const { files } = tameRegion(30, 2028);
  expect(files['areas.csv']?.split('\n').filter((row) => row.includes('employee;resident'))).toHaveLength(30);
  expect(files['actuals.csv']).not.toContain('-');
});

describe('the checks notice', () => {
  let region: Region;
  let year: FinishedYear;
  beforeAll(async () => {
    region = randomRegion(4);
    year = await runYear(databases, region.files, region.year);
  });
  /** The year with one cell changed: that of the first row of a file for which `which` holds. */
  const spoiled = (
    file: ResultFile,
    spoil: (row: ResultRow) => void,
    which: (row: ResultRow) => boolean = () => true,
  ): FinishedYear => {
    const copy = structuredClone(year);
    const row = copy.results[file].find(which);
    if (row === undefined) throw new Error(`${file} has nothing to spoil`);
    spoil(row);
    return copy;
  };
  const faults = (of: FinishedYear): string[] => [
    ...exactFaults(of, moneyOf(region.files)),
    ...inputFaults(region, of),
    ...paymentFaults(region.files, region.year, of),
  ];

  // what is wrong                                     where             which cell      what it says
  // prettier-ignore
  test.each<[string, ResultFile, string, string]>([
    ['an area’s government that bears too much',       'sharing.csv',    'area_share',   'U + F + A = G'],
    ['a fund that pays more than it has promised',     'sharing.csv',    'fund_share',   'ΣF'],
    ['a true-up that is not levy less pre-payment',    'levy.csv',       'true_up',      'true_up'],
    ['a line that was changed',                        'journal.csv',    'debit',        'journal '],
    ['a balance that is not the journal’s',            'balances.csv',   'balance',      'balances '],
    ['a balance at year end',                          'balances.csv',   'at_year_end',  'at_year_end'],
    ['a subsidy that is not s × heads',                'subsidy.csv',    'due',          'subsidy '],
    ['a unit that keeps more than its part',           'total_budget.csv', 'retained',   'total_budget '],
    ['a clearing that is not payable less paid',       'total_budget.csv', 'clearing',   'total_budget '],
  ])('%s', (_what, file, column, message) => {
    const found = faults(spoiled(file, (row) => (row[column] = '1234567.89')));
    expect(found.join('\n')).toContain(message);
  });
  test('a payment row that nobody counted', () => {
    const counted = ({ area }: ResultRow): boolean => region.files['resident_roll.csv']?.includes(`,${area},`) === true;
    const found = faults(spoiled('collection.csv', (row) => (row.accepted_rows = '99'), counted));
    expect(found.join('\n')).toContain('collection: ');
  });
  test('a figure that another order of rows gives', () => {
    expect(orderFaults(year, year)).toEqual([]);
    expect(
      orderFaults(
        year,
        spoiled('risk.csv', (row) => (row.level = 'x')),
      ),
    ).toHaveLength(1);
  });
  test('a government that bears more when its area collects more', () => {
    const { scheme, area } = year.results['sharing.csv'][0] as Record<string, string>;
    const better = { area: area!, scheme: scheme!, by: 100 };
    expect(effectOf(year, year, better).faults).toEqual([]);
    const worse = spoiled('sharing.csv', (row) => (row.area_share = '1234567.89'));
    expect(effectOf(year, worse, better).faults).toHaveLength(2); // its own, and all together
  });
});
