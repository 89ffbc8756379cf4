/**
 * The invariant of heavy burdens: one flag per person, area and year, in the month and class that follow from the rows and the
 * pinned law.
 */
import type { Queryable } from '../db/connect';
import { selectOne } from '../db/rows';
import { BURDEN_CLASSES, LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import { pinnedLaw } from './pinned-law';
import { placesWhere } from './places';

/** Each row with what the person has paid by then, added up row by row, and its class. */
const JUDGED = `
  select b.person, b.area, b.month, c.class,
    (select sum(o.self_paid) from fund.burden o
     where (o.fund_year, o.person, o.area) = (b.fund_year, b.person, b.area) and o.month <= b.month)
      > (:thresholds::jsonb ->> c.class)::numeric as heavy
  from fund.burden b
  cross join lateral (select case when b."group" = any (:low) then 'low_income' when b."group" = any (:relieved) then 'poverty_relieved'
                             else 'ordinary' end as class) c
  where b.fund_year = :year and b.month <= :last`;

/** Places by area, month and class: too many or too few flags, counts that do not match the flags, and persons flagged twice. */
export async function flagsThatDiffer(db: Queryable, year: number): Promise<string[]> {
  const monitored = await selectOne<{ last: number | null }>(
    db,
    `select max(month) as last from fund.risk_reckoned where fund_year = :year
       and exists (select from fund.burden b where b.fund_year = :year)`,
    { year },
  );
  if (monitored?.last == null) return [];
  const law = await pinnedLaw(db, year);
  const thresholds = Object.fromEntries(
    BURDEN_CLASSES.map((of) => [of, law.given(`monitoring.threshold.${of}`).value.toFixed()]),
  );
  return placesWhere(
    db,
    `with judged as (${JUDGED}),
     due as (
       select j.area, j.month, j.class, count(*) as flags
       from judged j join (select person, area, min(month) as month from judged where heavy group by person, area) f
         using (person, area, month)
       group by j.area, j.month, j.class
     ), flagged as (
       select area, month, class, person from fund.burden_flag where fund_year = :year and not withdrawn
     ), standing as (select area, month, class, count(*) as flags from flagged group by area, month, class),
     counted as (
       select distinct on (area, month, class) area, month, class, flagged from fund.monitoring_reckoned
       where fund_year = :year order by area, month, class, reckoning desc
     )
     select concat_ws(' ', area, month, class) as place, coalesce(s.flags, 0) - coalesce(d.flags, 0) as difference
     from due d full join standing s using (area, month, class) where coalesce(s.flags, 0) <> coalesce(d.flags, 0)
     union all
     select concat_ws(' ', area, month, class, 'counted'), coalesce(c.flagged, 0) - coalesce(s.flags, 0)
     from counted c full join standing s using (area, month, class) where coalesce(c.flagged, 0) <> coalesce(s.flags, 0)
     union all
     select area || ' twice', count(*) - count(distinct person) from flagged group by area having count(*) <> count(distinct person)
     order by 1`,
    {
      year,
      last: monitored.last,
      thresholds: JSON.stringify(thresholds),
      low: [...LOW_INCOME_GROUPS],
      relieved: [...POVERTY_RELIEVED_GROUPS],
    },
  );
}
