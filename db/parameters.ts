/** Values of law: what a pack overrides, and what was pinned when the year opened. */
import type { Override, ParameterInForce, ParameterValue } from '../parameters';
import type { Queryable } from './connect';

/** The values of law that the pack of a year sets, in the order of their names. */
export async function overridesOf(db: Queryable, year: number): Promise<Record<string, Override>> {
  const rows = await db('parameter_override')
    .where({ fund_year: year })
    .orderByRaw('name collate "C"')
    .select('name', 'value', 'source');
  return Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }]));
}

/** The same without their sources. */
export const overriddenValues = async (db: Queryable, year: number): Promise<Record<string, ParameterValue>> =>
  Object.fromEntries(Object.entries(await overridesOf(db, year)).map(([name, { value }]) => [name, value]));

/** Their names, each with the source that the pack gave. */
export const overriddenParameters = async (db: Queryable, year: number): Promise<{ name: string; source: string }[]> =>
  Object.entries(await overridesOf(db, year)).map(([name, { source }]) => ({ name, source }));

/** The values of law that were pinned when the year was opened. */
export const pinnedParameters = (db: Queryable, year: number): Promise<ParameterInForce[]> =>
  db('parameter_in_force').where({ fund_year: year }).select('name', 'value', 'from', 'until', 'source', 'assumed');
