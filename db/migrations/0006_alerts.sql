-- What the watchdog (巡查) found wrong: since when, when it was last reported, and when it was solved.
create table fund.alert (
  key       text not null,                           -- what is wrong, e.g. not_started/2027
  since     timestamptz not null,
  fund_year int,                                     -- null: of no year alone
  problem   text not null,                           -- Chinese
  remedy    text not null,                           -- Chinese: what to do
  last_told timestamptz,
  solved_at timestamptz,
  primary key (key, since)
);
create unique index one_open_alert on fund.alert (key) where solved_at is null;
