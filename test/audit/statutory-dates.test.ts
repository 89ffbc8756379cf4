/** 法定日期: what is done and what is overdue, judged by stored rows: nothing before a year, everything after it. */
import { type FundActivities, createActivities } from '../../activities';
import { overdueDates, statutoryDates } from '../../audit/statutory-dates';
import type { Database } from '../../db/connect';
import { type DatedResult, leftOf, missingResults } from '../../db/done';
import { loadPack } from '../../db/load-pack';
import { execute } from '../../db/rows';
import { type Pack } from '../../pack';
import type { CalendarStep } from '../../parameters';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

const YEAR = 2028;
let database: TestDatabase;
let pack: Pack;
beforeAll(async () => {
  database = await testDatabase();
  pack = await packFrom(caseNamed('two-areas-2028').pack, YEAR);
});
afterAll(() => database.drop());

/** The steps that are done, in the order of their dates. */
const steps = async (done: boolean): Promise<string[]> =>
  (await statutoryDates(database.pool, YEAR)).filter((date) => date.done === done).map(({ step }) => step);

test('before a year nothing is done; a date is overdue from the day after it', async () => {
  await loadPack(database.pool, pack, 'run');
  // No levy is estimated yet, so what follows from it is not due.
  const notDue = [
    'prepayment1',
    'prepayment2',
    'prepayment3',
    'prepayment4',
    'settlementProposal',
    'settlementApproval',
  ];
  expect(await steps(true)).toEqual([]);
  const dates = await statutoryDates(database.pool, YEAR);
  expect(dates.flatMap(({ step, due }) => (due ? [] : [step])).sort()).toEqual(notDue.sort());
  const overdue = async (today: string): Promise<string[]> =>
    (await overdueDates(database.pool, YEAR, today)).map(({ step }) => step);
  expect(await overdue('2027-12-31')).toEqual(['cycleStart', 'budgetStart']);
  expect(await overdue('2028-01-01')).toEqual(['cycleStart', 'budgetStart', 'budgetDeadline']);
});

/** Results that those who wait look at, and the step that the judge sees done by other traces. */
const SEEN_BY_BOTH = {
  collection_term: 'cycleStart',
  budget: 'budgetDeadline',
  collection: 'collectionEnd',
  subsidy: 'finalAccounts',
  sharing: 'settlementProposal',
} as const satisfies Partial<Record<DatedResult, CalendarStep>>;

/** The steps that are done as those who wait for them see it. */
async function doneForThoseWhoWait(pool: Database): Promise<CalendarStep[]> {
  const inPhase = (await pool('levy_estimate').where({ fund_year: YEAR }).distinct('scheme')).map(
    ({ scheme }) => scheme,
  );
  const done: CalendarStep[] = [];
  for (const [result, step] of Object.entries(SEEN_BY_BOTH) as [keyof typeof SEEN_BY_BOTH, CalendarStep][]) {
    const isDue = result !== 'sharing' || inPhase.length > 0;
    if (isDue && (await missingResults(pool, YEAR, result, inPhase)).length === 0) done.push(step);
  }
  expect((await leftOf(pool, YEAR, 'budgets')).length === 0).toBe(done.includes('budgetDeadline'));
  return done.sort();
}

test('after every act of a year, those who wait and the judge agree on what is done; in the end nothing is left', async () => {
  const finished = await testDatabase();
  const { pool } = finished;
  const seen = new Set<string>();
  const compare = async (act: string): Promise<void> => {
    const judged = (await statutoryDates(pool, YEAR)).filter(({ done }) => done).map(({ step }) => step);
    const both = judged.filter((step) => (Object.values(SEEN_BY_BOTH) as CalendarStep[]).includes(step)).sort();
    expect([act, await doneForThoseWhoWait(pool)]).toEqual([act, both]);
    seen.add(both.join());
  };
  const acts = Object.entries(createActivities(pool)).map(([name, act]) => [
    name,
    async (...input: unknown[]) => {
      const answer = await (act as (...given: unknown[]) => Promise<unknown>)(...input);
      await compare(name);
      return answer;
    },
  ]);
  await runThrough(pool, pack, Object.fromEntries(acts) as FundActivities);
  // Each step was seen undone and done: there were as many standings as there are steps, and one more.
  expect(seen.size).toBeGreaterThan(Object.keys(SEEN_BY_BOTH).length);
  for (const part of ['budgets', 'collections', 'accounts', 'adjustments'] as const) {
    expect(await leftOf(pool, YEAR, part)).toEqual([]);
  }
  await finished.drop();
});

test('after it everything is done; when a trace is removed, only its step counts as not done', async () => {
  await runThrough(database.pool, pack);
  expect(await steps(false)).toEqual([]);

  // the trace, and the step that leaves it
  // prettier-ignore
  const traces: [string, string[]][] = [
    [`fund.act where key like '%/collection/open'`,              ['cycleStart']],
    [`fund.budget_estimate where area = '150200' and scheme = 'resident'`, ['budgetStart']],
    [`fund.budget where area = '150200' and scheme = 'resident'`, ['budgetDeadline']],
    [`fund.act where key like '%/books/open'`,                   ['yearStart']],
    [`fund.act where key like '%/prepayment/employee/3'`,        ['prepayment3']],
    [`fund.act where key like '%/month/6'`,                      ['executionReport2']],
    [`fund.act where key like '%/subsidy/heads'`,                ['headCount']],
    [`fund.act where key like '%/subsidy/arrival'`,              ['subsidyArrival']],
    [`fund.collection where area = '150100'`,                    ['collectionEnd']],
    [`fund.act where key like '%/subsidy/settlement'`,           ['finalAccounts']],
    [`fund.sharing where scheme = 'resident'`,                   ['settlementProposal']],
    [`fund.decision where task like '%settlement/3-%' and task like '%employee%'`, ['settlementApproval']],
  ];
  const owner = database.as('owner');
  for (const [taken, missed] of traces) {
    const trx = await owner.transaction();
    await execute(trx, 'set local session_replication_role = replica');
    expect(await execute(trx, `delete from ${taken}`)).toBeGreaterThan(0);
    const left = (await statutoryDates(trx, YEAR)).filter(({ done }) => !done).map(({ step }) => step);
    await trx.rollback();
    expect([taken, left]).toEqual([taken, missed]);
  }
});
