-- An import tells the workflows that wait for files once it is committed. One that is killed in between has told nobody: the
-- watchdog sees by these times that there is something to tell.
alter table fund.fund_year
  add column imported_at timestamptz,                -- the last import
  add column told_at     timestamptz;                -- up to which import the workflows have been told
grant update (imported_at, told_at) on fund.fund_year to fund_worker;
