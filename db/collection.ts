/** Counting and summing the resident collection. */
import { type Decimal, decimal, zero } from '../rules/money';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select, selectOne } from './rows';

export interface BookableDay {
  area: string;
  day: string;
  kind: 'payments' | 'refunds' | 'quarantined_payments' | 'quarantined_refunds';
  amount: string;
  /** Keys of the entries that have booked this day and kind before: what is left came late. */
  booked_by: string[];
}

// Cash by day and kind, up to $3; an area without person rows has the tax bureau's total, dated 31 December of the year before.
const DAYS = `
  select d.day, d.kind, sum(d.amount) as amount
  from fund.collection_day d
  where d.fund_year = $1 and d.area = $2 and d.day <= $3::date and d.day > coalesce($4::date, '-infinity')
  group by d.day, d.kind
  union all
  select make_date($1 - 1, 12, 31), 'payments', t.amount
  from fund.area_by_person b join fund.collection_total t using (fund_year, area)
  where b.fund_year = $1 and b.area = $2 and not b.by_person
    and make_date($1 - 1, 12, 31) <= $3::date and make_date($1 - 1, 12, 31) > coalesce($4::date, '-infinity')`;

/**
 * The days of an area after `after` and up to `through`, by kind of cash, as far as the books do not have them yet. Without
 * `after` every day is looked at, and what came late to a day that was booked is told as the rest of that day.
 */
export async function bookableDays(
  db: Queryable,
  { year, area, after, through }: { year: number; area: string; after: string | null; through: string },
): Promise<BookableDay[]> {
  if (after !== null) {
    const sql = `select $2 as area, day, kind, amount, '[]'::jsonb as booked_by from (${DAYS}) days`;
    return select<BookableDay>(db, sql, [year, area, through, after]);
  }
  return select<BookableDay>(
    db,
    `with posted as (
       select split_part(key, '/', 3)::date as day, split_part(key, '/', 4) as kind,
         jsonb_agg(distinct key) as booked_by,
         sum(case when split_part(key, '/', 4) like '%refunds' then -debit_less_credit else debit_less_credit end) as amount
       from fund.ledger
       where fund_year = $1 and entity = $2 and account = '财政专户存款' and key like 'collection/%'
       group by 1, 2
     )
     select $2 as area, day, kind, coalesce(d.amount, 0) - coalesce(p.amount, 0) as amount,
       coalesce(p.booked_by, '[]') as booked_by
     from (${DAYS}) d full join posted p using (day, kind)
     where coalesce(d.amount, 0) <> coalesce(p.amount, 0)`,
    [year, area, through, null],
  );
}

export interface TaxTotals {
  rows: Decimal;
  amount: Decimal;
}
/** The tax bureau's control totals (税务对账数); without a row 0 (READINGS 20). */
export async function taxTotals(db: Queryable, year: number, area: string): Promise<TaxTotals> {
  const row = await selectOne<{ rows: string; amount: string }>(
    db,
    'select rows, amount from fund.collection_total where fund_year = $1 and area = $2',
    [year, area],
  );
  return { rows: decimal(row?.rows ?? '0'), amount: decimal(row?.amount ?? '0') };
}

export interface CollectionCounts {
  byPerson: boolean;
  registered: Decimal;
  paid: Decimal;
  due: Decimal;
  collected: Decimal;
  aid: Decimal;
  acceptedRows: Decimal;
  quarantinedRows: Decimal;
  quarantinedAmount: Decimal;
  lowIncome: { registered: Decimal; paid: Decimal };
  povertyRelieved: { registered: Decimal; paid: Decimal };
}

type Counted<Row> = { [Name in keyof Row]: Decimal };
const counted = <Row extends Record<string, string | null>>(row: Row | undefined): Counted<Row> =>
  Object.fromEntries(Object.entries(row ?? {}).map(([name, text]) => [name, decimal(text ?? '0')])) as Counted<Row>;

/** Counts of one area, or of the rows that name no known area (`unknown`). */
export async function collectionCounts(
  db: Queryable,
  year: number,
  area: string,
  tax: TaxTotals,
): Promise<CollectionCounts> {
  const nobody = { registered: zero, paid: zero };
  if (area === 'unknown') {
    const rows = await rowCounts(db, year, null);
    return {
      byPerson: true,
      registered: zero,
      paid: zero,
      due: zero,
      collected: zero,
      aid: zero,
      ...rows,
      lowIncome: nobody,
      povertyRelieved: nobody,
    };
  }
  const named = await selectOne<{ by_person: boolean }>(
    db,
    'select by_person from fund.area_by_person where fund_year = $1 and area = $2',
    [year, area],
  );
  if (!named?.by_person) {
    // Without person rows the control totals are the collection; its aid is in the actuals.
    return {
      byPerson: false,
      registered: tax.rows,
      paid: tax.rows,
      due: tax.amount,
      collected: tax.amount,
      aid: zero,
      acceptedRows: tax.rows,
      quarantinedRows: zero,
      quarantinedAmount: zero,
      lowIncome: nobody,
      povertyRelieved: nobody,
    };
  }
  return { byPerson: true, ...(await personCounts(db, year, area)), ...(await rowCounts(db, year, area)) };
}

