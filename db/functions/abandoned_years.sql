-- 作废: a live year that was begun by mistake ends before its books open, once two of the region's government have signed for it. What it
-- holds stays as it is; a year that holds nothing but its own row leaves none.

-- Why a year cannot be abandoned; null where it can.
create or replace function fund.why_not_abandoned(of_year int) returns text language plpgsql stable as $$
begin
  if not exists (select from fund.fund_year where year = of_year and mode = 'live' and status = 'open') then
    return format('数据库中没有进行中的 %s 正式年度 (no such live year is open)', of_year);
  end if;
  if exists (select from fund.act where key = 'fund-year-' || of_year || '/books/open') then
    return format('%s 年度账簿已开账，不能作废：差错以更正办理 (its books are open: correct what is wrong)', of_year);
  end if;
  return fund.frozen(of_year) || '，期满或解除后再办理 (nobody decides in a freeze)';
end $$;

-- Waits for the transactions that are adding rows to the year: they may be opening its books. Its open tasks are void with it.
create or replace function fund.abandon_year() returns trigger language plpgsql as $$
declare
  why text;
begin
  perform from fund.fund_year where year = old.year for update;
  why := fund.why_not_abandoned(old.year);
  if why is null and not fund.is_agreed('abandon/' || old.year) then
    why := format('%s 年度须由自治区人民政府两人办理作废 (two of the region’s government abandon a year)', old.year);
  end if;
  if why is not null then
    raise exception '%', why using errcode = 'restrict_violation';
  end if;
  update fund.task set state = 'void' where fund_year = old.year and state = 'open';
  return new;
end $$;
create or replace trigger abandon_year before update on fund.fund_year for each row
  when (old.status <> 'abandoned' and new.status = 'abandoned') execute function fund.abandon_year();

-- Tables without a column of the year. A closed year still gets the receipt of the act that closed it; an abandoned one gets nothing. Asked when the
-- row is in: whoever waits for the same act to be done holds no lock on the year.
create or replace function fund.refuse_abandoned_year() returns trigger language plpgsql as $$
declare
  of_year int := case tg_table_name
    when 'act' then (regexp_match(to_jsonb(new) ->> 'key', '^fund-year-(\d{4})[-/]'))[1]::int
    when 'notice' then (select fund_year from fund.task where task = to_jsonb(new) ->> 'task')
  end;
begin
  if (select status from fund.fund_year where year = of_year for key share) = 'abandoned' then
    raise exception '% 年度已作废，不能再增加记录 (fund year % is abandoned: %)', of_year, of_year, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create or replace trigger not_of_an_abandoned_year after insert on fund.act
  for each row execute function fund.refuse_abandoned_year();
create or replace trigger not_of_an_abandoned_year after insert on fund.notice
  for each row execute function fund.refuse_abandoned_year();

-- 撤回: a year that holds nothing but its own row is taken back; whether it was. Whatever was imported or done refers to that row, so a
-- year with anything in it stays. Runs as the owner, because the worker deletes nothing.
create or replace function fund.take_back_empty_year(of_year int) returns boolean
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  delete from fund.fund_year where year = of_year and mode = 'live' and status = 'open';
  return found;
exception when foreign_key_violation then
  return false;
end $$;
revoke execute on function fund.take_back_empty_year(int) from public;
grant execute on function fund.take_back_empty_year(int) to fund_worker;
