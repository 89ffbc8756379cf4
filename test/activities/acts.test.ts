/**
 * Every act of a fund year, on a real database: once, twice, five at once, after a failure, and with another input. However a
 * year is disturbed, it comes to the same figures and the same books.
 */
import { type FundActivities, createActivities } from '../../activities';
import type { Database, Transaction } from '../../db/connect';
import { loadPack } from '../../db/load-pack';
import { resultRows } from '../../db/results';
import { KeyConflict } from '../../db/once';
import { select, selectOne } from '../../db/rows';
import { type Pack } from '../../pack';
import { RESULT_FILES } from '../../scripts/client/result-files';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { runThrough } from './run-through';
import { packFrom } from '../pack/builder';

const YEAR = 2028;

type Name = keyof FundActivities;
type AnyAct = (input: never) => Promise<unknown>;
interface Done {
  name: Name;
  input: Record<string, unknown>;
  receipt: unknown;
}
/** The activities with every call handed to `call`. */
function performedBy(fund: FundActivities, call: (name: Name, act: AnyAct, input: Done['input']) => Promise<unknown>) {
  const acts = Object.entries(fund) as [Name, AnyAct][];
  return Object.fromEntries(
    acts.map(([name, act]) => [name, (input: Done['input']) => call(name, act, input)]),
  ) as unknown as FundActivities;
}

