-- What was paid in an area on a day: four kinds of cash, nothing netted (READINGS 41). A refund of an accepted payment
-- carries the aid it reverses; a refund of a quarantined one carries none.
create or replace view fund.collection_day as
  select p.fund_year, p.area, p.paid_on as day,
    case when p.kind = 'payment' then 'payments' when p.aid is not null then 'refunds' else 'quarantined_refunds' end as kind,
    p.amount + coalesce(p.aid, 0) as amount
  from fund.resident_payment p where p.outcome = 'accepted'
  union all
  select e.fund_year, e.area, e.enrolled_on, 'payments', e.aid from fund.full_aid_enrolment e
  union all
  select p.fund_year, p.area, p.paid_on, 'quarantined_payments', p.amount
  from fund.resident_payment p
  where p.outcome = 'quarantined' and p.kind = 'payment' and p.area is not null and p.amount is not null
    and p.paid_on is not null and p.reason <> 'duplicate_receipt';

-- Areas whose collection is counted person by person: a roll row or a payment row of the coverage year names them.
create or replace view fund.area_by_person as
  select a.fund_year, a.area,
    exists (select from fund.resident_roll r where (r.fund_year, r.area) = (a.fund_year, a.area))
    or exists (select from fund.resident_payment p where (p.fund_year, p.area) = (a.fund_year, a.area)) as by_person
  from fund.area a where 'resident' = any (a.schemes);

-- 保费收入确认口径: the value of law that holds in the area; and whether its opening, which stands on receipts, holds what was
-- received in advance (RULES 9).
create or replace view fund.premium_recognition as
  select a.fund_year, a.area, r.recognition,
    r.recognition = 'coverage_year' and coalesce(o.basis = 'receipt_year', false) as holds_advance
  from fund.area a
  cross join lateral (
    select coalesce(
      (select p.value #>> '{}' from fund.parameter_in_force p
       where p.fund_year = a.fund_year and p.name = 'books.premium_recognition.' || a.area),
      (select p.value #>> '{}' from fund.parameter_in_force p
       where p.fund_year = a.fund_year and p.name = 'books.premium_recognition'),
      'coverage_year') as recognition) r
  left join fund.opening o on (o.fund_year, o.area, o.scheme, o.part) = (a.fund_year, a.area, 'resident', 'pooled')
  where 'resident' = any (a.schemes);

-- The advance premium P that such an opening holds: accepted payments less refunds, with their aid, before the year; without
-- person rows the tax bureau's total.
create or replace view fund.held_advance as
  select r.fund_year, r.area, b.by_person, coalesce(case
    when b.by_person then (
      select sum(case d.kind when 'payments' then d.amount when 'refunds' then -d.amount end) from fund.collection_day d
      where d.fund_year = r.fund_year and d.area = r.area and d.day < make_date(r.fund_year, 1, 1))
    else (select t.amount from fund.collection_total t where t.fund_year = r.fund_year and t.area = r.area)
  end, 0) as amount
  from fund.premium_recognition r join fund.area_by_person b using (fund_year, area) where r.holds_advance;

grant select on fund.premium_recognition, fund.held_advance to fund_worker, fund_reader;
grant select on fund.collection_day, fund.area_by_person to fund_worker, fund_reader;
