-- 冻结期: begun and lifted by two of the region's security bureau. Simulated years are never frozen.

-- The freeze of a year that today lies in, in words; null outside of one.
create or replace function fund.frozen(of_year int) returns text language sql stable as $$
  select format('%s 年度 %s 至 %s 冻结：%s', f.fund_year, f.from_day, f.until_day, f.reason)
  from fund.freeze f join fund.fund_year y on y.year = f.fund_year and y.mode = 'live'
  where f.fund_year = of_year and f.lifted_at is null and (now() at time zone 'Asia/Shanghai')::date between f.from_day and f.until_day
  order by f.until_day desc limit 1
$$;

-- A posting is tried again until it passes: its code is none of those that nobody retries (worker/refusals.ts).
create or replace function fund.no_posting_in_a_freeze() returns trigger language plpgsql as $$
declare
  why text;
begin
  select fund.frozen(fund_year) into why from (select distinct fund_year from new_rows) years where fund.frozen(fund_year) is not null limit 1;
  if why is not null then
    raise exception '%，暂不入账，期满自动继续 (no posting in a freeze)', why using errcode = 'FZ001';
  end if;
  return null;
end $$;
create or replace trigger no_posting_in_a_freeze after insert on fund.journal_entry
  referencing new table as new_rows for each statement execute function fund.no_posting_in_a_freeze();

-- Refuses a row of a frozen year, in the words and with the code that its trigger gives. A person is refused at once. A deadline that
-- passes in a freeze is looked at when it is over, since nobody could act before it: that code is retried, as that of a posting.
create or replace function fund.refuse_in_a_freeze() returns trigger language plpgsql as $$
declare
  why text := fund.frozen(new.fund_year);
begin
  if why is not null then
    raise exception '%，%', why, tg_argv[0] using errcode = tg_argv[1];
  end if;
  return new;
end $$;
create or replace trigger no_decision_in_a_freeze before insert on fund.decision
  for each row execute function fund.refuse_in_a_freeze('期满后再办理 (no decision in a freeze)', 'check_violation');
create or replace trigger no_decision_in_a_freeze before insert on fund.collection_extension
  for each row execute function fund.refuse_in_a_freeze('期满后再办理 (no decision in a freeze)', 'check_violation');
create or replace trigger no_lapse_in_a_freeze before update on fund.task
  for each row when (new.state = 'void')
  execute function fund.refuse_in_a_freeze('逾期事项期满后处理 (nothing lapses in a freeze)', 'FZ001');

-- Begins a freeze once two have signed for it; whether it holds. Its reason is that of the first who signed. The same days are not
-- frozen again once that was lifted. Runs as the owner, as lifting one does.
create or replace function fund.freeze_year(of_year int, first_day date, last_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  agreed text := concat_ws('/', 'freeze', of_year, first_day, last_day);
begin
  if not fund.is_agreed(agreed) then return false; end if;
  insert into fund.freeze (fund_year, from_day, until_day, reason)
  select of_year, first_day, last_day, reason from fund.joint_act where matter = agreed order by done_at limit 1
  on conflict do nothing;
  return exists (select from fund.freeze where (fund_year, from_day, until_day) = (of_year, first_day, last_day) and lifted_at is null);
end $$;

create or replace function fund.lift_freeze(of_year int, first_day date, last_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  if not fund.is_agreed(concat_ws('/', 'lift-freeze', of_year, first_day, last_day)) then return false; end if;
  update fund.freeze set lifted_at = coalesce(lifted_at, now()) where (fund_year, from_day, until_day) = (of_year, first_day, last_day);
  return found;
end $$;
revoke execute on function fund.freeze_year, fund.lift_freeze from public;
grant execute on function fund.freeze_year, fund.lift_freeze to fund_worker;
