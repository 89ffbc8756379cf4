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

grant select on fund.collection_day, fund.area_by_person to fund_worker, fund_reader;
