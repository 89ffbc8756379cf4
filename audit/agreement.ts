/** The invariants of where the money lies: the books follow the positions, and the agreement sheet matches the books. */
import type { Queryable } from '../db/connect';
import { MONEY_ACCOUNTS, OTHER_PLACES } from '../rules/posting';
import { LINES } from './books';
import { placesWhere } from './places';

const AT = `concat_ws(' ', area, scheme, part, account, to_char(date, 'YYYY-MM-DD'))`;

/**
 * The balance of each other place on each of its dates, by the books: that of the last day before the year is in the books from
 * 1 January on. Only checked months are looked at; an account with entries must have a position.
 */
export const positionsThatDiffer = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `with checked as (
       select coalesce((select max((make_date(:year, month, 1) + interval '1 month')::date - 1)
                        from fund.risk_reckoned where fund_year = :year),
         (select make_date(:year, 1, 1) from fund.journal_entry where fund_year = :year and key like 'opening/%' limit 1)) as day
     ), moved as (
       select entity, scheme, part, account, date, sum(debit_less_credit) as amount
       from ${LINES} lines
       where fund_year = :year and account = any (:places) group by entity, scheme, part, account, date
     ), differences as (
       select p.area, p.scheme, p.part, p.account, p.date,
         coalesce((select sum(m.amount) from moved m where (m.entity, m.scheme, m.part, m.account) = (p.area, p.scheme, p.part, p.account)
                     and m.date <= greatest(p.date, make_date(:year, 1, 1))), 0) - p.balance as difference
       from fund.position p, checked c where p.fund_year = :year and p.date <= c.day
       union all
       select m.entity, m.scheme, m.part, m.account, m.date, m.amount from moved m
       where not exists (select from fund.position p where p.fund_year = :year
         and (p.area, p.scheme, p.part, p.account) = (m.entity, m.scheme, m.part, m.account))
     )
     select ${AT} as place, difference from differences where difference <> 0
     order by area collate "C", scheme, part, account collate "C", date`,
    { year, places: [...OTHER_PLACES] },
  );

/** Each line of bank and treasury beside the books as they are now; the findings must be exactly the differences. */
export const agreementsThatDiffer = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    // Materialized: the books are added up once, not again for every line.
    `with moved as materialized (
       select entity, scheme, part, account, date, key like 'opening/%' or key like 'position/%' as stands_before, sum(debit_less_credit) as amount
       from ${LINES} lines
       where fund_year = :year and account = any (:accounts)
       group by entity, scheme, part, account, date, stands_before
     ), now as materialized (
       select b.area, b.scheme, b.part, b.account, b.date, b.balance - coalesce((
         select sum(m.amount) from moved m
         where (m.entity, m.scheme, m.part, m.account) = (b.area, b.scheme, b.part, b.account)
           and (m.date <= b.date
                or b.date < make_date(:year, 1, 1) and m.date = make_date(:year, 1, 1) and m.stands_before)), 0) as difference
       from fund.bank_balance b where b.fund_year = :year
     ), told as (
       select distinct on (area, scheme, part, account, date) area, scheme, part, account, date, difference
       from fund.agreement_reckoned where fund_year = :year order by area, scheme, part, account, date, reckoning desc
     ), found as (
       select area, scheme::text, split_part(subject, ' ', 1) as part, split_part(subject, ' ', 2) as account,
         split_part(subject, ' ', 3)::date as date, figure::numeric as difference
       from fund.current_finding where fund_year = :year and code = 'bank_difference'
     ), differences as (
       select n.area, n.scheme, n.part, n.account, n.date,
         case when t.difference is distinct from n.difference then n.difference - coalesce(t.difference, 0)
           else n.difference - coalesce(f.difference, 0) end as difference
       from now n
       left join told t using (area, scheme, part, account, date)
       left join found f on (f.area, f.scheme, f.part, f.account, f.date) = (n.area, n.scheme::text, n.part::text, n.account, n.date)
     )
     select ${AT} as place, difference from differences where difference <> 0
     order by area collate "C", scheme, part, account collate "C", date`,
    { year, accounts: [...MONEY_ACCOUNTS] },
  );
