-- 任职: a file of operators proposes; in a live year whoever it names holds the office once two of the region's security bureau have
-- appointed him (docs/decisions/0017).
-- Those who are there hold their offices. They get the date by the default: an update would need a correction of each row.
alter table fund.operator add column appointed_at timestamptz default now(); -- null: proposed
alter table fund.operator alter column appointed_at drop default;
alter table fund.operator add column until date;                 -- the last day in office; null: no end is set

create table fund.appointment (
  fund_year int  not null references fund.fund_year,
  matter    text not null,                         -- the joint act, or the owner's login that named the first
  operator  text not null,
  name      text not null,
  role      text not null,
  area      text,
  until     date,
  made_at   timestamptz not null default now(),
  primary key (fund_year, matter, operator),
  foreign key (fund_year, operator) references fund.operator
);
grant select on fund.appointment to fund_worker, fund_reader;
