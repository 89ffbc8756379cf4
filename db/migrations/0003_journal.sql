-- The books: double entry, append-only, per entity × scheme × part (RULES 9).
create table fund.journal_entry (
  id         bigint generated always as identity primary key,
  fund_year  int  not null references fund.fund_year,
  date       date not null,
  entity     text not null,                          -- an area code, or 'region' for the adjustment fund
  scheme     fund.scheme not null,
  part       fund.part not null,
  key        text not null,
  basis      text not null check (basis <> ''),      -- 依据: the article
  because    jsonb not null default '{}',
  posted_xid xid8 not null default pg_current_xact_id(),
  posted_at  timestamptz not null default now(),
  unique (fund_year, key),
  unique (id, scheme)
);
create index journal_entry_by_fund on fund.journal_entry (fund_year, entity, scheme, part, date);

create table fund.journal_line (
  entry_id bigint not null,
  side     int    not null check (side in (1, -1)),  -- 1 debit, -1 credit
  scheme   fund.scheme not null,                     -- that of the entry: the schemes never meet in one entry
  account  text   not null,
  amount   fund.yuan not null check (amount > 0),
  primary key (entry_id, side, account),
  foreign key (entry_id, scheme) references fund.journal_entry (id, scheme)
);