/** A database that loses its connection the first time each act is about to commit. */
function stumbling(database: Database): Database {
  const tried = new Set<string>();
  const transaction = (act: (trx: Transaction) => Promise<unknown>) =>
    database.transaction(async (trx) => {
      const result = await act(trx);
      const claimed = await selectOne<{ key: string }>(
        trx,
        'select key from fund.act where xmin = pg_current_xact_id()::xid',
      );
      const key = claimed?.key ?? 'no act';
      if (tried.has(key)) return result;
      tried.add(key);
      throw new Error('the connection was lost');
    });
  return new Proxy(database, {
    get: (target, name): unknown => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
}

let pack: Pack;
const databases: TestDatabase[] = [];
async function newDatabase(): Promise<Database> {
  const database = await testDatabase();
  databases.push(database);
  return database.pool;
}
const results = async (pool: Database): Promise<Record<string, string[]>> => {
  const files = await Promise.all(
    RESULT_FILES.map(async (file) => [file, await resultRows(pool, file, YEAR)] as const),
  );
  return Object.fromEntries(files.map(([file, rows]) => [file, rows.map((row) => JSON.stringify(row)).sort()]));
};

/** The year run without any disturbance, with which the others are compared. */
let undisturbed: Database;
const done: Done[] = [];
beforeAll(async () => {
  pack = await packFrom(caseNamed('two-areas-2028').pack, YEAR);
  undisturbed = await newDatabase();
  const recording = performedBy(createActivities(undisturbed), async (name, act, input) => {
    const receipt = await act(input as never);
    done.push({ name, input, receipt });
    return receipt;
  });
  await runThrough(undisturbed, pack, recording);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

test('the year calls every activity except those for events it does not have', () => {
  const called = new Set(done.map(({ name }) => name));
  const others = (Object.keys(createActivities(undisturbed)) as Name[]).filter((name) => !called.has(name));
  expect(others.sort()).toEqual(
    [
      'beginYear',
      'decideEmergency',
      'lapseEmergency',
      'decideRelease',
      'lapseRelease',
      'requestMethod',
      'whatAsksAnew',
      'returnBudget',
      'proposeDirectedBudget',
      'requestFiles',
      'requestAcceptance',
      'whatIsLeft',
      'carryOpening',
      'estimateLevyWhenReported',
      'submitAdjustment',
      'decideAdjustment',
      'lapseAdjustment',
      'requestReports',
      'requestRiskReports',
      'proposeClearing',
      'returnClearing',
      'isClearingCorrected',
      'adoptClearing',
    ].sort(),
  );
});

test('each act repeated after the close returns its first receipt and changes nothing', async () => {
  const state = async (): Promise<unknown[]> => {
    const tables = await select<{ name: string }>(
      undisturbed,
      `select table_name as name from information_schema.tables where table_schema = 'fund' and table_type = 'BASE TABLE'`,
    );
    return Promise.all(
      tables.map(({ name }) =>
        select(
          undisturbed,
          `select '${name}' as name, count(*), md5(string_agg(t::text, '' order by t::text)) from fund.${name} t`,
        ),
      ),
    );
  };
  const before = await state();
  const fund = createActivities(undisturbed);
  for (const { name, input, receipt } of done) {
    expect([name, await (fund[name] as AnyAct)(input as never)]).toEqual([name, receipt]);
  }
  expect(await state()).toEqual(before);
});

test('each act called five times at once returns five equal receipts, and the year is the same', async () => {
  const pool = await newDatabase();
  const crowded = performedBy(createActivities(pool), async (name, act, input) => {
    const receipts = await Promise.all([1, 2, 3, 4, 5].map(() => act(input as never)));
    expect([name, ...receipts.slice(1)]).toEqual([name, ...Array<unknown>(4).fill(receipts[0])]);
    return receipts[0];
  });
  await runThrough(pool, pack, crowded);
  expect(await results(pool)).toEqual(await results(undisturbed));
});

test('an act that fails at its commit leaves nothing behind, and tried again gives the same year', async () => {
  const pool = await newDatabase();
  let failures = 0;
  const persistent = performedBy(createActivities(stumbling(pool)), async (_name, act, input) => {
    for (;;) {
      try {
        return await act(input as never);
      } catch (error) {
        expect(String(error)).toContain('the connection was lost');
        failures += 1;
      }
    }
  });
  await runThrough(pool, pack, persistent);
  // Asking which funds have units commits nothing that could fail.
  expect(failures).toBeGreaterThanOrEqual(done.filter(({ name }) => name !== 'fundsToClear').length);
  expect(await results(pool)).toEqual(await results(undisturbed));
});

describe('the same act with another input is a conflict that a person must resolve', () => {
  // act, what is different the second time
  test.each<[Name, (input: Done['input']) => object]>([
    ['bookCollection', () => ({ after: '2027-09-15' })],
    ['reconcileCollection', () => ({ acceptBy: '2029-01-15' })],
    ['estimateLevy', () => ({ note: 'again' })],
    ['payInstalment', () => ({ date: '2028-01-11' })],
    ['estimateBudget', () => ({ deadline: '2028-01-15' })],
    ['submitBudget', ({ act }) => ({ act: { ...(act as object), document: 'another' } })],
    ['decide', ({ act }) => ({ act: { ...(act as object), document: 'another' } })],
    ['adoptBudget', () => ({ from: '2028-02-01' })],
    ['openBooks', () => ({ date: '2028-01-02' })],
    ['checkMonth', () => ({ date: '2028-01-30' })],
    ['checkSubsidyArrival', () => ({ date: '2028-10-01' })],
    ['creditInterest', () => ({ date: '2028-12-30' })],
    ['settleSubsidy', () => ({ arrivedBy: '2028-10-01' })],
    ['trueUpLevy', () => ({ note: 'again' })],
    ['shareGaps', () => ({ approveBy: '2029-05-01' })],
    ['paySettlement', () => ({ date: '2029-06-01' })],
    ['evaluateYear', () => ({ phases: { employee: true, resident: false } })],
    ['closeBooks', () => ({ date: '2029-06-01' })],
  ])('%s', async (name, changed) => {
    const { input } = done.find((act) => act.name === name) as Done;
    const again = (createActivities(undisturbed)[name] as AnyAct)({ ...input, ...changed(input) } as never);
    await expect(again).rejects.toThrow(KeyConflict);
  });
});

test('the year belongs to the workflow that opened it: any other learns which one that is', async () => {
  const opened = await createActivities(undisturbed).openYear({
    year: YEAR,
    workflowId: 'another',
    firstRunId: 'another run',
  });
  expect(opened).toEqual({ outcome: 'already', workflowId: `fund-year-${YEAR}`, status: 'closed' });
});

test('a year that nobody imported is not opened', async () => {
  const opened = await createActivities(undisturbed).openYear({
    year: 2030,
    workflowId: 'fund-year-2030',
    firstRunId: 'a run',
  });
  expect(opened).toEqual({ outcome: 'not imported' });
});

test('of five workflows at once, one opens the year and four learn which one it is', async () => {
  const pool = await newDatabase();
  await loadPack(pool, pack, 'run');
  const claims = [1, 2, 3, 4, 5].map((n) => ({ year: YEAR, workflowId: `cycle-${n}`, firstRunId: `run-${n}` }));
  const openings = await Promise.all(claims.map((claim) => createActivities(pool).openYear(claim)));
  const others = openings.filter(({ outcome }) => outcome === 'already');
  const [cycle] = await select<{ workflow_id: string }>(pool, 'select workflow_id from fund.fund_year');
  expect(others).toEqual(Array(4).fill({ outcome: 'already', workflowId: cycle?.workflow_id, status: 'open' }));
});
