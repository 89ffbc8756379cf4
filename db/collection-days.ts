/** Cash of the resident collection by day. */
import { SPECIAL_ACCOUNT } from '../rules/posting';
import { amounts } from './amounts';
import type { Queryable } from './connect';
import { select } from './rows';
import type { Row } from './tables';

export interface BookableDay {
  area: string;
  day: string;
  kind: Row<'collection_day'>['kind'];
  amount: string;
  /** Keys of the entries that have booked this day and kind before; the amount is what came late. */
  booked_by: string[];
}

// Cash by day and kind, after `:after` and up to `:through`. An area without person rows has the tax bureau's total, dated
// 31 December of the year before. Cash received before the year is not in these books where premiums are income of the year of
// receipt; where the opening holds it, only what is in quarantine is (RULES 9).
const DAYS = `
  select d.day, d.kind, sum(d.amount) as amount
  from fund.collection_day d join fund.premium_recognition r using (fund_year, area)
  where d.fund_year = :year and d.area = :area
    and (d.day >= make_date(:year, 1, 1) or r.recognition = 'coverage_year' and (not r.holds_advance or d.kind like 'quarantined%'))
    and d.day <= :through::date and d.day > coalesce(:after::date, '-infinity')
  group by d.day, d.kind
  union all
  select make_date(:year - 1, 12, 31), 'payments', t.amount
  from fund.area_by_person b join fund.collection_total t using (fund_year, area)
    join fund.premium_recognition r using (fund_year, area)
  where b.fund_year = :year and b.area = :area and not b.by_person and r.recognition = 'coverage_year' and not r.holds_advance
    and make_date(:year - 1, 12, 31) <= :through::date and make_date(:year - 1, 12, 31) > coalesce(:after::date, '-infinity')`;

/**
 * What the books still lack of an area's cash, by day and kind: the days after `after` and up to `through`. Without `after`
 * every day is compared with the books, and what came late for a day already booked is the difference.
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
    // Keys of these entries are made in rules/keys.ts (`journalKey.collectionDay`): collection/area/day/kind.
    `with posted as (
       select split_part(key, '/', 3)::date as day, split_part(key, '/', 4) as kind,
         jsonb_agg(distinct key) as booked_by,
         sum(case when split_part(key, '/', 4) like '%payments' then debit_less_credit else -debit_less_credit end) as amount
       from fund.ledger
       where fund_year = :year and entity = :area and account = :account and key like 'collection/%'
       group by 1, 2
     )
     select :area as area, day, kind, coalesce(d.amount, 0) - coalesce(p.amount, 0) as amount,
       coalesce(p.booked_by, '[]') as booked_by
     from (${DAYS}) d full join posted p using (day, kind)
     where coalesce(d.amount, 0) <> coalesce(p.amount, 0)`,
    { year, area, through, after: null, account: SPECIAL_ACCOUNT },
  );
}

/**
 * Premium of the resident collection that is income of the year on or before `through`: accepted payments less refunds, with their
 * aid; areas without person rows have the tax bureau's amount, dated 31 December of the year before. By receipts, nothing of before
 * the year counts.
 */
export const collectedPremium = (db: Queryable, fundYear: number, through: string) =>
  amounts(
    db,
    `select b.area, coalesce(
         case when b.by_person then
           (select sum(case kind when 'payments' then amount when 'refunds' then -amount end)
            from fund.collection_day d where d.fund_year = b.fund_year and d.area = b.area and d.day <= :through
              and (r.recognition = 'coverage_year' or d.day >= make_date(:year, 1, 1)))
         when r.recognition = 'coverage_year' and :through::date >= make_date(:year - 1, 12, 31) then
           (select amount from fund.collection_total t where t.fund_year = b.fund_year and t.area = b.area)
         end, 0) as amount
     from fund.area_by_person b join fund.premium_recognition r using (fund_year, area) where b.fund_year = :year`,
    { year: fundYear, through },
  );

/** The areas whose premiums are income of the year in which they are received. */
export async function areasByReceipts(db: Queryable, fundYear: number): Promise<ReadonlySet<string>> {
  const rows = await db('premium_recognition')
    .where({ fund_year: fundYear, recognition: 'receipt_year' })
    .select('area');
  return new Set(rows.map(({ area }) => area));
}

export interface CollectionDay {
  day: string; // YYYY-MM-DD
  area: string;
  amount: string; // yuan: accepted payments and aid less refunds
}

/** 居民征缴 by day, of the areas whose collection is counted person by person; no person is named. */
export const collectionDays = (db: Queryable, year: number): Promise<CollectionDay[]> =>
  select(
    db,
    `select day, area, sum(case kind when 'payments' then amount else -amount end) as amount
     from fund.collection_day where fund_year = :year and kind in ('payments', 'refunds')
     group by day, area order by day, area collate "C"`,
    { year },
  );
