/** 参保连续性: the persons paid in an area by years of enrolment without a break, or by months to wait (RULES 4 "In the cycle"). */
import type { EnrolledBefore } from '../../db/enrolment';
import type { Law } from '../../parameters/law';
import { continuousYears, enrolmentClass, missedYears, personsEnrolled } from '../../rules/enrolment';
import { type Decimal, decimal, zero } from '../../rules/money';
import { type Because, type Cells, type Explained, explain, reasonOf, taken } from '../../rules/rule';
import type { EnrolmentClass } from '../../rules/vocabulary';
import { variableMonths, waitingMonths } from '../../rules/waiting-period';

/** The rows of the result. */
export function enrolmentRows(law: Law, year: number, area: string, enrolled: readonly EnrolledBefore[]) {
  const counted = new Map<string, { ofClass: EnrolmentClass; count: Explained<Decimal>; groups: EnrolledBefore[] }>();
  for (const group of enrolled) {
    const { last_year, never_waits } = group;
    const ofClass = enrolmentClass({ year: yearOf(year), last_year, never_waits });
    const count = countOf(law, year, ofClass, group);
    const key = `${ofClass} ${count.value.toFixed()}`;
    const { groups } = counted.get(key) ?? { groups: [] };
    counted.set(key, { count, ...counted.get(key), ofClass, groups: [...groups, group] });
  }
  return [...counted.values()].map(({ ofClass, count, groups }) => ({
    fund_year: year,
    area,
    class: ofClass,
    count: count.value.toFixed(),
    persons: personsEnrolled({ persons: groups.map(({ persons }) => persons) }).toFixed(),
    because: { count: count.because, persons: personsBecause(area, groups) },
  }));
}
const yearOf = (year: number): Decimal => decimal(String(year));

/** For those who never left, their years of enrolment; for those who come back, their months to wait; 0 for those who are new. */
function countOf(law: Law, year: number, ofClass: EnrolmentClass, { last_year, unbroken_before }: EnrolledBefore) {
  if (ofClass === 'new' || last_year === null) return { value: zero, because: NEW };
  const stated = { stated: `上次参保 ${last_year.toFixed()} 年` };
  if (ofClass === 'continuous')
    return explain(continuousYears, { unbroken_before: { value: unbroken_before, from: stated } });
  const missed_years = {
    value: missedYears({ year: yearOf(year), last_year }),
    from: { stated: `上次参保 ${last_year.toFixed()} 年，其后至 ${year - 1} 年` },
  };
  const variable = explain(variableMonths, {
    missed_years,
    years_repaid: { value: zero, from: { stated: '年度流程不计补缴（RULES 4“none repaid”）' } },
    months_per_year: law.given('waiting.months_per_year'),
    years_without_variable: law.given('waiting.years_without_variable'),
  });
  return explain(waitingMonths, {
    missed_years,
    in_window: { value: true, from: { stated: '断保后参保的，期内缴费也须等待' } },
    fixed_months: law.given('waiting.fixed_months'),
    variable_months: { value: variable.value, from: { stated: `变动待遇等待期 ${variable.value.toFixed()} 个月` } },
    long_gap_years: law.given('waiting.long_gap_years'),
    long_gap_months: law.given('waiting.long_gap_months'),
  });
}
const NEW: Because = taken('RULES 4“person paid in Y: no row = new”；首次参保不计年数', '0', {
  stated: '首次参保；新生儿与新增救助对象断保的也作首次参保',
});

/** Each kind of earlier enrolment picks its persons from the roll. */
function personsBecause(area: string, groups: readonly EnrolledBefore[]): Because {
  const cells = ({ last_year, unbroken_before, never_waits }: EnrolledBefore): Cells => ({
    ...{ area, column: 'count', last_year: last_year?.toFixed() ?? 'never' },
    ...{ unbroken_before: unbroken_before.toFixed(), never_waits },
  });
  return reasonOf(personsEnrolled, {
    persons: { from: groups.map((group) => ({ rows: 'enrolled', of: cells(group) })) },
  });
}
