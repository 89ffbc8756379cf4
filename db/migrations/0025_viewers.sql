-- 查看人: the role as which the desk reads for a person. What it may read, and which rows, stands in db/functions/viewers.sql. Every
-- login that reads may act as it, since it sees less.
do $$
begin
  if not exists (select from pg_roles where rolname = 'fund_viewer') then
    create role fund_viewer nologin;
  end if;
  if not pg_has_role('fund_reader', 'fund_viewer', 'member') then
    grant fund_viewer to fund_reader;
  end if;
exception when insufficient_privilege then
  raise exception '数据库属主不能建立角色，请由数据库管理员先执行：create role fund_viewer nologin; grant fund_viewer to fund_reader; (the owner may not create roles: have an administrator run this first)';
end $$;
grant usage on schema fund to fund_viewer;
