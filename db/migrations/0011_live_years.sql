-- Live years (正式年度): files that come one by one, openings that are provisional until the year before is settled, months
-- that are reckoned again when what they rest on changes, and corrections that name their reason.

-- A missing file is a task with a deadline.
alter table fund.task drop constraint task_kind_check;
alter table fund.task add constraint task_kind_check
  check (kind in ('submit', 'approve', 'accept_finding', 'record_method', 'import'));

-- As in 0008, and a file that has nothing to report is accepted as such.
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
    when 'import' then array['accept']                -- 零报送: there is nothing to report
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

-- 暂定: true for the closing of the year before as it stood, without its settlement (RULES 9); else somebody has given it.
alter table fund.opening add column provisional boolean;
alter table fund.adjustment_fund add column provisional boolean;

-- A month's check is reckoned again when the opening it rests on becomes final or an actual is corrected: both stand, and
-- the last one holds.
alter table fund.risk rename to risk_reckoned;
alter table fund.risk_reckoned add column reckoning int not null default 1 check (reckoning > 0);
alter table fund.risk_reckoned drop constraint risk_pkey;
alter table fund.risk_reckoned add primary key (fund_year, area, scheme, month, reckoning);
create view fund.risk as
  select distinct on (fund_year, area, scheme, month) * from fund.risk_reckoned
  order by fund_year, area, scheme, month, reckoning desc;
grant select on fund.risk to fund_worker, fund_reader;

-- 更正: who changed which row of an input file, why, from what to what. The row may be changed only in the transaction that
-- says so, and only while its year is open.
create table fund.correction (
  id           bigint generated always as identity primary key,
  fund_year    int   not null references fund.fund_year,
  file         text  not null,
  key          jsonb not null,
  before       jsonb not null,
  after        jsonb not null,
  reason       text  not null check (reason <> ''),
  operator     text  not null,                       -- or 'system': a provisional opening that follows the books
  made_xid     xid8  not null default pg_current_xact_id(),
  corrected_at timestamptz not null default now()
);
grant select, insert on fund.correction to fund_worker;
grant select on fund.correction to fund_reader;

create function fund.corrected_only() returns trigger language plpgsql as $$
begin
  if exists (select from fund.fund_year where year = old.fund_year and status = 'closed') then
    raise exception '% 年度已结账，不能更正（在开放年度更正）(fund year % is closed)', old.fund_year, old.fund_year
      using errcode = 'restrict_violation';
  end if;
  if not exists (select from fund.correction where fund_year = old.fund_year and made_xid = pg_current_xact_id()) then
    raise exception '导入的数据只能凭更正记录修改 (imported rows change by a correction only)' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- What a row is about, its key, never changes.
do $$
declare
  input text;
  cells text;
begin
  foreach input in array array['banner', 'history', 'opening', 'adjustment_fund', 'insured', 'collection_total',
                               'actual', 'conduct', 'parameter_override', 'parameter_in_force', 'operator', 'area'] loop
    select string_agg(format('%I', a.attname), ', ') into cells
    from pg_attribute a
    where a.attrelid = ('fund.' || input)::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey));
    execute format('grant update (%s) on fund.%I to fund_worker', cells, input);
    execute format('create trigger corrected_only before update on fund.%I for each row execute function fund.corrected_only()', input);
  end loop;
end $$;

create index task_files on fund.task (fund_year, kind) where kind = 'import';

-- Rows of a live year come in several files: their line alone does not tell them apart.
alter table fund.subsidy_arrival drop constraint subsidy_arrival_pkey;
alter table fund.subsidy_arrival add column id bigint generated always as identity primary key;
create index subsidy_arrival_by_area on fund.subsidy_arrival (fund_year, area);

-- Persons who owe nothing are enrolled when they come on the roll, early or late.
create or replace function fund.enrol_by_full_aid(of_year int) returns bigint language sql as $$
  with enrolled as (
    insert into fund.full_aid_enrolment (fund_year, person, area, aid, enrolled_on)
    select distinct on (r.person) r.fund_year, r.person, r.area, t.aid, t.opens
    from fund.resident_roll r
    join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    where r.fund_year = of_year and t.due = 0
      and not exists (select from fund.resident_payment p
                      where p.fund_year = of_year and p.person = r.person and p.outcome = 'accepted'
                        and p.kind = 'payment' and not p.refunded)
    order by r.person, r.area collate "C"
    on conflict (fund_year, person) do nothing
    returning 1
  )
  select count(*) from enrolled
$$;

-- A payment that came before its person stood on the roll is looked at again when the person does.
create function fund.reconsider_unknown_persons(of_year int) returns bigint language sql as $$
  with again as (
    update fund.resident_payment p set outcome = null, reason = null
    from fund.resident_roll r
    where p.fund_year = of_year and p.reason = 'unknown_person'
      and (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
    returning 1
  )
  select count(*) from again
$$;

-- A file of payments grows at its end: its hash is that of the last import.
grant update (sha256, rows) on fund.pack_file to fund_worker;
