/** Opening balances (年初结余): given by a pack, or carried over from the books of the year before (RULES 9). */
import type { Fault, Pack } from '../pack';
import { type Decimal, decimal } from '../rules/money';
import { type Part, REGION, type Scheme } from '../rules/vocabulary';
import { amounts } from './amounts';
import type { Queryable, Transaction } from './connect';
import { noteCorrection } from './corrections';
import { select, selectOne } from './rows';

/** Pooled accumulated surplus on 1 January. */
export const openingSurplus = (db: Queryable, fundYear: number, scheme: Scheme) =>
  amounts(
    db,
    `select area, accumulated_surplus as amount from fund.opening where fund_year = :year and scheme = :scheme and part = 'pooled'`,
    { year: fundYear, scheme },
  );

/** What every fund holds on 1 January, by part; the adjustment funds are those of the region. */
export async function openingBalances(db: Queryable, fundYear: number) {
  const rows = await select<{ entity: string; scheme: Scheme; part: Part; amount: string }>(
    db,
    `select area as entity, scheme, part, accumulated_surplus as amount from fund.opening where fund_year = :fundYear
     union all
     select :region, scheme, 'pooled', opening_balance from fund.adjustment_fund where fund_year = :fundYear`,
    { fundYear, region: REGION },
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

export interface OpeningChange {
  entity: string;
  scheme: Scheme;
  part: Part;
  /** The number of the correction that records it. */
  correction: string;
  difference: Decimal; // yuan, the new opening less the old
}

// The closing of the year before beside the opening of the year, for every fund of the year's areas and the region's own.
const COMPARED = `
  with closing as (
    select c.entity, c.scheme, c.part, c.amount from fund.closing c
    where c.fund_year = :year - 1
      and (c.entity = 'region' or exists (select from fund.area a where a.fund_year = :year and a.area = c.entity and c.scheme = any (a.schemes)))
  ), opening as (
    select area::text as entity, scheme, part, accumulated_surplus as amount, provisional from fund.opening where fund_year = :year
    union all
    select 'region', scheme, 'pooled', opening_balance, provisional from fund.adjustment_fund where fund_year = :year
  )
  select c.entity, c.scheme, c.part, c.amount as closing, o.amount as opening
  from closing c left join opening o using (entity, scheme, part)
  where o.amount is null or (o.provisional and o.amount <> c.amount)
  order by c.entity collate "C", c.scheme, c.part`;

/**
 * Sets the openings that no file has given to the closing of the year before. Each change is recorded as a correction by the
 * system. `provisional`: the year before is still open.
 */
export async function followClosing(
  trx: Transaction,
  year: number,
): Promise<{ changes: OpeningChange[]; provisional: boolean }> {
  const before = await trx('fund_year')
    .where({ year: year - 1 })
    .first('status');
  if (before === undefined) return { changes: [], provisional: false };
  const provisional = before.status === 'open';
  const compared = await select<{
    entity: string;
    scheme: Scheme;
    part: Part;
    closing: string;
    opening: string | null;
  }>(trx, COMPARED, { year });
  const changes: OpeningChange[] = [];
  for (const { entity, scheme, part, closing, opening } of compared) {
    const isRegion = entity === 'region';
    const change = {
      file: isRegion ? 'adjustment_fund.csv' : 'opening.csv',
      key: { entity, scheme, part },
      before: { amount: opening },
      after: { amount: closing },
    };
    const correction = await noteCorrection(trx, year, change, {
      operator: 'system',
      reason: `年初余额随 ${year - 1} 年度账面余额结转（RULES 9）`,
    });
    await (isRegion
      ? openAdjustmentFund(trx, year, scheme, closing, opening === null)
      : openFund(trx, year, { area: entity, scheme, part }, closing, opening === null));
    changes.push({ entity, scheme, part, correction, difference: decimal(closing).minus(decimal(opening ?? '0')) });
  }
  if (!provisional) await markFinal(trx, year);
  return { changes, provisional };
}

async function openAdjustmentFund(trx: Transaction, year: number, scheme: Scheme, balance: string, isNew: boolean) {
  const opening_balance = balance;
  if (!isNew) await trx('adjustment_fund').where({ fund_year: year, scheme }).update({ opening_balance });
  else {
    const row = { fund_year: year, scheme, opening_balance, interest: '0', line: 0, provisional: true };
    await trx('adjustment_fund').insert(row);
  }
}

async function openFund(
  trx: Transaction,
  year: number,
  fund: { area: string; scheme: Scheme; part: Part },
  accumulated_surplus: string,
  isNew: boolean,
) {
  if (!isNew)
    await trx('opening')
      .where({ fund_year: year, ...fund })
      .update({ accumulated_surplus });
  else await trx('opening').insert({ fund_year: year, ...fund, accumulated_surplus, line: 0, provisional: true });
}

/** Makes the openings final: the year before is closed. */
async function markFinal(trx: Transaction, year: number): Promise<void> {
  const follows = await selectOne(
    trx,
    `select from fund.opening where fund_year = :year and provisional
     union all select from fund.adjustment_fund where fund_year = :year and provisional limit 1`,
    { year },
  );
  if (follows === undefined) return;
  const what = { file: 'opening.csv', key: {}, before: { provisional: true }, after: { provisional: false } };
  await noteCorrection(trx, year, what, { operator: 'system', reason: `${year - 1} 年度已关账，年初余额确定` });
  await trx('opening').where({ fund_year: year, provisional: true }).update({ provisional: false });
  await trx('adjustment_fund').where({ fund_year: year, provisional: true }).update({ provisional: false });
}

interface Mismatch {
  entity: string;
  scheme: string;
  part: string;
  opening: string;
  closing: string;
  line: number | null;
}

// All funds that one side or the other has; a missing row counts as 0. The region's own fund opens in adjustment_fund.csv.
const MISMATCHES = `
  with opening as (
    select entity, scheme, part, amount::numeric(24, 2), line
    from jsonb_to_recordset(:openings::jsonb) as o (entity text, scheme text, part text, amount text, line int)
  ), closing as (
    select entity, scheme, part, amount from fund.closing where fund_year = :before
  )
  select entity, scheme, part, line,
         coalesce(opening.amount, 0)::numeric(24, 2) as opening, coalesce(closing.amount, 0)::numeric(24, 2) as closing
  from opening full join closing using (entity, scheme, part)
  where coalesce(opening.amount, 0) <> coalesce(closing.amount, 0)
  order by entity collate "C", scheme collate "C", part collate "C"`;

/** The openings of a pack that differ from the closing of the year before, where this database has closed that year. */
export async function openingFaults(trx: Queryable, pack: Pack): Promise<Fault[]> {
  const before = pack.year - 1;
  const closed = await selectOne(trx, `select from fund.fund_year where year = :before and status = 'closed'`, {
    before,
  });
  if (closed === undefined) return [];
  const openings = [
    ...pack.opening.map((row) => ({ ...row, entity: row.area, amount: row.accumulated_surplus })),
    ...pack.adjustmentFund.map((row) => ({ ...row, entity: 'region', part: 'pooled', amount: row.opening_balance })),
  ];
  const mismatches = await select<Mismatch>(trx, MISMATCHES, { before, openings: JSON.stringify(openings) });
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
