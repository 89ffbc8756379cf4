-- 所依数字已变，重新提请: which chain asks for what another has asked, and what such a renewal may do.

-- Where what a chain decides on was submitted: the chain itself, or the one that it has come from by renewals.
create or replace function fund.submitted_in(of_chain text) returns text language sql stable as $$
  with recursive before (chain, back) as (
    select of_chain, 0
    union all
    select r.voided, b.back + 1 from before b join fund.reopened_chain r on r.chain = b.chain
    where not exists (select from fund.task t where t.chain = b.chain and t.kind = 'submit'))
  select chain from before order by back desc limit 1
$$;

-- The chain that asks by now what a chain has asked; the chain itself while its figures hold.
create or replace function fund.asks_now(of_chain text) returns text language sql stable as $$
  with recursive later (chain, on_its_way) as (
    select of_chain, 0
    union all
    select r.chain, l.on_its_way + 1 from later l join fund.reopened_chain r on r.voided = l.chain where r.chain is not null)
  select chain from later order by on_its_way desc limit 1
$$;

-- What is void has nothing left to decide, and what asks anew asks about the same, on other figures.
create or replace function fund.check_reopened() returns trigger language plpgsql as $$
begin
  if exists (select from fund.task where chain = new.voided and state = 'open')
    or not exists (select from fund.task where chain = new.voided and state = 'void' and fund_year = new.fund_year) then
    raise exception '% 未作废，不能重新提请 (the chain is not void)', new.voided using errcode = 'check_violation';
  end if;
  if new.chain is not null and not exists (
    select from fund.task asked join fund.task void on void.chain = new.voided and void.state = 'void'
    where asked.chain = new.chain
      and (asked.fund_year, asked.workflow_id, asked.of_area) is not distinct from (void.fund_year, void.workflow_id, void.of_area)
      and asked.of_scheme is not distinct from void.of_scheme and asked.figures_hash <> void.figures_hash) then
    raise exception '% 不是就变动后的数字重新提请 % (it does not ask anew)', new.chain, new.voided using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists check_reopened on fund.reopened_chain;
create constraint trigger check_reopened after insert on fund.reopened_chain
  deferrable initially deferred for each row execute function fund.check_reopened();

-- A check is judged anew only with the chain that was shown it: in the transaction that makes that void.
create or replace function fund.rejudged_only() returns trigger language plpgsql as $$
begin
  if not exists (
    select from fund.reopened_chain r join fund.task t on t.chain = r.voided
    where r.made_xid = pg_current_xact_id() and (t.fund_year, t.of_area, t.of_scheme) = (new.fund_year, new.area, new.scheme)
  ) then
    raise exception '审核结果只随所依数字变动重新审核 (a check is judged anew only when its figures change)' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger rejudged_only before update on fund.budget_check
  for each row execute function fund.rejudged_only();

-- The rows of a version of a budget as one hash: what whoever submits it signs. Null where there is no such version.
create or replace function fund.rows_hash(of_year int, of_area text, of_the_scheme text, of_version int) returns text language sql stable as $$
  select encode(sha256(convert_to(
    string_agg(jsonb_build_array(part, item, amount, reason, date)::text, E'\n' order by part collate "C", item collate "C"), 'UTF8')), 'hex')
  from (
    select part::text, item, amount, reason, null::date as date from fund.budget_submission
    where (fund_year, area, scheme, version) = (of_year, of_area, of_the_scheme, of_version)
    union all
    select part::text, item, amount, reason, date from fund.budget_adjustment
    where (fund_year, area, scheme, version) = (of_year, of_area, of_the_scheme, of_version)) rows
$$;
