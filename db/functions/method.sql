-- 无办法不拨付 (RULES 2): while a value of levy or sharing is assumed, nothing is paid into an adjustment fund or out of it in a live
-- year, until the region's government has recorded the document that decides them.

-- Why the adjustment funds of a year pay and receive nothing, in words; null where they do.
-- The same for everybody, so it runs as the owner: who sees one area alone asks it too.
create or replace function fund.why_not_paid(of_year int) returns text
language sql stable security definer set search_path = pg_catalog, fund, pg_temp as $$
  select format('%s 年度上解、分担参数尚未由文件确定，不预缴、不拨付：请自治区人民政府先办理待办“登记调剂金管理办法文号”', of_year)
  from fund.fund_year y
  where y.year = of_year and y.mode = 'live'
    and exists (select from fund.parameter_in_force p where p.fund_year = of_year and p.assumed and p.name ~ '^(levy|share)\.')
    and not exists (
      select from fund.decision d join fund.task t using (task)
      where t.fund_year = of_year and t.kind = 'record_method' and d.decision = 'record' and fund.says_something(d.document))
$$;

-- Levies, advances, and what a settlement pays, by the keys of their entries (rules/keys.ts, figures/sharing/payments.ts).
create or replace function fund.no_payment_without_method() returns trigger language plpgsql as $$
declare
  why text;
begin
  select fund.why_not_paid(fund_year) into why
  from (select distinct fund_year from new_rows where key ~ '^(levy|emergency|settlement)/') years
  where fund.why_not_paid(fund_year) is not null limit 1;
  if why is not null then
    raise exception '% (nothing is paid before the document is recorded)', why using errcode = 'check_violation';
  end if;
  return null;
end $$;
create or replace trigger no_payment_without_method after insert on fund.journal_entry
  referencing new table as new_rows for each statement execute function fund.no_payment_without_method();
