-- Least privilege: the worker adds facts and never takes one back; the reader reads.
do $$
begin
  if not exists (select from pg_roles where rolname = 'fund_worker') then create role fund_worker nologin; end if;
  if not exists (select from pg_roles where rolname = 'fund_reader') then create role fund_reader nologin; end if;
end $$;
grant fund_worker, fund_reader to current_user;

grant usage on schema fund to fund_worker, fund_reader;
grant select on all tables in schema fund to fund_worker, fund_reader;
grant insert on all tables in schema fund to fund_worker;
grant update (status, closed_on, workflow_id, first_run_id, simulation) on fund.fund_year to fund_worker;
grant update (receipt) on fund.act to fund_worker;
grant update (state) on fund.task to fund_worker;
grant update (outcome, reason, aid, refund_of, refunded) on fund.resident_payment to fund_worker;

-- Some columns are written later, and only forward: a closed year stays closed, a task that is done stays done, a
-- receipt stays what it was.
create function fund.forward_only() returns trigger language plpgsql as $$
begin
  raise exception '% 只能向前变更，不能撤回 (it moves forward only)', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger forward_only before update on fund.fund_year for each row
  when (old.status = 'closed' or (old.workflow_id is not null and new.workflow_id is distinct from old.workflow_id))
  execute function fund.forward_only();
create trigger forward_only before update on fund.task for each row
  when (old.state <> 'open') execute function fund.forward_only();
create trigger forward_only before update on fund.act for each row
  when (old.receipt is not null) execute function fund.forward_only();

-- What an auditor adds up: the balance of an account of a fund, on a date or at the end.
create view fund.ledger as
  select e.fund_year, e.id as entry_id, e.date, e.entity, e.scheme, e.part, e.key, e.basis, l.account,
    case when l.side = 1 then l.amount else 0 end as debit,
    case when l.side = -1 then l.amount else 0 end as credit,
    l.side * l.amount as debit_less_credit
  from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id;

-- closing(Y) of each fund: its special account without the cash under review (READINGS 44).
create view fund.closing as
  select fund_year, entity, scheme, part, sum(debit_less_credit) as amount
  from fund.ledger where account in ('财政专户存款', '待核对款')
  group by fund_year, entity, scheme, part;

grant select on fund.ledger, fund.closing to fund_worker, fund_reader;
