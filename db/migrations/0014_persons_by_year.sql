-- The roll and the payments, built for millions of rows: a partition for each year, which a first load fills before it has an
-- index; payments that wait for their decision apart from those that have one; and counts, so that no figure reads every row.
drop view if exists fund.held_advance, fund.area_by_person, fund.collection_day;
drop function if exists fund.decide_payments, fund.reconsider_unknown_persons, fund.enrol_by_full_aid;
alter table fund.full_aid_enrolment drop constraint full_aid_enrolment_fund_year_person_area_fkey;
alter table fund.resident_roll rename to former_roll;
alter table fund.resident_payment rename to former_payment;

-- The roll (参保登记). A person id never leaves the database: no workflow, log or id carries one.
create table fund.resident_roll (
  fund_year int  not null,
  person    text not null,
  area      fund.area_code not null,
  banner    text,
  "group"   text not null,
  file      text not null,
  line      int  not null
) partition by list (fund_year);

-- Payments and refunds as they stand in the file (缴费流水), and what became of each row.
create table fund.resident_payment (
  fund_year        int  not null,
  file             text not null,
  line             int  not null,
  receipt          text not null,
  person           text not null,
  named_area       text not null,
  area             fund.area_code,                   -- the known area that the row names, else null
  amount           fund.yuan,                        -- null: unreadable
  paid_instant     numeric,                          -- seconds since 1970, exact; null: unreadable
  paid_on          date,                             -- the Shanghai date of that instant
  kind             text,
  original_receipt text not null,
  outcome          text not null,
  reason           text,
  aid              fund.yuan,                        -- medical aid booked with an accepted payment, or reversed by its refund
  refund_file      text,                             -- of an accepted refund: file and line of the payment
  refund_line      int,
  refunded         boolean not null default false
) partition by list (fund_year);

-- Rows that wait for their decision. Most will be accepted, without aid: they are written as such, so that few are written again.
create table fund.received_payment (like fund.resident_payment including defaults) partition by list (fund_year);
alter table fund.received_payment alter outcome set default 'accepted', alter aid set default 0;

alter table fund.resident_payment
  add check (kind in ('payment', 'refund')),
  add check (outcome in ('accepted', 'quarantined')),
  add check (coalesce(reason, '') = 'malformed'
    or (amount is not null and amount > 0 and paid_instant is not null and paid_on is not null and kind is not null)),
  add check ((reason is not null) = (outcome = 'quarantined')),
  add check ((aid is not null) <= (outcome = 'accepted')),
  add check ((refund_file is not null) = (outcome = 'accepted' and kind = 'refund')),
  add check ((refund_line is not null) = (refund_file is not null));

-- What the rows come to, kept up by the functions that add or decide rows (db/functions/collection.sql).
-- Cash of an area by day, with its aid: four kinds, nothing netted (READINGS 41).
create table fund.collection_day (
  fund_year int  not null,
  area      fund.area_code not null,
  day       date not null,
  kind      text not null check (kind in ('payments', 'refunds', 'quarantined_payments', 'quarantined_refunds')),
  amount    fund.yuan not null,
  primary key (fund_year, area, day, kind),
  foreign key (fund_year, area) references fund.area
);
-- Persons of an area by group: on its roll, and paid there.
create table fund.collection_group (
  fund_year  int  not null,
  area       fund.area_code not null,
  "group"    text not null,
  registered bigint not null default 0 check (registered >= 0),
  paid       bigint not null default 0 check (paid between 0 and registered),
  primary key (fund_year, area, "group"),
  foreign key (fund_year, area) references fund.area
);
-- Decided rows of an area, and what they come to.
create table fund.collection_count (
  fund_year          int  not null references fund.fund_year,
  area               text not null,                  -- or 'unknown'
  accepted_rows      bigint not null,
  quarantined_rows   bigint not null,
  quarantined_amount fund.yuan not null,             -- payments less refunds, also less accepted refunds of quarantined payments
  collected          fund.yuan not null,             -- accepted payments less their refunds
  aid                fund.yuan not null,             -- with them
  primary key (fund_year, area)
);

do $$
declare
  of_year int;
begin
  for of_year in select fund_year from fund.former_roll union select fund_year from fund.former_payment loop
    execute format('create table fund.resident_roll_%1$s partition of fund.resident_roll for values in (%1$s)', of_year);
    execute format('create table fund.received_payment_%1$s partition of fund.received_payment for values in (%1$s)', of_year);
    execute format('create table fund.resident_payment_%1$s partition of fund.resident_payment for values in (%1$s)', of_year);
  end loop;
