-- Who paid the residents' premium, how long they have been enrolled, and patients with a heavy burden.

-- What medical aid and the treasury each bear of the aid for one head of a group (RULES 4 "Of which").
create table fund.aid_funding (
  fund_year   int  not null,
  area        fund.area_code not null,
  "group"     text not null,
  medical_aid fund.yuan not null check (medical_aid >= 0),
  fiscal      fund.yuan not null check (fiscal >= 0),
  because     jsonb not null,
  primary key (fund_year, area, "group"),
  foreign key (fund_year, area, "group") references fund.collection_term
);
-- The premium of an area by who paid it.
create table fund.premium_source (
  fund_year int  not null,
  area      fund.area_code not null,
  source    text not null check (source in ('individual', 'medical_aid', 'fiscal')),
  amount    fund.yuan not null check (amount >= 0),
  because   jsonb not null,
  primary key (fund_year, area, source),
  foreign key (fund_year, area) references fund.area
);

-- 历年参保: the years before this one in which a person was enrolled anywhere in the region. Person ids, as on the roll, never
-- leave the database.
create table fund.enrolment_history (
  fund_year     int  not null references fund.fund_year,
  person        text not null,
  coverage_year int  not null check (coverage_year < fund_year),
  line          int  not null,
  primary key (fund_year, person, coverage_year)
);
-- Persons paid in the year by years of enrolment without a break, or months to wait.
create table fund.enrolment (
  fund_year int  not null,
  area      fund.area_code not null,
  class     text not null check (class in ('continuous', 'new', 'returning')),
  count     int  not null check (count >= 0),
  persons   bigint not null check (persons > 0),
  because   jsonb not null,
  primary key (fund_year, area, class, count),
  foreign key (fund_year, area) references fund.area,
  check (case class when 'new' then count = 0 when 'continuous' then count >= 2 else true end)
);

-- 高额医疗费用负担: what is left to a person in a month, and what the departments answered (RULES 12).
create table fund.burden (
  fund_year int  not null,
  person    text not null,
  area      fund.area_code not null,
  "group"   text not null,
  month     int  not null check (month between 1 and 12),
  self_paid fund.yuan not null check (self_paid >= 0),
  line      int  not null,
  primary key (fund_year, person, area, month),
  foreign key (fund_year, area) references fund.area
);
create index burden_by_month on fund.burden (fund_year, month);
create table fund.recognition (
  fund_year int  not null,
  person    text not null,
  area      fund.area_code not null,
  date      date not null,
  outcome   text not null check (outcome in ('recognised', 'not_recognised')),
  help      fund.yuan not null check (help >= 0),
  line      int  not null,
  primary key (fund_year, person, area, date),
  foreign key (fund_year, area) references fund.area,
  check (outcome = 'recognised' or help = 0)
);
-- Who was pushed to the departments, and from which month on. A flag that late rows have moved or undone is withdrawn and stays.
create table fund.burden_flag (
  id        bigint generated always as identity primary key,
  fund_year int  not null,
  person    text not null,
  area      fund.area_code not null,
  month     int  not null,
  class     text not null check (class in ('low_income', 'poverty_relieved', 'ordinary')),
  self_paid fund.yuan not null,                      -- of the months up to this one
  threshold numeric not null check (threshold >= 0),
  withdrawn boolean not null default false,
  foreign key (fund_year, person, area, month) references fund.burden,
  check (self_paid > threshold)
);
create unique index one_flag_per_person on fund.burden_flag (fund_year, person, area) where not withdrawn;
create index burden_flag_by_area on fund.burden_flag (fund_year, area, month);
-- Counts by month; a month that late rows touch is counted again, and the last count holds.
create table fund.monitoring_reckoned (
  fund_year       int  not null,
  area            fund.area_code not null,
  month           int  not null check (month between 1 and 12),
  class           text not null check (class in ('low_income', 'poverty_relieved', 'ordinary')),
  persons         bigint not null check (persons >= 0),
  flagged         bigint not null check (flagged >= 0),
  flagged_to_date bigint not null check (flagged_to_date >= flagged),
  answered        bigint not null check (answered between 0 and flagged_to_date),
  recognised      bigint not null check (recognised between 0 and answered),
  help            fund.yuan not null check (help >= 0),
  overdue         bigint not null check (overdue between 0 and flagged_to_date),
  reckoning       int  not null default 1 check (reckoning > 0),
  because         jsonb not null,
  primary key (fund_year, area, month, class, reckoning),
  foreign key (fund_year, area) references fund.area
);
-- A push that nobody answered is a finding of an area, of neither scheme.
alter table fund.finding alter column scheme drop not null;

grant select on fund.aid_funding, fund.premium_source, fund.enrolment_history, fund.enrolment, fund.burden, fund.recognition,
  fund.burden_flag, fund.monitoring_reckoned to fund_worker, fund_reader;
grant insert on fund.aid_funding, fund.premium_source, fund.enrolment_history, fund.enrolment, fund.burden, fund.recognition,
  fund.burden_flag, fund.monitoring_reckoned to fund_worker;
-- Imported rows change by a correction only; a flag can only be withdrawn (db/functions).
grant update ("group", self_paid, line) on fund.burden to fund_worker;
grant update (outcome, help, line) on fund.recognition to fund_worker;
grant update (withdrawn) on fund.burden_flag to fund_worker;
