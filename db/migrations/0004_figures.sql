-- What the cycle computes. Every row carries `because`: for each column the article, the formula, the inputs and their
-- sources, written in the transaction that computed it. Rows are facts: inserted, never changed.

create table fund.finding (
  fund_year int  not null references fund.fund_year,
  code      text not null,
  area      text not null,
  scheme    fund.scheme not null,
  month     int,
  subject   text not null default '',                -- sets findings of the same code apart, e.g. the level
  figure    text not null,
  text      text not null,
  -- A month that is checked again has its findings again; those of the last check hold.
  reckoning int  not null default 1 check (reckoning > 0),
  because   jsonb not null default '{}',
  constraint finding_told_once unique nulls not distinct (fund_year, code, area, scheme, month, subject, reckoning)
);

-- 征缴 ---------------------------------------------------------------------------------------------------------------
-- What a member of a group owes in an area, and when it may be paid.
create table fund.collection_term (
  fund_year int  not null,
  area      fund.area_code not null,
  "group"   text not null,
  standard  fund.yuan not null,
  aid       fund.yuan not null,
  due       fund.yuan not null,
  opens     date not null,                           -- first day of the area's window
  closes    date not null,                           -- last day a member of this group may pay
  exempt    boolean not null,                        -- may also pay before the window opens
  because   jsonb not null,
  primary key (fund_year, area, "group"),
  foreign key (fund_year, area) references fund.area,
  check (aid + due = standard and aid >= 0 and due >= 0)
);

-- Persons whose premium is aided in full: they owe nothing and need no payment.
create table fund.full_aid_enrolment (
  fund_year   int  not null,
  person      text not null,
  area        fund.area_code not null,
  aid         fund.yuan not null,
  enrolled_on date not null,
  primary key (fund_year, person),
  foreign key (fund_year, person, area) references fund.resident_roll (fund_year, person, area)
);

create table fund.collection (
  fund_year          int  not null references fund.fund_year,
  area               text not null,                  -- or 'unknown'
  by_person          boolean not null,               -- false: the tax bureau's totals are its collection
  registered         bigint not null,
  paid               bigint not null,
  due                fund.yuan not null,
  collected          fund.yuan not null,
  aid                fund.yuan not null,
  progress           numeric,
  low_income_rate    numeric,
  accepted_rows      bigint not null,
  quarantined_rows   bigint not null,
  quarantined_amount fund.yuan not null,
  tax_rows           bigint not null,
  tax_amount         fund.yuan not null,
  difference         fund.yuan not null,
  because            jsonb not null,
  primary key (fund_year, area),
  check (difference = tax_amount - collected - quarantined_amount)
);

-- 征缴延长: the region allows an area to collect until a later day (RULES 2, B(七)).
create table fund.collection_extension (
  fund_year     int  not null,
  area          fund.area_code not null,
  until         date not null,
  closed_before date not null,                       -- the last day before this decision
  operator      text not null,
  document      text not null check (document <> ''),
  decided_on    date not null,
  decided_at    timestamptz not null default now(),
  primary key (fund_year, area, until),
  foreign key (fund_year, area) references fund.area,
  foreign key (fund_year, operator) references fund.operator
);

-- 财政补助 -------------------------------------------------------------------------------------------------------------
create table fund.subsidy (
  fund_year  int  not null,
  area       fund.area_code not null,
  banner     text not null,                          -- '' for central, region and league
  level      text not null check (level in ('central', 'region', 'league', 'banner')),
  due        fund.yuan not null,
  arrived    fund.yuan not null,
  missing    fund.yuan not null check (missing >= 0),
  settlement fund.yuan not null,
  because    jsonb not null,
  primary key (fund_year, area, banner, level),
  foreign key (fund_year, area) references fund.area,
  check (settlement = due - arrived)
);

-- 预算 ----------------------------------------------------------------------------------------------------------------
create table fund.budget_estimate (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  item      text not null,
  amount    fund.yuan not null,
  because   jsonb not null,
  primary key (fund_year, area, scheme, part, item),
  foreign key (fund_year, area) references fund.area
);

create table fund.budget_check (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  version   int  not null,
  "check"   text not null,
  result    text not null check (result in ('pass', 'warn', 'fail')),
  figure    text not null,
  because   jsonb not null,
  primary key (fund_year, area, scheme, version, "check"),
  foreign key (fund_year, area) references fund.area
);

