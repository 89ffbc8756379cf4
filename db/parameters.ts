/** Values of law: what a pack overrides, and what was pinned when the year opened. */
import type { Override, ParameterInForce } from '../parameters';
import type { Queryable } from './connect';
import { select } from './rows';

/** What the pack of a year decides of the values of law. */
export async function overridesOf(db: Queryable, year: number): Promise<Record<string, Override>> {
  const rows = await select<{ name: string } & Override>(
    db,
    'select name, value, source from fund.parameter_override where fund_year = $1',
    [year],
  );
  return Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }]));
}

/** The values of law that the pack itself set, with the source it gave. */
export const overriddenParameters = (db: Queryable, year: number): Promise<{ name: string; source: string }[]> =>
  select(db, 'select name, source from fund.parameter_override where fund_year = $1 order by name collate "C"', [year]);

/** The values of law that were pinned when the year was opened. */
export const pinnedParameters = (db: Queryable, year: number): Promise<ParameterInForce[]> =>
  select(db, 'select name, value, "from", until, source, assumed from fund.parameter_in_force where fund_year = $1', [
    year,
  ]);
