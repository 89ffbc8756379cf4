-- 预算因素、费率与绩效目标 (RULES 6, 8, 10): the factors behind an estimate, trend and factors side by side, the rate step-up, and
-- the targets a budget is approved with.

-- Revenue and benefit factors, as the areas report them.
create table fund.premium_basis (
  fund_year  int  not null,
  area       fund.area_code not null,
  part       fund.part not null,
  class      text not null check (class in ('unit', 'flexible', 'unemployed')),
  heads      numeric not null check (heads >= 0 and heads = trunc(heads)),
  base       numeric not null check (base >= 0),      -- yuan a head and year
  rate       numeric not null check (rate between 0 and 1),
  collection numeric not null check (collection between 0 and 1),
  line       int  not null,
  primary key (fund_year, area, part, class),
  foreign key (fund_year, area) references fund.area
);
create table fund.benefit_basis (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  item      text not null check (item in ('inpatient', 'outpatient', 'maternity')),
  band      text not null,
  insured   numeric not null check (insured >= 0 and insured = trunc(insured)),
  visits    numeric not null check (visits >= 0),     -- a head
  cost      numeric not null check (cost >= 0),       -- yuan a visit
  pay_rate  numeric not null check (pay_rate between 0 and 1),
  policy    numeric not null check (policy > -1),
  line      int  not null,
  primary key (fund_year, area, scheme, item, band),
  foreign key (fund_year, area) references fund.area
);
create table fund.target (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  indicator text not null,
  target    numeric not null,
  line      int  not null,
  primary key (fund_year, area, scheme, indicator),
  foreign key (fund_year, area) references fund.area
);
-- 过渡期: the document of an approved transition; with it an own benefit policy is no reason against a share.
alter table fund.conduct add column transition_document text;

-- Beside what was used. Estimates of before have neither.
alter table fund.budget_estimate add column trend fund.yuan, add column factors fund.yuan;

create table fund.rate_step (
  fund_year     int  not null,
  area          fund.area_code not null,
  employer_rate numeric not null check (employer_rate between 0 and 1),
  grounds       text not null,                        -- below_floor;ratio;tight, as far as they hold
  next_rate     numeric not null check (next_rate >= employer_rate and next_rate <= 1),
  because       jsonb not null,
  primary key (fund_year, area),
  foreign key (fund_year, area) references fund.area
);
create table fund.performance (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  indicator text not null,
  target    numeric not null,
  value     text not null,
  reached   text not null check (reached in ('yes', 'no')),
  because   jsonb not null,
  primary key (fund_year, area, scheme, indicator),
  foreign key (fund_year, area, scheme, indicator) references fund.evaluation
);

grant select on fund.premium_basis, fund.benefit_basis, fund.target, fund.rate_step, fund.performance to fund_worker, fund_reader;
grant insert on fund.premium_basis, fund.benefit_basis, fund.target, fund.rate_step, fund.performance to fund_worker;
-- By a correction only (db/functions/corrections.sql).
grant update (heads, base, rate, collection, line) on fund.premium_basis to fund_worker;
grant update (insured, visits, cost, pay_rate, policy, line) on fund.benefit_basis to fund_worker;
grant update (target, line) on fund.target to fund_worker;
grant update (transition_document) on fund.conduct to fund_worker;
