/**
 * 年度交叉: two live years of one area. The second begins while the first is not settled, on its provisional closing; when the first is
 * settled and closed, the openings follow and the months are checked again. In the end the second year has the figures of a run
 * on the same files with the final openings.
 */
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { select } from '../../db/rows';
import type { OpenTask } from '../../db/tasks';
import { writeResults } from '../../scripts/client/result-files';
import { SCHEMES } from '../../rules/vocabulary';
import { until } from '../../servers/wait';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, testDatabase } from '../database';
import { compareResults } from '../year/compare-results';
import { adjustmentId } from '../../rules/keys';
import { AREA, LiveYears, THIS_YEAR } from './live-years';
import { packFrom } from '../pack/builder';

jest.setTimeout(300_000);

const NEXT_YEAR = THIS_YEAR + 1;
/** Their openings follow the year before. */
const GIVEN_BY_NOBODY = ['opening.csv', 'adjustment_fund.csv'];
/**
 * Both schemes in their phase; something is kept of every surplus; no cap, since what is levied must not depend on a balance that is
 * provisional when budgets are compiled.
 */
const LAW = JSON.stringify(
  Object.fromEntries(
    Object.entries({
      'levy.start_year.resident': '2027',
      'levy.cap.mode': 'none',
      'levy.cap.value': null,
      'share.reserve': '10',
    }).map(([name, value]) => [name, { value, source: '测试' }]),
  ),
);

function withLaw(pack: string): string {
  writeFileSync(join(pack, 'parameters.json'), LAW);
  return pack;
}

let live: LiveYears;
let scratch: TestDatabase;

beforeAll(async () => {
  live = await LiveYears.open();
  scratch = await testDatabase();
});
afterAll(async () => {
  await scratch.drop();
  await live.close();
});

const opening = async (): Promise<{ amount: string; provisional: boolean }[]> =>
  select(
    live.pool,
    `select accumulated_surplus as amount, provisional from fund.opening
     where fund_year = :next_year and area = :area and part = 'pooled' order by scheme`,
    { next_year: NEXT_YEAR, area: AREA },
  );
const months = async (): Promise<{ scheme: string; accumulated_surplus: string }[]> =>
  select(
    live.pool,
    'select scheme, accumulated_surplus from fund.risk where fund_year = :next_year and month = 3 order by scheme',
    { next_year: NEXT_YEAR },
  );

test('a year that begins before the one before is settled ends on its final closing', async () => {
  const isSettlement = ({ workflow_id }: OpenTask): boolean =>
    SCHEMES.some((scheme) => workflow_id === adjustmentId(THIS_YEAR, scheme));
  const isSummer = ({ task }: OpenTask): boolean => task.startsWith(`fund-year-${NEXT_YEAR}/files/month/06/`);

  // The first year stands at the approval of its settlement.
  const richer = (file: string, text: string): string =>
    file === 'adjustment_fund.csv' ? text.replace(',0.00,0.00', ',500.00,0.00') : text;
  await live.import(withLaw(live.pack('first', THIS_YEAR, richer)), THIS_YEAR);
  await live.start(THIS_YEAR);
  await live.actUntil(
    THIS_YEAR,
    (open) => open.filter(isSettlement).filter(({ kind }) => kind === 'approve').length === 2,
    (task) => isSettlement(task) && task.kind === 'approve',
  );

  // The second is fed without an opening, runs to its sixth month, and waits there for a file.
  const whole = withLaw(live.pack('second', NEXT_YEAR));
  const { early, late } = split(whole);
  await live.import(early, NEXT_YEAR);
  await live.start(NEXT_YEAR);
  await live.actUntil(NEXT_YEAR, (open) => open.filter(isSummer).length === 2, isSummer);
  const provisional = await opening();
  expect(provisional.map((row) => row.provisional)).toEqual([true, true]);
  const checked = await months();

  // The first is settled and closed: the second follows.
  await live.actUntil(THIS_YEAR, live.isClosed(THIS_YEAR));
  await until(async () => (await opening()).every((row) => !row.provisional), { within: 30_000 });
  const final = await opening();
  expect(final).not.toEqual(provisional.map((row) => ({ ...row, provisional: false })));
  expect(await months()).not.toEqual(checked);

  await live.import(late, NEXT_YEAR);
  await live.actUntil(NEXT_YEAR, live.isClosed(NEXT_YEAR));

  // A run on the same files, with the openings that they came to.
  const run = await resultsOfRun(await withFinalOpenings(whole));
  const differences = compareResults(run, await live.results(NEXT_YEAR, 'live'));
  // The opening was posted in two entries: the journal is held to its balances, which are among the results.
  expect(differences.filter((difference) => !difference.startsWith('journal.csv'))).toEqual([]);
});

/** The files of a year that are there when it begins, without an opening; and those that come in summer. */
function split(pack: string): { early: string; late: string } {
  const [early, late] = ['early', 'late'].map((name) => join(live.home.folder, name)) as [string, string];
  for (const folder of [early, late]) mkdirSync(folder);
  for (const file of readdirSync(pack)) {
    if (!GIVEN_BY_NOBODY.includes(file))
      copyFileSync(join(pack, file), join(file === 'actuals.csv' ? late : early, file));
  }
  return { early, late };
}

/** The pack with the openings of the year before, as a run wants them. */
async function withFinalOpenings(pack: string): Promise<string> {
  const [openings, funds] = await Promise.all([
    select<Record<string, string>>(
      live.pool,
      'select area, scheme, part, accumulated_surplus from fund.opening where fund_year = :next_year',
      { next_year: NEXT_YEAR },
    ),
    select<Record<string, string>>(
      live.pool,
      'select scheme, opening_balance, interest from fund.adjustment_fund where fund_year = :next_year',
      { next_year: NEXT_YEAR },
    ),
  ]);
  const lines = (header: string, rows: string[][]): string => [header, ...rows.map((row) => row.join(','))].join('\n');
  writeFileSync(
    join(pack, 'opening.csv'),
    lines(
      'area,scheme,part,year,accumulated_surplus',
      openings.map((row) => [row.area, row.scheme, row.part, String(NEXT_YEAR), row.accumulated_surplus] as string[]),
    ),
  );
  writeFileSync(
    join(pack, 'adjustment_fund.csv'),
    lines(
      'scheme,year,opening_balance,interest',
      funds.map((row) => [row.scheme, String(NEXT_YEAR), row.opening_balance, row.interest] as string[]),
    ),
  );
  return pack;
}

/** The results of a run on a pack, on a database of its own. */
async function resultsOfRun(pack: string): Promise<string> {
  await runThrough(scratch.pool, await packFrom(pack, NEXT_YEAR));
  const folder = join(live.home.folder, 'run');
  await writeResults(scratch.pool, NEXT_YEAR, folder);
  return folder;
}
