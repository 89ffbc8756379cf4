-- 预算调整: what an adjusted budget must never be, and which budget is in force on a day.

-- Versions of one area and scheme are numbered consecutively: adjustments come after everything that was submitted for 1
-- January. All rows of an adjustment have one date, and none is added to a version that was submitted: it would be approved
-- unchecked.
create or replace function fund.numbered_on() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'budget_submission' then
    if exists (select from fund.budget_adjustment a
               where (a.fund_year, a.area, a.scheme) = (new.fund_year, new.area, new.scheme) and a.version <= new.version) then
      raise exception '% % 预算第 % 版应低于各次预算调整的版本', new.area, new.scheme, new.version using errcode = 'check_violation';
    end if;
    if exists (select from fund.budget_check c
               where (c.fund_year, c.area, c.scheme, c.version) = (new.fund_year, new.area, new.scheme, new.version)) then
      raise exception '% % 预算第 % 版已报送，不能再增加科目', new.area, new.scheme, new.version using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if exists (select from fund.budget_submission s
             where (s.fund_year, s.area, s.scheme) = (new.fund_year, new.area, new.scheme) and s.version >= new.version) then
    raise exception '% % 预算调整第 % 版应高于已报送的各版', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  if exists (select from fund.adjustment_request r
             where (r.fund_year, r.area, r.scheme, r.version) = (new.fund_year, new.area, new.scheme, new.version)) then
    raise exception '% % 预算调整第 % 版已报送，不能再增加科目', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  if exists (select from fund.budget_adjustment a
             where (a.fund_year, a.area, a.scheme, a.version) = (new.fund_year, new.area, new.scheme, new.version)
               and a.date <> new.date) then
    raise exception '% % 预算调整第 % 版各行日期不一', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger numbered_on before insert on fund.budget_submission
  for each row execute function fund.numbered_on();
create or replace trigger numbered_on before insert on fund.budget_adjustment
  for each row execute function fund.numbered_on();

create or replace function fund.check_adjustment_request() returns trigger language plpgsql as $$
begin
  if not exists (select from fund.budget_adjustment a
                 where (a.fund_year, a.area, a.scheme, a.version, a.date) = (new.fund_year, new.area, new.scheme, new.version, new.date)) then
    raise exception '% % 没有日期为 % 的预算调整第 % 版', new.area, new.scheme, new.date, new.version using errcode = 'check_violation';
  end if;
  if not exists (select from fund.budget b where (b.fund_year, b.area, b.scheme) = (new.fund_year, new.area, new.scheme)) then
    raise exception '% % 年初预算尚未批复，不能调整', new.area, new.scheme using errcode = 'check_violation';
  end if;
  -- It is compared with the budget in force on its date, which is known on that day.
  if new.submitted_on < new.date or new.submitted_on > make_date(new.fund_year, 11, 30) then
    raise exception '% % 预算调整第 % 版应在 % 至 % 报送，不是 %', new.area, new.scheme, new.version, new.date,
      make_date(new.fund_year, 11, 30), new.submitted_on using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger check_adjustment_request before insert on fund.adjustment_request
  for each row execute function fund.check_adjustment_request();

-- In force only with its checks passed and with the four approvals, from the first day of the month after its date, or after the
-- day of the last approval where that is later: a month that is over keeps the budget it was judged against.
create or replace function fund.check_adjusted_budget() returns trigger language plpgsql as $$
declare
  request fund.adjustment_request;
  approved_in text;
  last_day date;
begin
  select * into strict request from fund.adjustment_request
  where (fund_year, area, scheme, version) = (new.fund_year, new.area, new.scheme, new.version);
  if not fund.passes_checks(new.fund_year, new.area, new.scheme, new.version) then
    raise exception '% % 预算调整第 % 版未通过审核，不能生效', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  approved_in := fund.asks_now(request.chain);
  if not fund.is_approved(approved_in, array['area_finance', 'region_security', 'region_finance', 'region_government']) then
    raise exception '% % 预算调整第 % 版审批未完成，不能生效', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  select greatest(request.date, max(business_date)) into last_day from fund.decision where chain = approved_in;
  if new.in_force_from <> date_trunc('month', last_day) + interval '1 month' or extract(year from new.in_force_from) <> new.fund_year then
    raise exception '% % 预算调整第 % 版应自 % 的次月首日起在年度内生效，不是 %', new.area, new.scheme, new.version, last_day, new.in_force_from
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger check_adjusted_budget before insert on fund.adjusted_budget
  for each row execute function fund.check_adjusted_budget();

-- The items of every budget in force on a day; `adjustment` is the version of the adjustment, null for the budget of 1 January.
-- Of two adjustments from the same day the later one by (date, version) holds.
create or replace function fund.budget_on(of_year int, on_day date)
  returns table (area fund.area_code, scheme fund.scheme, adjustment int, part fund.part, item text, amount fund.yuan)
  language sql stable as $$
  with adjusted as (
    select distinct on (b.area, b.scheme) b.area, b.scheme, b.version
    from fund.adjusted_budget b join fund.adjustment_request r using (fund_year, area, scheme, version)
    where b.fund_year = of_year and b.in_force_from <= on_day
    order by b.area, b.scheme, b.in_force_from desc, r.date desc, b.version desc
  )
  select i.area, i.scheme, null::int, i.part, i.item, i.amount from fund.budget_item i
  where i.fund_year = of_year and not exists (select from adjusted a where (a.area, a.scheme) = (i.area, i.scheme))
  union all
  select i.area, i.scheme, i.version, i.part, i.item, i.amount
  from fund.adjusted_budget_item i join adjusted a using (area, scheme, version)
  where i.fund_year = of_year
$$;
