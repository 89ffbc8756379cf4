/** 高额医疗费用负担监测: the counts of an area and class at a month's end with their reasons, and the findings (RULES 12). */
import type { MonitoringCounts } from '../db/burdens';
import type { Law } from '../parameters/law';
import { MONITORING, PUSH, doPushesWait, flaggedToDate, unanswered } from '../rules/burden';
import { monthsTo } from '../rules/calendar-day';
import { FINDINGS } from '../rules/findings';
import { decimal } from '../rules/money';
import { type Because, type Cells, type Source, reasonOf, taken, withInputs } from '../rules/rule';
import type { Finding } from './finding';

interface MonitoredMonth {
  year: number;
  month: number;
  /** Which count of the month this is, from 1. */
  reckoning: number;
}

/** The row of the result. */
export const monitoringRow = (law: Law, of: MonitoredMonth, counts: MonitoringCounts) => ({
  fund_year: of.year,
  month: of.month,
  reckoning: of.reckoning,
  ...counts,
  because: countsBecause(law, of.month, counts),
});

function countsBecause(law: Law, month: number, counts: MonitoringCounts): Record<string, Because> {
  const { area, class: ofClass } = counts;
  const rows = (file: string, cells: Cells): Source => ({
    rows: file,
    of: { area, class: ofClass, column: 'count', ...cells },
  });
  const flagged = taken(
    MONITORING,
    counts.flagged,
    rows('burdens.csv', { as_of: month, month: [month], flagged: true }),
  );
  const overdue = taken(PUSH, counts.overdue, rows('flags', { as_of: month }));
  return {
    persons: taken(MONITORING, counts.persons, rows('burdens.csv', { as_of: month })),
    flagged: withInputs(flagged, { threshold: law.given(`monitoring.threshold.${ofClass}`) }),
    flagged_to_date: reasonOf(flaggedToDate, {
      flagged: {
        from: { figure: 'monitoring.flagged', of: { area, class: ofClass, month: monthsTo(month), by: 'month' } },
      },
    }),
    answered: taken(ANSWERS, counts.answered, rows('recognitions.csv', { month })),
    recognised: taken(ANSWERS, counts.recognised, rows('recognitions.csv', { month, outcome: 'recognised' })),
    help: taken(ANSWERS, counts.help, rows('recognitions.csv', { month, column: 'help' })),
    overdue: withInputs(overdue, { answer_days: law.given('monitoring.answer_days') }),
  };
}
const ANSWERS =
  'B(九)“将相关部门核查认定后符合条件的困难群众纳入救助范围”；RULES 12“the first answer on or after the push counts”';

/** Pushes of an area that were not answered in time, all classes together. */
export function pushFindings(
  { month, reckoning }: MonitoredMonth,
  area: string,
  counts: readonly MonitoringCounts[],
): Finding[] {
  const overdue = counts.map((ofClass) => decimal(ofClass.overdue));
  if (!doPushesWait({ overdue })) return [];
  const classes = counts.map((ofClass) => ofClass.class);
  return [
    {
      code: 'push_unanswered',
      area,
      scheme: null,
      month,
      reckoning,
      figure: unanswered({ overdue }).toFixed(),
      text: FINDINGS.push_unanswered.zh,
      because: reasonOf(unanswered, {
        overdue: { from: { figure: 'monitoring.overdue', of: { area, month, class: classes, by: 'class' } } },
      }),
      raised: doPushesWait.formula,
    },
  ];
}
