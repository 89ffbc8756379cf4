/** Counts and control totals of the resident collection (居民征缴). */
import { type Decimal, decimal, zero } from '../rules/money';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS, UNKNOWN_AREA } from '../rules/vocabulary';
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
  if (area === UNKNOWN_AREA) {
    return {
      byPerson: true,
      registered: zero,
      paid: zero,
      due: zero,
      ...(await rowCounts(db, year, area)),
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
      `select coalesce(sum(g.registered), 0) as registered, coalesce(sum(g.registered * t.due), 0) as due,
         coalesce(sum(g.paid), 0) as paid,
         coalesce(sum(g.registered) filter (where "group" = any (:lowIncomeGroups)), 0) as low_registered,
         coalesce(sum(g.paid) filter (where "group" = any (:lowIncomeGroups)), 0) as low_paid,
         coalesce(sum(g.registered) filter (where "group" = any (:povertyRelievedGroups)), 0) as relieved_registered,
         coalesce(sum(g.paid) filter (where "group" = any (:povertyRelievedGroups)), 0) as relieved_paid
       from fund.collection_group g join fund.collection_term t using (fund_year, area, "group")
       where fund_year = :year and area = :area`,
      { year, area, lowIncomeGroups: [...LOW_INCOME_GROUPS], povertyRelievedGroups: [...POVERTY_RELIEVED_GROUPS] },
    ),
  );
  return {
    registered: persons.registered as Decimal,
    paid: persons.paid as Decimal,
    due: persons.due as Decimal,
    lowIncome: { registered: persons.low_registered as Decimal, paid: persons.low_paid as Decimal },
    povertyRelieved: { registered: persons.relieved_registered as Decimal, paid: persons.relieved_paid as Decimal },
  };
}

/** Accepted and quarantined rows; what they come to is kept with them. */
async function rowCounts(db: Queryable, year: number, area: string) {
  const rows = await db('collection_count')
    .where({ fund_year: year, area })
    .first('accepted_rows', 'quarantined_rows', 'quarantined_amount', 'collected', 'aid');
  return {
    acceptedRows: decimal(rows?.accepted_rows ?? '0'),
    quarantinedRows: decimal(rows?.quarantined_rows ?? '0'),
    quarantinedAmount: decimal(rows?.quarantined_amount ?? '0'),
    collected: decimal(rows?.collected ?? '0'),
    aid: decimal(rows?.aid ?? '0'),
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
