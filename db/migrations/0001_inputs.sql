-- What comes from outside: the year, its pack, and the rows of every input file, each with the line it stands on.
create schema fund;

create domain fund.yuan as numeric(24, 2);          -- money (元), exact to the fen
create domain fund.area_code as text;               -- 统筹区代码, 6 digits in practice; text so that no zero is lost
create domain fund.scheme as text check (value in ('employee', 'resident'));
create domain fund.part as text check (value in ('pooled', 'personal_account'));

-- One row for ever per fund year: whoever claims it runs the year's only cycle.
create table fund.fund_year (
  year          int primary key check (year between 2000 and 2999),
  mode          text not null check (mode in ('run', 'live')),
  status        text not null default 'open' check (status in ('open', 'closed')),
  workflow_id   text,
  first_run_id  text,
  simulation    boolean,                             -- 模拟测算: a levy or share value is assumed
  closed_on     date,
  imported_at   timestamptz,                         -- the last import
  told_at       timestamptz,                         -- the last import that the waiting workflows know of
  check ((workflow_id is null) = (first_run_id is null)),
  check ((status = 'closed') = (closed_on is not null))
);

create table fund.pack_file (
  fund_year int not null references fund.fund_year,
  file      text not null,
  sha256    text not null,
  rows      int  not null,
  primary key (fund_year, file)
);

create table fund.parameter_override (
  fund_year int   not null references fund.fund_year,
  name      text  not null,
  value     jsonb not null,
  source    text  not null check (source <> ''),
  primary key (fund_year, name)
);

create table fund.area (
  fund_year     int  not null references fund.fund_year,
  area          fund.area_code not null check (area not in ('region', 'unknown')),
  name_zh       text not null,
  name_en       text not null,
  schemes       text[] not null check (schemes <@ array['employee', 'resident'] and cardinality(schemes) > 0),
  subsidy_class int check (subsidy_class in (1, 2, 3)),
  employer_rate numeric,
  line          int  not null,
  primary key (fund_year, area),
  check (not ('resident' = any (schemes)) or subsidy_class is not null)
);

create table fund.banner (
  fund_year        int  not null,
  area             fund.area_code not null,
  banner           text not null,
  name_zh          text not null,
  league_share     numeric not null check (league_share between 0 and 1),
  insured_resident bigint not null check (insured_resident >= 0),
  line             int  not null,
  primary key (fund_year, area, banner),
  foreign key (fund_year, area) references fund.area
);

create table fund.operator (
  fund_year int  not null references fund.fund_year,
  operator  text not null,
  name      text not null,
  role      text not null check (role in ('area_security', 'area_finance', 'region_security', 'region_finance', 'region_government')),
  area      fund.area_code,
  line      int  not null,
  primary key (fund_year, operator),
  foreign key (fund_year, area) references fund.area,
  check ((role like 'area\_%') = (area is not null))
);

create table fund.history (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  year      int  not null,
  item      text not null,
  amount    fund.yuan not null,
  line      int  not null,
  primary key (fund_year, area, scheme, part, year, item),
  foreign key (fund_year, area) references fund.area
);

create table fund.opening (
  fund_year           int  not null,
  area                fund.area_code not null,
  scheme              fund.scheme not null,
  part                fund.part not null,
  accumulated_surplus fund.yuan not null,
  -- 暂定: true while it is the unsettled closing of the year before (RULES 9), false once settled, null when given.
  provisional         boolean,
  line                int  not null,
  primary key (fund_year, area, scheme, part),
  foreign key (fund_year, area) references fund.area
);

create table fund.adjustment_fund (
  fund_year       int not null references fund.fund_year,
  scheme          fund.scheme not null,
  opening_balance fund.yuan not null,
  interest        fund.yuan not null,
  provisional     boolean,                           -- as in opening
  line            int not null,
  primary key (fund_year, scheme)
);

create table fund.insured (
  fund_year             int not null,
  area                  fund.area_code not null,
  scheme                fund.scheme not null,
  insured               bigint check (insured >= 0),
  in_service            bigint check (in_service >= 0),
  retired               bigint check (retired >= 0),
  aged_60_plus          bigint check (aged_60_plus >= 0),
  target_insured        bigint check (target_insured >= 0),
  low_income_registered bigint check (low_income_registered >= 0),
  low_income_paid       bigint check (low_income_paid >= 0),
  line                  int not null,
  primary key (fund_year, area, scheme),
  foreign key (fund_year, area) references fund.area
);

create table fund.medical_aid (
  fund_year int  not null references fund.fund_year,
  area      fund.area_code,                          -- null: every area without rows of its own for the group
  "group"   text not null,
  kind      text not null check (kind in ('full', 'percent', 'fixed')),
  value     numeric,
  funding   text not null check (funding in ('medical_aid', 'fiscal')),
  line      int  not null,
  primary key (fund_year, line),
  foreign key (fund_year, area) references fund.area
);

create table fund.collection_total (
  fund_year int  not null,
  area      fund.area_code not null,
  rows      bigint not null check (rows >= 0),
  amount    fund.yuan not null,
  line      int  not null,
  primary key (fund_year, area),
  foreign key (fund_year, area) references fund.area
);

