/** Medical aid (医疗救助资助标准) to the premium. */
import type { AidRow } from '../rules/medical-aid';
import { decimal } from '../rules/money';
import type { Queryable } from './connect';
import { select } from './rows';

/** The aid table; `area` is null in the default rows. */
export async function aidRows(db: Queryable, fundYear: number) {
  const rows = await select<{
    area: string | null;
    group: string;
    kind: AidRow['kind'];
    value: string | null;
    line: number;
  }>(db, 'select area, "group", kind, value, line from fund.medical_aid where fund_year = $1 order by line', [
    fundYear,
  ]);
  return rows.map((row) => ({ ...row, value: row.value === null ? null : decimal(row.value) }));
}
