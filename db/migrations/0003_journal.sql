-- The books: double entry, append-only, per entity × scheme × part. RULES 9.
create table fund.journal_entry (
  id         bigint generated always as identity primary key,
  fund_year  int  not null references fund.fund_year,
  date       date not null,
  entity     text not null,                          -- an area code, or 'region' for the adjustment fund
  scheme     fund.scheme not null,
  part       fund.part not null,
  key        text not null,
  basis      text not null check (basis <> ''),      -- 依据: the article
  posted_xid xid8 not null default pg_current_xact_id(),
  posted_at  timestamptz not null default now(),
  unique (fund_year, key),
  unique (id, scheme)
);

create table fund.journal_line (
  entry_id bigint not null,
  side     int    not null check (side in (1, -1)),  -- 1 debit, -1 credit
  scheme   fund.scheme not null,                     -- that of the entry: the schemes never meet in one entry
  account  text   not null,
  amount   fund.yuan not null check (amount > 0),
  primary key (entry_id, side, account),
  foreign key (entry_id, scheme) references fund.journal_entry (id, scheme)
);
create index journal_entry_by_fund on fund.journal_entry (fund_year, entity, scheme, part, date);

create function fund.journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '账簿只增不改：更正请另记冲回分录 (the journal is append-only: post a reversing entry)'
    using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on fund.journal_entry
  for each statement execute function fund.journal_is_append_only();
create trigger append_only before update or delete or truncate on fund.journal_line
  for each statement execute function fund.journal_is_append_only();

-- A closed year refuses entries; an error found later is posted in the open year, naming the closed entry.
create function fund.refuse_closed_year() returns trigger language plpgsql as $$
declare
  closed int;
begin
  -- Locked, so that a year that is being closed is either closed before this entry or after it.
  perform from fund.fund_year where year in (select fund_year from new_entries) for share;
  select year into closed from fund.fund_year
  where status = 'closed' and year in (select fund_year from new_entries) limit 1;
  if closed is not null then
    raise exception '% 年度已结账，不能再记账 (fund year % is closed)', closed, closed using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger open_year_only after insert on fund.journal_entry
  referencing new table as new_entries for each statement execute function fund.refuse_closed_year();

-- No line may join an entry that another transaction posted: it would escape the balance check.
create function fund.lines_come_with_their_entry() returns trigger language plpgsql as $$
begin
  if exists (
    select from new_lines l join fund.journal_entry e on e.id = l.entry_id where e.posted_xid <> pg_current_xact_id()
  ) then
    raise exception '分录已入账，不能再加行 (a posted entry takes no more lines)' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger same_transaction after insert on fund.journal_line
  referencing new table as new_lines for each statement execute function fund.lines_come_with_their_entry();

-- Balance is proven at commit, once per entry.
create function fund.entry_balances() returns trigger language plpgsql as $$
declare
  difference numeric;
  sides int;
begin
  select coalesce(sum(side * amount), 0), count(distinct side) into difference, sides
  from fund.journal_line where entry_id = new.id;
  if difference <> 0 or sides <> 2 then
    raise exception '分录 % 借贷不平，差额 % (entry does not balance)', new.key, difference using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_balances after insert on fund.journal_entry
  deferrable initially deferred for each row execute function fund.entry_balances();

-- Lines are held to it too: a check that was called for early must not let a later line of the transaction through.
create function fund.line_keeps_balance() returns trigger language plpgsql as $$
begin
  if (select sum(side * amount) from fund.journal_line where entry_id = new.entry_id) <> 0 then
    raise exception '分录 % 借贷不平 (a line leaves its entry unbalanced)', new.entry_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger line_keeps_balance after insert on fund.journal_line
  deferrable initially deferred for each row execute function fund.line_keeps_balance();
