/** Claiming, describing and closing a fund year. */
import type { Imported } from '../pack';
import type { Override, ParameterInForce } from '../parameters';
import type { Scheme } from '../rules/vocabulary';
import { type Database, type Queryable, type Transaction, inTransaction } from './connect';
import { execute, select, selectOne } from './rows';

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
  selectOne<YearRow>(
    trx,
    'select mode, status, workflow_id, first_run_id from fund.fund_year where year = $1 for update',
    [year],
  );

/**
 * Makes the year a live one (正式运行) unless it is in the database already, and returns its row as it stands then. Whoever
 * comes first begins it; every later call finds it, also one that was loaded by a compressed run.
 */
export const beginLiveYear = (pool: Database, year: number): Promise<YearRow> =>
  inTransaction(pool, async (trx) => {
    await execute(trx, `insert into fund.fund_year (year, mode) values ($1, 'live') on conflict (year) do nothing`, [
      year,
    ]);
    return (await lockYear(trx, year)) as YearRow;
  });

/** Makes a workflow the one cycle of the year, for ever. */
export async function claimYear(trx: Transaction, claim: YearClaim, simulation: boolean): Promise<void> {
  await execute(trx, 'update fund.fund_year set workflow_id = $2, first_run_id = $3, simulation = $4 where year = $1', [
    claim.year,
    claim.workflowId,
    claim.firstRunId,
    simulation,
  ]);
}

/** Whether a year has areas and persons to act for them: without both nothing can begin. */
export async function hasAreas(db: Queryable, year: number): Promise<boolean> {
  const found = await selectOne(
    db,
    `select from fund.area a where a.fund_year = $1
     and exists (select from fund.operator o where o.fund_year = a.fund_year) limit 1`,
    [year],
  );
  return found !== undefined;
}

/** Whether the values of law of a year have been pinned. */
export async function isPublished(db: Queryable, year: number): Promise<boolean> {
  return (
    (await selectOne(db, 'select from fund.parameter_in_force where fund_year = $1 limit 1', [year])) !== undefined
  );
}

/** Closes the year: from now on its books refuse entries. */
export async function markClosed(trx: Transaction, year: number, date: string): Promise<void> {
  await execute(trx, `update fund.fund_year set status = 'closed', closed_on = $2 where year = $1`, [year, date]);
}

/** What the pack of a year decides of the values of law. */
export async function overridesOf(db: Queryable, year: number): Promise<Record<string, Override>> {
  const rows = await select<{ name: string } & Override>(
    db,
    'select name, value, source from fund.parameter_override where fund_year = $1',
    [year],
  );
  return Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }]));
}

/** The areas of a year in order of their codes, and whether their residents are counted person by person. */
export const areaPlans = (
  db: Queryable,
  year: number,
): Promise<{ area: string; name: string; schemes: Scheme[]; by_person: boolean | null }[]> =>
  select(
    db,
    `select a.area, a.name_zh as name, to_jsonb(a.schemes) as schemes, b.by_person
     from fund.area a left join fund.area_by_person b using (fund_year, area)
     where a.fund_year = $1 order by a.area collate "C"`,
    [year],
  );

/** The values of law that were pinned when the year was opened. */
export const pinnedParameters = (db: Queryable, year: number): Promise<ParameterInForce[]> =>
  select(db, 'select name, value, "from", until, source, assumed from fund.parameter_in_force where fund_year = $1', [
    year,
  ]);

/** The areas and operators that a year holds already. */
export const importedBefore = async (db: Queryable, year: number): Promise<Imported> => ({
  areas: await select(db, 'select area, to_jsonb(schemes) as schemes from fund.area where fund_year = $1', [year]),
  operators: await select(db, 'select operator, role, area from fund.operator where fund_year = $1', [year]),
});
