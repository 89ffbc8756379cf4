-- 总额预算与清算 (RULES 11): units and reserve add up to the total, the fund never bears more than the reserve, and no clearing is in
-- force before both offices have approved it.

-- Checked at commit, from the total and from every unit, because neither may come alone.
create or replace function fund.allotment_adds_up() returns trigger language plpgsql as $$
declare
  allotted fund.total_budget_allotted;
  units numeric;
begin
  select * into strict allotted from fund.total_budget_allotted
  where (fund_year, area, scheme, allotment) = (new.fund_year, new.area, new.scheme, new.allotment);
  select coalesce(sum(budget), 0) into units from fund.unit_budget_allotted
  where (fund_year, area, scheme, allotment) = (new.fund_year, new.area, new.scheme, new.allotment);
  if units + allotted.reserve <> allotted.total then
    raise exception '% % 各单位预算 % 元与预留 % 元合计不是总额 % 元', new.area, new.scheme, units, allotted.reserve, allotted.total
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists allotment_adds_up on fund.total_budget_allotted;
create constraint trigger allotment_adds_up after insert on fund.total_budget_allotted
  deferrable initially deferred for each row execute function fund.allotment_adds_up();
drop trigger if exists allotment_adds_up on fund.unit_budget_allotted;
create constraint trigger allotment_adds_up after insert on fund.unit_budget_allotted
  deferrable initially deferred for each row execute function fund.allotment_adds_up();

create or replace function fund.clearing_within_reserve() returns trigger language plpgsql as $$
declare
  proposed fund.clearing_proposal;
  held numeric;
  borne numeric;
begin
  select * into strict proposed from fund.clearing_proposal
  where (fund_year, area, scheme, attempt) = (new.fund_year, new.area, new.scheme, new.attempt);
  select reserve into strict held from fund.total_budget_allotted
  where (fund_year, area, scheme, allotment) = (new.fund_year, new.area, new.scheme, proposed.allotment);
  select coalesce(sum(fund_share), 0) into borne from fund.unit_clearing
  where (fund_year, area, scheme, attempt) = (new.fund_year, new.area, new.scheme, new.attempt);
  if borne <> proposed.fund_share or borne > held then
    raise exception '% % 基金分担超支合计 % 元，应为 % 元且不超过预留 % 元', new.area, new.scheme, borne, proposed.fund_share, held
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists clearing_within_reserve on fund.clearing_proposal;
create constraint trigger clearing_within_reserve after insert on fund.clearing_proposal
  deferrable initially deferred for each row execute function fund.clearing_within_reserve();
drop trigger if exists clearing_within_reserve on fund.unit_clearing;
create constraint trigger clearing_within_reserve after insert on fund.unit_clearing
  deferrable initially deferred for each row execute function fund.clearing_within_reserve();

-- The clearing table of an area and scheme, approved by its security bureau and its finance office.
create or replace function fund.approved_clearing_only() returns trigger language plpgsql as $$
begin
  if not exists (
    select from fund.clearing_proposal p
    where (p.fund_year, p.area, p.scheme, p.attempt) = (new.fund_year, new.area, new.scheme, new.attempt)
      and fund.is_approved(p.chain, array['area_security', 'area_finance']))
  then
    raise exception '% % 清算表审批未完成，不能生效', new.area, new.scheme using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace trigger approved_clearing_only before insert or update on fund.clearing
  for each row execute function fund.approved_clearing_only();

-- Whether a clearing table that rests on the units and accounts of a fund is being decided, or is in force.
create or replace function fund.is_being_cleared(of_year int, of_the_area text, of_the_scheme text) returns boolean language sql stable as $$
  select exists (
    select from fund.clearing_proposal p
    where p.fund_year = of_year and p.area = of_the_area and p.scheme = of_the_scheme
      and (exists (select from fund.task t where t.chain = p.chain and t.kind = 'approve' and t.state = 'open')
        or exists (select from fund.clearing c
                   where (c.fund_year, c.area, c.scheme, c.attempt) = (p.fund_year, p.area, p.scheme, p.attempt))))
$$;

-- They are frozen meanwhile: an approved table must show what it was made from.
create or replace function fund.not_while_cleared() returns trigger language plpgsql as $$
begin
  if fund.is_being_cleared(new.fund_year, new.area, new.scheme) then
    raise exception '% % 的清算表已提请审批或已生效，单位与账目不能再改', new.area, new.scheme using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger not_while_cleared before insert or update on fund.payment_unit
  for each row execute function fund.not_while_cleared();
create or replace trigger not_while_cleared before insert or update on fund.unit_account
  for each row execute function fund.not_while_cleared();
