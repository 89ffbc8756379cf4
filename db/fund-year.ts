/** The row of a fund year: whether it is open, which cycle has claimed it, and when files were last imported into it. */
import { type Database, type Queryable, type Transaction, inTransaction } from './connect';
import { execute, select, selectOne } from './rows';
import type { Row } from './tables';

export type LiveYear = Pick<Row<'fund_year'>, 'year' | 'workflow_id'>;
type LivePage = LiveYear & { shown: string };

export type YearFacts = Pick<
  Row<'fund_year'>,
  'year' | 'mode' | 'status' | 'workflow_id' | 'simulation' | 'closed_on' | 'abandoned_on'
>;

export const yearFacts = (db: Queryable, year: number): Promise<YearFacts | undefined> =>
  db('fund_year')
    .where({ year })
    .first('year', 'mode', 'status', 'workflow_id', 'simulation', 'closed_on', 'abandoned_on');

/** Whether the year is a live one (正式运行): files arrive at any time, while its workflows are under way. */
export async function isLive(db: Queryable, year: number): Promise<boolean> {
  return (await yearFacts(db, year))?.mode === 'live';
}

export type YearStatus = YearFacts['status'];

/** Undefined when the year is not in the database. */
export async function yearStatus(db: Queryable, year: number): Promise<YearStatus | undefined> {
  return (await db('fund_year').where({ year }).first('status'))?.status;
}

/** Every fund year in the database, oldest first. */
export const fundYears = (db: Queryable): Promise<{ year: number; status: YearStatus }[]> =>
  db('fund_year').orderBy('year').select('year', 'status');

/** 撤回: takes a live year back that holds nothing. False, and nothing is changed, for any other. */
export async function takeBackEmptyYear(trx: Transaction, year: number): Promise<boolean> {
  const row = await selectOne<{ done: boolean }>(trx, 'select fund.take_back_empty_year(:year) as done', { year });
  return row?.done === true;
}

/** Why a year cannot be abandoned, in words for a person; null where it can. */
export async function whyNotAbandoned(db: Queryable, year: number): Promise<string | null> {
  const row = await selectOne<{ why: string | null }>(db, 'select fund.why_not_abandoned(:year) as why', { year });
  return row?.why ?? null;
}

/** 作废: ends a year that two have signed for; its open tasks are void with it. The database refuses any other. */
export const markAbandoned = (db: Queryable, year: number, date: string): Promise<unknown> =>
  db('fund_year').where({ year, status: 'open' }).update({ status: 'abandoned', abandoned_on: date });

/** The years that were abandoned. */
export const abandonedYears = (db: Queryable): Promise<number[]> =>
  db('fund_year').where({ status: 'abandoned' }).orderBy('year').pluck('year');

/** Whether a workflow runs, or ran, the cycle of a year. */
export async function isClaimed(db: Queryable, year: number): Promise<boolean> {
  return (await db('fund_year').where({ year }).whereNotNull('workflow_id').first('year')) !== undefined;
}

/** Whether a live year is in the database: compressed runs are refused beside it. */
export async function hasLiveYear(db: Queryable): Promise<boolean> {
  return (await db('fund_year').where({ mode: 'live' }).first('year')) !== undefined;
}

/** The compressed runs that have not reached their close: no live year begins beside them, or they could not go on. */
export const unfinishedRuns = (db: Queryable): Promise<number[]> =>
  db('fund_year').where({ mode: 'run', status: 'open' }).orderBy('year').pluck('year');

/** The live years that are under way. */
export const openLiveYears = (db: Queryable): Promise<LiveYear[]> =>
  db('fund_year').where({ mode: 'live', status: 'open' }).orderBy('year').select('year', 'workflow_id');

/** What the pages of those years show of what waits beside them. */
export const livePages = (db: Queryable): Promise<LivePage[]> =>
  select<LivePage>(
    db,
    `select year, workflow_id, coalesce(shown_waits, '') as shown from fund.fund_year
     where mode = 'live' and status = 'open' and workflow_id is not null order by year`,
  );

export const noteShown = (db: Queryable, year: number, shown: string): Promise<unknown> =>
  db('fund_year').where({ year, status: 'open' }).update({ shown_waits: shown });

/** Whether the database holds only compressed runs: then nobody expects a live year to start in it. */
export async function isForRunsOnly(db: Queryable): Promise<boolean> {
  const row = await selectOne<{ runs: boolean }>(
    db,
    `select count(*) > 0 and bool_and(mode = 'run') as runs from fund.fund_year`,
  );
  return row?.runs === true;
}

