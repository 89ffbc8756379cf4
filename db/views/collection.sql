-- Each waiting row, judged by itself: against the roll, and the terms of its group. How it relates to other rows is decided
-- after that (db/functions/collection.sql). `place` is where it is stored. Rows of the same area, day, kind, amount and group that are
-- malformed alike are judged alike.
create or replace view fund.judged_payment as
  select p.ctid as place, p.fund_year, p.file, p.line, p.receipt, p.person, p.area, p.amount, p.paid_instant, p.paid_on, p.kind,
    p.original_receipt, r."group", t.aid as group_aid,
    case
      when p.reason = 'malformed' then p.reason
      when p.area is null then 'unknown_area'
      when p.kind = 'refund' then null
      when r.person is null then 'unknown_person'
      when p.paid_on > t.closes or (p.paid_on < t.opens and not t.exempt) then 'out_of_window'
      when p.amount <> t.due then 'amount_mismatch'
    end as own_reason,
    p.reason is not null as malformed
  from fund.received_payment p
  left join fund.resident_roll r on (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area)
  left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group");

-- Areas whose collection is counted person by person: a roll row or a payment row of the coverage year names them.
create or replace view fund.area_by_person as
  select a.fund_year, a.area,
    exists (select from fund.collection_group g where (g.fund_year, g.area) = (a.fund_year, a.area))
    or exists (select from fund.collection_count c where (c.fund_year, c.area) = (a.fund_year, a.area))
    or exists (select from fund.received_payment p where (p.fund_year, p.area) = (a.fund_year, a.area)) as by_person
  from fund.area a where 'resident' = any (a.schemes);

-- 保费收入确认口径: the value of law that holds in the area; and whether its opening, taken on receipts, holds what was received in
-- advance (RULES 9).
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
grant select on fund.judged_payment, fund.area_by_person to fund_worker, fund_reader;
