/** Residents on the roll (参保登记) and their payments (缴费流水). */
import { type Decimal, decimal } from '../rules/money';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select, selectOne } from './rows';

/** Accepts or quarantines every row paid until `through`, in their order (`fund.decide_payments`). A later call decides the new rows. */
export async function decidePayments(trx: Transaction, year: number, through: string): Promise<string> {
  // One call at a time: each decides the rows of all areas, since a person may be on two rolls.
  await execute(trx, `select pg_advisory_xact_lock(hashtext('fund.decide_payments'), :year)`, { year });
  const row = await selectOne<{ decided: string }>(trx, 'select fund.decide_payments(:year, :through) as decided', {
    year,
    through,
  });
  const decided = row?.decided ?? '0';
  // So many rows have changed that the planner, by its old statistics, would expect no accepted ones.
  if (decided !== '0') await refreshStatistics(trx);
  return decided;
}

/** The earliest day up to `through` with a payment row that is not decided yet; null when there is none. */
export async function firstUndecidedDay(db: Queryable, year: number, through: string): Promise<string | null> {
  const row = await selectOne<{ first: string | null }>(
    db,
    `select min(paid_on) as first from fund.resident_payment
     where fund_year = :year and outcome is null and paid_on <= :through::date`,
    { year, through },
  );
  return row?.first ?? null;
}

/** Tells the planner how large the tables of persons have become. */
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
  return (await db('resident_payment').where({ fund_year: year }).whereNull('area').first('id')) !== undefined;
}

/** Persons paid in an area, full aid included, by the group on its roll. */
export async function paidByGroup(db: Queryable, year: number, area: string): Promise<ReadonlyMap<string, Decimal>> {
  const rows = await select<{ group: string; persons: string }>(
    db,
    `select r."group", count(*) as persons
     from fund.resident_roll r
     where r.fund_year = :year and r.area = :area and exists (${PAID})
     group by r."group"`,
    { year, area },
  );
  return new Map(rows.map(({ group, persons }) => [group, decimal(persons)]));
}

/** Low-income persons of both classes registered and paid, for the areas that are counted person by person. */
export async function lowIncomePersons(
  db: Queryable,
  year: number,
): Promise<(area: string) => { paid: Decimal; registered: Decimal } | undefined> {
  const rows = await select<{ area: string; paid: string; registered: string }>(
    db,
    `select c.area, count(*) filter (where e.person is not null or p.person is not null) as paid,
       count(r.person) as registered
     from fund.collection c
     left join fund.resident_roll r on (r.fund_year, r.area) = (c.fund_year, c.area::text) and r."group" = any (:groups)
     left join fund.full_aid_enrolment e on (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)
     left join fund.resident_payment p on p.fund_year = r.fund_year and p.person = r.person and p.area = r.area
       and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
     where c.fund_year = :year and c.by_person group by c.area`,
    { year, groups: [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS] },
  );
  const byArea = new Map(
    rows.map(({ area, paid, registered }) => [area, { paid: decimal(paid), registered: decimal(registered) }]),
  );
  return (area) => byArea.get(area);
}
