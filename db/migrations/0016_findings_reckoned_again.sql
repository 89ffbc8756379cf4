-- A month that is reckoned again has its findings reckoned again (RULES 9: “recomputes when Y closes”). What was told then stays;
-- of a month the findings of its last reckoning hold.
alter table fund.finding add column reckoning int not null default 1 check (reckoning > 0);
alter table fund.finding drop constraint finding_fund_year_code_area_scheme_month_subject_key;
alter table fund.finding add constraint finding_told_once
  unique nulls not distinct (fund_year, code, area, scheme, month, subject, reckoning);

create view fund.current_finding as
  select f.* from fund.finding f
  where f.month is null
     or f.reckoning = (select max(r.reckoning) from fund.risk_reckoned r
                       where (r.fund_year, r.area, r.scheme, r.month) = (f.fund_year, f.area, f.scheme, f.month));
grant select on fund.current_finding to fund_worker, fund_reader;
