/** Counts and control totals of the resident collection (居民征缴). */
import { type Decimal, decimal, zero } from '../rules/money';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { selectOne } from './rows';

export interface TaxTotals {
  rows: Decimal;
  amount: Decimal;
}

/** The tax bureau's control totals (税务对账数); without a row 0 (READINGS 20). */
export async function taxTotals(db: Queryable, year: number, area: string): Promise<TaxTotals> {
  const row = await db('collection_total').where({ fund_year: year, area }).first('rows', 'amount');
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
  const named = await db('area_by_person').where({ fund_year: year, area }).first('by_person');
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
         count(*) filter (where r."group" = any (:lowIncomeGroups)) as low_registered,
         count(*) filter (where r."group" = any (:lowIncomeGroups) and paid.person is not null) as low_paid,
         count(*) filter (where r."group" = any (:povertyRelievedGroups)) as relieved_registered,
         count(*) filter (where r."group" = any (:povertyRelievedGroups) and paid.person is not null) as relieved_paid
       from fund.resident_roll r
       join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
       left join (
         select person from fund.resident_payment
         where fund_year = :year and area = :area and kind = 'payment' and outcome = 'accepted' and not refunded
         union all
         select person from fund.full_aid_enrolment where fund_year = :year and area = :area
       ) paid on paid.person = r.person
       where r.fund_year = :year and r.area = :area`,
      { year, area, lowIncomeGroups: [...LOW_INCOME_GROUPS], povertyRelievedGroups: [...POVERTY_RELIEVED_GROUPS] },
    ),
  );
  const money = counted(
    await selectOne<Record<string, string>>(
      db,
      `select
         coalesce(sum(p.amount) filter (where p.kind = 'payment' and not p.refunded), 0) as collected,
         coalesce(sum(p.aid) filter (where p.kind = 'payment' and not p.refunded), 0)
           + (select coalesce(sum(aid), 0) from fund.full_aid_enrolment where fund_year = :year and area = :area) as aid
       from fund.resident_payment p
       where p.fund_year = :year and p.area = :area and p.outcome = 'accepted'`,
      { year, area },
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
       where p.fund_year = :year and p.area is not distinct from :area`,
      { year, area },
    ),
  );
  return {
    acceptedRows: rows.accepted as Decimal,
    quarantinedRows: rows.quarantined as Decimal,
    quarantinedAmount: rows.amount as Decimal,
  };
}

/** The terms of every group of an area, as they were fixed when its collection opened. */
export async function termsOfGroups(db: Queryable, year: number, area: string) {
  const rows = await db('collection_term')
    .where({ fund_year: year, area })
    .orderByRaw('"group" collate "C"')
    .select('group', 'standard', 'aid');
  return rows.map(({ group, standard, aid }) => ({ group, standard: decimal(standard), aid: decimal(aid) }));
}

export interface StoredExtension {
  closed_before: string;
  operator: string;
  document: string;
  decided_on: string;
}

/** The decision that extended an area's window to a day. */
export const extensionUntil = (db: Queryable, year: number, area: string, until: string) =>
  db('collection_extension')
    .where({ fund_year: year, area, until })
    .first('closed_before', 'operator', 'document', 'decided_on');
