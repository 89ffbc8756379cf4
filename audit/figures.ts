/** Invariants within one row of results: the shares of a gap add up to it, and so do the counts of a collection. */
import type { Queryable } from '../db/connect';
import { placesWhere } from './places';

export const gapsNotBorne = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select scheme || ' ' || area as place, own_surplus + fund_share + area_share - gap as difference
     from fund.sharing where fund_year = :year and own_surplus + fund_share + area_share <> gap`,
    { year },
  );

export const rowsNotCounted = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select c.area as place, c.accepted_rows + c.quarantined_rows - count(p.id) as difference
     from fund.collection c
     left join fund.resident_payment p on p.fund_year = c.fund_year and coalesce(p.area, 'unknown') = c.area
     where c.fund_year = :year and c.by_person
     group by c.area, c.accepted_rows, c.quarantined_rows
     having c.accepted_rows + c.quarantined_rows <> count(p.id)`,
    { year },
  );
