-- Payments (RULES 11): the units that give care, their monthly accounts, the total budget split over them, and its clearing.

create table fund.payment_unit (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  unit      text not null check (unit not in ('', 'reserve')),
  name_zh   text not null,
  kind      text not null check (kind in ('institution', 'community', 'elsewhere')),
  weight    numeric not null check (weight >= 0),
  line      int  not null,
  primary key (fund_year, area, scheme, unit),
  foreign key (fund_year, area) references fund.area
);

create table fund.unit_account (
  fund_year          int  not null,
  area               fund.area_code not null,
  scheme             fund.scheme not null,
  unit               text not null,
  month              int  not null check (month between 1 and 12),
  incurred           fund.yuan not null,              -- owed for the care of the year
  paid               fund.yuan not null,              -- paid in the month for the care of the year
  paid_earlier_years fund.yuan not null default 0,    -- paid in the month for the care of earlier years
  line               int  not null,
  primary key (fund_year, area, scheme, unit, month),
  foreign key (fund_year, area, scheme, unit) references fund.payment_unit
);

-- 总额预算 of an area and scheme: the budget in force on 1 January, its reserve, and what is left for its units. Weights that are
-- corrected before the clearing split the total again: every allotment stands, the last holds.
create table fund.total_budget_allotted (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  allotment int  not null check (allotment > 0),
  total     fund.yuan not null,
  reserve   fund.yuan not null check (reserve between 0 and total),
  because   jsonb not null,
  primary key (fund_year, area, scheme, allotment),
  foreign key (fund_year, area) references fund.area
);
create table fund.unit_budget_allotted (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  allotment int  not null,
  unit      text not null,
  kind      text not null check (kind in ('institution', 'community', 'elsewhere')),
  weight    numeric not null check (weight >= 0),
  budget    fund.yuan not null check (budget >= 0),
  because   jsonb not null,
  primary key (fund_year, area, scheme, allotment, unit),
  foreign key (fund_year, area, scheme, allotment) references fund.total_budget_allotted,
  foreign key (fund_year, area, scheme, unit) references fund.payment_unit
);

-- 清算表: one attempt at the clearing of an area and scheme; a returned one is proposed again, by its next attempt.
create table fund.clearing_proposal (
  fund_year   int  not null,
  area        fund.area_code not null,
  scheme      fund.scheme not null,
  attempt     int  not null check (attempt > 0),
  allotment   int  not null,
  fund_share  fund.yuan not null check (fund_share >= 0), -- of all units together
  workflow_id text not null,
  chain       text not null unique,                       -- its approvals
  because     jsonb not null,
  primary key (fund_year, area, scheme, attempt),
  foreign key (fund_year, area, scheme, allotment) references fund.total_budget_allotted
);
create table fund.unit_clearing (
  fund_year  int  not null,
  area       fund.area_code not null,
  scheme     fund.scheme not null,
  attempt    int  not null,
  unit       text not null,
  incurred   fund.yuan not null check (incurred >= 0),
  paid       fund.yuan not null check (paid >= 0),
  retained   fund.yuan not null check (retained >= 0),
  entitled   fund.yuan not null check (entitled >= 0),
  fund_share fund.yuan not null check (fund_share between 0 and entitled),
  payable    fund.yuan not null check (payable >= 0),
  clearing   fund.yuan not null check (clearing = payable - paid),
  because    jsonb not null,
  primary key (fund_year, area, scheme, attempt, unit),
  foreign key (fund_year, area, scheme, attempt) references fund.clearing_proposal
);
-- The attempt that both offices have approved.
create table fund.clearing (
  fund_year   int  not null,
  area        fund.area_code not null,
  scheme      fund.scheme not null,
  attempt     int  not null,
  approved_on date not null,
  primary key (fund_year, area, scheme),
  foreign key (fund_year, area, scheme, attempt) references fund.clearing_proposal
);

grant select on fund.payment_unit, fund.unit_account, fund.total_budget_allotted, fund.unit_budget_allotted,
  fund.clearing_proposal, fund.unit_clearing, fund.clearing to fund_worker, fund_reader;
grant insert on fund.payment_unit, fund.unit_account, fund.total_budget_allotted, fund.unit_budget_allotted,
  fund.clearing_proposal, fund.unit_clearing, fund.clearing to fund_worker;
-- Imported rows change by a correction only (db/functions/corrections.sql), and never in their key.
grant update (name_zh, kind, weight, line) on fund.payment_unit to fund_worker;
grant update (incurred, paid, paid_earlier_years, line) on fund.unit_account to fund_worker;
