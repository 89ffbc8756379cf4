-- The last check of each month (RULES 9: “recomputes when Y closes”), and the current findings: those of no month, those of a
-- month's last check, and, for books and bank, those of the last agreement.
create or replace view fund.risk with (security_invoker) as
  select distinct on (fund_year, area, scheme, month) * from fund.risk_reckoned
  order by fund_year, area, scheme, month, reckoning desc;

-- The last count of each month's monitoring of heavy burdens, by area.
create or replace view fund.monitoring with (security_invoker) as
  select m.* from fund.monitoring_reckoned m
  where m.reckoning = (select max(r.reckoning) from fund.monitoring_reckoned r
                       where (r.fund_year, r.area, r.month) = (m.fund_year, m.area, m.month));

create or replace view fund.current_finding with (security_invoker) as
  select f.* from fund.finding f
  where case
    when f.code = 'bank_difference' then exists (
      select from fund.agreement a
      where (a.fund_year, a.area, a.scheme::text, a.reckoning) = (f.fund_year, f.area, f.scheme::text, f.reckoning)
        and f.subject = concat_ws(' ', a.part, a.account, to_char(a.date, 'YYYY-MM-DD')))
    when f.code = 'push_unanswered' then f.reckoning = (
      select max(r.reckoning) from fund.monitoring_reckoned r
      where (r.fund_year, r.area, r.month) = (f.fund_year, f.area::text, f.month))
    else f.month is null
      or f.reckoning = (select max(r.reckoning) from fund.risk_reckoned r
                        where (r.fund_year, r.area, r.scheme, r.month) = (f.fund_year, f.area, f.scheme, f.month))
  end;

grant select on fund.risk, fund.monitoring, fund.current_finding to fund_worker, fund_reader;
