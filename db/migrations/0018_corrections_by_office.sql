-- 更正权限: an area's office corrects rows of its own area; what belongs to no area, or to another one, is the region's to correct.
create function fund.corrected_by_office() returns trigger language plpgsql as $$
declare
  own fund.operator;
begin
  if new.operator = 'system' then return new; end if;
  select * into own from fund.operator where fund_year = new.fund_year and operator = new.operator;
  if not found then
    raise exception '% 年度没有工号 % (no such operator)', new.fund_year, new.operator using errcode = 'restrict_violation';
  end if;
  if own.area is not null and new.key ->> 'area' is distinct from own.area::text then
    raise exception '工号 % 属统筹区 %，不能更正 % 的这一行 (not its area)', new.operator, own.area, new.file
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger correction_by_office before insert on fund.correction
  for each row execute function fund.corrected_by_office();
