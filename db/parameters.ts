/** Values of law: what a pack overrides, and what was pinned when the year opened. */
import type { Override, ParameterInForce } from '../parameters';
import type { Queryable } from './connect';

/** What the pack of a year decides of the values of law. */
export async function overridesOf(db: Queryable, year: number): Promise<Record<string, Override>> {
  const rows = await db('parameter_override').where({ fund_year: year }).select('name', 'value', 'source');
  return Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }]));
}

/** The values of law that the pack itself set, with the source it gave. */
export const overriddenParameters = (db: Queryable, year: number): Promise<{ name: string; source: string }[]> =>
  db('parameter_override').where({ fund_year: year }).orderByRaw('name collate "C"').select('name', 'source');

/** The values of law that were pinned when the year was opened. */
export const pinnedParameters = (db: Queryable, year: number): Promise<ParameterInForce[]> =>
  db('parameter_in_force').where({ fund_year: year }).select('name', 'value', 'from', 'until', 'source', 'assumed');