-- The roll (参保登记). A person id never leaves the database: no workflow, log or id carries one.
create table fund.resident_roll (
  fund_year int  not null,
  person    text not null,
  area      fund.area_code not null,
  banner    text,
  "group"   text not null,
  file      text not null,
  line      int  not null,
  primary key (fund_year, person, area),
  foreign key (fund_year, area) references fund.area
);
create index resident_roll_by_area on fund.resident_roll (fund_year, area);

-- Payments and refunds as they stand in the file (缴费流水), and what became of each row.
create table fund.resident_payment (
  id               bigint generated always as identity primary key,
  fund_year        int  not null references fund.fund_year,
  file             text not null,
  line             int  not null,
  receipt          text not null,
  person           text not null,
  named_area       text not null,
  area             fund.area_code,                   -- the known area that the row names, else null
  amount           fund.yuan,                        -- null: unreadable
  paid_instant     numeric,                          -- seconds since 1970, exact; null: unreadable
  paid_on          date,                             -- the Shanghai date of that instant
  kind             text check (kind in ('payment', 'refund')),
  original_receipt text not null,
  malformed        boolean not null,
  outcome          text check (outcome in ('accepted', 'quarantined')),
  reason           text,
  aid              fund.yuan,                        -- medical aid booked with an accepted payment, or reversed by its refund
  refund_of        bigint references fund.resident_payment,
  refunded         boolean not null default false,
  unique (fund_year, file, line),
  foreign key (fund_year, area) references fund.area,
  check (malformed or (amount is not null and amount > 0 and paid_instant is not null and paid_on is not null and kind is not null)),
  check ((reason is not null) = (outcome is not distinct from 'quarantined')),
  check ((refund_of is not null) = (outcome is not distinct from 'accepted' and kind = 'refund'))
);
-- What must never be, whatever the code does: a payment refunded twice, a receipt accepted twice, a person enrolled
-- twice.
create unique index one_refund_per_payment on fund.resident_payment (refund_of);
create unique index one_accepted_row_per_receipt on fund.resident_payment (fund_year, receipt) where outcome = 'accepted';
create unique index one_enrolment_per_person on fund.resident_payment (fund_year, person)
  where outcome = 'accepted' and kind = 'payment' and not refunded;
create index resident_payment_by_receipt on fund.resident_payment (fund_year, receipt);
create index resident_payment_by_person on fund.resident_payment (fund_year, person);
create index resident_payment_by_area on fund.resident_payment (fund_year, area);
-- The rows that are still to be decided.
create index undecided on fund.resident_payment (fund_year, paid_on) where outcome is null;
create index undated on fund.resident_payment (fund_year) where outcome is null and malformed;

create table fund.budget_submission (
  fund_year    int  not null,
  area         fund.area_code not null,
  scheme       fund.scheme not null,
  version      int  not null check (version > 0),
  part         fund.part not null,
  item         text not null,                        -- also unknown items and total rows: the checks speak of them
  amount       fund.yuan not null,
  reason       text not null,
  submitted_by text not null,
  line         int  not null,
  primary key (fund_year, area, scheme, version, part, item),
  foreign key (fund_year, area) references fund.area,
  foreign key (fund_year, submitted_by) references fund.operator
);

create table fund.actual (
  fund_year int  not null,
  area      fund.area_code not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  month     int  not null check (month between 1 and 12),
  item      text not null check (item not in ('superior_grant', 'subordinate_levy', 'grant_to_subordinate', 'levy_to_superior')),
  amount    fund.yuan not null,
  line      int  not null,
  primary key (fund_year, area, scheme, part, month, item),
  foreign key (fund_year, area) references fund.area
);

create table fund.subsidy_arrival (
  id        bigint generated always as identity primary key,  -- a live year's rows come in several files
  fund_year int  not null,
  area      fund.area_code not null,
  banner    text,
  level     text not null check (level in ('central', 'region', 'league', 'banner')),
  date      date not null,
  amount    fund.yuan not null,
  line      int  not null,
  foreign key (fund_year, area) references fund.area
);
create index subsidy_arrival_by_area on fund.subsidy_arrival (fund_year, area);

create table fund.conduct (
  fund_year              int not null,
  area                   fund.area_code not null,
  scheme                 fund.scheme not null,
  levy_days_late         int,
  levy_unpaid            boolean not null default false,
  own_policy_above       boolean not null default false,
  audit_refused          boolean not null default false,
  irregular_expenditure  fund.yuan not null default 0,
  performance_score      numeric,
  cause                  text check (cause in ('policy_change', 'epidemic', 'medical_rescue', 'dependency', 'other_reasonable')),
  unpaid_claims          fund.yuan,
  policy_reimbursement   numeric,
  line                   int not null,
  primary key (fund_year, area, scheme),
  foreign key (fund_year, area) references fund.area,
  check (not (levy_unpaid and levy_days_late is not null))
);

-- 更正: who changed which row of an input file, why, from what to what.
create table fund.correction (
  id           bigint generated always as identity primary key,
  fund_year    int   not null references fund.fund_year,
  file         text  not null,
  key          jsonb not null,
  before       jsonb not null,
  after        jsonb not null,
  reason       text  not null check (reason <> ''),
  operator     text  not null,                       -- or 'system', where a provisional opening follows the books
  made_xid     xid8  not null default pg_current_xact_id(),
  corrected_at timestamptz not null default now()
);
