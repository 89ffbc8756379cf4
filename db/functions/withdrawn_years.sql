-- 撤回: a live year that was begun by mistake is taken back, as long as it holds nothing but its own row. Whatever was imported or
-- done refers to that row, so a year with anything in it stays. Runs as the owner, because the worker deletes nothing.
create or replace function fund.withdraw_year(of_year int) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  delete from fund.fund_year where year = of_year and mode = 'live' and status = 'open';
  if not found then
    raise exception '数据库中没有进行中的 % 正式年度 (no such live year is open)', of_year using errcode = 'restrict_violation';
  end if;
exception when foreign_key_violation then
  raise exception '% 年度已有导入的数据或已办的事项，不能撤回 (the year holds files or acts)', of_year using errcode = 'restrict_violation';
end $$;
revoke execute on function fund.withdraw_year(int) from public;
grant execute on function fund.withdraw_year(int) to fund_worker;
