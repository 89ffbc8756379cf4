/**
 * The invariants of payments: a total budget is split without remainder, and the fund bears no more of the overspending than
 * was held back.
 */
import type { Queryable } from '../db/connect';
import { CARE_ITEMS } from '../rules/vocabulary';
import { placesWhere } from './places';

/** The last allotment of every area and scheme, which is the one in force. */
const LAST_ALLOTMENTS = `(
  select distinct on (area, scheme) * from fund.total_budget_allotted
  where fund_year = :year order by area, scheme, allotment desc)`;

/** 各单位预算 + 预留 = 总额: compared with what the budget in force has for care, not with what the allotment recorded. */
export const totalBudgetsNotSplit = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select a.scheme || ' ' || a.area as place, a.reserve + coalesce(u.budget, 0) - coalesce(b.amount, 0) as difference
     from ${LAST_ALLOTMENTS} a
     left join (
       select area, scheme, allotment, sum(budget) as budget from fund.unit_budget_allotted
       where fund_year = :year group by area, scheme, allotment) u using (area, scheme, allotment)
     left join (
       select area, scheme, sum(amount) as amount from fund.budget_item
       where fund_year = :year and part = 'pooled' and item = any (:care) group by area, scheme) b using (area, scheme)
     where a.reserve + coalesce(u.budget, 0) <> coalesce(b.amount, 0)
     order by a.scheme, a.area collate "C"`,
    { year, care: CARE_ITEMS },
  );

/** 基金分担超支合计 ≤ 预留, of every clearing in force; the places are those where it is more, and by how much. */
export const reservesExceeded = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select c.scheme || ' ' || c.area as place, sum(u.fund_share) - a.reserve as difference
     from fund.clearing c
     join fund.unit_clearing u using (fund_year, area, scheme, attempt)
     join ${LAST_ALLOTMENTS} a on (a.area, a.scheme) = (c.area, c.scheme)
     where c.fund_year = :year group by c.scheme, c.area, a.reserve having sum(u.fund_share) > a.reserve
     order by c.scheme, c.area collate "C"`,
    { year },
  );