end $$;
insert into fund.resident_roll select fund_year, person, area, banner, "group", file, line from fund.former_roll;
insert into fund.received_payment
  (fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt, reason)
  select fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt,
    case when malformed then 'malformed' end
  from fund.former_payment where outcome is null;
insert into fund.resident_payment
  select p.fund_year, p.file, p.line, p.receipt, p.person, p.named_area, p.area, p.amount, p.paid_instant, p.paid_on, p.kind,
    p.original_receipt, p.outcome, p.reason, p.aid, t.file, t.line, p.refunded
  from fund.former_payment p left join fund.former_payment t on t.id = p.refund_of
  where p.outcome is not null;
drop table fund.former_payment, fund.former_roll;

insert into fund.collection_day
  select fund_year, area, day, kind, sum(amount) from (
    select fund_year, area, paid_on as day,
      case when outcome = 'quarantined' then 'quarantined_payments' when kind = 'payment' then 'payments'
           when aid is not null then 'refunds' else 'quarantined_refunds' end as kind,
      amount + coalesce(aid, 0) as amount
    from fund.resident_payment
    where outcome = 'accepted'
      or kind = 'payment' and area is not null and amount is not null and paid_on is not null and reason <> 'duplicate_receipt'
    union all
    select fund_year, area, enrolled_on, 'payments', aid from fund.full_aid_enrolment
  ) cash group by fund_year, area, day, kind;
insert into fund.collection_group
  select r.fund_year, r.area, r."group", count(*), count(*) filter (where exists (
    select from fund.resident_payment p
    where (p.fund_year, p.person, p.area) = (r.fund_year, r.person, r.area) and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
    union all
    select from fund.full_aid_enrolment e where (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)))
  from fund.resident_roll r group by r.fund_year, r.area, r."group";
insert into fund.collection_count
  select fund_year, area, sum(accepted), sum(quarantined), sum(quarantined_amount), sum(collected), sum(aid) from (
    select fund_year, coalesce(area, 'unknown') as area, (outcome = 'accepted')::int as accepted, (outcome = 'quarantined')::int as quarantined,
      case when outcome = 'quarantined' then coalesce(case kind when 'payment' then amount when 'refund' then -amount end, 0)
           when aid is null then -amount else 0 end as quarantined_amount,
      case when outcome = 'accepted' and aid is not null then case kind when 'payment' then amount else -amount end else 0 end as collected,
      case when kind = 'payment' then coalesce(aid, 0) else -coalesce(aid, 0) end as aid
    from fund.resident_payment
    union all
    select fund_year, area, 0, 0, 0, 0, aid from fund.full_aid_enrolment
  ) rows group by fund_year, area;

-- The column that tells most rows apart comes first: an index is built twice as fast as by the year, which is the same in all rows.
alter table fund.resident_roll add primary key (person, area, fund_year), add foreign key (fund_year, area) references fund.area;
create index resident_roll_by_area on fund.resident_roll (area, fund_year);
alter table fund.full_aid_enrolment add foreign key (fund_year, person, area) references fund.resident_roll (fund_year, person, area);
alter table fund.resident_payment add primary key (line, file, fund_year);
alter table fund.resident_payment
  add foreign key (fund_year, refund_file, refund_line) references fund.resident_payment (fund_year, file, line),
  add foreign key (fund_year, area) references fund.area;
-- What must never be, whatever the code does: a payment refunded twice, a receipt accepted twice, a person enrolled twice.
create unique index one_refund_per_payment on fund.resident_payment (refund_line, refund_file, fund_year) where refund_file is not null;
create unique index one_accepted_row_per_receipt on fund.resident_payment (receipt, fund_year) where outcome = 'accepted';
create unique index one_enrolment_per_person on fund.resident_payment (person, fund_year)
  where outcome = 'accepted' and kind = 'payment' and not refunded;
create index resident_payment_in_quarantine on fund.resident_payment (receipt, fund_year) where outcome = 'quarantined';

grant select on fund.resident_roll, fund.received_payment, fund.resident_payment, fund.collection_day, fund.collection_group,
  fund.collection_count to fund_worker, fund_reader;
-- All else goes through the functions that decide and count.
grant insert on fund.received_payment to fund_worker;
revoke insert on fund.full_aid_enrolment from fund_worker;
