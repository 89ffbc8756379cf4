-- Some columns are written once and then never change: a year that is over stays so, a finished task finished, a receipt as it is.

create or replace function fund.forward_only() returns trigger language plpgsql as $$
begin
  raise exception '% 只能向前变更，不能撤回 (it moves forward only)', tg_table_name using errcode = 'restrict_violation';
end $$;
create or replace trigger forward_only before update on fund.fund_year for each row
  when (old.status <> 'open' or (old.workflow_id is not null and new.workflow_id is distinct from old.workflow_id))
  execute function fund.forward_only();
create or replace trigger forward_only before update on fund.task for each row
  when (old.state <> 'open') execute function fund.forward_only();
create or replace trigger forward_only before update on fund.act for each row
  when (old.receipt is not null) execute function fund.forward_only();
create or replace trigger forward_only before update on fund.alert for each row
  when (old.solved_at is not null) execute function fund.forward_only();
create or replace trigger forward_only before update on fund.burden_flag for each row
  when (old.withdrawn) execute function fund.forward_only();
