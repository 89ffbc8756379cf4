/** Sharing of gaps (缺口分担). */
import { type Decimal, decimal } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { SchemeYear } from './levies';
import { select } from './rows';

interface BorneGap {
  area: string;
  gap: Decimal;
  own_surplus: Decimal;
  fund_share: Decimal;
  area_share: Decimal;
}

/** Who bears each area's gap: its own surplus, the adjustment fund, its government. */
export async function borneGaps(db: Queryable, { year, scheme }: SchemeYear): Promise<BorneGap[]> {
  const rows = await db('sharing')
    .where({ fund_year: year, scheme })
    .orderByRaw('area collate "C"')
    .select('area', 'gap', 'own_surplus', 'fund_share', 'area_share');
  return rows.map(({ area, ...amounts }) => ({
    area,
    gap: decimal(amounts.gap),
    own_surplus: decimal(amounts.own_surplus),
    fund_share: decimal(amounts.fund_share),
    area_share: decimal(amounts.area_share),
  }));
}

/** The inputs of each α as stored with it: base, factors d, c, k, p, and what may disqualify the area. */
export interface AlphaInputs {
  scheme: Scheme;
  area: string;
  inputs: Record<string, { value?: string | boolean | null }>;
}

export const alphaInputs = (db: Queryable, year: number): Promise<AlphaInputs[]> =>
  select(db, `select scheme, area, because->'alpha'->'inputs' as inputs from fund.sharing where fund_year = :year`, {
    year,
  });
