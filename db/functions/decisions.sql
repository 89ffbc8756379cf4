-- Decisions hold: each fits its question and its person, and nothing takes effect before everyone whose approval it needs
-- has given it (RULES 6, 8).

-- An office as people call it: 150400 财政局.
create or replace function fund.office(role text, area text) returns text language sql immutable as $$
  select coalesce(area || ' ', '') || case role
    when 'area_security' then '统筹区医保局' when 'area_finance' then '统筹区财政局'
    when 'region_security' then '自治区医保局' when 'region_finance' then '自治区财政厅'
    when 'region_government' then '自治区人民政府' else role end
$$;

-- Whether a person may decide this: the decision fits the question, the operator has the task's role and area, and the
-- chain has come to this link.
create or replace function fund.check_decision() returns trigger language plpgsql as $$
declare
  wanted fund.task;
  person fund.operator;
  fits text[];
begin
  select * into strict wanted from fund.task where task = new.task;
  if wanted.state = 'void' and exists (select from fund.reopened_chain where voided = wanted.chain) then
    raise exception '任务 % 所依数字已变，已作废，请办理重新提请的事项：% (its figures have changed)', new.task,
      (select why from fund.reopened_chain where voided = wanted.chain) using errcode = 'check_violation';
  end if;
  if wanted.state <> 'open' then
    raise exception '任务 % 已办结或作废', new.task using errcode = 'check_violation';
  end if;
  fits := case wanted.kind
    when 'submit' then array['submit']
    when 'approve' then array['approve', 'return']
    when 'accept_finding' then array['accept']
    when 'record_method' then array['record']
    when 'report' then array['record']
    when 'import' then array['accept']                -- 零报送: nothing to report
  end;
  if not new.decision = any (fits) then
    raise exception '任务 % 可办理：%；收到 %', new.task, array_to_string(fits, '、'), new.decision using errcode = 'check_violation';
  end if;
  if wanted.chain <> new.chain or wanted.fund_year <> new.fund_year or wanted.figures_hash <> new.figures_hash then
    raise exception '任务 % 的数字已变，须重新查看后办理', new.task using errcode = 'check_violation';
  end if;
  if exists (select from fund.task where chain = wanted.chain and position < wanted.position and state = 'open') then
    raise exception '任务 % 的上一环节尚未办理', new.task using errcode = 'check_violation';
  end if;
  if not exists (
    select from fund.office_holder
    where fund_year = new.fund_year and operator = new.operator and role = wanted.role and area is not distinct from wanted.area
  ) then
    select * into person from fund.operator where fund_year = new.fund_year and operator = new.operator;
    if not found then
      raise exception '% 年度没有工号 % (no such operator)', new.fund_year, new.operator using errcode = 'check_violation';
    end if;
    if person.appointed_at is null then
      raise exception '工号 % 尚未任命，须先由自治区医保局两人办理任命 (not appointed yet)', new.operator using errcode = 'check_violation';
    end if;
    if person.until < (now() at time zone 'Asia/Shanghai')::date then
      raise exception '工号 % 已于 % 离任 (no longer in office)', new.operator, person.until using errcode = 'check_violation';
    end if;
    raise exception '工号 % 属%，本事项须由%办理：% (not the office that decides this)', new.operator,
      fund.office(person.role, person.area), fund.office(wanted.role, wanted.area), new.task using errcode = 'check_violation';
  end if;
  -- 财政部门审批预算须附统筹区政府批准文号 (RULES 6); 清算表 (RULES 11)、核实受理不须.
  if wanted.kind = 'approve' and wanted.role = 'area_finance' and new.decision = 'approve' and not fund.says_something(coalesce(new.document, ''))
    and not exists (select from fund.clearing_proposal where chain = new.chain)
    and not exists (select from fund.release_request where chain = fund.submitted_in(new.chain)) then
    raise exception '任务 % 须填写统筹区人民政府批准文号 (document)', new.task using errcode = 'check_violation';
  end if;
  -- 无办法不拨付: the method is recorded with its document number (RULES 2).
  if wanted.kind = 'record_method' and not fund.says_something(coalesce(new.document, '')) then
    raise exception '任务 % 须填写办法文号 (document)', new.task using errcode = 'check_violation';
  end if;
  -- 季度预算执行报告: sent under a document number.
  if wanted.kind = 'report' and not fund.says_something(coalesce(new.document, '')) then
    raise exception '任务 % 须填写报送文号 (document)', new.task using errcode = 'check_violation';
  end if;
  -- Nobody approves what he submitted, though the chain in which he did is void by now. (Within one chain a key sees to it.)
  if wanted.kind = 'approve' and wanted.chain <> fund.submitted_in(wanted.chain) and exists (
    select from fund.decision where chain = fund.submitted_in(wanted.chain) and operator = new.operator and decision = 'submit'
  ) then
    raise exception '经办与审核分离：工号 % 已报送本事项，须由他人办理 (maker and checker must differ)', new.operator
      using errcode = 'check_violation';
  end if;
  -- What is submitted are the rows that were signed; others may have been imported since.
  if new.decision = 'submit' and new.version is not null then
    if new.rows_hash is distinct from fund.rows_hash(wanted.fund_year, wanted.of_area, wanted.of_scheme, new.version)
      and (new.rows_hash is not null or exists (select from fund.fund_year where year = new.fund_year and mode = 'live')) then
      raise exception '第 % 版现有各行与签名时所见不同，请重新查看后报送 (the rows are not those that were signed)', new.version
        using errcode = 'check_violation';
    end if;
  elsif new.rows_hash is not null then
    raise exception '只有报送预算版本须附各行校验值 (only a version of a budget has rows)' using errcode = 'check_violation';
  end if;
  -- A document number or a reason must not be blank or mere punctuation.
  if new.document <> '' and not fund.says_something(new.document) then
    raise exception '任务 % 的文号（document）须含文字或数字', new.task using errcode = 'check_violation';
  end if;
  if new.decision = 'return' and not fund.says_something(new.note) then
    raise exception '任务 % 的退回原因（note）须含文字或数字', new.task using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger check_decision before insert on fund.decision
  for each row execute function fund.check_decision();

