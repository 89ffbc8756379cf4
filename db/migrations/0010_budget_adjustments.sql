-- 预算调整 (RULES 6 "Adjustment in mid-year"): an area may change its budget within the year, by the same chain of approvals. The
-- new budget is in force from the first day of a month; budget and budget_item stay the budget of 1 January.

-- The rows of budget_adjustments.csv: whole budgets, with versions numbered on after those that were submitted.
create table fund.budget_adjustment (
  fund_year    int  not null,
  area         fund.area_code not null,
  scheme       fund.scheme not null,
  version      int  not null check (version > 0),
  date         date not null,
  part         fund.part not null,
  item         text not null,                        -- also unknown items and total rows: the checks speak of them
  amount       fund.yuan not null,
  reason       text not null,
  submitted_by text not null,
  line         int  not null,
  primary key (fund_year, area, scheme, version, part, item),
  foreign key (fund_year, area) references fund.area,
  foreign key (fund_year, submitted_by) references fund.operator,
  check (date between make_date(fund_year, 1, 1) and make_date(fund_year, 11, 30))
);

-- A version that the area has submitted, and the workflow that waits for its approvals.
create table fund.adjustment_request (
  fund_year    int  not null,
  area         fund.area_code not null,
  scheme       fund.scheme not null,
  version      int  not null,
  date         date not null,                        -- as its file says
  submitted_on date not null,
  workflow_id  text not null unique,
  chain        text not null unique,
  primary key (fund_year, area, scheme, version),
  foreign key (fund_year, area, scheme) references fund.budget
);

create table fund.adjusted_budget (
  fund_year     int  not null,
  area          fund.area_code not null,
  scheme        fund.scheme not null,
  version       int  not null,
  in_force_from date not null,
  because       jsonb not null,
  primary key (fund_year, area, scheme, version),
  foreign key (fund_year, area, scheme, version) references fund.adjustment_request
);
create table fund.adjusted_budget_item (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  version   int  not null,
  part      fund.part not null,
  item      text not null,
  amount    fund.yuan not null,
  because   jsonb not null,
  primary key (fund_year, area, scheme, version, part, item),
  foreign key (fund_year, area, scheme, version) references fund.adjusted_budget
);

grant select on fund.budget_adjustment, fund.adjustment_request, fund.adjusted_budget, fund.adjusted_budget_item
  to fund_worker, fund_reader;
grant insert on fund.budget_adjustment, fund.adjustment_request, fund.adjusted_budget, fund.adjusted_budget_item to fund_worker;

-- 季度预算执行报告: in a live year each area sends one by the 25th after the quarter, and records its document number.
alter table fund.task drop constraint task_kind_check, add constraint task_kind_check
  check (kind in ('submit', 'approve', 'accept_finding', 'record_method', 'report', 'import'));
