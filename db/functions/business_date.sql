-- 业务日期 of a year: today in Shanghai for a live year; for a compressed run the date of its latest decision or booking, which begins with
-- the start of its cycle. Null for no year. It is the same for everybody, so it runs as the owner: who sees one area alone asks it too.
create or replace function fund.business_date(of_year int, cycle_start date) returns date
language sql stable security definer set search_path = pg_catalog, fund, pg_temp as $$
  select case mode
    when 'live' then (now() at time zone 'Asia/Shanghai')::date
    else greatest(cycle_start,
      (select max(business_date) from fund.decision d where d.fund_year = year),
      (select max(date) from fund.journal_entry e where e.fund_year = year))
  end from fund.fund_year where year = of_year
$$;
revoke execute on function fund.business_date from public;
grant execute on function fund.business_date to fund_worker, fund_reader, fund_viewer;
