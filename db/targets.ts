/** 绩效目标: the rows of targets.csv. */
import { type Decimal, decimal } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';

/** What each area of a scheme is to reach, by indicator. */
export async function ownTargets(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
): Promise<(area: string) => ReadonlyMap<string, Decimal>> {
  const rows = await db('target').where({ fund_year: fundYear, scheme }).select('area', 'indicator', 'target');
  const byArea = new Map<string, Map<string, Decimal>>();
  for (const { area, indicator, target } of rows) {
    const own = byArea.get(area) ?? new Map<string, Decimal>();
    byArea.set(area, own.set(indicator, decimal(target)));
  }
  return (area) => byArea.get(area) ?? new Map();
}
