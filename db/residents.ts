/** Residents on the roll (参保登记) and their payments (缴费流水). */
import { type Decimal, decimal } from '../rules/money';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS, UNKNOWN_AREA } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select, selectOne } from './rows';

/** Accepts or quarantines every row that waits (`fund.decide_payments`). */
export async function decidePayments(trx: Transaction, year: number): Promise<string> {
  const row = await selectOne<{ decided: string }>(trx, 'select fund.decide_payments(:year) as decided', { year });
  return row?.decided ?? '0';
}

/** The earliest day with a payment row that waits for its decision; null when none does. */
export async function firstWaitingDay(db: Queryable, year: number): Promise<string | null> {
  const row = await selectOne<{ first: string | null }>(
    db,
    'select min(paid_on) as first from fund.received_payment where fund_year = :year',
    { year },
  );
  return row?.first ?? null;
}

/** Payments in quarantine wait again once their person is on the roll, or the window was extended beyond their day. */
export const reconsiderPayments = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, 'select fund.reconsider_payments(:year)', { year });

/** Tells the planner how large the other tables of persons have become. */
export const refreshStatistics = (trx: Transaction): Promise<unknown> =>
  execute(trx, 'select fund.refresh_statistics()');

/** Enrols the persons who owe nothing, before any payment is decided. */
export async function enrolByFullAid(db: Queryable, year: number): Promise<string> {
  const row = await selectOne<{ enrolled: string }>(db, 'select fund.enrol_by_full_aid(:year) as enrolled', { year });
  return row?.enrolled ?? '0';
}

/** Where a person on the roll (`r`) is paid: by a payment that stands, or by full aid. */
export const PAID = `
  select from fund.resident_payment p
  where p.fund_year = r.fund_year and p.person = r.person and p.area = r.area and p.kind = 'payment' and p.outcome = 'accepted'
    and not p.refunded
  union all
  select from fund.full_aid_enrolment e where (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)`;

/** Whether any payment row names no known area. */
export async function hasStrayRows(db: Queryable, year: number): Promise<boolean> {
  return (await db('collection_count').where({ fund_year: year, area: UNKNOWN_AREA }).first('area')) !== undefined;
}

/** Persons paid in an area, full aid included, by the group on its roll. */
export async function paidByGroup(db: Queryable, year: number, area: string): Promise<ReadonlyMap<string, Decimal>> {
  const rows = await db('collection_group')
    .where({ fund_year: year, area })
    .where('paid', '>', 0)
    .select('group', 'paid');
  return new Map(rows.map(({ group, paid }) => [group, decimal(paid)]));
}

/** Low-income persons of both classes registered and paid, for the areas that are counted person by person. */
export async function lowIncomePersons(
  db: Queryable,
  year: number,
): Promise<(area: string) => { paid: Decimal; registered: Decimal } | undefined> {
  const rows = await select<{ area: string; paid: string; registered: string }>(
    db,
    `select c.area, coalesce(sum(g.paid), 0) as paid, coalesce(sum(g.registered), 0) as registered
     from fund.collection c
     left join fund.collection_group g on (g.fund_year, g.area) = (c.fund_year, c.area) and g."group" = any (:groups)
     where c.fund_year = :year and c.by_person group by c.area`,
    { year, groups: [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS] },
  );
  const byArea = new Map(
    rows.map(({ area, paid, registered }) => [area, { paid: decimal(paid), registered: decimal(registered) }]),
  );
  return (area) => byArea.get(area);
}
