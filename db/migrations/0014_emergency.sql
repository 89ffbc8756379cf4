-- 紧急调剂 (RULES 8 "Emergency request"): an area asks the adjustment fund for money within the year; the region's three offices
-- approve, and the advance is part of F at settlement.
create table fund.emergency_request (
  fund_year    int  not null,
  scheme       fund.scheme not null,
  area         fund.area_code not null,
  number       int  not null check (number > 0),     -- of the area and scheme in the year
  amount       fund.yuan not null check (amount > 0),
  cause        text not null check (cause in ('policy_change', 'epidemic', 'medical_rescue')),
  document     text not null check (document <> ''), -- 文号 of the area's request; one request each
  requested_on date not null,
  workflow_id  text not null unique,
  chain        text not null unique,
  primary key (fund_year, scheme, area, number),
  unique (fund_year, scheme, area, document),
  foreign key (fund_year, area) references fund.area
);

create table fund.emergency_advance (
  fund_year int  not null,
  scheme    fund.scheme not null,
  area      fund.area_code not null,
  number    int  not null,
  amount    fund.yuan not null,
  paid_on   date not null,
  because   jsonb not null,
  primary key (fund_year, scheme, area, number),
  foreign key (fund_year, scheme, area, number) references fund.emergency_request
);
grant select, insert on fund.emergency_request, fund.emergency_advance to fund_worker;
grant select on fund.emergency_request, fund.emergency_advance to fund_reader;

-- What a scheme's adjustment fund holds at the end of a day, by its own books.
create function fund.adjustment_money(of_year int, of_the_scheme text, on_day date) returns numeric language sql stable as $$
  select coalesce(sum(debit_less_credit), 0) from fund.ledger
  where fund_year = of_year and entity = 'region' and scheme = of_the_scheme and account = '财政专户存款' and date <= on_day
$$;

create function fund.check_emergency() returns trigger language plpgsql as $$
declare
  starts text;
  money numeric;
begin
  select value #>> '{}' into starts from fund.parameter_in_force
  where fund_year = new.fund_year and name = 'levy.start_year.' || new.scheme;
  if starts is null or starts::int > new.fund_year then
    raise exception '% 年度 % 调剂金尚未实施，不能申请紧急调剂', new.fund_year, new.scheme using errcode = 'check_violation';
  end if;
  if not exists (select from fund.area where fund_year = new.fund_year and area = new.area and new.scheme = any (schemes)) then
    raise exception '% 没有 % 险种', new.area, new.scheme using errcode = 'check_violation';
  end if;
  if extract(year from new.requested_on) <> new.fund_year then
    raise exception '紧急调剂只在 % 年内申请；今为 %', new.fund_year, new.requested_on using errcode = 'check_violation';
  end if;
  money := fund.adjustment_money(new.fund_year, new.scheme, new.requested_on);
  if new.amount > money then
    raise exception '调剂金现有 % 元，不足支付 % 元', money, new.amount using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_emergency before insert on fund.emergency_request for each row execute function fund.check_emergency();

-- Paid when all three have approved, the government by its document number, within the year, and out of what the fund holds.
create function fund.check_advance() returns trigger language plpgsql as $$
declare
  request fund.emergency_request;
  money numeric;
begin
  -- One after the other: two advances may not spend the same money.
  perform from fund.fund_year where year = new.fund_year for update;
  select * into strict request from fund.emergency_request
  where (fund_year, scheme, area, number) = (new.fund_year, new.scheme, new.area, new.number);
  if not fund.is_approved(request.chain, array['region_security', 'region_finance', 'region_government']) then
    raise exception '% 紧急调剂审批未完成，不能拨付', new.area using errcode = 'check_violation';
  end if;
  if not exists (select from fund.decision d join fund.task t using (task)
                 where d.chain = request.chain and t.role = 'region_government' and coalesce(d.document, '') <> '') then
    raise exception '% 紧急调剂须填写自治区人民政府批准文号 (document)', new.area using errcode = 'check_violation';
  end if;
  if new.amount <> request.amount or extract(year from new.paid_on) <> new.fund_year then
    raise exception '% 紧急调剂应在 % 年内拨付 % 元，不是 % 拨付 % 元', new.area, new.fund_year, request.amount, new.paid_on, new.amount
      using errcode = 'check_violation';
  end if;
  money := fund.adjustment_money(new.fund_year, new.scheme, new.paid_on);
  if new.amount > money then
    raise exception '调剂金现有 % 元，不足支付 % 元', money, new.amount using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_advance before insert on fund.emergency_advance for each row execute function fund.check_advance();

-- An emergency request that is returned ends: the area may ask again by another one.
create or replace function fund.return_asks_again() returns trigger language plpgsql as $$
begin
  if exists (select from fund.task where chain = new.chain and state = 'open')
    or not (
      exists (select from fund.emergency_request where chain = new.chain)
      or exists (
        select from fund.task asked join fund.task returned using (fund_year, workflow_id)
        where returned.task = new.task and asked.kind = 'submit' and asked.state = 'open')
    )
  then
    raise exception '任务 % 不能退回：没有可重新报送的事项', new.task using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- Grants move money by the settlement of their scheme, or by an advance that was approved.
create or replace function fund.settlement_only_when_approved() returns trigger language plpgsql as $$
declare
  unapproved record;
begin
  select e.fund_year, e.scheme into unapproved
  from new_lines l join fund.journal_entry e on e.id = l.entry_id
  where (l.account in ('补助下级支出', '上级补助收入', '财政补贴收入—缺口补助')
      or (l.account in ('上解上级支出', '下级上解收入') and e.date > make_date(e.fund_year, 12, 31)))
    and not fund.settlement_is_approved(e.fund_year, e.scheme)
    and not exists (
      select from fund.emergency_advance a
      where a.fund_year = e.fund_year and a.scheme = e.scheme and a.amount = l.amount and a.paid_on = e.date
        and e.key in (format('emergency/%s/%s/%s', a.scheme, a.area, a.number), format('emergency/%s/%s/%s/region', a.scheme, a.area, a.number)))
  limit 1;
  if found then
    raise exception '% 年度 % 分担方案审批未完成，不能拨付', unapproved.fund_year, unapproved.scheme using errcode = 'check_violation';
  end if;
  return null;
end $$;
