-- 征缴延长: the region lets an area collect until a later day, at most the last of February of the coverage year (RULES 2, B(七)).
-- The window moves by such a decision alone; rows that were judged by the shorter one stand.
create table fund.collection_extension (
  fund_year     int  not null,
  area          fund.area_code not null,
  until         date not null,
  closed_before date not null,                       -- the last day before this decision
  operator      text not null,
  document      text not null check (document <> ''),
  decided_on    date not null,
  decided_at    timestamptz not null default now(),
  primary key (fund_year, area, until),
  foreign key (fund_year, area) references fund.area,
  foreign key (fund_year, operator) references fund.operator
);

-- Runs as the owner: the worker may add a decision, and may not touch the terms.
create function fund.extend_collection() returns trigger language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  late bigint;
begin
  if not exists (select from fund.operator where fund_year = new.fund_year and operator = new.operator and role = 'region_security') then
    raise exception '% 不能延长征缴期：须由自治区医保局办理', new.operator using errcode = 'check_violation';
  end if;
  if new.until > make_date(new.fund_year, 3, 1) - 1 then
    raise exception '征缴期最晚延至 % 年 2 月末，不能延至 %', new.fund_year, new.until using errcode = 'check_violation';
  end if;
  if exists (select from fund.collection c where c.fund_year = new.fund_year and c.area = new.area::text) then
    raise exception '% 的征缴已对账，不能延长', new.area using errcode = 'check_violation';
  end if;
  -- Nobody decides rows meanwhile: they would be judged by the window that is just being moved.
  lock table fund.resident_payment in share mode;
  select max(closes) into new.closed_before from fund.collection_term
  where fund_year = new.fund_year and area = new.area and not exempt;
  if new.closed_before is null then
    raise exception '% 的征缴尚未开始，不能延长', new.area using errcode = 'check_violation';
  end if;
  if new.until <= new.closed_before then
    raise exception '% 的征缴期已至 %，% 不是延长', new.area, new.closed_before, new.until using errcode = 'check_violation';
  end if;
  select count(*) into late from fund.resident_payment
  where fund_year = new.fund_year and area = new.area and reason = 'out_of_window'
    and paid_on > new.closed_before and paid_on <= new.until;
  if late > 0 then
    raise exception '% 已有 % 笔 % 以后的缴费按原征缴期判定，不能再延长', new.area, late, new.closed_before using errcode = 'check_violation';
  end if;
  update fund.collection_term set closes = new.until
  where fund_year = new.fund_year and area = new.area and not exempt;
  return new;
end $$;
create trigger extend_collection before insert on fund.collection_extension for each row execute function fund.extend_collection();

grant select, insert on fund.collection_extension to fund_worker;
grant select on fund.collection_extension to fund_reader;
