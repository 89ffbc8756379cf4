-- 更正: imported rows change only in a transaction that records a correction, made by an office that may make it.

create or replace function fund.corrected_only() returns trigger language plpgsql as $$
begin
  if exists (select from fund.fund_year where year = old.fund_year and status <> 'open') then
    raise exception '% 年度已结账或作废，不能更正（在开放年度更正）(fund year % is not open)', old.fund_year, old.fund_year
      using errcode = 'restrict_violation';
  end if;
  if not exists (select from fund.correction where fund_year = old.fund_year and made_xid = pg_current_xact_id()) then
    raise exception '导入的数据只能凭更正记录修改 (imported rows change by a correction only)' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
do $$
declare
  input text;
begin
  foreach input in array array['banner', 'history', 'opening', 'adjustment_fund', 'insured', 'collection_total',
                               'actual', 'conduct', 'parameter_override', 'parameter_in_force', 'area',
                               'premium_basis', 'benefit_basis', 'target',
                               'burden', 'recognition', 'position', 'bank_balance', 'payment_unit', 'unit_account'] loop
    execute format('create or replace trigger corrected_only before update on fund.%I
      for each row execute function fund.corrected_only()', input);
  end loop;
end $$;

-- An appointment, or the end of one, is no correction.
create or replace trigger corrected_only before update on fund.operator for each row
  when ((old.name, old.role, old.area) is distinct from (new.name, new.role, new.area)) execute function fund.corrected_only();

-- 更正权限: an area's office corrects rows of its own area; rows of no area, or of another one, are the region's to correct.
create or replace function fund.corrected_by_office() returns trigger language plpgsql as $$
declare
  own fund.office_holder;
begin
  if new.operator = 'system' then return new; end if;
  select * into own from fund.office_holder where fund_year = new.fund_year and operator = new.operator;
  if not found then
    raise exception '% 年度没有在任的工号 % (no such operator in office)', new.fund_year, new.operator using errcode = 'restrict_violation';
  end if;
  if own.area is not null and new.key ->> 'area' is distinct from own.area::text then
    raise exception '工号 % 属统筹区 %，不能更正 % 的这一行 (not its area)', new.operator, own.area, new.file
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger correction_by_office before insert on fund.correction
  for each row execute function fund.corrected_by_office();
