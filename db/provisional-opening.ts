/** 暂定年初余额: openings that follow the closing of the year before until that year is settled (RULES 9). */
import { type Decimal, decimal } from '../rules/money';
import type { Part, Scheme } from '../rules/vocabulary';
import type { Transaction } from './connect';
import { noteCorrection } from './corrections';
import { execute, select, selectOne } from './rows';

export interface OpeningChange {
  entity: string;
  scheme: Scheme;
  part: Part;
  /** The correction that tells of it. */
  correction: string;
  difference: Decimal; // yuan, the new opening less the old
}

// The closing of $1 − 1 beside the opening of $1, for every fund of the year's areas and the region's own.
const COMPARED = `
  with closing as (
    select c.entity, c.scheme, c.part, c.amount from fund.closing c
    where c.fund_year = $1 - 1
      and (c.entity = 'region' or exists (select from fund.area a where a.fund_year = $1 and a.area = c.entity and c.scheme = any (a.schemes)))
  ), opening as (
    select area::text as entity, scheme, part, accumulated_surplus as amount, provisional from fund.opening where fund_year = $1
    union all
    select 'region', scheme, 'pooled', opening_balance, provisional from fund.adjustment_fund where fund_year = $1
  )
  select c.entity, c.scheme, c.part, c.amount as closing, o.amount as opening
  from closing c left join opening o using (entity, scheme, part)
  where o.amount is null or (o.provisional and o.amount <> c.amount)
  order by c.entity collate "C", c.scheme, c.part`;

/**
 * Brings the openings that nobody has given to the closing of the year before. Every change of one that stood already is
 * kept as a correction by the system. `provisional`: the year before is still open.
 */
export async function followClosing(
  trx: Transaction,
  year: number,
): Promise<{ changes: OpeningChange[]; provisional: boolean }> {
  const before = await selectOne<{ status: string }>(trx, 'select status from fund.fund_year where year = $1', [
    year - 1,
  ]);
  if (before === undefined) return { changes: [], provisional: false };
  const provisional = before.status === 'open';
  const compared = await select<{
    entity: string;
    scheme: Scheme;
    part: Part;
    closing: string;
    opening: string | null;
  }>(trx, COMPARED, [year]);
  const changes: OpeningChange[] = [];
  for (const { entity, scheme, part, closing, opening } of compared) {
    const isRegion = entity === 'region';
    const what = {
      file: isRegion ? 'adjustment_fund.csv' : 'opening.csv',
      key: { entity, scheme, part },
      before: { amount: opening },
      after: { amount: closing },
    };
    const correction = await noteCorrection(trx, year, what, {
      operator: 'system',
      reason: `年初余额随 ${year - 1} 年度账面余额结转（RULES 9）`,
    });
    if (opening === null) {
      await execute(
        trx,
        isRegion
          ? `insert into fund.adjustment_fund (fund_year, scheme, opening_balance, interest, line, provisional)
             values ($1, $2, $3, 0, 0, true)`
          : `insert into fund.opening (fund_year, scheme, accumulated_surplus, area, part, line, provisional)
             values ($1, $2, $3, $4, $5, 0, true)`,
        isRegion ? [year, scheme, closing] : [year, scheme, closing, entity, part],
      );
    } else {
      await execute(
        trx,
        isRegion
          ? 'update fund.adjustment_fund set opening_balance = $3 where fund_year = $1 and scheme = $2'
          : 'update fund.opening set accumulated_surplus = $3 where fund_year = $1 and scheme = $2 and area = $4 and part = $5',
        isRegion ? [year, scheme, closing] : [year, scheme, closing, entity, part],
      );
    }
    changes.push({ entity, scheme, part, correction, difference: decimal(closing).minus(decimal(opening ?? '0')) });
  }
  if (!provisional) await markFinal(trx, year);
  return { changes, provisional };
}

/** The year before is settled: what follows from it is final. */
async function markFinal(trx: Transaction, year: number): Promise<void> {
  const follows = await selectOne(
    trx,
    `select from fund.opening where fund_year = $1 and provisional
     union all select from fund.adjustment_fund where fund_year = $1 and provisional limit 1`,
    [year],
  );
  if (follows === undefined) return;
  const what = { file: 'opening.csv', key: {}, before: { provisional: true }, after: { provisional: false } };
  await noteCorrection(trx, year, what, { operator: 'system', reason: `${year - 1} 年度已关账，年初余额确定` });
  await execute(trx, 'update fund.opening set provisional = false where fund_year = $1 and provisional', [year]);
  await execute(trx, 'update fund.adjustment_fund set provisional = false where fund_year = $1 and provisional', [
    year,
  ]);
}
