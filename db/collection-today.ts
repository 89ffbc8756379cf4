/** Where the collections of a year stand today, read from counters that are kept as rows arrive; no person's row is read. */
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import type { QuarantineReason } from '../rules/payment-row';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

interface Persons {
  registered: string;
  paid: string;
}
export interface CollectionSoFar extends Persons {
  area: string;
  name: string;
  target: string | null; // 参保任务数
  low_income: Persons;
  poverty_relieved: Persons;
  /** Rows in quarantine by reason. */
  quarantined: Partial<Record<QuarantineReason, number>>;
  /** The last day of the window, extensions included; null before the collection has opened. */
  closes: string | null;
  /** Persons paid by the same day of the cycle before, and the target then; each null where this database does not know it. */
  last_paid: string | null;
  last_target: string | null;
}

/** The last day on which the residents of an area may pay, extensions included; null before the collection has opened. */
export async function lastDayOfWindow(
  db: Queryable,
  { year, area }: { year: number; area: string },
): Promise<string | null> {
  const row = await selectOne<{ closes: string | null }>(db, 'select fund.last_day_of_window(:year, :area) as closes', {
    year,
    area,
  });
  return row?.closes ?? null;
}

const persons = (groups: string): string =>
  `(select jsonb_build_object('registered', coalesce(sum(g.registered), 0)::text, 'paid', coalesce(sum(g.paid), 0)::text)
    from fund.collection_group g where (g.fund_year, g.area) = (a.fund_year, a.area) and g."group" = any (${groups}))`;

/**
 * The areas of a year, or one of them, that have persons on their roll and are not reconciled yet; `sameDay` is the day of the year
 * before.
 */
export const collectionsSoFar = (
  db: Queryable,
  { year, area, sameDay }: { year: number; area: string | null; sameDay: string },
): Promise<CollectionSoFar[]> =>
  select<CollectionSoFar>(
    db,
    `select a.area, a.name_zh as name, g.registered, g.paid, i.target_insured as target,
       fund.last_day_of_window(a.fund_year, a.area) as closes,
       ${persons(':lowIncome')} as low_income, ${persons(':povertyRelieved')} as poverty_relieved,
       (select coalesce(jsonb_object_agg(q.reason, q.rows), '{}') from fund.collection_quarantine q
        where (q.fund_year, q.area) = (a.fund_year, a.area::text) and q.rows > 0) as quarantined,
       (select coalesce(sum(case d.kind when 'payments' then d.persons when 'refunds' then -d.persons end)
          filter (where d.day <= :sameDay), 0)
        from fund.collection_day d where d.fund_year = b.year and d.area = a.area having count(*) > 0) as last_paid,
       l.target_insured as last_target
     from fund.area a
     cross join lateral (
       select sum(registered) as registered, sum(paid) as paid from fund.collection_group
       where fund_year = a.fund_year and area = a.area having count(*) > 0) g
     left join fund.insured i on (i.fund_year, i.area, i.scheme) = (a.fund_year, a.area, 'resident')
     left join fund.fund_year b on b.year = a.fund_year - 1 and b.status <> 'abandoned'
     left join fund.insured l on (l.fund_year, l.area, l.scheme) = (b.year, a.area, 'resident')
     where a.fund_year = :year and (:area::text is null or a.area = :area)
       and not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))
     order by a.area collate "C"`,
    {
      year,
      area,
      sameDay,
      lowIncome: [...LOW_INCOME_GROUPS],
      povertyRelieved: [...POVERTY_RELIEVED_GROUPS],
    },
  );
