-- Acts that happen once, what waits for a person, and what persons decided.
create table fund.act (
  key        text  primary key,                      -- the business fact, e.g. fund-year-2028/levy/employee
  input_hash text  not null,
  input      jsonb not null,
  receipt    jsonb,
  done_at    timestamptz not null default now()
);

create table fund.parameter_in_force (
  fund_year int     not null references fund.fund_year,
  name      text    not null,
  value     jsonb,
  "from"    date    not null,
  source    text    not null,
  assumed   boolean not null,
  primary key (fund_year, name)
);

create table fund.published_standard (
  fund_year int  not null references fund.fund_year,
  name      text not null,
  amount    fund.yuan not null,
  because   jsonb not null,
  primary key (fund_year, name)
);

create table fund.skipped_step (
  fund_year int  not null references fund.fund_year,
  step      text not null,
  scheme    fund.scheme not null,
  reason    text not null,
  primary key (fund_year, step, scheme)
);

-- One wait for a person. Tasks of one chain are acted on in the order of their position.
create table fund.task (
  fund_year    int  not null references fund.fund_year,
  task         text primary key,                     -- e.g. fund-year-2028-budget-employee-150100/1/area_finance
  chain        text not null,                        -- what the persons decide on: one person, one link of it
  position     int  not null,
  workflow_id  text not null,
  kind         text not null check (kind in ('submit', 'approve', 'accept_finding', 'record_method')),
  role         text not null,
  area         text,
  subject      text not null,                        -- Chinese, for the person
  figures_hash text not null,                        -- the figures that the act is bound to
  due_on       date not null,
  state        text not null default 'open' check (state in ('open', 'done', 'void')),
  unique (chain, position)
);
create index task_waiting on fund.task (fund_year, state, chain, position);

-- What a person decided, for ever. Maker ≠ checker and one person per link, whatever the code does.
create table fund.decision (
  fund_year     int  not null references fund.fund_year,
  task          text primary key references fund.task,
  chain         text not null,
  operator      text not null,
  decision      text not null check (decision in ('submit', 'approve', 'return', 'accept', 'record')),
  version       int,
  document      text,
  figures_hash  text not null,
  business_date date not null,
  decided_at    timestamptz not null default now(),
  unique (chain, operator),
  foreign key (fund_year, operator) references fund.operator
);

-- A person who may act: the operator's role and area are those of the task, and the chain has come to this link.
create function fund.check_decision() returns trigger language plpgsql as $$
declare
  wanted fund.task;
begin
  select * into strict wanted from fund.task where task = new.task;
  if wanted.state <> 'open' then
    raise exception '任务 % 已办结或作废', new.task using errcode = 'check_violation';
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
  return new;
end $$;
create trigger check_decision before insert on fund.decision for each row execute function fund.check_decision();
