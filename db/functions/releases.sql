-- 核实受理: a payment in quarantine that its area accepts all the same, by its security bureau and its finance office
-- (docs/decisions/0014). It counts from the day of the second signature on; what was booked before stays as it is.

-- Why a row may not be released, in words for whoever asks; null where it may. A release sets aside the window, the amount where no
-- aid depends on it, and a double enrolment that no longer exists. It never decides who paid or where, and never accepts the same money or the same person twice.
create or replace function fund.why_not_released(of_year int, of_area text, of_file text, of_line int, on_day date) returns text
language plpgsql stable security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  payment fund.resident_payment;
  term fund.collection_term;
begin
  if exists (select from fund.fund_year where year = of_year and mode = 'run') then
    return '模拟运行的年度按数据包判定，不办理核实受理 (a run follows its pack)';
  end if;
  if exists (select from fund.collection where fund_year = of_year and area = of_area) then
    return format('%s 的征缴已对账，不再核实受理 (reconciled)', of_area);
  end if;
  if on_day > make_date(of_year, 12, 31) then
    return format('%s 年度已过 12 月 31 日，不再核实受理 (the year is over)', of_year);
  end if;
  select * into payment from fund.resident_payment where (fund_year, file, line) = (of_year, of_file, of_line);
  if payment.file is null or payment.area is distinct from of_area then
    return format('%s 没有文件 %s 第 %s 行的缴费流水，见 quarantine (no such row of this area)', of_area, of_file, of_line);
  end if;
  if exists (select from fund.payment_release where (fund_year, file, line) = (of_year, of_file, of_line)) then
    return '该行已核实受理 (released before)';
  elsif payment.outcome = 'accepted' then
    return '该行已受理，不在待核对之列 (accepted already)';
  elsif payment.refunded then
    return '该笔缴费已经退回 (refunded)';
  elsif payment.reason = 'malformed' then
    return '该行格式错误：请更正后以新的文件导入 (malformed)';
  elsif payment.kind <> 'payment' then
    return '退费不能核实受理：请更正后以新的文件导入 (only a payment is released)';
  elsif payment.reason not in ('out_of_window', 'amount_mismatch', 'duplicate_enrolment') then
    return case payment.reason
      when 'unknown_person' then '参保登记中没有此人：请补充登记，登记后自动重新判定 (add the person to the roll)'
      else '票据号重复：同一笔钱不入账两次 (the same money twice)'
    end;
  end if;
  select t.* into term from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
  where (r.fund_year, r.person, r.area) = (of_year, payment.person, of_area);
  if payment.amount <> term.due and term.aid > 0 then
    return '金额与应缴不符，而此人应享受资助：请退回本笔，按应缴额重缴 (the amount is not what is due beside the aid)';
  elsif exists (select from fund.resident_payment
                where fund_year = of_year and receipt = payment.receipt and outcome = 'accepted') then
    return '此票据号已由另一行受理：同一笔钱不入账两次 (the same money twice)';
  elsif exists (select from fund.full_aid_enrolment where fund_year = of_year and person = payment.person)
    or exists (select from fund.resident_payment
               where fund_year = of_year and person = payment.person and outcome = 'accepted' and kind = 'payment' and not refunded) then
    return '此人本年度已参保：请退回本笔 (enrolled already)';
  elsif payment.paid_on < make_date(of_year, 1, 1) and on_day >= make_date(of_year, 1, 1)
    and exists (select from fund.premium_recognition where fund_year = of_year and area = of_area and recognition = 'receipt_year') then
    return '该统筹区保费按收付年度确认，上年到账的待核对款在上年账上，本年不能转出 (it lies in last year''s books)';
  end if;
  return null;
end $$;

-- One request at a time for a row, and none that names the person.
create or replace function fund.check_release_request() returns trigger
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  refusal text := fund.why_not_released(new.fund_year, new.area, new.file, new.line, new.requested_on);
  waiting int;
begin
  if refusal is not null then
    raise exception '%', refusal using errcode = 'check_violation';
  end if;
  select number into waiting from fund.release_request r
  where (r.fund_year, r.file, r.line) = (new.fund_year, new.file, new.line)
    and exists (select from fund.task t where t.chain = r.chain and t.state = 'open');
  if waiting is not null then
    raise exception '该行已有第 % 号核实受理申请，尚未办结 (asked for before)', waiting using errcode = 'check_violation';
  end if;
  if exists (select from fund.resident_payment
             where (fund_year, file, line) = (new.fund_year, new.file, new.line) and position(person in new.reason) > 0) then
    raise exception '理由中不得写个人证件号 (the reason names the person)' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger check_release_request before insert on fund.release_request
  for each row execute function fund.check_release_request();

-- Accepts the row of a request that both offices have signed, on the day of the last signature: its amount moves from what is under
-- review (待核对款) to premium, with the aid of its group. Returns that day.
create or replace function fund.release_payment(of_year int, of_area text, of_number int) returns date
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  request fund.release_request;
  payment fund.resident_payment;
  refusal text;
  term fund.collection_term;
  on_day date;
begin
  -- Nobody else may decide rows now: a payment of the same person would be judged without this one.
  perform pg_advisory_xact_lock(hashtext('fund.decide_payments'), of_year);
  select * into strict request from fund.release_request where (fund_year, area, number) = (of_year, of_area, of_number);
  if not coalesce(fund.is_approved(request.chain, array['area_finance']), false)
    or not exists (select from fund.decision d join fund.task t using (task)
                   where t.chain = request.chain and d.decision = 'submit' and t.role = 'area_security') then
    raise exception '% 第 % 号核实受理审批未完成', of_area, of_number using errcode = 'check_violation';
  end if;
  select max(business_date) into on_day from fund.decision where chain = request.chain;
  refusal := fund.why_not_released(of_year, of_area, request.file, request.line, on_day);
  if refusal is not null then
    raise exception '%', refusal using errcode = 'check_violation';
  end if;
  select * into strict payment from fund.resident_payment where (fund_year, file, line) = (of_year, request.file, request.line);
  select t.* into strict term from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
  where (r.fund_year, r.person, r.area) = (of_year, payment.person, of_area);
  insert into fund.payment_release (fund_year, file, line, area, number, quarantined_as, released_on)
    values (of_year, request.file, request.line, of_area, of_number, payment.reason, on_day);
  update fund.resident_payment set outcome = 'accepted', reason = null, aid = term.aid
  where (fund_year, file, line) = (of_year, request.file, request.line);
  insert into fund.collection_day as d (fund_year, area, day, kind, amount, persons) values
    (of_year, of_area, on_day, 'payments', payment.amount + term.aid, 1),
    (of_year, of_area, on_day, 'quarantined_releases', payment.amount, 1)
    on conflict (fund_year, area, day, kind) do update set amount = d.amount + excluded.amount, persons = d.persons + excluded.persons;
  update fund.collection_group set paid = paid + 1 where (fund_year, area, "group") = (of_year, of_area, term."group");
  update fund.collection_quarantine set rows = rows - 1 where (fund_year, area, reason) = (of_year, of_area, payment.reason);
  update fund.collection_count
    set accepted_rows = accepted_rows + 1, quarantined_rows = quarantined_rows - 1, quarantined_amount = quarantined_amount - payment.amount,
      collected = collected + payment.amount, aid = aid + term.aid
  where (fund_year, area) = (of_year, of_area);
  return on_day;
end $$;
revoke execute on function fund.why_not_released, fund.release_payment from public;
grant execute on function fund.release_payment to fund_worker;
