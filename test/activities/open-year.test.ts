/** Opening a year: it needs every value of law and stores nothing without them; once open, it keeps the values it was opened with. */
import { createActivities } from '../../activities';
import { loadPack } from '../../db/load-pack';
import { execute, selectOne } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';
import { type PackFiles, YEAR, packOf, removePacks, smallPack } from '../pack/builder';
import { movedByYears } from '../year/changed-pack';

const FIRST = 2022;
const claim = { year: FIRST, workflowId: `fund-year-${FIRST}`, firstRunId: 'first run' };
/** What opening a year would store. */
const STORED = `
  select (select count(*) from fund.parameter_in_force) as pinned, (select count(*) from fund.published_standard) as standards,
    (select count(*) from fund.fund_year where workflow_id is not null) as claimed`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  removePacks();
  await database.drop();
});

/** The small pack moved back six years, to before the first published premium: the pack brings its own. */
const packOf2022 = () => {
  const individual = { 'collection.individual.2022': { value: '320', source: '某市公告（虚构）' } };
  const moved = Object.entries(smallPack()).map(([name, text]) => [
    name,
    movedByYears(text, FIRST - YEAR).replace('02-29', '02-28'),
  ]);
  return packOf({ ...Object.fromEntries(moved), 'parameters.json': JSON.stringify(individual) } as PackFiles, FIRST);
};

test('while a value of law is missing the year cannot start: the value is named with its article, and nothing is stored', async () => {
  const pack = await packOf2022();
  const fund = createActivities(database.pool);
  // As after a partial import of a live year: the pack's own values are still missing.
  await loadPack(database.pool, { ...pack, overrides: {}, rollFiles: [], paymentFiles: [] }, 'run');
  const opening = await fund.openYear(claim);
  expect(opening).toEqual({
    outcome: 'law incomplete',
    live: false,
    cycleStart: '2021-09-01',
    faults: [expect.stringMatching(/^collection\.individual\.2022（.*没有有效值.*（一）.*parameters\.json/) as string],
  });
  expect(await selectOne(database.pool, STORED)).toEqual({ pinned: '0', standards: '0', claimed: '0' });
});

test('once the value is given with its document, the year starts', async () => {
  await execute(
    database.pool,
    `insert into fund.parameter_override (fund_year, name, value, source) values (:first, 'collection.individual.2022', '"320"', '某市公告')`,
    { first: FIRST },
  );
  const fund = createActivities(database.pool);
  expect(await fund.openYear(claim)).toMatchObject({ outcome: 'opened', overridden: ['collection.individual.2022'] });
  expect(
    await selectOne(
      database.pool,
      `select value, "from", until, assumed from fund.parameter_in_force where name = 'collection.individual.2022'`,
    ),
  ).toEqual({ value: '320', from: '2021-09-01', until: '2022-12-31', assumed: false });
});

test('opened again by its own run, the year keeps the values that were pinned', async () => {
  const owner = database.as('owner');
  await execute(
    owner,
    `alter table fund.parameter_in_force disable trigger corrected_only;
     update fund.parameter_in_force set value = '"2022"' where name = 'levy.start_year.employee';
     alter table fund.parameter_in_force enable trigger corrected_only`,
  );
  const fund = createActivities(database.pool);
  expect(await fund.openYear(claim)).toMatchObject({ phases: { employee: true, resident: false } });
});
