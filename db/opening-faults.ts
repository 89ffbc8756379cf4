/** opening_mismatch: what a pack says a year opens with is what the year before closed with, to the fen (RULES 9). */
import { select, selectOne } from './rows';
import type { Fault, Pack } from '../pack';
import type { Queryable } from './connect';

interface Mismatch {
  entity: string;
  scheme: string;
  part: string;
  opening: string;
  closing: string;
  line: number | null;
}

// Both sides of every fund of either: a row that one side lacks is 0. The region's own fund opens in adjustment_fund.csv.
const MISMATCHES = `
  with opening as (
    select entity, scheme, part, amount::numeric(24, 2), line
    from jsonb_to_recordset($2::jsonb) as o (entity text, scheme text, part text, amount text, line int)
  ), closing as (
    select entity, scheme, part, amount from fund.closing where fund_year = $1
  )
  select entity, scheme, part, line,
         coalesce(opening.amount, 0)::numeric(24, 2) as opening, coalesce(closing.amount, 0)::numeric(24, 2) as closing
  from opening full join closing using (entity, scheme, part)
  where coalesce(opening.amount, 0) <> coalesce(closing.amount, 0)
  order by entity collate "C", scheme collate "C", part collate "C"`;

/** The openings of a pack that differ from the closing of the year before, if that year is closed in this database. */
export async function openingFaults(trx: Queryable, pack: Pack): Promise<Fault[]> {
  const before = pack.year - 1;
  const closed = await selectOne(trx, `select from fund.fund_year where year = $1 and status = 'closed'`, [before]);
  if (closed === undefined) return [];
  const openings = [
    ...pack.opening.map((row) => ({ ...row, entity: row.area, amount: row.accumulated_surplus })),
    ...pack.adjustmentFund.map((row) => ({ ...row, entity: 'region', part: 'pooled', amount: row.opening_balance })),
  ];
  const mismatches = await select<Mismatch>(trx, MISMATCHES, [before, JSON.stringify(openings)]);
  return mismatches.map((mismatch) => faultOf(mismatch, before));
}

function faultOf({ entity, scheme, part, opening, closing, line }: Mismatch, before: number): Fault {
  const isRegion = entity === 'region';
  const where = isRegion ? scheme : `${entity} ${scheme} ${part}`;
  return {
    file: isRegion ? 'adjustment_fund.csv' : 'opening.csv',
    line,
    column: isRegion ? 'opening_balance' : 'accumulated_surplus',
    found: `${where} ${opening}`,
    expected: `${before} 年度关账余额 ${closing} (opening_mismatch: the closing of ${before})`,
    remedy:
      '改正期初数；上年差错在开放年度更正 (correct the opening; an error of a closed year is posted in the open one)',
  };
}
