/** Cash of the resident collection by day. */
import { amounts } from './amounts';
import type { Queryable } from './connect';
import { select } from './rows';

export interface BookableDay {
  area: string;
  day: string;
  kind: 'payments' | 'refunds' | 'quarantined_payments' | 'quarantined_refunds';
  amount: string;
  /** Keys of the entries that have booked this day and kind before: what is left came late. */
  booked_by: string[];
}

// Cash by day and kind, after `:after` and up to `:through`; an area without person rows has the tax bureau's total, dated 31 December of the year before.
const DAYS = `
  select d.day, d.kind, sum(d.amount) as amount
  from fund.collection_day d
  where d.fund_year = :year and d.area = :area and d.day <= :through::date and d.day > coalesce(:after::date, '-infinity')
  group by d.day, d.kind
  union all
  select make_date(:year - 1, 12, 31), 'payments', t.amount
  from fund.area_by_person b join fund.collection_total t using (fund_year, area)
  where b.fund_year = :year and b.area = :area and not b.by_person
    and make_date(:year - 1, 12, 31) <= :through::date and make_date(:year - 1, 12, 31) > coalesce(:after::date, '-infinity')`;

/**
 * The days of an area after `after` and up to `through`, by kind of cash, as far as the books do not have them yet. Without
 * `after` every day is looked at, and what came late to a day that was booked is told as the rest of that day.
 */
export async function bookableDays(
  db: Queryable,
  { year, area, after, through }: { year: number; area: string; after: string | null; through: string },
): Promise<BookableDay[]> {
  if (after !== null) {
    const sql = `select :area as area, day, kind, amount, '[]'::jsonb as booked_by from (${DAYS}) days`;
    return select<BookableDay>(db, sql, { year, area, through, after });
  }
  return select<BookableDay>(
    db,
    `with posted as (
       select split_part(key, '/', 3)::date as day, split_part(key, '/', 4) as kind,
         jsonb_agg(distinct key) as booked_by,
         sum(case when split_part(key, '/', 4) like '%refunds' then -debit_less_credit else debit_less_credit end) as amount
       from fund.ledger
       where fund_year = :year and entity = :area and account = '财政专户存款' and key like 'collection/%'
       group by 1, 2
     )
     select :area as area, day, kind, coalesce(d.amount, 0) - coalesce(p.amount, 0) as amount,
       coalesce(p.booked_by, '[]') as booked_by
     from (${DAYS}) d full join posted p using (day, kind)
     where coalesce(d.amount, 0) <> coalesce(p.amount, 0)`,
    { year, area, through, after: null },
  );
}

/**
 * Premium of the resident collection that is income on or before `through`: accepted payments less refunds, with their
 * aid; areas without person rows have the tax bureau's amount, dated 31 December of the year before.
 */
export const collectedPremium = (db: Queryable, fundYear: number, through: string) =>
  amounts(
    db,
    `select b.area, coalesce(
         case when b.by_person then
           (select sum(case kind when 'payments' then amount when 'refunds' then -amount end)
            from fund.collection_day d where d.fund_year = b.fund_year and d.area = b.area and d.day <= :through)
         when :through::date >= make_date(:year - 1, 12, 31) then
           (select amount from fund.collection_total t where t.fund_year = b.fund_year and t.area = b.area)
         end, 0) as amount
     from fund.area_by_person b where b.fund_year = :year`,
    { year: fundYear, through },
  );

export interface CollectionDay {
  day: string; // YYYY-MM-DD
  area: string;
  amount: string; // yuan: accepted payments and aid less refunds
}

/** 居民征缴 by day, of the areas whose collection is counted person by person. No row speaks of a person. */
export const collectionDays = (db: Queryable, year: number): Promise<CollectionDay[]> =>
  select(
    db,
    `select day, area, sum(case kind when 'payments' then amount else -amount end) as amount
     from fund.collection_day where fund_year = :year and kind in ('payments', 'refunds')
     group by day, area order by day, area collate "C"`,
    { year },
  );
