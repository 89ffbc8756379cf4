-- Deciding the rows of the resident collection, in their order, in the database (RULES 4, READINGS 8–17).

-- People who owe nothing are enrolled when they come on the roll, early or late, in the lowest-coded area that asks nothing.
create or replace function fund.enrol_by_full_aid(of_year int) returns bigint language sql as $$
  with enrolled as (
    insert into fund.full_aid_enrolment (fund_year, person, area, aid, enrolled_on)
    select distinct on (r.person) r.fund_year, r.person, r.area, t.aid, t.opens
    from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where r.fund_year = of_year and t.due = 0
      and not exists (select from fund.resident_payment p
                      where p.fund_year = of_year and p.person = r.person and p.outcome = 'accepted'
                        and p.kind = 'payment' and not p.refunded)
    order by r.person, r.area collate "C"
    on conflict (fund_year, person) do nothing
    returning 1
  )
  select count(*) from enrolled
$$;

-- Accepts or quarantines every row paid on or before `through`, and malformed rows whatever their date. The reason is the
-- first that applies, in this order:
--   payments: malformed, unknown_area, unknown_person, out_of_window, amount_mismatch, duplicate_receipt, duplicate_enrolment
--   refunds:  malformed, unknown_area, refund_without_payment, refund_after_period_start, amount_mismatch, duplicate_receipt
-- The reasons of most rows depend on no other row; those are decided in sets. Only rows that share a receipt or a person with
-- another row are taken one by one. Returns the number of rows decided.
create or replace function fund.decide_payments(of_year int, through date) returns bigint language plpgsql as $$
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

-- A payment that came before its person was on the roll is looked at again once the person is.
create or replace function fund.reconsider_unknown_persons(of_year int) returns bigint language sql as $$
  with again as (
    update fund.resident_payment p set outcome = null, reason = null
    from fund.resident_roll r
    where p.fund_year = of_year and p.reason = 'unknown_person'
      and (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
    returning 1
  )
  select count(*) from again
$$;

-- 征缴延长: the window moves by such a decision alone, at most to the last of February of the coverage year (RULES 2, B(七)).
-- Runs as the owner: the worker may add a decision but not touch the terms.
create or replace function fund.extend_collection() returns trigger language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  late bigint;
begin
  if not exists (select from fund.operator where fund_year = new.fund_year and operator = new.operator and role = 'region_security') then
    raise exception '% 不能延长征缴期：须由自治区医保局办理', new.operator using errcode = 'check_violation';
  end if;
  if not fund.says_something(new.document) then
    raise exception '延长征缴期须填写文号，含文字或数字 (document)' using errcode = 'check_violation';
  end if;
  if new.until > make_date(new.fund_year, 3, 1) - 1 then
    raise exception '征缴期最晚延至 % 年 2 月末，不能延至 %', new.fund_year, new.until using errcode = 'check_violation';
  end if;
  if exists (select from fund.collection c where c.fund_year = new.fund_year and c.area = new.area::text) then
    raise exception '% 的征缴已对账，不能延长', new.area using errcode = 'check_violation';
  end if;
  -- Nobody decides rows meanwhile: they would be judged by the window being moved.
  lock table fund.resident_payment in share mode;
  select max(closes) into new.closed_before from fund.collection_term
  where fund_year = new.fund_year and area = new.area and not exempt;
  if new.closed_before is null then
    raise exception '% 的征缴尚未开始，不能延长', new.area using errcode = 'check_violation';
  end if;
  if new.until <= new.closed_before then
    raise exception '% 的征缴期已至 %，% 不是延长', new.area, new.closed_before, new.until using errcode = 'check_violation';
  end if;
  select count(*) into late from fund.resident_payment
  where fund_year = new.fund_year and area = new.area and reason = 'out_of_window'
    and paid_on > new.closed_before and paid_on <= new.until;
  if late > 0 then
    raise exception '% 已有 % 笔 % 以后的缴费按原征缴期判定，不能再延长', new.area, late, new.closed_before using errcode = 'check_violation';
  end if;
  update fund.collection_term set closes = new.until
  where fund_year = new.fund_year and area = new.area and not exempt;
  return new;
end $$;
create or replace trigger extend_collection before insert on fund.collection_extension
  for each row execute function fund.extend_collection();

-- Fresh statistics after many rows came or changed: a planner that takes 100,000 rows for none chooses plans that never end.
-- Runs as the owner, because only the owner may analyze; it reads and changes no row.
create or replace function fund.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  analyze fund.resident_roll;
  analyze fund.resident_payment;
  analyze fund.full_aid_enrolment;
  analyze fund.collection_term;
  analyze fund.enrolment_history;
  analyze fund.burden;
  analyze fund.recognition;
end $$;
revoke execute on function fund.refresh_statistics() from public;
grant execute on function fund.refresh_statistics() to fund_worker;
