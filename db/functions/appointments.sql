-- Who holds an office. A row of a live year is a proposal until two of the region's security bureau appoint it; a changed name or
-- office is one again. The operators of a simulated year are those of its pack.

-- Whether the session acts as the owner of the tables. The catalogue is named, so that no temporary table takes its place.
create or replace function fund.is_owner() returns boolean language sql stable as $$
  select pg_catalog.pg_has_role(current_user, (select relowner from pg_catalog.pg_class where oid = 'fund.operator'::regclass), 'usage')
$$;

create or replace function fund.propose_operator() returns trigger language plpgsql as $$
begin
  if exists (select from fund.fund_year where year = new.fund_year and mode = 'run') then
    new.appointed_at := coalesce(new.appointed_at, now());
  -- The functions below run as the owner.
  elsif not fund.is_owner() and (tg_op = 'INSERT' or (new.name, new.role, new.area) is distinct from (old.name, old.role, old.area)) then
    new.appointed_at := null;
    new.proposed_at := now();
  end if;
  return new;
end $$;
create or replace trigger propose_operator before insert or update on fund.operator
  for each row execute function fund.propose_operator();

-- The joint act that appoints everybody who is proposed now: the same for both who sign, unless the proposals have changed between.
-- How often each was appointed before tells apart lists that are alike.
create or replace function fund.appointment_matter(of_year int) returns text language sql stable as $$
  select 'appoint/' || of_year || '/' || encode(sha256(convert_to(
    string_agg(concat_ws('|', operator, name, role, area, earlier), E'\n' order by operator collate "C"), 'UTF8')), 'hex')
  from (
    select o.*, (select count(*) from fund.appointment a where (a.fund_year, a.operator) = (o.fund_year, o.operator)) as earlier
    from fund.operator o where o.fund_year = of_year and o.appointed_at is null
  ) proposed
$$;

-- Appoints them once two have signed. Runs as the owner: nobody else appoints.
create or replace function fund.appoint(of_year int) returns int
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  agreed text := fund.appointment_matter(of_year);
  appointed int;
begin
  if agreed is null or not fund.is_agreed(agreed) then return 0; end if;
  insert into fund.appointment (fund_year, matter, operator, name, role, area)
  select fund_year, agreed, operator, name, role, area from fund.operator where fund_year = of_year and appointed_at is null;
  update fund.operator set appointed_at = now() where fund_year = of_year and appointed_at is null;
  get diagnostics appointed = row_count;
  return appointed;
end $$;

-- 首任: the first two of the region's security bureau are named by the login that owns the database, as long as fewer hold that office in
-- a year that is open.
create or replace function fund.appoint_first(of_year int, of_operator text) returns void
language plpgsql set search_path = pg_catalog, fund, pg_temp as $$
begin
  if (select count(distinct h.operator) from fund.office_holder h join fund.fund_year y on y.year = h.fund_year
      where h.role = 'region_security' and y.status = 'open' and y.mode = 'live') >= 2 then
    raise exception '自治区医保局已有两名任职人员，由其两人办理任命 (two of the region’s security bureau appoint)' using errcode = 'restrict_violation';
  end if;
  if not exists (select from fund.operator where fund_year = of_year and operator = of_operator and role = 'region_security' and appointed_at is null) then
    raise exception '% 年度没有待任命的自治区医保局工号 % (no such operator is proposed)', of_year, of_operator using errcode = 'restrict_violation';
  end if;
  insert into fund.appointment (fund_year, matter, operator, name, role, area)
  select fund_year, session_user, operator, name, role, area from fund.operator where fund_year = of_year and operator = of_operator;
  update fund.operator set appointed_at = now() where fund_year = of_year and operator = of_operator;
end $$;

-- 离任: the last day in office, once two have signed for it.
create or replace function fund.end_office(of_year int, of_operator text, last date) returns boolean
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  agreed text := concat_ws('/', 'end-office', of_year, of_operator, last);
begin
  if not fund.is_agreed(agreed) then return false; end if;
  -- An agreement is carried out once: a later one on another day stands.
  if exists (select from fund.appointment where (fund_year, matter, operator) = (of_year, agreed, of_operator)) then return true; end if;
  insert into fund.appointment (fund_year, matter, operator, name, role, area, until)
  select fund_year, agreed, operator, name, role, area, last from fund.operator where fund_year = of_year and operator = of_operator;
  update fund.operator set until = last where fund_year = of_year and operator = of_operator;
  return found;
end $$;

revoke execute on function fund.appoint, fund.appoint_first, fund.end_office from public;
grant execute on function fund.appoint, fund.end_office to fund_worker;

-- What an operator is called in the newest year that names him; null where none does.
create or replace function fund.name_of(of_operator text) returns text language sql stable as $$
  select name from fund.operator where operator = of_operator order by fund_year desc limit 1
$$;
