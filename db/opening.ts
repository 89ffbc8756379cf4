/** Opening balances (年初结余): given by a pack, or carried over from the books of the year before (RULES 9). */
import { type Fault, type Pack, areasHoldingAdvance as packHoldingAdvance } from '../pack';
import { journalKeys } from '../rules/keys';
import { type Decimal, decimal } from '../rules/money';
import { FUND_BALANCE } from '../rules/posting';
import { type OpeningFigure, openingFigure } from '../rules/recognition';
import { type Part, REGION, type Scheme } from '../rules/vocabulary';
import { amounts } from './amounts';
import { areasOfYear } from './areas';
import type { Queryable, Transaction } from './connect';
import { noteCorrection } from './corrections';
import { overriddenValues } from './parameters';
import { select, selectOne } from './rows';

/** Pooled accumulated surplus on 1 January, without the advance premium that an opening on receipts may hold (RULES 9). */
export const openingSurplus = (db: Queryable, fundYear: number, scheme: Scheme) =>
  amounts(
    db,
    `select o.area, o.accumulated_surplus - coalesce(h.amount, 0) as amount
     from fund.opening o
     left join fund.held_advance h on h.fund_year = o.fund_year and h.area = o.area and o.scheme = 'resident'
     where o.fund_year = :year and o.scheme = :scheme and o.part = 'pooled'`,
    { year: fundYear, scheme },
  );

/** The areas whose openings hold advance premiums. */
export async function areasHoldingAdvance(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
): Promise<ReadonlySet<string>> {
  if (scheme !== 'resident') return new Set();
  const rows = await db('premium_recognition').where({ fund_year: fundYear, holds_advance: true }).select('area');
  return new Set(rows.map(({ area }) => area));
}

/** The surplus of every area on 1 January with its reason. */
export async function openingFigures(
  db: Queryable,
  year: number,
): Promise<({ area: string; scheme: Scheme } & OpeningFigure)[]> {
  const openings = await db('opening')
    .where({ fund_year: year, part: 'pooled' })
    .select('area', 'scheme', 'accumulated_surplus');
  const held = await db('held_advance').where({ fund_year: year }).select('area', 'by_person', 'amount');
  return (await areasOfYear(db, year)).flatMap(({ area, schemes }) =>
    schemes.map((scheme) => {
      const row = openings.find((opening) => opening.area === area && opening.scheme === scheme);
      const holds = scheme === 'resident' ? held.find((advance) => advance.area === area) : undefined;
      const facts = {
        ...{ year, area, scheme },
        opening: decimal(row?.accumulated_surplus ?? '0'),
        held: holds === undefined ? null : { amount: decimal(holds.amount), byPerson: holds.by_person },
      };
      return { area, scheme, ...openingFigure(facts) };
    }),
  );
}

/** The surplus of every part of every fund on 1 January, without what openings on receipts hold. */
export async function surplusesOnFirstDay(db: Queryable, year: number) {
  const held = await db('held_advance').where({ fund_year: year }).select('area', 'amount');
  return (await openingBalances(db, year)).map((row) => {
    const holds = row.scheme === 'resident' ? held.find(({ area }) => area === row.entity) : undefined;
    return { ...row, amount: row.amount.minus(holds?.amount ?? '0') };
  });
}

export interface HeldAdvance {
  area: string;
  advance: Decimal; // P; 0 where the opening holds none (any more)
  booked: Decimal;
  entries: number;
}

/** The advance premiums that the openings of the areas hold, as far as they are not booked as income yet. */
export async function unbookedAdvances(db: Queryable, year: number): Promise<HeldAdvance[]> {
  const rows = await select<{ area: string; advance: string; booked: string; entries: number }>(
    db,
    `with booked as (
       select entity as area, sum(debit_less_credit) as amount, count(*)::int as entries
       from fund.ledger where fund_year = :year and account = :account and starts_with(key, :heldAdvances) group by entity
     )
     select area::text as area, coalesce(h.amount, 0) as advance, coalesce(b.amount, 0) as booked, coalesce(b.entries, 0) as entries
     from (select area::text as area, amount from fund.held_advance where fund_year = :year) h full join booked b using (area)
     where coalesce(h.amount, 0) <> coalesce(b.amount, 0) order by 1`,
    { year, account: FUND_BALANCE, heldAdvances: journalKeys.heldAdvances },
  );
  return rows.map(({ advance, booked, ...row }) => ({ ...row, advance: decimal(advance), booked: decimal(booked) }));
}

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

interface OpeningChange {
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
  if (before === undefined || before.status === 'abandoned') return { changes: [], provisional: false };
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

// All funds that either side has; a missing row counts as 0. The region's own fund opens in adjustment_fund.csv.
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

const isClosed = async (db: Queryable, year: number): Promise<boolean> =>
  (await selectOne(db, `select from fund.fund_year where year = :year and status = 'closed'`, { year })) !== undefined;

/**
 * The openings of a pack that differ from the closing of the year before, where this database has closed that year. An opening
 * on receipts is compared when the books open: until then nobody knows how much advance premium it holds.
 */
export async function openingFaults(trx: Queryable, pack: Pack): Promise<Fault[]> {
  const before = pack.year - 1;
  if (!(await isClosed(trx, before))) return [];
  const holds = packHoldingAdvance(pack, await overriddenValues(trx, pack.year));
  const openings = [
    ...pack.opening.map((row) => ({ ...row, entity: row.area, amount: row.accumulated_surplus })),
    ...pack.adjustmentFund.map((row) => ({ ...row, entity: 'region', part: 'pooled', amount: row.opening_balance })),
  ];
  const mismatches = await select<Mismatch>(trx, MISMATCHES, { before, openings: JSON.stringify(openings) });
  return mismatches
    .filter(({ entity, scheme }) => !(scheme === 'resident' && holds.has(entity)))
    .map((mismatch) => faultOf(mismatch, before));
}

/** The same for the openings that hold advance premiums: the opening less these premiums is compared. */
export async function heldOpeningFaults(trx: Queryable, year: number): Promise<Fault[]> {
  const before = year - 1;
  if (!(await isClosed(trx, before))) return [];
  const mismatches = await select<Mismatch>(
    trx,
    `select o.area as entity, o.scheme, o.part, o.line, o.accumulated_surplus - h.amount as opening, coalesce(c.amount, 0) as closing
     from fund.held_advance h
     join fund.opening o on (o.fund_year, o.area, o.scheme, o.part) = (h.fund_year, h.area, 'resident', 'pooled')
     left join fund.closing c on (c.fund_year, c.entity, c.scheme, c.part) = (:before, h.area::text, 'resident', 'pooled')
     where h.fund_year = :year and o.accumulated_surplus - h.amount <> coalesce(c.amount, 0) order by o.area collate "C"`,
    { year, before },
  );
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
