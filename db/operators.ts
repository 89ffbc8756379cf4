/** Operators (经办人员): the persons who may act for an office, by year. */
import type { Role } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

export interface PackOperator {
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}

/** Operators of a year, in the order of their ids. */
export const operatorsOf = (db: Queryable, fundYear: number): Promise<PackOperator[]> =>
  select<PackOperator>(
    db,
    'select operator, name, role, area from fund.operator where fund_year = $1 order by operator collate "C"',
    [fundYear],
  );

export interface KnownOperator {
  fund_year: number;
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}

/** Everyone who may act in an open year, or in the one that is named. */
export const knownOperators = (db: Queryable, year?: number): Promise<KnownOperator[]> =>
  select<KnownOperator>(
    db,
    `select o.fund_year, o.operator, o.name, o.role, o.area from fund.operator o join fund.fund_year y on y.year = o.fund_year
     where ($1::int is null and y.status = 'open') or o.fund_year = $1 order by o.fund_year, o.operator collate "C"`,
    [year ?? null],
  );

/** The one area whose rows an operator may correct; null for an office of the region, which may correct any (0018). */
export async function areaOfCorrector(db: Queryable, year: number, operator: string): Promise<string | null> {
  const known = await selectOne<{ area: string | null }>(
    db,
    'select area from fund.operator where fund_year = $1 and operator = $2',
    [year, operator],
  );
  return known?.area ?? null;
}
