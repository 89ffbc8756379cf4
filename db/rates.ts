/** 用人单位费率: what every area with employees charges. */
import { type Decimal, decimal } from '../rules/money';
import type { Queryable } from './connect';
import { select } from './rows';

/** Employer rates by area; null where the cell is empty. */
export async function employerRates(db: Queryable, year: number): Promise<(area: string) => Decimal | null> {
  const rows = await select<{ area: string; rate: string }>(
    db,
    `select area, trim_scale(employer_rate) as rate from fund.area where fund_year = :year and employer_rate is not null`,
    { year },
  );
  const byArea = new Map(rows.map(({ area, rate }) => [area, decimal(rate)]));
  return (area) => byArea.get(area) ?? null;
}