-- The budget in force, one per area and scheme.
create table fund.budget (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  origin    text not null check (origin in ('submitted', 'directed')),
  version   int  not null check (version >= 0),
  in_force_from date not null,
  because   jsonb not null,
  primary key (fund_year, area, scheme),
  foreign key (fund_year, area) references fund.area
);
create table fund.budget_item (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  item      text not null,
  amount    fund.yuan not null,
  because   jsonb not null default '{}',
  primary key (fund_year, area, scheme, part, item),
  foreign key (fund_year, area, scheme) references fund.budget
);

create table fund.region_budget (
  fund_year int  not null references fund.fund_year,
  scheme    fund.scheme not null,
  part      fund.part not null,
  item      text not null,
  amount    fund.yuan not null,
  because   jsonb not null,
  primary key (fund_year, scheme, part, item)
);

-- 风险预警 --------------------------------------------------------------------------------------------------------------
-- A month is checked again when its opening becomes final or an actual is corrected: every check stands, the last holds.
create table fund.risk_reckoned (
  fund_year           int  not null,
  area                fund.area_code not null,
  scheme              fund.scheme not null,
  month               int  not null check (month between 1 and 12),
  accumulated_surplus fund.yuan not null,
  months_payable      text not null,                 -- two decimals, or inf
  months_payable_4    text not null,                 -- four decimals, for the evaluation
  level               text not null check (level in ('excess', 'green', 'yellow', 'orange', 'red')),
  action              text,                          -- 处置措施 for this level
  action_due          date,
  reckoning           int  not null default 1 check (reckoning > 0),
  because             jsonb not null,
  primary key (fund_year, area, scheme, month, reckoning),
  foreign key (fund_year, area) references fund.area
);

-- 上解与分担 -------------------------------------------------------------------------------------------------------------
create table fund.levy_estimate (
  fund_year     int  not null,
  scheme        fund.scheme not null,
  area          fund.area_code not null,
  estimate_base fund.yuan not null,
  uncapped      fund.yuan not null check (uncapped >= 0),
  prepaid       fund.yuan not null check (prepaid >= 0 and prepaid <= uncapped),
  because       jsonb not null,
  primary key (fund_year, scheme, area),
  foreign key (fund_year, area) references fund.area
);
create table fund.levy (
  fund_year int  not null,
  scheme    fund.scheme not null,
  area      fund.area_code not null,
  base      fund.yuan not null,
  rate      numeric not null check (rate between 0 and 1),
  uncapped  fund.yuan not null check (uncapped >= 0),
  levy      fund.yuan not null check (levy >= 0 and levy <= uncapped),
  true_up   fund.yuan not null,
  because   jsonb not null,
  primary key (fund_year, scheme, area),
  foreign key (fund_year, scheme, area) references fund.levy_estimate
);
create table fund.sharing (
  fund_year   int  not null,
  scheme      fund.scheme not null,
  area        fund.area_code not null,
  income      fund.yuan not null,
  expenditure fund.yuan not null,
  levy        fund.yuan not null,
  gap         fund.yuan not null check (gap >= 0),
  own_surplus fund.yuan not null check (own_surplus between 0 and gap),
  residual    fund.yuan not null check (residual = gap - own_surplus),
  managerial  fund.yuan not null check (managerial between 0 and residual),
  general     fund.yuan not null check (general between 0 and residual - managerial),
  alpha       numeric   not null check (alpha between 0 and 1),
  entitled    fund.yuan not null check (entitled between 0 and general),
  fund_share  fund.yuan not null check (fund_share between 0 and entitled),
  area_share  fund.yuan not null,
  cause       text,
  because     jsonb not null,
  primary key (fund_year, scheme, area),
  foreign key (fund_year, scheme, area) references fund.levy,
  constraint every_gap_is_borne check (own_surplus + fund_share + area_share = gap),
  check ((cause is not null) = (gap > 0))
);

-- 绩效评价 ---------------------------------------------------------------------------------------------------------------
create table fund.evaluation (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  indicator text not null,
  value     text not null,
  score     numeric not null check (score >= 0),
  because   jsonb not null,
  primary key (fund_year, area, scheme, indicator),
  foreign key (fund_year, area) references fund.area
);