/**
 * The business date of a year: today in Shanghai for a live year, the date of the latest decision or booking for a compressed
 * run, which begins with the start of its cycle. It needs no workflow, so it is known while Temporal is down.
 */
export async function businessDate(db: Queryable, year: number, cycleStart: string): Promise<string> {
  const row = await selectOne<{ today: string | null }>(db, 'select fund.business_date(:year, :cycleStart) as today', {
    year,
    cycleStart,
  });
  return row?.today ?? cycleStart;
}

export interface YearClaim {
  year: number;
  workflowId: string;
  firstRunId: string;
}

export type YearRow = Pick<Row<'fund_year'>, 'mode' | 'status' | 'workflow_id' | 'first_run_id'>;

/** The row of a fund year, locked until the transaction ends: of two claims at once the second waits for the first. */
export const lockYear = (trx: Transaction, year: number): Promise<YearRow | undefined> =>
  trx('fund_year').where({ year }).forNoKeyUpdate().first('mode', 'status', 'workflow_id', 'first_run_id');

/**
 * Holds the year until the transaction ends: nothing is imported meanwhile, and no opening is carried over. Others may hold it
 * as well.
 */
export async function holdYear(trx: Transaction, year: number): Promise<void> {
  await trx('fund_year').where({ year }).forShare().select('year');
}

/** Adds the year as a live one (正式运行); an existing year stays as it is. */
export const addLiveYear = (trx: Transaction, year: number): Promise<unknown> =>
  trx('fund_year').insert({ year, mode: 'live' }).onConflict('year').ignore();

/** The row of a year, or the compressed runs because of which it cannot begin. */
export type LiveYearRow = YearRow | { unfinished: number[] };

/**
 * Makes the year a live one (正式运行) unless the database has it already, and returns its row, locked. The first call begins the
 * year; later calls find it, even if it was loaded by a compressed run. While another year is being run, none is begun.
 */
export async function lockLiveYear(trx: Transaction, year: number): Promise<LiveYearRow> {
  const there = await lockYear(trx, year);
  if (there !== undefined) return there;
  const unfinished = await unfinishedRuns(trx);
  if (unfinished.length > 0) return { unfinished };
  await addLiveYear(trx, year);
  return (await lockYear(trx, year)) as YearRow;
}

export const beginLiveYear = (pool: Database, year: number): Promise<LiveYearRow> =>
  inTransaction(pool, (trx) => lockLiveYear(trx, year));

/** Makes a workflow the year's only cycle, for good. */
export async function claimYear(trx: Transaction, claim: YearClaim, simulation: boolean): Promise<void> {
  await trx('fund_year')
    .where({ year: claim.year })
    .update({ workflow_id: claim.workflowId, first_run_id: claim.firstRunId, simulation });
}

/** 模拟测算: whether a value of levy or sharing is still assumed. */
export async function markSimulation(trx: Transaction, year: number, simulation: boolean): Promise<void> {
  await trx('fund_year').where({ year }).update({ simulation });
}

/** Closes the year: its books refuse entries from now on. */
export async function markClosed(trx: Transaction, year: number, date: string): Promise<void> {
  await trx('fund_year').where({ year }).update({ status: 'closed', closed_on: date });
}

/** Notes that files were imported: the workflows of the year are still to be notified. */
export async function noteImport(trx: Transaction, year: number): Promise<void> {
  await execute(trx, 'update fund.fund_year set imported_at = clock_timestamp() where year = :year', { year });
}

/** The latest import of a year, of which its workflows may not know yet. */
export interface UnannouncedImport {
  year: number;
  importedAt: string;
}

/** The imports of open live years that their workflows have not been notified of. */
export const unannouncedImports = (db: Queryable): Promise<UnannouncedImport[]> =>
  select(
    db,
    `select year, imported_at::text as "importedAt" from fund.fund_year
     where mode = 'live' and status = 'open' and imported_at is not null and (told_at is null or told_at < imported_at)
     order by year`,
  );

/** Notes that all workflows were notified of an import, and so of every earlier one. */
export async function markAnnounced(db: Queryable, { year, importedAt }: UnannouncedImport): Promise<void> {
  await execute(
    db,
    `update fund.fund_year set told_at = greatest(told_at, :importedAt::timestamptz) where year = :year and status = 'open'`,
    { year, importedAt },
  );
}
