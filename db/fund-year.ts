/** The row of a fund year: whether it is open, which cycle has claimed it, and when files were last imported into it. */
import { type Database, type Queryable, type Transaction, inTransaction } from './connect';
import { execute, select, selectOne } from './rows';

export interface LiveYear {
  year: number;
  workflow_id: string | null; // null: no cycle has claimed it
}

export interface YearFacts {
  year: number;
  mode: 'run' | 'live';
  status: 'open' | 'closed';
  workflow_id: string | null; // null: its cycle has not begun
  simulation: boolean | null;
  closed_on: string | null;
}

export const yearFacts = (db: Queryable, year: number): Promise<YearFacts | undefined> =>
  db('fund_year').where({ year }).first('year', 'mode', 'status', 'workflow_id', 'simulation', 'closed_on');

/** `open`, `closed`, or undefined when the year is not in the database. */
export async function yearStatus(db: Queryable, year: number): Promise<string | undefined> {
  return (await db('fund_year').where({ year }).first('status'))?.status;
}

/** Every fund year in the database, oldest first. */
export const fundYears = (db: Queryable): Promise<{ year: number; status: string }[]> =>
  db('fund_year').orderBy('year').select('year', 'status');

/** Whether a workflow runs, or ran, the cycle of a year. */
export async function isClaimed(db: Queryable, year: number): Promise<boolean> {
  return (
    (await selectOne(db, 'select from fund.fund_year where year = :year and workflow_id is not null', { year })) !==
    undefined
  );
}

/** Whether a live year is in the database: compressed runs are refused beside it. */
export async function hasLiveYear(db: Queryable): Promise<boolean> {
  return (await db('fund_year').where({ mode: 'live' }).first('year')) !== undefined;
}

/** The live years that are not closed. */
export const openLiveYears = (db: Queryable): Promise<LiveYear[]> =>
  db('fund_year').where({ mode: 'live', status: 'open' }).orderBy('year').select('year', 'workflow_id');

/** Whether the database belongs to compressed runs: then no year is expected to be started in it. */
export async function isForRunsOnly(db: Queryable): Promise<boolean> {
  const row = await selectOne<{ runs: boolean }>(
    db,
    `select count(*) > 0 and bool_and(mode = 'run') as runs from fund.fund_year`,
  );
  return row?.runs === true;
}

/**
 * The business date of a year: in a live one the date in Shanghai, in a run the last date that anything is known of. Without
 * Temporal, so that it can be told while Temporal is down.
 */
export async function businessDate(db: Queryable, year: number): Promise<string> {
  const row = await selectOne<{ today: string }>(
    db,
    `select case mode
       when 'live' then (now() at time zone 'Asia/Shanghai')::date
       else greatest(make_date(year - 1, 9, 1),
         (select max(business_date) from fund.decision d where d.fund_year = year),
         (select max(date) from fund.journal_entry e where e.fund_year = year))
     end as today from fund.fund_year where year = :year`,
    { year },
  );
  return row?.today ?? `${year - 1}-09-01`;
}

export interface YearClaim {
  year: number;
  workflowId: string;
  firstRunId: string;
}

export interface YearRow {
  mode: 'run' | 'live';
  status: 'open' | 'closed';
  workflow_id: string | null;
  first_run_id: string | null;
}

/** The row of a fund year, held until the transaction ends so that two claims take turns. */
export const lockYear = (trx: Transaction, year: number): Promise<YearRow | undefined> =>
  trx('fund_year').where({ year }).forUpdate().first('mode', 'status', 'workflow_id', 'first_run_id');

/** Adds the year as a live one (正式运行); a year that is there stays as it is. */
export const addLiveYear = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, `insert into fund.fund_year (year, mode) values (:year, 'live') on conflict (year) do nothing`, {
    year,
  });

/**
 * Makes the year a live one (正式运行) unless it is in the database already, and returns its row as it stands then. Whoever
 * comes first begins it; every later call finds it, also one that was loaded by a compressed run.
 */
export const beginLiveYear = (pool: Database, year: number): Promise<YearRow> =>
  inTransaction(pool, async (trx) => {
    await addLiveYear(trx, year);
    return (await lockYear(trx, year)) as YearRow;
  });

/** Makes a workflow the one cycle of the year, for ever. */
export async function claimYear(trx: Transaction, claim: YearClaim, simulation: boolean): Promise<void> {
  await trx('fund_year')
    .where({ year: claim.year })
    .update({ workflow_id: claim.workflowId, first_run_id: claim.firstRunId, simulation });
}

/** Closes the year: from now on its books refuse entries. */
export async function markClosed(trx: Transaction, year: number, date: string): Promise<void> {
  await trx('fund_year').where({ year }).update({ status: 'closed', closed_on: date });
}

/** Notes that something was imported, of which nobody has been told yet. */
export async function noteImport(trx: Transaction, year: number): Promise<void> {
  await execute(trx, 'update fund.fund_year set imported_at = clock_timestamp() where year = :year', { year });
}

/** An import of which workflows may not know: the year, and when it was. */
export interface UntoldImport {
  year: number;
  importedAt: string;
}

/** The imports of open live years that nobody has been told of. */
export const untoldImports = (db: Queryable): Promise<UntoldImport[]> =>
  select(
    db,
    `select year, imported_at::text as "importedAt" from fund.fund_year
     where mode = 'live' and status = 'open' and imported_at is not null and (told_at is null or told_at < imported_at)
     order by year`,
  );

/** Everybody has been told of an import, and so of those before it. */
export async function markImportTold(db: Queryable, { year, importedAt }: UntoldImport): Promise<void> {
  await execute(
    db,
    `update fund.fund_year set told_at = greatest(told_at, :importedAt::timestamptz) where year = :year and status = 'open'`,
    { year, importedAt },
  );
}
