/** Operators (经办人员): the persons who may act for an office, by year. */
import type { Role } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { YearStatus } from './fund-year';
import { select, selectOne } from './rows';

export interface PackOperator {
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}

/** Operators of a year, in the order of their ids. */
export const operatorsOf = (db: Queryable, fundYear: number): Promise<PackOperator[]> =>
  db('operator')
    .where({ fund_year: fundYear })
    .orderByRaw('operator collate "C"')
    .select('operator', 'name', 'role', 'area');

export interface KnownOperator {
  fund_year: number;
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}

/** Everyone whom the files of the open years name, or of the given year; who holds an office is another question. */
export const knownOperators = (db: Queryable, year?: number): Promise<KnownOperator[]> =>
  select<KnownOperator>(
    db,
    `select o.fund_year, o.operator, o.name, o.role, o.area from fund.operator o join fund.fund_year y on y.year = o.fund_year
     where (:year::int is null and y.status = 'open') or o.fund_year = :year order by o.fund_year, o.operator collate "C"`,
    { year: year ?? null },
  );

/** The office that an operator holds in a year today; undefined where he holds none. */
export const officeHeld = (
  db: Queryable,
  year: number,
  operator: string,
): Promise<{ role: Role; area: string | null } | undefined> =>
  selectOne(db, 'select role, area from fund.office_holder where fund_year = :year and operator = :operator', {
    year,
    operator,
  });

/** The only area whose rows an operator may correct; null for an office of the region, which may correct any. */
export async function areaOfCorrector(db: Queryable, year: number, operator: string): Promise<string | null> {
  const known = await db('operator').where({ fund_year: year, operator }).first('area');
  return known?.area ?? null;
}

/** The offices that a person holds today, by year: the newest first. */
export const officesHeld = (
  db: Queryable,
  operator: string,
): Promise<(KnownOperator & { status: YearStatus; mode: 'live' | 'run' })[]> =>
  select(
    db,
    `select o.fund_year, o.operator, o.name, o.role, o.area, y.status, y.mode
     from fund.office_holder o join fund.fund_year y on y.year = o.fund_year
     where o.operator = :operator order by o.fund_year desc`,
    { operator },
  );
