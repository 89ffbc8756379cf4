-- The last check of each month (RULES 9: “recomputes when Y closes”), and the findings that hold: those of no month, and those
-- of a month's last check.
create or replace view fund.risk as
  select distinct on (fund_year, area, scheme, month) * from fund.risk_reckoned
  order by fund_year, area, scheme, month, reckoning desc;

-- The last count of each month's monitoring of heavy burdens, by area.
create or replace view fund.monitoring as
  select m.* from fund.monitoring_reckoned m
  where m.reckoning = (select max(r.reckoning) from fund.monitoring_reckoned r
                       where (r.fund_year, r.area, r.month) = (m.fund_year, m.area, m.month));

create or replace view fund.current_finding as
  select f.* from fund.finding f
  where f.month is null
     or f.reckoning = case when f.code = 'push_unanswered'
          then (select max(r.reckoning) from fund.monitoring_reckoned r
                where (r.fund_year, r.area, r.month) = (f.fund_year, f.area::text, f.month))
          else (select max(r.reckoning) from fund.risk_reckoned r
                where (r.fund_year, r.area, r.scheme, r.month) = (f.fund_year, f.area, f.scheme, f.month)) end;

grant select on fund.risk, fund.monitoring, fund.current_finding to fund_worker, fund_reader;
