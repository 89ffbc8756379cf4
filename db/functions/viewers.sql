-- What a person may see at the desk (0020). Who reads for one acts as fund_viewer, which sees the years and areas that its transaction
-- names (db/seen.ts), and before it names any, nothing. Whatever a page forgets, the rows of another area do not reach it.
-- A migration that adds tables is named here, so that this file changes and is applied to them too: 0025.

-- Whether a row about an area of a year is among what is seen; about no area: whether the whole year is.
create or replace function fund.is_seen(of_year int, of_area text) returns boolean language sql stable as $$
  select of_year::text = any (string_to_array(current_setting('fund.seen_years', true), ','))
    or of_year || '/' || of_area = any (string_to_array(current_setting('fund.seen_areas', true), ','))
$$;

-- Everybody else reads and writes as before. The owner, and functions that run as the owner, are under no policy. COPY into a table with
-- policies is refused to all but the owner, so the tables into which the worker copies have none: they are not for the viewer at all.
create or replace function fund.let_see(seen text, which text, columns text default null) returns void language plpgsql as $$
begin
  execute format('grant select%s on fund.%I to fund_viewer', ' (' || columns || ')', seen);
  execute format('drop policy if exists seen on fund.%I', seen);
  execute format('create policy seen on fund.%I for select to fund_viewer using (%s)', seen, which);
  if not exists (select from pg_policies where schemaname = 'fund' and tablename = seen and policyname = 'whole') then
    execute format('create policy whole on fund.%I to fund_worker, fund_reader using (true) with check (true)', seen);
    execute format('alter table fund.%I enable row level security', seen);
  end if;
end $$;
revoke execute on function fund.let_see from public, fund_worker;

do $$
declare
  of_areas text;
begin
  foreach of_areas in array array[
    'area', 'banner', 'history', 'budget_submission', 'budget_check', 'budget_estimate', 'budget', 'budget_item', 'budget_adjustment',
    'adjustment_request', 'adjusted_budget', 'adjusted_budget_item', 'collection', 'collection_term', 'collection_day', 'collection_extension',
    'clearing', 'sharing', 'emergency_request', 'risk_reckoned', 'monitoring_reckoned', 'agreement_reckoned', 'finding'] loop
    perform fund.let_see(of_areas, 'fund.is_seen(fund_year, area)');
  end loop;
  perform fund.let_see('task', 'fund.is_seen(fund_year, of_area)');
  perform fund.let_see('decision', 'exists (select from fund.task t where t.task = decision.task)');
  perform fund.let_see('reopened_chain', 'exists (select from fund.task t where t.chain = voided)');
  perform fund.let_see('correction', $which$fund.is_seen(fund_year, key ->> 'area')$which$);
  -- Those of the region act for every area.
  perform fund.let_see('operator', 'area is null or fund.is_seen(fund_year, area)');
  -- Payments without the persons who paid.
  perform fund.let_see('resident_payment', 'fund.is_seen(fund_year, area)',
    'fund_year, file, line, receipt, area, amount, paid_on, kind, outcome, reason');
  -- What the offices of an area brought; the rest is of the region.
  perform fund.let_see('import_report', 'fund.is_seen(fund_year, null) or exists (
    select from fund.operator o where (o.fund_year, o.operator) = (import_report.fund_year, import_report.operator)
      and fund.is_seen(o.fund_year, o.area))');
  perform fund.let_see('archived_table', 'fund.is_seen(fund_year, null)');
  -- What two of the region agree on is of no year.
  perform fund.let_see('joint_act', $which$current_setting('fund.seen_years', true) <> ''$which$);
  perform fund.let_see('proof', 'exists (select from fund.decision d where d.proof = nonce)
    or exists (select from fund.correction c where c.proof = nonce) or exists (select from fund.collection_extension e where e.proof = nonce)
    or exists (select from fund.joint_act j where j.proof = nonce)
    or exists (select from fund.import_report i where i.proof = nonce)');
end $$;

-- The same for everybody. The views are read with the rights of whoever asks.
grant select on fund.fund_year, fund.parameter_in_force, fund.parameter_override, fund.skipped_step, fund.freeze to fund_viewer;
grant select on fund.office_holder, fund.risk, fund.monitoring, fund.agreement, fund.current_finding to fund_viewer;
