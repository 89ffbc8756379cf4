/** 历年参保: the persons paid in a year by how they were enrolled before. No person is named. */
import { type Decimal, decimal } from '../rules/money';
import { WINDOW_EXEMPT_GROUPS } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { PAID } from './residents';
import { select } from './rows';

export interface EnrolledBefore {
  last_year: Decimal | null; // the last year before this one; null: never
  unbroken_before: Decimal; // years without a break that end with the year before
  never_waits: boolean;
  persons: Decimal;
}

/**
 * Every person paid on a roll (`r`), with the earlier years. Counting back from the latest year, the n-th year is Y − n as long
 * as there is no break.
 */
export const ENROLLED = `
  select r.fund_year, r.area, r."group", r.file, r.line, h.last_year, coalesce(h.unbroken_before, 0) as unbroken_before,
    r."group" in (${WINDOW_EXEMPT_GROUPS.map((group) => `'${group}'`).join(', ')}) as never_waits
  from fund.resident_roll r
  left join (
    select person, max(coverage_year) as last_year, count(*) filter (where coverage_year + place = fund_year) as unbroken_before
    from (select *, row_number() over (partition by person order by coverage_year desc) as place
          from fund.enrolment_history where fund_year = :year) years
    group by person
  ) h on h.person = r.person
  where r.fund_year = :year and exists (${PAID})`;

/** Whether a file of earlier enrolment was given, even one with only a header: without it nobody is classed (READINGS 62). */
export const hasEnrolmentHistory = async (db: Queryable, year: number): Promise<boolean> =>
  (await db('pack_file').where({ fund_year: year, file: 'enrolment_history.csv' }).first('file')) !== undefined;

export async function enrolledBefore(db: Queryable, year: number, area: string): Promise<EnrolledBefore[]> {
  const rows = await select<{
    last_year: number | null;
    unbroken_before: string;
    never_waits: boolean;
    persons: string;
  }>(
    db,
    `select last_year, unbroken_before, never_waits, count(*) as persons
     from (${ENROLLED} and r.area = :area) enrolled
     group by last_year, unbroken_before, never_waits order by last_year, unbroken_before, never_waits`,
    { year, area },
  );
  return rows.map((row) => ({
    last_year: row.last_year === null ? null : decimal(String(row.last_year)),
    unbroken_before: decimal(row.unbroken_before),
    never_waits: row.never_waits,
    persons: decimal(row.persons),
  }));
}
