-- The rows of the resident collection: loaded, decided in their order, and counted (RULES 4, READINGS 8–17). These functions run as
-- the owner: the worker may add rows, but can decide a row or change a count only through them.

-- Attaches the first roll of a year as its partition, and counts it. From now on persons of it can be enrolled by full aid. A sample
-- of 9,000 rows tells the planner enough; the usual 30,000 take longer than everything else that a small roll needs.
create or replace function fund.attach_roll(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set default_statistics_target = 30 as $$
begin
  perform fund.attach_partition('resident_roll', of_year);
  perform fund.new_partition('full_aid_enrolment', of_year);
  perform fund.attach_partition('full_aid_enrolment', of_year);
  analyze fund.resident_roll;
  insert into fund.collection_group (fund_year, area, "group", registered)
    select fund_year, area, "group", count(*) from fund.resident_roll where fund_year = of_year group by fund_year, area, "group";
end $$;

-- Adds the persons of `coming` who are new in their area, and counts them. Returns their number.
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

-- People who owe nothing are enrolled as soon as they are on the roll: of the areas where they owe nothing, in the one with the
-- lowest code.
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
  insert into fund.collection_day as d (fund_year, area, day, kind, amount, persons)
    select of_year, area, opens, 'payments', sum(aid), count(*) from newly_enrolled group by area, opens
    on conflict (fund_year, area, day, kind) do update set amount = d.amount + excluded.amount, persons = d.persons + excluded.persons;
  update fund.collection_group g set paid = g.paid + n.persons
    from (select area, "group", count(*) as persons from newly_enrolled group by area, "group") n
    where (g.fund_year, g.area, g."group") = (of_year, n.area, n."group");
  insert into fund.collection_count as c (fund_year, area, accepted_rows, quarantined_rows, quarantined_amount, collected, aid)
    select of_year, area, 0, 0, 0, 0, sum(aid) from newly_enrolled group by area
    on conflict (fund_year, area) do update set aid = c.aid + excluded.aid;
  drop table newly_enrolled;
  return persons;
end $$;

-- Adds decided rows to the counts. `counted` has them by area, day, outcome, reason, kind, group, and whether they carry
-- aid: a refund of an accepted payment carries the aid that it reverses, one of a quarantined payment carries none.
create or replace function fund.add_to_counts(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  insert into fund.collection_day as d (fund_year, area, day, kind, amount, persons)
    select of_year, area, day,
      case when outcome = 'quarantined' then 'quarantined_payments' when kind = 'payment' then 'payments'
           when with_aid then 'refunds' else 'quarantined_refunds' end,
      sum(amount + aid), sum(rows)
    from pg_temp.counted
    where outcome = 'accepted'
      or kind = 'payment' and area is not null and amount is not null and day is not null and reason <> 'duplicate_receipt'
    group by 1, 2, 3, 4
    on conflict (fund_year, area, day, kind) do update set amount = d.amount + excluded.amount, persons = d.persons + excluded.persons;
  insert into fund.collection_quarantine as q (fund_year, area, reason, rows)
    select of_year, coalesce(area, 'unknown'), reason, sum(rows) from pg_temp.counted where outcome = 'quarantined' group by 2, 3
    on conflict (fund_year, area, reason) do update set rows = q.rows + excluded.rows;
  update fund.collection_group g set paid = g.paid + n.persons
    from (select area, "group", sum(case kind when 'payment' then rows else -rows end) as persons
          from pg_temp.counted where outcome = 'accepted' and with_aid group by area, "group") n
    where (g.fund_year, g.area, g."group") = (of_year, n.area, n."group");
  insert into fund.collection_count as c (fund_year, area, accepted_rows, quarantined_rows, quarantined_amount, collected, aid)
    select of_year, coalesce(area, 'unknown'),
      coalesce(sum(rows) filter (where outcome = 'accepted'), 0), coalesce(sum(rows) filter (where outcome = 'quarantined'), 0),
      coalesce(sum(case kind when 'payment' then amount when 'refund' then -amount end)
        filter (where outcome = 'quarantined' or not with_aid), 0),
      coalesce(sum(case kind when 'payment' then amount else -amount end) filter (where outcome = 'accepted' and with_aid), 0),
      coalesce(sum(case kind when 'payment' then aid else -aid end) filter (where outcome = 'accepted'), 0)
    from pg_temp.counted group by coalesce(area, 'unknown')
    on conflict (fund_year, area) do update set
      (accepted_rows, quarantined_rows, quarantined_amount, collected, aid) =
      row(c.accepted_rows + excluded.accepted_rows, c.quarantined_rows + excluded.quarantined_rows,
        c.quarantined_amount + excluded.quarantined_amount, c.collected + excluded.collected, c.aid + excluded.aid);
end $$;

create or replace function fund.start_counting() returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  create temp table counted (
    area text, day date, outcome text, reason text, kind text, "group" text, with_aid boolean, rows bigint, amount numeric, aid numeric
  ) on commit drop;
end $$;

-- Waiting rows whose decision other rows may affect: refunds, the payments that they name, and payments whose receipt or person
-- occurs in another row, decided or not, or whose person is enrolled by full aid. They are few. `turn` is their order. Receipts and
-- persons are compared by a hash: a collision costs one needless look and changes no outcome. Several processors can sort them, but
-- only one can count them in a hash table.
create or replace function fund.find_meeting_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' set enable_hashagg = off
set parallel_tuple_cost = 0.01 set random_page_cost = 1.1 as $$
begin
  create temp table meeting_receipt on commit drop as
    select hashtextextended(receipt, 0) as receipt from fund.received_payment
    where fund_year = of_year and reason is null group by 1 having count(*) > 1
    union
    select hashtextextended(original_receipt, 0) from fund.received_payment
    where fund_year = of_year and reason is null and kind = 'refund'
    union
    select hashtextextended(p.receipt, 0) from fund.received_payment p
    join fund.resident_payment d on d.fund_year = of_year and d.receipt = p.receipt and d.outcome = 'accepted'
    where p.fund_year = of_year;
  create temp table meeting_person on commit drop as
    select hashtextextended(person, 0) as person from fund.received_payment
    where fund_year = of_year and reason is null group by 1 having count(*) > 1
    union
    select hashtextextended(p.person, 0) from fund.received_payment p
    join fund.resident_payment d on d.fund_year = of_year and d.person = p.person and d.outcome = 'accepted' and d.kind = 'payment'
      and not d.refunded
    where p.fund_year = of_year
    union
    select hashtextextended(p.person, 0) from fund.received_payment p
    join fund.full_aid_enrolment e on e.fund_year = of_year and e.person = p.person
    where p.fund_year = of_year;
  create temp table met on commit drop as
    select ctid as place from fund.received_payment
    where fund_year = of_year and reason is null and area is not null
      and (kind = 'refund' or hashtextextended(receipt, 0) in (select receipt from pg_temp.meeting_receipt)
        or hashtextextended(person, 0) in (select person from pg_temp.meeting_person));
  analyze met;
  create temp table meeting on commit drop as
    select row_number() over (order by j.paid_instant, j.receipt collate "C", j.file collate "C", j.line) as turn, j.*,
      case when j.own_reason is not null then 'quarantined' end as outcome, j.own_reason as reason, null::fund.yuan as aid,
      null::text as refund_file, null::int as refund_line, false as refunded
    from pg_temp.met join fund.judged_payment j using (place) where j.fund_year = of_year;
  create index on meeting (turn);
  create index on meeting (receipt);
  create index on meeting (person);
  analyze meeting;
  drop table meeting_receipt, meeting_person, met;
end $$;

-- Decides these rows one by one, in turn. Earlier decisions stand, and count as earlier.
create or replace function fund.decide_meeting_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  candidate record;
  target record;
  why text;
begin
  for candidate in select * from pg_temp.meeting where own_reason is null order by turn loop
    why := null;
    target := null;
    if candidate.kind = 'refund' then
      -- The accepted payment of that receipt, person and area; where there is none, the earliest quarantined one.
      select * into target from (
        select file, line, amount, aid, outcome, paid_instant, receipt, true as is_earlier from fund.resident_payment
        where fund_year = of_year and kind = 'payment' and not refunded
          and receipt = candidate.original_receipt and person = candidate.person and area = candidate.area
          and (outcome = 'accepted' or outcome = 'quarantined' and reason in ('amount_mismatch', 'out_of_window', 'duplicate_enrolment'))
        union all
        select file, line, amount, aid, outcome, paid_instant, receipt, false from pg_temp.meeting
        where turn < candidate.turn and kind = 'payment' and not refunded
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
      update pg_temp.meeting set outcome = 'quarantined', reason = why where turn = candidate.turn;
    elsif candidate.kind = 'payment' then
      update pg_temp.meeting set outcome = 'accepted', aid = group_aid where turn = candidate.turn;
    else
      update pg_temp.meeting set outcome = 'accepted', aid = target.aid, refund_file = target.file, refund_line = target.line
      where turn = candidate.turn;
      if target.is_earlier then
        update fund.resident_payment set refunded = true where (fund_year, file, line) = (of_year, target.file, target.line);
      else
        update pg_temp.meeting set refunded = true where (file, line) = (target.file, target.line) and receipt = target.receipt;
      end if;
    end if;
  end loop;
end $$;

-- Writes the outcome of the waiting rows, and counts them. They were received as accepted, without aid: rows with that outcome
-- are not written again.
create or replace function fund.settle_waiting_payments(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set work_mem = '256MB' set jit = off
-- The planner overestimates what it costs to pass rows between processes, to look up the persons of one day (it would read the whole
-- roll for them), and to count in a hash table (it would sort millions of rows).
set parallel_tuple_cost = 0.01 set random_page_cost = 1.1 set enable_sort = off as $$
declare
  waiting text := 'fund.' || fund.partition_name('received_payment', of_year);
  written bigint;
begin
  -- This looks at every row, and at no temporary table, which would keep it on one processor.
  execute format(
    $of$create temp table judged_alike on commit drop as
      select area, paid_on, kind, "group", amount, min(own_reason) as own_reason, max(group_aid) as group_aid, count(*) as rows,
        array_agg(place) filter (where own_reason is not null or group_aid <> 0) as not_as_written
      from fund.judged_payment where fund_year = %s group by area, paid_on, kind, "group", amount, malformed$of$, of_year);
  create temp table not_as_written on commit drop as
    select unnest(not_as_written) as place, own_reason, group_aid from pg_temp.judged_alike;
  delete from pg_temp.not_as_written n using pg_temp.meeting m where m.place = n.place;
  analyze not_as_written;
  execute format(
    $of$update %s w set outcome = case when o.own_reason is null then 'accepted' else 'quarantined' end, reason = o.own_reason,
      aid = case when o.own_reason is null then o.group_aid end
    from pg_temp.not_as_written o where w.ctid = o.place$of$, waiting);
  drop table not_as_written;
  execute format(
    'update %s w set (outcome, reason, aid, refund_file, refund_line, refunded) =
       row(m.outcome, m.reason, m.aid, m.refund_file, m.refund_line, m.refunded)
     from pg_temp.meeting m where w.ctid = m.place', waiting);
  get diagnostics written = row_count;
  if written <> (select count(*) from pg_temp.meeting) then
    raise exception '% 年度相互关联的缴费只写回 % 行 (only % rows that met were written)', of_year, written, written;
  end if;
  perform fund.start_counting();
  -- Those that met count as they were decided, no longer as each would be by itself.
  insert into pg_temp.counted
    select area, day, case when own_reason is null then 'accepted' else 'quarantined' end, own_reason, kind,
      case when own_reason is null then "group" end, own_reason is null, sum(rows), sum(amount),
      coalesce(sum(group_aid) filter (where own_reason is null), 0)
    from (
      select area, paid_on as day, own_reason, kind, "group", rows, rows * amount as amount, rows * group_aid as group_aid
      from pg_temp.judged_alike
      union all
      select area, paid_on, own_reason, kind, "group", -count(*), -sum(amount), -sum(group_aid) from pg_temp.meeting group by 1, 2, 3, 4, 5
    ) those_alone
    group by 1, 2, 3, 4, 5, 6, 7 having sum(rows) <> 0
    union all
    select area, paid_on, outcome, reason, kind, "group", aid is not null, count(*), sum(amount), coalesce(sum(aid), 0)
    from pg_temp.meeting group by 1, 2, 3, 4, 5, 6, 7;
  drop table judged_alike;
  perform fund.add_to_counts(of_year);
end $$;

-- 受理: accepts or quarantines every row of the year that waits. The reason is the first that applies, in this order:
--   payments: malformed, unknown_area, unknown_person, out_of_window, amount_mismatch, duplicate_receipt, duplicate_enrolment
--   refunds:  malformed, unknown_area, refund_without_payment, refund_after_period_start, amount_mismatch, duplicate_receipt
-- Most rows are unaffected by any other, and are decided in sets. Returns the number of rows decided.
create or replace function fund.decide_payments(of_year int) returns bigint
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp set default_statistics_target = 30 as $$
declare
  waiting bigint;
  counted bigint;
  received text := fund.partition_name('received_payment', of_year);
  decided text := fund.partition_name('resident_payment', of_year);
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
  perform fund.settle_waiting_payments(of_year);
  select sum(rows) into counted from pg_temp.counted;
  if counted <> waiting then
    raise exception '% 年度待受理 % 行，只判定 % 行 (% of % rows were decided)', of_year, waiting, counted, counted, waiting;
  end if;
  drop table meeting, counted;
  if to_regclass('fund.' || decided) is not null then
    insert into fund.resident_payment select * from fund.received_payment where fund_year = of_year;
    execute format('truncate fund.%s', received);
  else
    -- The first rows of a year stay where they are: their table becomes the partition.
    execute format('alter table fund.received_payment detach partition fund.%s', received);
    execute format('alter table fund.%s rename to %s', received, decided);
    perform fund.attach_partition('resident_payment', of_year);
    analyze fund.resident_payment;
  end if;
  return counted;
end $$;

-- Quarantined payments go back to waiting once the cause is gone: their person is on the roll by now, or the window was extended
-- beyond their day.
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
    perform fund.start_counting();
    insert into pg_temp.counted
      select area, paid_on, outcome, reason, kind, null, false, -count(*), -sum(amount), 0 from again group by area, paid_on, outcome, reason, kind;
    perform fund.add_to_counts(of_year);
    drop table counted;
    delete from fund.resident_payment p using again a where p.fund_year = of_year and (p.file, p.line) = (a.file, a.line);
    perform fund.attach_partition('received_payment', of_year)
    where fund.new_partition('received_payment', of_year) is not null;
    insert into fund.received_payment
      (fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt)
      select fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt from again;
  end if;
  drop table again;
end $$;
revoke execute on function fund.attach_roll, fund.add_to_roll, fund.enrol_by_full_aid,
  fund.start_counting, fund.add_to_counts, fund.find_meeting_payments, fund.decide_meeting_payments, fund.settle_waiting_payments,
  fund.decide_payments, fund.reconsider_payments from public;
grant execute on function fund.attach_roll, fund.add_to_roll, fund.enrol_by_full_aid,
  fund.decide_payments, fund.reconsider_payments to fund_worker;

-- The last day on which the residents of an area may pay, extensions included; null before the collection has opened.
create or replace function fund.last_day_of_window(of_year int, of_area text) returns date language sql stable as $$
  select max(closes) from fund.collection_term where fund_year = of_year and area = of_area and not exempt
$$;

-- 征缴延长: only this decision moves the window, at most to the last day of February of the coverage year (RULES 2, B(七)).
-- Payments that were too late for the window before are judged again by the act that records the decision.
-- Runs as the owner: the worker may add a decision but not touch the terms.
create or replace function fund.extend_collection() returns trigger language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  if not exists (select from fund.office_holder where fund_year = new.fund_year and operator = new.operator and role = 'region_security') then
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
  -- Nobody else may decide rows now: they would be judged by a window that is just being moved.
  perform pg_advisory_xact_lock(hashtext('fund.decide_payments'), new.fund_year);
  new.closed_before := fund.last_day_of_window(new.fund_year, new.area);
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

-- Fresh statistics for the other tables of persons: a planner that believes a table of 100,000 rows to be empty chooses plans
-- that never end. Runs as the owner, because only the owner may analyze; it changes no row.
create or replace function fund.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  analyze fund.enrolment_history;
  analyze fund.burden;
  analyze fund.recognition;
end $$;
revoke execute on function fund.refresh_statistics() from public;
grant execute on function fund.refresh_statistics() to fund_worker;
