-- 紧急调剂: what an area may ask of the adjustment fund within the year, and when the advance is paid (RULES 8).

-- What a scheme's adjustment fund holds at the end of a day, by its own books.
create or replace function fund.adjustment_money(of_year int, of_the_scheme text, on_day date) returns numeric language sql stable as $$
  select coalesce(sum(debit_less_credit), 0) from fund.ledger
  where fund_year = of_year and entity = 'region' and scheme = of_the_scheme and date <= on_day
    and account in ('财政专户存款', '支出户存款', '国库存款', '暂付款', '债券投资', '定期存款')
$$;

create or replace function fund.check_emergency() returns trigger language plpgsql as $$
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
  if not fund.says_something(new.document) then
    raise exception '紧急调剂申请须填写文号，含文字或数字 (document)' using errcode = 'check_violation';
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
create or replace trigger check_emergency before insert on fund.emergency_request
  for each row execute function fund.check_emergency();

-- Paid when all three offices have approved, the government with its document number, within the year, and from what the
-- fund holds.
create or replace function fund.check_advance() returns trigger language plpgsql as $$
declare
  request fund.emergency_request;
  approved_in text;
  money numeric;
  held text := fund.why_not_paid(new.fund_year);
begin
  -- One at a time: two advances must not spend the same money.
  perform from fund.fund_year where year = new.fund_year for no key update;
  if held is not null then
    raise exception '%，登记后再批准 (nothing is paid before the document is recorded)', held using errcode = 'check_violation';
  end if;
  select * into strict request from fund.emergency_request
  where (fund_year, scheme, area, number) = (new.fund_year, new.scheme, new.area, new.number);
  approved_in := fund.asks_now(request.chain);
  if not fund.is_approved(approved_in, array['region_security', 'region_finance', 'region_government']) then
    raise exception '% 紧急调剂审批未完成，不能拨付', new.area using errcode = 'check_violation';
  end if;
  if not exists (select from fund.decision d join fund.task t using (task)
                 where d.chain = approved_in and t.role = 'region_government' and fund.says_something(d.document)) then
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
create or replace trigger check_advance before insert on fund.emergency_advance
  for each row execute function fund.check_advance();
