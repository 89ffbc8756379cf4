/** 任职: who is proposed for an office, and who has been appointed. The database appoints. */
import type { Queryable } from './connect';
import type { PackOperator } from './operators';
import { execute, select, selectOne } from './rows';

/** Everybody who is proposed in a year and not appointed. */
export const proposedOperators = (db: Queryable, year: number): Promise<PackOperator[]> =>
  select<PackOperator>(
    db,
    `select operator, name, role, area from fund.operator where fund_year = :year and appointed_at is null order by operator collate "C"`,
    { year },
  );

/** What is signed to appoint them; null where nobody is proposed. */
export async function appointmentMatter(db: Queryable, year: number): Promise<string | null> {
  const row = await selectOne<{ matter: string | null }>(db, 'select fund.appointment_matter(:year) as matter', {
    year,
  });
  return row?.matter ?? null;
}

export const appointProposed = (db: Queryable, year: number): Promise<number> =>
  execute(db, 'select fund.appoint(:year)', { year });

/** 首任, by the owner. */
export const appointFirst = (owner: Queryable, year: number, operator: string): Promise<number> =>
  execute(owner, 'select fund.appoint_first(:year, :operator)', { year, operator });

export const endOffice = (
  db: Queryable,
  { year, operator, last }: { year: number; operator: string; last: string },
): Promise<number> => execute(db, 'select fund.end_office(:year, :operator, :last)', { year, operator, last });

export interface OfficeHolding extends PackOperator {
  appointed_on: string | null;
  until: string | null;
  keys: string[]; // kind and last day of each valid key
}

/** Everybody whom the files of a year name, with what he may act by. */
export const officesOf = (db: Queryable, year: number): Promise<OfficeHolding[]> =>
  select<OfficeHolding>(
    db,
    `select o.operator, o.name, o.role, o.area, o.until, to_char(o.appointed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as appointed_on,
       coalesce((select jsonb_agg(k.kind || ' ' || to_char(k.valid_until at time zone 'Asia/Shanghai', 'YYYY-MM-DD') order by k.kind)
         from fund.operator_key k where k.operator = o.operator and k.of_run is null and fund.is_valid(k)), '[]') as keys
     from fund.operator o where o.fund_year = :year order by o.operator collate "C"`,
    { year },
  );
