/** Figures that must agree: the shares of a gap, the sources of a premium, and the counts of a collection. */
import type { Queryable } from '../db/connect';
import { placesWhere } from './places';

export const gapsNotBorne = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select scheme || ' ' || area as place, own_surplus + fund_share + area_share - gap as difference
     from fund.sharing where fund_year = :year and own_surplus + fund_share + area_share <> gap`,
    { year },
  );

/** In areas counted by person, the source `individual` is what was collected, and medical aid and treasury together are the aid (RULES 4 "Of which"). */
export const sourcesThatDiffer = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select c.area || ' ' || s.name as place, sum(p.amount) - s.amount as difference
     from fund.collection c
     cross join lateral (values ('collected', c.collected, array['individual']), ('aid', c.aid, array['medical_aid', 'fiscal']))
       as s (name, amount, sources)
     join fund.premium_source p on (p.fund_year, p.area) = (c.fund_year, c.area) and p.source = any (s.sources)
     where c.fund_year = :year
     group by c.area, s.name, s.amount, s.sources
     having sum(p.amount) <> s.amount or count(*) <> cardinality(s.sources)`,
    { year },
  );

/** Everybody whose premium is paid is in exactly one class of earlier enrolment, in areas that have any. */
export const enrolmentNotCounted = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select c.area as place, sum(e.persons) - c.paid as difference
     from fund.collection c join fund.enrolment e on (e.fund_year, e.area) = (c.fund_year, c.area)
     where c.fund_year = :year group by c.area, c.paid having sum(e.persons) <> c.paid`,
    { year },
  );

export const rowsNotCounted = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select c.area as place, c.accepted_rows + c.quarantined_rows - count(p.line) as difference
     from fund.collection c
     left join fund.resident_payment p on p.fund_year = c.fund_year and coalesce(p.area, 'unknown') = c.area
     where c.fund_year = :year and c.by_person
     group by c.area, c.accepted_rows, c.quarantined_rows
     having c.accepted_rows + c.quarantined_rows <> count(p.line)`,
    { year },
  );
