-- 任职人员: who holds an office today.
create or replace view fund.office_holder with (security_invoker) as
select fund_year, operator, name, role, area, appointed_at, until from fund.operator
where appointed_at is not null and (until is null or until >= (now() at time zone 'Asia/Shanghai')::date);
grant select on fund.office_holder to fund_worker, fund_reader;
