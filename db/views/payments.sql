-- The current 总额预算: the last allotment of each area and scheme, its units and its reserve side by side, and beside each unit what
-- the clearing in force came to.
create or replace view fund.total_budget as
  with last_allotment as (
    select distinct on (fund_year, area, scheme) * from fund.total_budget_allotted
    order by fund_year, area, scheme, allotment desc
  )
  select u.fund_year, u.area, u.scheme, u.unit, u.kind, trim_scale(u.weight) as weight, u.budget,
    c.incurred, c.paid, c.retained, c.entitled, c.fund_share, c.payable, c.clearing,
    u.because || coalesce(c.because, '{}') as because
  from last_allotment a join fund.unit_budget_allotted u using (fund_year, area, scheme, allotment)
  left join fund.clearing f using (fund_year, area, scheme)
  left join fund.unit_clearing c using (fund_year, area, scheme, attempt, unit)
  union all
  select a.fund_year, a.area, a.scheme, 'reserve', null, null, a.reserve,
    null, null, null, null, p.fund_share, null, null,
    (a.because - 'reserve') || jsonb_build_object('budget', a.because -> 'reserve') || coalesce(p.because, '{}') as because
  from last_allotment a
  left join fund.clearing f using (fund_year, area, scheme)
  left join fund.clearing_proposal p using (fund_year, area, scheme, attempt);

grant select on fund.total_budget to fund_worker, fund_reader;
