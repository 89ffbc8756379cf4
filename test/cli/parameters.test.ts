/** The list of a year’s values of law: pinned or not, what changed, and whether each names the figures that it really decides. */
import { createActivities } from '../../activities';
import { type ListedParameter, assumptionsOf } from '../../parameters';
import { listOfYear, listText } from '../../scripts/commands/parameters';
import { loadPack } from '../../db/load-pack';
import { select } from '../../db/rows';
import { type Pack } from '../../pack';
import type { Because } from '../../rules/rule';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

let database: TestDatabase;
let packs: Record<number, Pack>;
const packOf = async (name: string): Promise<Pack> => {
  const { pack, year } = caseNamed(name);
  return await packFrom(pack, year);
};
beforeAll(async () => {
  database = await testDatabase();
  packs = { 2027: await packOf('collection-2027'), 2028: await packOf('two-areas-2028') };
});
afterAll(() => database.drop());

const listed = async (year: number, name: string): Promise<ListedParameter> => {
  const { parameters } = await listOfYear(database.pool, year);
  return parameters.find((parameter) => parameter.name === name)!;
};

describe('a year that is not in the database', () => {
  test('shows what would be in force', async () => {
    const list = await listOfYear(database.pool, 2028);
    expect(list).toMatchObject({ year: 2028, pinned: false, ended: [] });
    expect(list.parameters.length).toBeGreaterThan(90);
    // A report of the year counts without the calendar, so the list says both numbers.
    const dates = list.parameters.filter(({ name }) => name.startsWith('calendar.')).length;
    expect(dates).toBeGreaterThan(9);
    expect(listText(list)).toContain(`不计工作日历 ${list.parameters.length - dates} 项`);
  });

  // prettier-ignore
  test.each<[why: string, year: number, name: string, expected: object]>([
    ['carried on, as last year', 2028, 'subsidy.standard.2028', { value: '724', assumed: true, until: null, change: { kind: 'same' } }],
    ['carried on for the first time', 2027, 'subsidy.standard.2027', { value: '724', assumed: true, change: { kind: 'changed', before: { value: '724', assumed: false } } }],
    ['published anew', 2026, 'subsidy.standard.2026', { value: '724', assumed: false, change: { kind: 'changed', before: { value: '700' } } }],
    ['without an end or a successor', 2028, 'levy.rate.employee', { value: '0.05', from: '2022-01-01', until: null, change: { kind: 'same' }, usedBy: ['levy.rate', 'levy.prepaid', 'levy.uncapped'] }],
    ['naming a year of its own', 2028, 'levy.start_year.resident', { value: '2028', change: { kind: 'same' } }],
    ['a date, moved by a year', 2028, 'calendar.prepayment_1', { value: '2028-01-10', change: { kind: 'same' } }],
    ['the last day of February', 2028, 'calendar.extension_latest', { value: '2028-02-29', change: { kind: 'same' } }],
    ['decided by a newer text', 2025, 'calendar.extension_latest', { value: '2025-02-28', assumed: false, change: { kind: 'changed', before: { assumed: true } } }],
    ['of the first year of the book', 2023, 'levy.base', { change: { kind: 'unknown' } }],
  ])('%s', async (_, year, name, expected) => {
    expect(await listed(year, name)).toMatchObject(expected);
  });
});

describe('a year that was opened', () => {
  beforeAll(async () => {
    const overrides = { 'levy.rate.employee': { value: '0.04', source: '内政办发〔2027〕1号（虚构）' } };
    await runThrough(database.pool, { ...packs[2028]!, overrides });
    await loadPack(database.pool, packs[2027]!, 'run');
    await createActivities(database.pool).openYear({ year: 2027, workflowId: 'fund-year-2027', firstRunId: 'run' });
  });

  test('shows the values that were pinned then; the pack’s own are decided and end with the year', async () => {
    expect(await listOfYear(database.pool, 2028)).toMatchObject({ pinned: true });
    expect(await listed(2028, 'levy.rate.employee')).toMatchObject({
      value: '0.04',
      from: '2027-09-01',
      until: '2028-12-31',
      assumed: false,
      change: { kind: 'changed', before: { value: '0.05', assumed: true } },
    });
  });

  test('values that only the year before had are marked as ended, and those it lacked as new', async () => {
    const { ended } = await listOfYear(database.pool, 2028);
    expect(ended).toEqual([
      'collection.individual.2027.150200',
      'collection.window.end.150200',
      'collection.window.extension.150200',
      'collection.window.start.150200',
    ]);
    expect(await listed(2027, 'collection.window.start.150200')).toMatchObject({ change: { kind: 'new' } });
  });
});

test('an assumed value is named with the results that rest on it', () => {
  const assumed = { name: 'levy.rate.employee', assumed: true };
  expect(assumptionsOf([assumed, { name: 'subsidy.central', assumed: false }])).toEqual({
    names: ['levy.rate.employee'],
    results: ['levy'],
  });
});

/** The column of the results that shows a stored figure: an estimate has the columns of the result that it estimates. */
const SHOWN_AS: Record<string, string> = {
  'levy_estimate.uncapped': 'levy.prepaid',
  'levy_estimate.room': 'levy.prepaid',
  'levy.room': 'levy.levy',
  'sharing.alpha.c': 'sharing.alpha',
  'sharing.alpha.d': 'sharing.alpha',
  'sharing.alpha.k': 'sharing.alpha',
  'sharing.alpha.p': 'sharing.alpha',
  'sharing.expected_premium': 'sharing.managerial',
  'sharing.alpha.disqualified': 'sharing.alpha',
};

test.each(['levy_estimate', 'levy', 'sharing', 'risk', 'subsidy'])(
  '%s: every value that its figures were computed from says that it decides them',
  async (table) => {
    const rows = await select<{ because: Record<string, Because> }>(database.pool, `select because from fund.${table}`);
    const uses = rows.flatMap(({ because }) =>
      Object.entries(because).flatMap(([column, { formula, inputs }]) =>
        Object.entries(inputs).flatMap(([input, { from }]) =>
          // A reason may hold inputs of its neighbours too; those of this figure stand in its formula.
          'parameter' in from && formula.includes(input) ? [`${from.parameter} ${table}.${column}`] : [],
        ),
      ),
    );
    expect(uses.length).toBeGreaterThan(0);
    for (const use of new Set(uses)) {
      const [name, figure] = use.split(' ') as [string, string];
      expect({ name, usedBy: (await listed(2028, name)).usedBy }).toEqual({
        name,
        usedBy: expect.arrayContaining([SHOWN_AS[figure] ?? figure]) as string[],
      });
    }
  },
);
