/** Medical aid (医疗救助资助标准) to the premium. */
import { decimal } from '../rules/money';
import type { Queryable } from './connect';

/** The aid table; `area` is null in the default rows. */
export async function aidRows(db: Queryable, fundYear: number) {
  const rows = await db('medical_aid')
    .where({ fund_year: fundYear })
    .orderBy('line')
    .select('area', 'group', 'kind', 'value', 'funding', 'line');
  return rows.map((row) => ({ ...row, value: row.value === null ? null : decimal(row.value) }));
}