-- A return ends its chain and asks the area again, in one transaction: for another version, or for the accounts behind a clearing
-- table. What nobody could submit again cannot be returned.
-- A returned request (emergency, adjustment of a budget, release) simply ends: the area may make another.
create or replace function fund.return_asks_again() returns trigger language plpgsql as $$
begin
  if exists (select from fund.task where chain = new.chain and state = 'open')
    or not (
      exists (select from fund.emergency_request where chain = fund.submitted_in(new.chain))
      or exists (select from fund.adjustment_request where chain = fund.submitted_in(new.chain))
      or exists (select from fund.release_request where chain = fund.submitted_in(new.chain))
      or exists (
        select from fund.task asked join fund.task returned using (fund_year, workflow_id)
        where returned.task = new.task and asked.kind in ('submit', 'import') and asked.state = 'open')
    )
  then
    raise exception '任务 % 不能退回：没有可重新报送的事项', new.task using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists return_asks_again on fund.decision;
create constraint trigger return_asks_again after insert on fund.decision
  deferrable initially deferred for each row when (new.decision = 'return') execute function fund.return_asks_again();

-- Whether every one of these offices has approved, and nothing in the chain is left to decide.
create or replace function fund.is_approved(of_chain text, by_roles text[]) returns boolean language sql stable as $$
  select by_roles <@ coalesce(array_agg(t.role) filter (where d.decision = 'approve' and t.state = 'done'), '{}')
    and bool_and(t.state = 'done')
    and not exists (select from fund.reopened_chain where voided = of_chain)
  from fund.task t left join fund.decision d using (task) where t.chain = of_chain and t.kind = 'approve'
$$;

-- The settlement of a scheme, approved by the region's three offices.
create or replace function fund.settlement_is_approved(of_year int, of_the_scheme text) returns boolean language sql stable as $$
  select exists (
    select from fund.task t
    where t.fund_year = of_year and t.of_scheme = of_the_scheme and t.of_area is null and t.kind = 'approve'
      and fund.is_approved(t.chain, array['region_security', 'region_finance', 'region_government']))
$$;
