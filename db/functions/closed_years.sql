-- A closed year takes no more rows and keeps those it has: an error found later is posted in the open year, naming the closed
-- entry (RULES 9). Nor does an abandoned year.

create or replace function fund.refuse_closed_year() returns trigger language plpgsql as $$
declare
  over fund.fund_year;
begin
  -- Locked, so that a year being closed is closed either before these rows or after them. (A row never changes its year.)
  select * into over from (
    select * from fund.fund_year where year in (select fund_year from new_rows) for key share
  ) of_rows
  where status <> 'open' limit 1;
  if found then
    raise exception '% 年度%，不能再%记录 (fund year % is %: %)',
      over.year, case over.status when 'closed' then '已结账' else '已作废' end,
      case tg_op when 'INSERT' then '增加' else '更改' end, over.year, over.status, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

-- Every table of a year but three: the watchdog's alerts also report on years that are over, only a closed year is archived, and an
-- import into a closed year is refused with a report. A migration that adds tables is named here, so that this file changes and is
-- applied to them too: 0009 to 0024. A partition is written only through its table.
do $$
declare
  of_year text;
begin
  for of_year in
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'fund'::regnamespace and relkind in ('r', 'p') and not relispartition and attname = 'fund_year' and relname not in ('alert', 'archived_table', 'import_report')
  loop
    execute format('create or replace trigger open_year_only after insert on fund.%I
      referencing new table as new_rows for each statement execute function fund.refuse_closed_year()', of_year);
    execute format('create or replace trigger closed_year_unchanged after update on fund.%I
      referencing new table as new_rows for each statement execute function fund.refuse_closed_year()', of_year);
  end loop;
end $$;

-- A closing waits for the transactions that are adding rows to its year.
create or replace function fund.wait_for_rows() returns trigger language plpgsql as $$
begin
  perform from fund.fund_year where year = old.year for update;
  return new;
end $$;
create or replace trigger wait_for_rows before update on fund.fund_year for each row
  when (old.status = 'open' and new.status = 'closed') execute function fund.wait_for_rows();
