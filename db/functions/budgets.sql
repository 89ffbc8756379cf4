-- A budget comes into force only when it may: its checks passed, and everyone whose approval it needs has approved.

-- Whether a version was checked and no check failed.
create or replace function fund.passes_checks(of_year int, of_area text, of_the_scheme text, of_version int)
  returns boolean language sql stable as $$
  select count(*) > 0 and bool_and(result <> 'fail') from fund.budget_check
  where (fund_year, area, scheme, version) = (of_year, of_area, of_the_scheme, of_version)
$$;

create or replace function fund.approvable_only() returns trigger language plpgsql as $$
begin
  if new.origin = 'submitted' and not fund.passes_checks(new.fund_year, new.area, new.scheme, new.version) then
    raise exception '% % 预算第 % 版未通过审核，不能生效', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger approvable_only before insert or update on fund.budget
  for each row execute function fund.approvable_only();

-- A submitted budget needs the four approvals of the very version that was submitted, all on the same figures; a directed one
-- (以收定支) needs that of the region's government.
create or replace function fund.approved_only() returns trigger language plpgsql as $$
begin
  if new.origin = 'submitted' and not exists (
    select from fund.task t join fund.decision d on d.chain = fund.submitted_in(t.chain) and d.decision = 'submit'
    where t.fund_year = new.fund_year and t.of_area = new.area and t.of_scheme = new.scheme
      and t.kind = 'approve' and d.version = new.version
      and fund.is_approved(t.chain, array['area_finance', 'region_security', 'region_finance', 'region_government'])
  ) then
    raise exception '% % 预算第 % 版审批未完成，不能生效', new.area, new.scheme, new.version using errcode = 'check_violation';
  end if;
  if new.origin = 'directed' and not exists (
    select from fund.task t
    where t.fund_year = new.fund_year and t.of_area = new.area and t.of_scheme = new.scheme and t.kind = 'approve'
      and not exists (select from fund.task s where s.chain = fund.submitted_in(t.chain) and s.kind = 'submit')
      and fund.is_approved(t.chain, array['region_government'])
  ) then
    raise exception '% % 以收定支预算未经自治区人民政府批准，不能生效', new.area, new.scheme using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger approved_only before insert or update on fund.budget
  for each row execute function fund.approved_only();