async function personCounts(db: Queryable, year: number, area: string) {
  const persons = counted(
    await selectOne<Record<string, string>>(
      db,
      `select count(*) as registered, coalesce(sum(t.due), 0) as due,
         count(*) filter (where paid.person is not null) as paid,
         count(*) filter (where r."group" = any ($3)) as low_registered,
         count(*) filter (where r."group" = any ($3) and paid.person is not null) as low_paid,
         count(*) filter (where r."group" = any ($4)) as relieved_registered,
         count(*) filter (where r."group" = any ($4) and paid.person is not null) as relieved_paid
       from fund.resident_roll r
       join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
       left join (
         select person from fund.resident_payment
         where fund_year = $1 and area = $2 and kind = 'payment' and outcome = 'accepted' and not refunded
         union all
         select person from fund.full_aid_enrolment where fund_year = $1 and area = $2
       ) paid on paid.person = r.person
       where r.fund_year = $1 and r.area = $2`,
      [year, area, [...LOW_INCOME_GROUPS], [...POVERTY_RELIEVED_GROUPS]],
    ),
  );
  const money = counted(
    await selectOne<Record<string, string>>(
      db,
      `select
         coalesce(sum(p.amount) filter (where p.kind = 'payment' and not p.refunded), 0) as collected,
         coalesce(sum(p.aid) filter (where p.kind = 'payment' and not p.refunded), 0)
           + (select coalesce(sum(aid), 0) from fund.full_aid_enrolment where fund_year = $1 and area = $2) as aid
       from fund.resident_payment p
       where p.fund_year = $1 and p.area = $2 and p.outcome = 'accepted'`,
      [year, area],
    ),
  );
  return {
    registered: persons.registered as Decimal,
    paid: persons.paid as Decimal,
    due: persons.due as Decimal,
    collected: money.collected as Decimal,
    aid: money.aid as Decimal,
    lowIncome: { registered: persons.low_registered as Decimal, paid: persons.low_paid as Decimal },
    povertyRelieved: { registered: persons.relieved_registered as Decimal, paid: persons.relieved_paid as Decimal },
  };
}

/** All rows are accepted or quarantined; refunds count negative, and a refund of a quarantined payment lowers its sum. */
async function rowCounts(db: Queryable, year: number, area: string | null) {
  const rows = counted(
    await selectOne<Record<string, string>>(
      db,
      `select count(*) filter (where p.outcome = 'accepted') as accepted,
         count(*) filter (where p.outcome = 'quarantined') as quarantined,
         coalesce(sum(case p.kind when 'payment' then p.amount when 'refund' then -p.amount end)
           filter (where p.outcome = 'quarantined'), 0)
         - coalesce(sum(p.amount) filter (where p.outcome = 'accepted' and p.kind = 'refund' and p.aid is null), 0) as amount
       from fund.resident_payment p
       where p.fund_year = $1 and p.area is not distinct from $2`,
      [year, area],
    ),
  );
  return {
    acceptedRows: rows.accepted as Decimal,
    quarantinedRows: rows.quarantined as Decimal,
    quarantinedAmount: rows.amount as Decimal,
  };
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
     left join fund.resident_roll r on (r.fund_year, r.area) = (c.fund_year, c.area::text) and r."group" = any ($2)
     left join fund.full_aid_enrolment e on (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)
     left join fund.resident_payment p on p.fund_year = r.fund_year and p.person = r.person and p.area = r.area
       and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
     where c.fund_year = $1 and c.by_person group by c.area`,
    [year, [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS]],
  );
  const byArea = new Map(
    rows.map(({ area, paid, registered }) => [area, { paid: decimal(paid), registered: decimal(registered) }]),
  );
  return (area) => byArea.get(area);
}

/** Accepts or quarantines every row paid by `through`, in their order (0005_collection.sql). Asked again it decides what is new. */
export async function decidePayments(trx: Transaction, year: number, through: string): Promise<string> {
  // One at a time: every area asks for the rows of all, since one person may be on two rolls.
  await execute(trx, `select pg_advisory_xact_lock(hashtext('fund.decide_payments'), $1)`, [year]);
  const row = await selectOne<{ decided: string }>(trx, 'select fund.decide_payments($1, $2) as decided', [
    year,
    through,
  ]);
  const decided = row?.decided ?? '0';
  // So many rows have just changed that the planner would take the accepted ones for none.
  if (decided !== '0') await execute(trx, 'select fund.refresh_statistics()');
  return decided;
}

/** Enrols the persons who owe nothing, before any payment is looked at. */
export async function enrolByFullAid(db: Queryable, year: number): Promise<string> {
  const row = await selectOne<{ enrolled: string }>(db, 'select fund.enrol_by_full_aid($1) as enrolled', [year]);
  return row?.enrolled ?? '0';
}

/** Whether some row names no known area. */
export async function hasStrayRows(db: Queryable, year: number): Promise<boolean> {
  return (
    (await selectOne(db, 'select 1 from fund.resident_payment where fund_year = $1 and area is null limit 1', [
      year,
    ])) !== undefined
  );
}

export interface StoredExtension {
  closed_before: string;
  operator: string;
  document: string;
  decided_on: string;
}
/** The decision by which an area's window was extended to a day. */
export const extensionUntil = (db: Queryable, year: number, area: string, until: string) =>
  selectOne<StoredExtension>(
    db,
    `select closed_before, operator, document, decided_on from fund.collection_extension
     where fund_year = $1 and area = $2 and until = $3`,
    [year, area, until],
  );
