-- 紧急调剂 (RULES 8 "Emergency request"): an area asks the adjustment fund for money within the year; the region's three
-- offices approve, and the advance is part of F at settlement.
create table fund.emergency_request (
  fund_year    int  not null,
  scheme       fund.scheme not null,
  area         fund.area_code not null,
  number       int  not null check (number > 0),     -- of the area and scheme in the year
  amount       fund.yuan not null check (amount > 0),
  cause        text not null check (cause in ('policy_change', 'epidemic', 'medical_rescue')),
  document     text not null check (document <> ''), -- 文号 of the area's request; one request each
  requested_on date not null,
  workflow_id  text not null unique,
  chain        text not null unique,
  primary key (fund_year, scheme, area, number),
  unique (fund_year, scheme, area, document),
  foreign key (fund_year, area) references fund.area
);

create table fund.emergency_advance (
  fund_year int  not null,
  scheme    fund.scheme not null,
  area      fund.area_code not null,
  number    int  not null,
  amount    fund.yuan not null,
  paid_on   date not null,
  because   jsonb not null,
  primary key (fund_year, scheme, area, number),
  foreign key (fund_year, scheme, area, number) references fund.emergency_request
);
