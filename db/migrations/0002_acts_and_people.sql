-- Acts that happen once, the law a year is pinned to, what waits for a person, and what people have decided.
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
  until     date    check (until >= "from"),         -- 有效期至, where its document sets one
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

-- One question to one person. The tasks of a chain are acted on in the order of their position.
create table fund.task (
  fund_year    int  not null references fund.fund_year,
  task         text primary key,                     -- e.g. fund-year-2028-budget-employee-150100/1/area_finance
  chain        text not null,                        -- the matter decided on; each person decides one link of it
  position     int  not null,
  workflow_id  text not null,
  kind         text not null check (kind in ('submit', 'approve', 'accept_finding', 'record_method', 'import')),
  role         text not null,
  area         text,
  of_area      text,                                 -- 统筹区 the question is about; null: the whole region
  of_scheme    fund.scheme,                          -- null: no scheme in particular
  subject      text not null,                        -- Chinese, for the person
  figures      jsonb,                                -- what the person decides on, as shown
  figures_hash text not null,                        -- binds the decision to these figures
  opened_at    timestamptz not null default now(),
  due_on       date not null,
  state        text not null default 'open' check (state in ('open', 'done', 'void')),
  unique (chain, position)
);
create index task_waiting on fund.task (fund_year, state, chain, position);
create index task_files on fund.task (fund_year, kind) where kind = 'import';

-- What a person decided, for ever. Maker and checker differ and nobody decides two links of a chain, whatever the code does.
create table fund.decision (
  fund_year     int  not null references fund.fund_year,
  task          text primary key references fund.task,
  chain         text not null,
  operator      text not null,
  decision      text not null check (decision in ('submit', 'approve', 'return', 'accept', 'record')),
  version       int,
  document      text,
  note          text,                                -- the person's reason for a return, or remark on an acceptance
  figures_hash  text not null,
  business_date date not null,
  decided_at    timestamptz not null default now(),
  unique (chain, operator),
  foreign key (fund_year, operator) references fund.operator
);
