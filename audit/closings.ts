/**
 * The invariants between years and files: the closing of a fund follows from what was reported, and its opening from the year
 * before.
 */
import type { Queryable } from '../db/connect';
import { selectOne } from '../db/rows';
import { MONEY_ACCOUNTS, UNDER_REVIEW } from '../rules/posting';
import { OWN_EXPENDITURE, OWN_INCOME, REGION } from '../rules/vocabulary';
import { LINES } from './books';
import { placesWhere } from './places';

/** The closing balance of a fund in the books: its money, wherever it lies, without the cash under review (READINGS 44). */
const closings = (year: string, accounts: string): string => `(
  select entity, scheme, part, sum(debit_less_credit) as amount
  from ${LINES} lines where fund_year = ${year} and account = any (${accounts})
  group by entity, scheme, part)`;
const CLOSING_ACCOUNTS = [...MONEY_ACCOUNTS, UNDER_REVIEW];

/**
 * Premium and aid of the resident collection by area and day: accepted payments less their refunds, and full aid. Every day is
 * included, whichever year's books it is in. A payment that was released from quarantine counts on the day of its release. A
 * refund without aid returns a quarantined payment, which is not premium. An area without rows of persons has the tax bureau's
 * total, dated the last day before the year (RULES 4).
 */
const COLLECTED = `(
  select p.area::text as area, coalesce(r.released_on, p.paid_on) as day,
    case kind when 'payment' then 1 else -1 end * (amount + coalesce(aid, 0)) as amount
  from fund.resident_payment p left join fund.payment_release r using (fund_year, file, line)
  where fund_year = :year and outcome = 'accepted' and (kind = 'payment' or aid is not null)
  union all
  select area::text, enrolled_on, aid from fund.full_aid_enrolment where fund_year = :year
  union all
  select t.area::text, make_date(:year - 1, 12, 31), t.amount from fund.collection_total t where t.fund_year = :year
    and not exists (select from fund.resident_roll r where (r.fund_year, r.area) = (t.fund_year, t.area))
    and not exists (select from fund.resident_payment p where (p.fund_year, p.area) = (t.fund_year, t.area)))`;

/** The year by which each area recognises the premiums of residents: its own value of law, else the general one. */
const RECOGNITION = `(
  select a.area::text as area, coalesce(
    max(p.value #>> '{}') filter (where p.name = 'books.premium_recognition.' || a.area),
    max(p.value #>> '{}') filter (where p.name = 'books.premium_recognition'), 'coverage_year') as by_year
  from fund.area a left join fund.parameter_in_force p on p.fund_year = a.fund_year and p.name like 'books.premium_recognition%'
  where a.fund_year = :year group by a.area)`;

/** The part of the collection that is income of the year; by receipts, nothing from before the year. */
export const RECOGNISED = `(
  select c.area, c.day, c.amount from ${COLLECTED} c join ${RECOGNITION} r on r.area = c.area
  where r.by_year = 'coverage_year' or c.day >= make_date(:year, 1, 1))`;

/**
 * S on 1 January, pooled: an opening on receipts of an area that recognises by coverage year holds the premiums received before
 * the year, which are income of the year.
 */
export const OPENED = `(
  select o.area::text as area, o.scheme, o.accumulated_surplus - case
    when o.basis = 'receipt_year' and r.by_year = 'coverage_year' then coalesce((
      select sum(c.amount) from ${COLLECTED} c where c.area = o.area::text and c.day < make_date(:year, 1, 1)), 0)
    else 0 end as amount
  from fund.opening o join ${RECOGNITION} r on r.area = o.area::text
  where o.fund_year = :year and o.part = 'pooled')`;

/**
 * 期末 = 期初 + 收入 − 支出 − 上解 + F + A of every area's pooled fund; after a gap also 期末 = 期初 − U. A fund that breaks both is
 * listed once, with the first difference.
 */
export const closingsThatDiffer = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `with reported as (
       select area, scheme, amount from ${OPENED} opened
       union all
       select area::text, scheme, case when item = any (:income) then amount when item = any (:expenditure) then -amount else 0 end
       from fund.actual where fund_year = :year and part = 'pooled'
       union all
       select area, 'resident', amount from ${RECOGNISED} collected
       union all
       select area::text, scheme, -levy from fund.levy where fund_year = :year
       union all
       select area::text, scheme, fund_share + area_share from fund.sharing where fund_year = :year
     ), flows as (
       select area, scheme, sum(amount) as amount from reported group by area, scheme
     ), funds as (
       select a.area::text as area, u.scheme::fund.scheme as scheme
       from fund.area a cross join lateral unnest(a.schemes) as u (scheme) where a.fund_year = :year
     ), differences as (
       select f.area, f.scheme, coalesce(c.amount, 0) - coalesce(r.amount, 0) as from_flows,
         case when s.gap > 0 then coalesce(c.amount, 0) - coalesce(o.amount, 0) + s.own_surplus else 0 end as from_gap
       from funds f
       left join flows r on (r.area, r.scheme) = (f.area, f.scheme)
       left join ${closings(':year', ':accounts')} c on (c.entity, c.scheme, c.part) = (f.area, f.scheme, 'pooled')
       left join ${OPENED} o on (o.area, o.scheme) = (f.area, f.scheme)
       left join fund.sharing s on (s.fund_year, s.area, s.scheme) = (:year, f.area, f.scheme)
     )
     select scheme || ' ' || area || case when from_flows <> 0 then '' else ' S−U' end as place,
       case when from_flows <> 0 then from_flows else from_gap end as difference
     from differences where from_flows <> 0 or from_gap <> 0 order by scheme, area collate "C"`,
    { year, income: OWN_INCOME, expenditure: OWN_EXPENDITURE, accounts: CLOSING_ACCOUNTS },
  );

/** Openings follow the closings of a closed year before; without one in the database there is nothing to compare with. */
export async function openingsThatDiffer(db: Queryable, year: number): Promise<string[]> {
  const before = await selectOne(db, `select 1 from fund.fund_year where year = :before and status = 'closed'`, {
    before: year - 1,
  });
  if (before === undefined) return [];
  return placesWhere(
    db,
    `with opening as (
       select area as entity, scheme, 'pooled' as part, amount from ${OPENED} opened
       union all
       select area, scheme, part, accumulated_surplus from fund.opening where fund_year = :year and part <> 'pooled'
       union all
       select :region, scheme, 'pooled', opening_balance from fund.adjustment_fund where fund_year = :year
     )
     select concat_ws(' ', coalesce(o.entity, c.entity), coalesce(o.scheme, c.scheme), coalesce(o.part, c.part)) as place,
       coalesce(o.amount, 0) - coalesce(c.amount, 0) as difference
     from opening o full join ${closings(':year - 1', ':accounts')} c on (o.entity, o.scheme, o.part) = (c.entity, c.scheme, c.part)
     where coalesce(o.amount, 0) <> coalesce(c.amount, 0)`,
    { year, region: REGION, accounts: CLOSING_ACCOUNTS },
  );
}
