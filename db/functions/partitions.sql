-- 年度分区: the large tables of persons have a partition for each year, so that millions of rows are loaded before there is an index,
-- and a closed year can be taken out. These functions run as the owner; the worker makes and attaches partitions only through them.

-- The name of the table, in the schema fund.
create or replace function fund.partition_name(of_table text, of_year int) returns text
language sql immutable set search_path = pg_catalog, fund, pg_temp as $$ select format('%I', of_table || '_' || of_year) $$;

-- An empty table like the others of a year's rows.
create or replace function fund.create_partition(of_table text, of_year int) returns text
language plpgsql set search_path = pg_catalog, fund, pg_temp as $$
declare
  name text := 'fund.' || fund.partition_name(of_table, of_year);
begin
  execute format('create table %s (like fund.%I including defaults)', name, of_table);
  return name;
end $$;

-- An empty table for the rows of a year, without an index or a check. It is filled, then made a partition: millions of
-- rows go in much faster before there is an index than after. Null where the year has its partition already.
create or replace function fund.new_partition(of_table text, of_year int) returns text
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  name text := 'fund.' || fund.partition_name(of_table, of_year);
begin
  if of_table not in ('resident_roll', 'full_aid_enrolment', 'received_payment', 'resident_payment', 'enrolment_history') then
    raise exception '% has no partitions', of_table;
  end if;
  if to_regclass(name) is not null then
    return null;
  end if;
  if exists (select from fund.fund_year where year = of_year and status <> 'open') then
    raise exception '% 年度已结账或作废，不能再增加记录 (fund year % is not open)', of_year, of_year using errcode = 'restrict_violation';
  end if;
  return fund.create_partition(of_table, of_year);
end $$;

-- Attaches a filled table as the partition of a year. Checks, keys and indexes are built first, each in one pass, because attaching
-- makes others wait. Foreign keys follow on attaching.
create or replace function fund.attach_partition(of_table text, of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp
set maintenance_work_mem = '512MB' set work_mem = '256MB' as $$
declare
  whole regclass := format('fund.%I', of_table)::regclass;
  name text := 'fund.' || fund.partition_name(of_table, of_year);
  statement text;
begin
  -- A check states the bound of the partition, so PostgreSQL need not look for rows of other years when attaching.
  select format('alter table %s add constraint of_year check (fund_year is not null and fund_year = %s)', name, of_year)
    || coalesce(string_agg(format(', add constraint %I %s', conname, pg_get_constraintdef(oid)), '' order by conname), '')
  into statement
  from pg_constraint where conrelid = whole and contype in ('c', 'p')
    and not exists (select from pg_constraint c where c.conrelid = name::regclass and c.conname = pg_constraint.conname);
  execute replace(statement, format('add constraint %s_pkey', of_table), 'add');
  for statement in
    select regexp_replace(pg_get_indexdef(indexrelid), ' INDEX \S+ ON ONLY \S+ ', format(' INDEX ON %s ', name))
    from pg_index where indrelid = whole and not indisprimary order by indexrelid
  loop
    execute statement;
  end loop;
  -- Across the partitioned tables such a key would keep a closed year from being detached.
  if of_table = 'resident_payment' then
    execute format('alter table %1$s add foreign key (fund_year, refund_file, refund_line) references %1$s (fund_year, file, line)', name);
  elsif of_table = 'full_aid_enrolment' then
    execute format('alter table %s add foreign key (fund_year, person, area) references fund.%s (fund_year, person, area)',
      name, fund.partition_name('resident_roll', of_year));
  end if;
  execute format('alter table %s attach partition %s for values in (%s)', whole, name, of_year);
  execute format('alter table %s drop constraint of_year', name);
  execute format('revoke all on %s from fund_worker', name);
end $$;

-- For the worker: a new table that it may fill. Rows that were decided are none of its business: functions alone write those.
create or replace function fund.open_partition(of_table text, of_year int) returns text
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  name text;
begin
  if of_table not in ('resident_roll', 'received_payment', 'enrolment_history') then
    raise exception 'the worker does not fill %', of_table using errcode = 'insufficient_privilege';
  end if;
  name := fund.new_partition(of_table, of_year);
  if name is not null then
    execute format('grant select, insert on %s to fund_worker', name);
  end if;
  return name;
end $$;

-- For the worker: attaches what it has filled. (The roll is counted as well: fund.attach_roll.)
create or replace function fund.close_partition(of_table text, of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  if of_table not in ('received_payment', 'enrolment_history') then
    raise exception 'the worker does not fill %', of_table using errcode = 'insufficient_privilege';
  end if;
  perform fund.attach_partition(of_table, of_year);
end $$;

revoke execute on function fund.create_partition, fund.new_partition, fund.attach_partition, fund.open_partition, fund.close_partition
  from public, fund_worker;
grant execute on function fund.open_partition, fund.close_partition to fund_worker;
