-- 冻结期: days on which nothing is booked and nobody decides (an audit, the end of a year). Work waits and goes on by itself.
create table fund.freeze (
  fund_year int  not null references fund.fund_year,
  from_day  date not null,
  until_day date not null check (until_day >= from_day),
  reason    text not null,
  made_at   timestamptz not null default now(),
  lifted_at timestamptz,
  primary key (fund_year, from_day, until_day),
  constraint reason_says_something check (fund.says_something(reason))
);
grant select on fund.freeze to fund_worker, fund_reader;
