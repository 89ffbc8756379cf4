-- A closed year can be archived: each large table of persons has a partition for each year, and no foreign key goes across the
-- partitioned tables, since it would keep a year's partition from being detached. Such keys hold between the partitions of one year
-- (db/functions/partitions.sql).
alter table fund.full_aid_enrolment rename to former_enrolment;
alter table fund.enrolment_history rename to former_history;

-- Persons whose premium is aided in full: they owe nothing and need no payment.
create table fund.full_aid_enrolment (
  fund_year   int  not null,
  person      text not null,
  area        fund.area_code not null,
  aid         fund.yuan not null,
  enrolled_on date not null
) partition by list (fund_year);

-- 历年参保. That the year exists is held by the file of these rows (fund.pack_file): a key to fund.fund_year would make a load wait for
-- everybody who writes there.
create table fund.enrolment_history (
  fund_year     int  not null,
  person        text not null,
  coverage_year int  not null check (coverage_year < fund_year),
  line          int  not null
) partition by list (fund_year);

do $$
declare
  of_year text;
begin
  -- The partition of the roll: fund.resident_roll_2028.
  for of_year in select right(relname, 4) from pg_class join pg_inherits on inhrelid = oid where inhparent = 'fund.resident_roll'::regclass loop
    execute format('create table fund.full_aid_enrolment_%1$s partition of fund.full_aid_enrolment for values in (%1$s)', of_year);
  end loop;
  for of_year in select distinct fund_year from fund.former_history loop
    execute format('create table fund.enrolment_history_%1$s partition of fund.enrolment_history for values in (%1$s)', of_year);
  end loop;
end $$;
insert into fund.full_aid_enrolment select fund_year, person, area, aid, enrolled_on from fund.former_enrolment;
insert into fund.enrolment_history select fund_year, person, coverage_year, line from fund.former_history;
drop table fund.former_enrolment, fund.former_history;
alter table fund.full_aid_enrolment add primary key (person, fund_year);
alter table fund.enrolment_history add primary key (person, coverage_year, fund_year);

alter table fund.resident_payment drop constraint resident_payment_fund_year_refund_file_refund_line_fkey;
do $$
declare
  of_year text;
begin
  for of_year in select right(relname, 4) from pg_class join pg_inherits on inhrelid = oid where inhparent = 'fund.resident_payment'::regclass loop
    execute format('alter table fund.resident_payment_%1$s
      add foreign key (fund_year, refund_file, refund_line) references fund.resident_payment_%1$s (fund_year, file, line)', of_year);
  end loop;
  for of_year in select right(relname, 4) from pg_class join pg_inherits on inhrelid = oid where inhparent = 'fund.resident_roll'::regclass loop
    execute format('alter table fund.full_aid_enrolment_%1$s
      add foreign key (fund_year, person, area) references fund.resident_roll_%1$s (fund_year, person, area)', of_year);
  end loop;
end $$;

grant select on fund.full_aid_enrolment, fund.enrolment_history to fund_worker, fund_reader;
grant insert on fund.enrolment_history to fund_worker;

-- 归档: the rows of persons of a closed year that were taken out of the database, by table, and where they are. The owner's login
-- alone writes here (db/archive.ts).
create table fund.archived_table (
  fund_year   int  not null references fund.fund_year,
  name        text not null,
  columns     text not null,                         -- as COPY takes them
  rows        bigint not null check (rows >= 0),
  sha256      text not null,                         -- of NAME.csv.gz
  folder      text not null,                         -- host:/path
  archived_by text not null check (fund.says_something(archived_by)),
  archived_at timestamptz not null default now(),
  login       text not null default session_user,
  restored_by text check (fund.says_something(restored_by)),
  restored_at timestamptz,
  primary key (fund_year, name, archived_at),
  check ((restored_at is null) = (restored_by is null))
);
create unique index archived_once on fund.archived_table (fund_year, name) where restored_at is null;
grant select on fund.archived_table to fund_worker, fund_reader;
