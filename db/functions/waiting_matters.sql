-- 双人办理: what waits for two people, or for the second of them. A signature counts for the joint term; without a second one the
-- matter lapses then. What cannot take effect any more does not wait.
create or replace function fund.waiting_matters()
returns table (matter text, fund_year int, since timestamptz, lapses_at timestamptz, signed_by text[], reason text) language sql stable as $$
  with proposed as (
    select fund.appointment_matter(y.year) as matter, y.year, min(coalesce(o.proposed_at, y.imported_at, now())) as since
    from fund.fund_year y join fund.operator o on o.fund_year = y.year and o.appointed_at is null
    where y.mode = 'live' and y.status = 'open' group by y.year
  ), signed as (
    select j.matter, min(j.done_at) as since, array_agg(j.operator order by j.done_at) as signed_by,
      (array_agg(j.reason order by j.done_at))[1] as reason,
      case when j.matter not like 'revoke-key/%' then substring(j.matter from '^[a-z-]+/(\d{4})(?:/|$)')::int end as year
    from fund.joint_act j where j.done_at > now() - fund.joint_term() and not fund.is_agreed(j.matter) group by j.matter
  )
  select p.matter, p.year, p.since, s.since + fund.joint_term(), coalesce(s.signed_by, '{}'), s.reason
  from proposed p left join signed s using (matter)
  union all
  select s.matter, s.year, s.since, s.since + fund.joint_term(), s.signed_by, s.reason
  from signed s left join fund.fund_year y on y.year = s.year and y.mode = 'live' and y.status = 'open'
  where case split_part(s.matter, '/', 1)
    when 'revoke-key' then exists (select from fund.operator_key k where 'revoke-key/' || k.key = s.matter and k.valid_until > now())
    when 'abandon' then y.year is not null and fund.why_not_abandoned(y.year) is null
    when 'end-office' then y.year is not null
    when 'freeze' then y.year is not null and split_part(s.matter, '/', 4) >= to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD')
    when 'lift-freeze' then exists (
      select from fund.freeze f where f.lifted_at is null and s.matter = concat_ws('/', 'lift-freeze', f.fund_year, f.from_day, f.until_day)
        and f.until_day >= (now() at time zone 'Asia/Shanghai')::date)
    else false
  end
$$;
