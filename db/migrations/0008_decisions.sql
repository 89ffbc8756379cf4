-- Decisions that hold: what a person sees is kept with the question, a decision fits its question, and nothing comes into
-- force or is paid before everyone whose word it needs has given it. RULES 6, 8.

-- What the person decides on, as it is shown (the hash binds the act to it), what it is about, and since when.
alter table fund.task
  add column figures   jsonb,                        -- null: asked before figures were kept
  add column of_area   text,                         -- 统筹区 that the question is about; null: the whole region
  add column of_scheme fund.scheme,                  -- null: no scheme alone
  add column opened_at timestamptz not null default now();

-- Questions that were asked before these columns were there: their workflow's id says what they are about.
alter table fund.task disable trigger forward_only;
update fund.task set
  of_scheme = coalesce(substring(workflow_id from '-(?:budget|adjustment)-(employee|resident)'), case kind when 'accept_finding' then 'resident' end),
  of_area = coalesce(substring(workflow_id from '-budget-[a-z]+-([^-]+)$'), substring(workflow_id from '-collection-([^-]+)$'));
alter table fund.task enable trigger forward_only;

-- Why, in the person's own words: the reason of a return, the note of an acceptance.
alter table fund.decision add column note text;

-- A person who may act: a decision that fits the question, the operator's role and area those of the task, and the chain
-- come to this link.
create or replace function fund.check_decision() returns trigger language plpgsql as $$
declare
  wanted fund.task;
  fits text[];
begin
  select * into strict wanted from fund.task where task = new.task;
  if wanted.state <> 'open' then
    raise exception '任务 % 已办结或作废', new.task using errcode = 'check_violation';
  end if;
  fits := case wanted.kind
    when 'submit' then array['submit']
    when 'approve' then array['approve', 'return']
    when 'accept_finding' then array['accept']
    when 'record_method' then array['record']
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
    select from fund.operator
    where fund_year = new.fund_year and operator = new.operator and role = wanted.role and area is not distinct from wanted.area
  ) then
    raise exception '% 不是任务 % 的办理人（%）', new.operator, new.task, wanted.role using errcode = 'check_violation';
  end if;
  -- 财政部门审批须附统筹区政府批准文号 (RULES 6).
  if wanted.kind = 'approve' and wanted.role = 'area_finance' and new.decision = 'approve' and coalesce(new.document, '') = '' then
    raise exception '任务 % 须填写统筹区人民政府批准文号 (document)', new.task using errcode = 'check_violation';
  end if;
  -- 无办法不拨付: the method is recorded by its document number (RULES 2).
  if wanted.kind = 'record_method' and coalesce(new.document, '') = '' then
    raise exception '任务 % 须填写办法文号 (document)', new.task using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- A return ends its chain and asks the area again, in one transaction; what nobody can submit again is not returned.
create function fund.return_asks_again() returns trigger language plpgsql as $$
begin
  if exists (select from fund.task where chain = new.chain and state = 'open')
    or not exists (
      select from fund.task asked join fund.task returned using (fund_year, workflow_id)
      where returned.task = new.task and asked.kind = 'submit' and asked.state = 'open'
    )
  then
    raise exception '任务 % 不能退回：没有可重新报送的事项', new.task using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger return_asks_again after insert on fund.decision
  deferrable initially deferred for each row when (new.decision = 'return') execute function fund.return_asks_again();

-- Whether every one of these offices has approved, and nothing of the chain is left to be decided.
create function fund.is_approved(of_chain text, by_roles text[]) returns boolean language sql stable as $$
  select by_roles <@ coalesce(array_agg(t.role) filter (where d.decision = 'approve' and t.state = 'done'), '{}')
    and bool_and(t.state = 'done')
  from fund.task t left join fund.decision d using (task) where t.chain = of_chain and t.kind = 'approve'
$$;

-- 预算 comes into force by the four approvals of the very version that was submitted; one directed by its income (以收定支)
-- by that of the region's government.
create function fund.approved_only() returns trigger language plpgsql as $$
begin
  if new.origin = 'submitted' and not exists (
    select from fund.task t join fund.decision d using (task)
    where t.fund_year = new.fund_year and t.of_area = new.area and t.of_scheme = new.scheme
      and t.kind = 'submit' and d.decision = 'submit' and d.version = new.version
      and fund.is_approved(t.chain, array['area_finance', 'region_security', 'region_finance', 'region_government'])
  ) then
    raise exception '% % 预算第 % 版审批未完成，不能生效', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  if new.origin = 'directed' and not exists (
    select from fund.task t
    where t.fund_year = new.fund_year and t.of_area = new.area and t.of_scheme = new.scheme and t.kind = 'approve'
      and not exists (select from fund.task s where s.chain = t.chain and s.kind = 'submit')
      and fund.is_approved(t.chain, array['region_government'])
  ) then
    raise exception '% % 以收定支预算未经自治区人民政府批准，不能生效', new.area, new.scheme using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approved_only before insert or update on fund.budget for each row execute function fund.approved_only();

-- The settlement of a scheme: approved by the region's three offices.
create function fund.settlement_is_approved(of_year int, of_the_scheme text) returns boolean language sql stable as $$
  select exists (
    select from fund.task t
    where t.fund_year = of_year and t.of_scheme = of_the_scheme and t.of_area is null and t.kind = 'approve'
      and fund.is_approved(t.chain, array['region_security', 'region_finance', 'region_government']))
$$;

-- 清算拨付: money that the settlement moves (grants, the governments' share, levies after the year's end) is not posted before.
create function fund.settlement_only_when_approved() returns trigger language plpgsql as $$
declare
  unapproved record;
begin
  select e.fund_year, e.scheme into unapproved
  from (
    select distinct e.fund_year, e.scheme from new_lines l join fund.journal_entry e on e.id = l.entry_id
    where l.account in ('补助下级支出', '上级补助收入', '财政补贴收入—缺口补助')
      or (l.account in ('上解上级支出', '下级上解收入') and e.date > make_date(e.fund_year, 12, 31))
  ) e
  where not fund.settlement_is_approved(e.fund_year, e.scheme) limit 1;
  if found then
    raise exception '% 年度 % 分担方案审批未完成，不能拨付', unapproved.fund_year, unapproved.scheme using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger settlement_only_when_approved after insert on fund.journal_line
  referencing new table as new_lines for each statement execute function fund.settlement_only_when_approved();
