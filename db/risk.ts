/** Reading the monthly risk checks. */
import type { RiskLevel, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface DecemberRisk {
  months_payable_4: string; // four decimals, or inf
  level: RiskLevel;
}
/** The last check of the year, by area. */
export async function decemberRisk(
  db: Queryable,
  year: number,
  scheme: Scheme,
): Promise<(area: string) => DecemberRisk | undefined> {
  const rows = await select<{ area: string } & DecemberRisk>(
    db,
    'select area, months_payable_4, level from fund.risk where fund_year = $1 and scheme = $2 and month = 12',
    [year, scheme],
  );
  const byArea = new Map(rows.map((row) => [row.area, row]));
  return (area) => byArea.get(area);
}
