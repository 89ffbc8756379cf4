-- 通知: what an office was told about a task of its own, once each: that it waits, that its deadline comes, that it has passed, and, one
-- level up, that it is still waiting.
create table fund.notice (
  task    text not null references fund.task,
  office  text not null,                             -- role, or role/area: who was told
  kind    text not null check (kind in ('waits', 'due_soon', 'overdue', 'escalated')),
  told_at timestamptz not null default now(),
  primary key (task, office, kind)
);
grant select on fund.notice to fund_worker, fund_reader;
grant insert on fund.notice to fund_worker;
