-- 所依数字已变: a chain is bound to the figures that its persons are shown. When one of them changes, the chain is void and another one
-- asks anew, in the same transaction. Approvals of the old figures stay in the trail and count for nothing.
create table fund.reopened_chain (
  fund_year   int  not null references fund.fund_year,
  voided      text primary key,                        -- the chain whose figures have changed
  chain       text unique check (chain <> voided),     -- the one that asks anew; null: nothing is left to ask
  why         text not null,                           -- Chinese, for the persons of both
  receipt     jsonb,                                   -- what the page of the workflow shows of the new question
  made_xid    xid8 not null default pg_current_xact_id(),
  reopened_at timestamptz not null default clock_timestamp(),  -- after whatever this transaction had to wait for
  constraint why_says_something check (fund.says_something(why))
);
create index reopened_chain_by_year on fund.reopened_chain (fund_year);
grant select on fund.reopened_chain to fund_worker, fund_reader;
grant insert on fund.reopened_chain to fund_worker;

-- The checks of a version are judged anew when what they rest on has changed (rejudged_only, in db/functions/reopened.sql).
grant update (result, figure, because) on fund.budget_check to fund_worker;

-- The office that acted on the old figures is told as well.
alter table fund.notice drop constraint notice_kind_check, add constraint notice_kind_check
  check (kind in ('waits', 'due_soon', 'overdue', 'escalated', 'voided'));

-- Whoever submits a version of a budget signs its rows, by their hash (fund.rows_hash). Submissions from before have none.
alter table fund.decision add column rows_hash text check (rows_hash ~ '^[0-9a-f]{64}$');
