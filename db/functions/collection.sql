-- The rows of the resident collection: loaded, decided in their order, and counted (RULES 4, READINGS 8–17). These functions run as
-- the owner: whoever works adds rows, but never decides one or changes a count but through them.

-- 年度分区: an empty table for the rows of a year, without an index. It is filled, then attached: so many rows go in much faster
-- before there is an index than after. Null where the year has its partition already.
create or replace function fund.new_partition(of_table text, of_year int) returns text
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  name text := format('fund.%s_%s', of_table, of_year);
begin
  if of_table not in ('resident_roll', 'received_payment', 'resident_payment') then
    raise exception '% has no partitions', of_table;
  end if;
  if to_regclass(name) is not null then
    return null;
  end if;
  if exists (select from fund.fund_year where year = of_year and status = 'closed') then
    raise exception '% 年度已结账，不能再增加记录 (fund year % is closed)', of_year, of_year using errcode = 'restrict_violation';
  end if;
  execute format('create table %s (like fund.%I including defaults including constraints)', name, of_table);
  execute format('grant select, insert on %s to fund_worker', name);
  return name;
end $$;

-- Makes a filled table a partition: the indexes and the foreign keys of the whole are built now, each in one pass.
create or replace function fund.attach_partition(of_table text, of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp
set maintenance_work_mem = '512MB' set work_mem = '256MB' as $$
declare
  name text := format('fund.%s_%s', of_table, of_year);
begin
  -- Spares the search for rows of other years.
  execute format('alter table %s add constraint of_year check (fund_year is not null and fund_year = %s)', name, of_year);
  execute format('alter table fund.%I attach partition %s for values in (%s)', of_table, name, of_year);
  execute format('alter table %s drop constraint of_year', name);
  execute format('revoke all on %s from fund_worker', name);
  execute format('analyze fund.%I', of_table);
end $$;

-- Makes the first roll of a year its partition, and counts it.
create or replace function fund.attach_roll(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  perform fund.attach_partition('resident_roll', of_year);
  insert into fund.collection_group (fund_year, area, "group", registered)
    select fund_year, area, "group", count(*) from fund.resident_roll where fund_year = of_year group by fund_year, area, "group";
end $$;

-- Adds the persons of `coming` who are new in their area, and counts them. Returns how many they are.
create or replace function fund.add_to_roll(of_year int, coming regclass) returns bigint
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' as $$
declare
  persons bigint;
begin
  execute format(
    $of$with added as (
      insert into fund.resident_roll (fund_year, person, area, banner, "group", file, line)
      select fund_year, person, area, banner, "group", file, line from %s where fund_year = $1 on conflict do nothing
      returning area, "group"
    ), counted as (
      insert into fund.collection_group as g (fund_year, area, "group", registered)
      select $1, area, "group", count(*) from added group by area, "group"
      on conflict (fund_year, area, "group") do update set registered = g.registered + excluded.registered
    )
    select count(*) from added$of$, coming)
  into persons using of_year;
  return persons;
end $$;

-- People who owe nothing are enrolled when they come on the roll, early or late, in the lowest-coded area that asks nothing.
create or replace function fund.enrol_by_full_aid(of_year int) returns bigint
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  persons bigint;
begin
  create temp table newly_enrolled on commit drop as
    select distinct on (r.person) r.person, r.area, r."group", t.aid, t.opens
    from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where r.fund_year = of_year and t.due = 0
      and not exists (select from fund.full_aid_enrolment e where e.fund_year = of_year and e.person = r.person)
      and not exists (select from fund.resident_payment p
                      where p.fund_year = of_year and p.person = r.person and p.outcome = 'accepted'
                        and p.kind = 'payment' and not p.refunded)
    order by r.person, r.area collate "C";
  insert into fund.full_aid_enrolment (fund_year, person, area, aid, enrolled_on)
    select of_year, person, area, aid, opens from newly_enrolled;
  get diagnostics persons = row_count;
  insert into fund.collection_day as d (fund_year, area, day, kind, amount)
    select of_year, area, opens, 'payments', sum(aid) from newly_enrolled group by area, opens
    on conflict (fund_year, area, day, kind) do update set amount = d.amount + excluded.amount;
  update fund.collection_group g set paid = g.paid + n.persons
    from (select area, "group", count(*) as persons from newly_enrolled group by area, "group") n
    where (g.fund_year, g.area, g."group") = (of_year, n.area, n."group");
  insert into fund.collection_count as c (fund_year, area, accepted_rows, quarantined_rows, quarantined_amount, collected, aid)
    select of_year, area, 0, 0, 0, 0, sum(aid) from newly_enrolled group by area
    on conflict (fund_year, area) do update set aid = c.aid + excluded.aid;
  drop table newly_enrolled;
  return persons;
end $$;

-- Adds what decided rows come to to the counts, or with times = -1 takes it off. A refund of an accepted payment carries the aid
-- that it reverses; a refund of a quarantined one carries none.
create or replace function fund.count_payments(payments regclass, of_year int, times int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' as $$
begin
  execute format(
    $of$create temp table counted on commit drop as
      select area, paid_on as day, outcome, kind, "group", aid is not null as with_aid,
        outcome = 'quarantined' and kind = 'payment' and area is not null and amount is not null and paid_on is not null
          and reason <> 'duplicate_receipt' as booked,
        $1 * count(*) as rows, $1 * coalesce(sum(amount), 0) as amount, $1 * coalesce(sum(aid), 0) as aid
      from %s where fund_year = $2 group by 1, 2, 3, 4, 5, 6, 7$of$, payments)
  using times, of_year;
  insert into fund.collection_day as d (fund_year, area, day, kind, amount)
    select of_year, area, day,
      case when outcome = 'quarantined' then 'quarantined_payments' when kind = 'payment' then 'payments'
           when with_aid then 'refunds' else 'quarantined_refunds' end,
      sum(amount + aid)
    from counted where outcome = 'accepted' or booked group by 1, 2, 3, 4
    on conflict (fund_year, area, day, kind) do update set amount = d.amount + excluded.amount;
  update fund.collection_group g set paid = g.paid + n.persons
    from (select area, "group", sum(case kind when 'payment' then rows else -rows end) as persons
          from counted where outcome = 'accepted' and with_aid group by area, "group") n
    where (g.fund_year, g.area, g."group") = (of_year, n.area, n."group");
  insert into fund.collection_count as c (fund_year, area, accepted_rows, quarantined_rows, quarantined_amount, collected, aid)
    select of_year, coalesce(area, 'unknown'),
      coalesce(sum(rows) filter (where outcome = 'accepted'), 0), coalesce(sum(rows) filter (where outcome = 'quarantined'), 0),
      coalesce(sum(case kind when 'payment' then amount when 'refund' then -amount end)
        filter (where outcome = 'quarantined' or not with_aid), 0),
      coalesce(sum(case kind when 'payment' then amount else -amount end) filter (where outcome = 'accepted' and with_aid), 0),
      coalesce(sum(case kind when 'payment' then aid else -aid end) filter (where outcome = 'accepted'), 0)
    from counted group by coalesce(area, 'unknown')
    on conflict (fund_year, area) do update set
      (accepted_rows, quarantined_rows, quarantined_amount, collected, aid) =
      row(c.accepted_rows + excluded.accepted_rows, c.quarantined_rows + excluded.quarantined_rows,
        c.quarantined_amount + excluded.quarantined_amount, c.collected + excluded.collected, c.aid + excluded.aid);
  drop table counted;
end $$;

-- The rows that wait and have to do with others: refunds, the payments that they name, and payments that share a receipt or a person
-- with another row, a decided one or an enrolment by full aid. They are few. `place` is their order.
create or replace function fund.find_meeting_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' as $$
begin
  create temp table meeting_receipt on commit drop as
    select receipt from fund.received_payment where fund_year = of_year and not malformed group by receipt having count(*) > 1
    union
    select original_receipt from fund.received_payment where fund_year = of_year and not malformed and kind = 'refund'
    union
    select p.receipt from fund.received_payment p
    join fund.resident_payment d on d.fund_year = of_year and d.receipt = p.receipt and d.outcome = 'accepted'
    where p.fund_year = of_year;
  create temp table meeting_person on commit drop as
    select person from fund.received_payment where fund_year = of_year and not malformed group by person having count(*) > 1
    union
    select p.person from fund.received_payment p
    join fund.resident_payment d on d.fund_year = of_year and d.person = p.person and d.outcome = 'accepted' and d.kind = 'payment'
      and not d.refunded
    where p.fund_year = of_year
    union
    select p.person from fund.received_payment p
    join fund.full_aid_enrolment e on e.fund_year = of_year and e.person = p.person
    where p.fund_year = of_year;
  create temp table meeting on commit drop as
    select row_number() over (order by j.paid_instant, j.receipt collate "C", j.file collate "C", j.line) as place, j.*,
      case when j.own_reason is not null then 'quarantined' end as outcome, j.own_reason as reason, null::fund.yuan as aid,
      null::text as refund_file, null::int as refund_line, false as refunded
    from fund.judged_payment j
    where j.fund_year = of_year and not j.malformed and j.area is not null
      and (j.kind = 'refund' or j.receipt in (select receipt from pg_temp.meeting_receipt)
        or j.person in (select person from pg_temp.meeting_person));
  create index on meeting (place);
  create index on meeting (receipt);
  create index on meeting (person);
  analyze meeting;
  drop table meeting_receipt, meeting_person;
end $$;

-- Decides these row after row. What was decided before stands, and counts as earlier.
create or replace function fund.decide_meeting_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  candidate record;
  target record;
  why text;
begin
  for candidate in select * from pg_temp.meeting where own_reason is null order by place loop
    why := null;
    target := null;
    if candidate.kind = 'refund' then
      -- The accepted payment of that receipt, person and area; where there is none, the earliest quarantined one.
      select * into target from (
        select file, line, amount, aid, "group", outcome, paid_instant, receipt, true as is_earlier from fund.resident_payment
        where fund_year = of_year and kind = 'payment' and not refunded
          and receipt = candidate.original_receipt and person = candidate.person and area = candidate.area
          and (outcome = 'accepted' or outcome = 'quarantined' and reason in ('amount_mismatch', 'out_of_window', 'duplicate_enrolment'))
        union all
        select file, line, amount, aid, "group", outcome, paid_instant, receipt, false from pg_temp.meeting
        where place < candidate.place and kind = 'payment' and not refunded
          and receipt = candidate.original_receipt and person = candidate.person and area = candidate.area
          and (outcome = 'accepted' or reason in ('amount_mismatch', 'out_of_window', 'duplicate_enrolment'))
      ) named
      order by outcome = 'accepted' desc, is_earlier desc, paid_instant, receipt collate "C", file collate "C", line limit 1;
      if target.file is null then
        why := 'refund_without_payment';
      elsif candidate.paid_on >= make_date(of_year, 1, 1) then
        why := 'refund_after_period_start';
      elsif candidate.amount <> target.amount then
        why := 'amount_mismatch';
      end if;
    end if;
    if why is null and (
      exists (select from pg_temp.meeting where receipt = candidate.receipt and outcome = 'accepted')
      or exists (select from fund.resident_payment where fund_year = of_year and receipt = candidate.receipt and outcome = 'accepted')
    ) then
      why := 'duplicate_receipt';
    end if;
    if why is null and candidate.kind = 'payment' and (
      exists (select from pg_temp.meeting where person = candidate.person and outcome = 'accepted' and kind = 'payment' and not refunded)
      or exists (select from fund.resident_payment
                 where fund_year = of_year and person = candidate.person and outcome = 'accepted' and kind = 'payment' and not refunded)
      or exists (select from fund.full_aid_enrolment where fund_year = of_year and person = candidate.person)
    ) then
      why := 'duplicate_enrolment';
    end if;

    if why is not null then
      update pg_temp.meeting set outcome = 'quarantined', reason = why where place = candidate.place;
    elsif candidate.kind = 'payment' then
      update pg_temp.meeting set outcome = 'accepted', aid = group_aid where place = candidate.place;
    else
      update pg_temp.meeting set outcome = 'accepted', aid = target.aid, "group" = target."group", refund_file = target.file,
        refund_line = target.line where place = candidate.place;
      if target.is_earlier then
        update fund.resident_payment set refunded = true where (fund_year, file, line) = (of_year, target.file, target.line);
      else
        update pg_temp.meeting set refunded = true where (file, line) = (target.file, target.line) and receipt = target.receipt;
      end if;
    end if;
  end loop;
end $$;

-- 受理: accepts or quarantines every row of the year that waits. The reason is the first that applies, in this order:
--   payments: malformed, unknown_area, unknown_person, out_of_window, amount_mismatch, duplicate_receipt, duplicate_enrolment
--   refunds:  malformed, unknown_area, refund_without_payment, refund_after_period_start, amount_mismatch, duplicate_receipt
-- Most rows meet no other one and are decided in sets. Returns the number of rows decided.
create or replace function fund.decide_payments(of_year int) returns bigint
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' set jit = off as $$
declare
  partition text;
  target text;
  waiting bigint;
  stored bigint;
begin
  -- One call at a time: each decides the rows of all areas, since a person may be on two rolls.
  perform pg_advisory_xact_lock(hashtext('fund.decide_payments'), of_year);
  select count(*) into waiting from fund.received_payment where fund_year = of_year;
  if waiting = 0 then
    return 0;
  end if;
  analyze fund.received_payment;
  perform fund.find_meeting_payments(of_year);
  perform fund.decide_meeting_payments(of_year);

  -- The first rows of a year go into a table that has no index yet.
  partition := fund.new_partition('resident_payment', of_year);
  target := coalesce(partition, 'pg_temp.decided');
  if partition is null then
    create temp table decided (like fund.resident_payment including defaults) on commit drop;
  end if;
  execute format(
    $of$insert into %s
      select fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt,
        case when own_reason is null then 'accepted' else 'quarantined' end, own_reason,
        case when own_reason is null then "group" end, case when own_reason is null then group_aid end, null, null, false
      from fund.judged_payment j
      where fund_year = $1 and not exists (select from pg_temp.meeting m where (m.file, m.line) = (j.file, j.line))$of$, target)
  using of_year;
  execute format(
    $of$insert into %s
      select fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt,
        outcome, reason, case when outcome = 'accepted' then "group" end, aid, refund_file, refund_line, refunded
      from pg_temp.meeting$of$, target);
  execute format('analyze %s', target);
  perform fund.count_payments(target::regclass, of_year, 1);
  execute format('select count(*) from %s where fund_year = $1', target) into stored using of_year;
  if stored <> waiting then
    raise exception '% 年度待受理 % 行，只判定 % 行 (% of % rows were decided)', of_year, waiting, stored, stored, waiting;
  end if;
  if partition is null then
    insert into fund.resident_payment select * from pg_temp.decided;
    drop table decided;
  else
    perform fund.attach_partition('resident_payment', of_year);
  end if;
  execute format('truncate fund.received_payment_%s', of_year);
  drop table meeting;
  return stored;
end $$;

-- Payments in quarantine wait again once what they were held for is mended: their person is on the roll by now, or the window
-- was extended beyond their day.
create or replace function fund.reconsider_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  create temp table again on commit drop as
    select p.* from fund.resident_payment p
    join fund.resident_roll r on (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area)
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where p.fund_year = of_year and p.outcome = 'quarantined' and not p.refunded
      and (p.reason = 'unknown_person'
        or p.reason = 'out_of_window' and p.paid_on <= t.closes and (p.paid_on >= t.opens or t.exempt));
  if exists (select from again) then
    perform fund.count_payments('pg_temp.again'::regclass, of_year, -1);
    delete from fund.resident_payment p using again a
    where p.fund_year = of_year and (p.file, p.line) = (a.file, a.line);
    insert into fund.received_payment
      select fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt, false
      from again;
  end if;
  drop table again;
end $$;
revoke execute on function fund.new_partition, fund.attach_partition, fund.attach_roll, fund.add_to_roll, fund.enrol_by_full_aid, fund.count_payments,
  fund.find_meeting_payments, fund.decide_meeting_payments, fund.decide_payments, fund.reconsider_payments from public;
grant execute on function fund.new_partition, fund.attach_partition, fund.attach_roll, fund.add_to_roll, fund.enrol_by_full_aid, fund.decide_payments,
  fund.reconsider_payments to fund_worker;

-- 征缴延长: the window moves by such a decision alone, at most to the last of February of the coverage year (RULES 2, B(七)).
-- Payments that were too late for the window before are judged again by the act that records the decision.
-- Runs as the owner: the worker may add a decision but not touch the terms.
create or replace function fund.extend_collection() returns trigger language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
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
  perform pg_advisory_xact_lock(hashtext('fund.decide_payments'), new.fund_year);
  select max(closes) into new.closed_before from fund.collection_term
  where fund_year = new.fund_year and area = new.area and not exempt;
  if new.closed_before is null then
    raise exception '% 的征缴尚未开始，不能延长', new.area using errcode = 'check_violation';
  end if;
  if new.until <= new.closed_before then
    raise exception '% 的征缴期已至 %，% 不是延长', new.area, new.closed_before, new.until using errcode = 'check_violation';
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
  analyze fund.enrolment_history;
  analyze fund.burden;
  analyze fund.recognition;
end $$;
revoke execute on function fund.refresh_statistics() from public;
grant execute on function fund.refresh_statistics() to fund_worker;
