-- Deciding the rows of the resident collection, in their order, in the database (RULES 4, READINGS 8–17).
create index undecided on fund.resident_payment (fund_year, paid_on) where outcome is null;
create index undated on fund.resident_payment (fund_year) where outcome is null and malformed;

-- Persons enrolled by full aid, before any payment is looked at: in the lowest-coded area where nothing is due.
create function fund.enrol_by_full_aid(of_year int) returns bigint language sql as $$
  with enrolled as (
    insert into fund.full_aid_enrolment (fund_year, person, area, aid, enrolled_on)
    select distinct on (r.person) r.fund_year, r.person, r.area, t.aid, t.opens
    from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where r.fund_year = of_year and t.due = 0
    order by r.person, r.area collate "C"
    returning 1
  )
  select count(*) from enrolled
$$;

-- Accepts or quarantines every row paid on or before `through`, and malformed rows whatever their date. The reason is the first that applies, in the order
--   payments: malformed, unknown_area, unknown_person, out_of_window, amount_mismatch, duplicate_receipt, duplicate_enrolment
--   refunds:  malformed, unknown_area, refund_without_payment, refund_after_period_start, amount_mismatch, duplicate_receipt
-- Most rows meet nobody: their reasons do not depend on any other row, and they are decided in sets. Only rows that
-- share a receipt or a person with another row are taken one after the other. Returns the number of rows decided.
create function fund.decide_payments(of_year int, through date) returns bigint language plpgsql as $$
declare
  decided bigint := 0;
  touched bigint;
  candidate record;
  target fund.resident_payment;
  found_reason text;
begin
  -- The row itself.
  update fund.resident_payment set outcome = 'quarantined', reason = 'malformed'
  where fund_year = of_year and outcome is null and malformed;
  get diagnostics touched = row_count;
  decided := decided + touched;

  update fund.resident_payment set outcome = 'quarantined', reason = 'unknown_area'
  where fund_year = of_year and outcome is null and paid_on <= through and area is null;
  get diagnostics touched = row_count;
  decided := decided + touched;

  -- A payment against the roll and the terms of its group.
  update fund.resident_payment p set outcome = 'quarantined', reason = judged.reason
  from (
    select q.id,
      case
        when r.person is null then 'unknown_person'
        when q.paid_on > t.closes or (q.paid_on < t.opens and not t.exempt) then 'out_of_window'
        when q.amount <> t.due then 'amount_mismatch'
      end as reason
    from fund.resident_payment q
    left join fund.resident_roll r on (r.fund_year, r.person, r.area) = (q.fund_year, q.person, q.area::text)
    left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where q.fund_year = of_year and q.outcome is null and q.kind = 'payment' and q.paid_on <= through
  ) judged
  where p.id = judged.id and judged.reason is not null;
  get diagnostics touched = row_count;
  decided := decided + touched;

  -- Payments that share neither receipt nor person with any other row, and whose person is not enrolled by full aid.
  update fund.resident_payment p set outcome = 'accepted', aid = t.aid
  from fund.resident_roll r
  join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
  where p.fund_year = of_year and p.outcome is null and p.kind = 'payment' and p.paid_on <= through
    and (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
    and not exists (select from fund.resident_payment o
                    where o.fund_year = of_year and o.receipt = p.receipt and o.id <> p.id and not o.malformed)
    and not exists (select from fund.resident_payment o
                    where o.fund_year = of_year and o.person = p.person and o.id <> p.id and not o.malformed)
    and not exists (select from fund.full_aid_enrolment e where e.fund_year = of_year and e.person = p.person);
  get diagnostics touched = row_count;
  decided := decided + touched;

  -- The rest, row after row.
  for candidate in
    select p.*, t.aid as group_aid
    from fund.resident_payment p
    left join fund.resident_roll r on (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
    left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where p.fund_year = of_year and p.outcome is null and p.paid_on <= through
    order by p.paid_instant, p.receipt collate "C", p.file collate "C", p.line
  loop
    found_reason := null;
    target := null;
    if candidate.kind = 'refund' then
      -- The accepted payment of that receipt, person and area; where there is none, the earliest quarantined one.
      select * into target from fund.resident_payment p
      where p.fund_year = of_year and p.kind = 'payment' and not p.refunded
        and p.receipt = candidate.original_receipt and p.person = candidate.person and p.area = candidate.area
        and (p.outcome = 'accepted' or p.reason in ('amount_mismatch', 'out_of_window', 'duplicate_enrolment'))
        and (p.paid_instant, p.receipt collate "C", p.file collate "C", p.line)
          < (candidate.paid_instant, candidate.receipt collate "C", candidate.file collate "C", candidate.line)
      order by p.outcome = 'accepted' desc, p.paid_instant, p.receipt collate "C", p.file collate "C", p.line
      limit 1;
      if target.id is null then
        found_reason := 'refund_without_payment';
      elsif candidate.paid_on >= make_date(of_year, 1, 1) then
        found_reason := 'refund_after_period_start';
      elsif candidate.amount <> target.amount then
        found_reason := 'amount_mismatch';
      end if;
    end if;
    if found_reason is null and exists (
      select from fund.resident_payment o
      where o.fund_year = of_year and o.receipt = candidate.receipt and o.outcome = 'accepted'
    ) then
      found_reason := 'duplicate_receipt';
    end if;
    if found_reason is null and candidate.kind = 'payment' and (
      exists (select from fund.resident_payment o
              where o.fund_year = of_year and o.person = candidate.person and o.outcome = 'accepted'
                and o.kind = 'payment' and not o.refunded)
      or exists (select from fund.full_aid_enrolment e where e.fund_year = of_year and e.person = candidate.person)
    ) then
      found_reason := 'duplicate_enrolment';
    end if;

    if found_reason is not null then
      update fund.resident_payment set outcome = 'quarantined', reason = found_reason where id = candidate.id;
    elsif candidate.kind = 'refund' then
      update fund.resident_payment set refunded = true where id = target.id;
      update fund.resident_payment set outcome = 'accepted', refund_of = target.id, aid = target.aid where id = candidate.id;
    else
      update fund.resident_payment set outcome = 'accepted', aid = candidate.group_aid where id = candidate.id;
    end if;
    decided := decided + 1;
  end loop;
  return decided;
end $$;

-- What was paid in an area on a day: four kinds of cash, nothing netted (READINGS 41). A refund of an accepted payment
-- carries the aid it reverses; a refund of a quarantined one carries none.
create view fund.collection_day as
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
create view fund.area_by_person as
  select a.fund_year, a.area,
    exists (select from fund.resident_roll r where (r.fund_year, r.area) = (a.fund_year, a.area))
    or exists (select from fund.resident_payment p where (p.fund_year, p.area) = (a.fund_year, a.area)) as by_person
  from fund.area a where 'resident' = any (a.schemes);
create index resident_roll_by_area on fund.resident_roll (fund_year, area);
create index resident_payment_by_area on fund.resident_payment (fund_year, area);
