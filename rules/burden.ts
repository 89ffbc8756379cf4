/**
 * 高额医疗费用负担患者监测: who is flagged, when a flag is pushed to the departments that decide on help, and until when they answer.
 *
 * Law: B(9) “完善高额医疗费用负担患者监测预警机制”. RULES 12. What is added up is left to a person for care within policy after basic
 * insurance, major illness and aid, in one area and year. Vector: 10,000.00 of a threshold of 10,000 is not above it, 10,000.01 is.
 * Units: yuan, whole days.
 */
import { daysAfter } from './calendar-day';
import { type Decimal, decimal, sum } from './money';
import { rule } from './rule';
import { type BurdenClass, type Group, LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from './vocabulary';

export const MONITORING = 'B(九)“监测预警”；RULES 12“At the end of month m a person is flagged”';
export const PUSH = "B(九)“及时向相关部门推送风险信息”；RULES 12“A flag is pushed on the month's last day”";

const isOneOf = (groups: readonly string[], group: Group): boolean => groups.includes(group);
/** 类别: that of the group in the row of the month. */
export const burdenClassOf = (group: Group): BurdenClass =>
  isOneOf(LOW_INCOME_GROUPS, group)
    ? 'low_income'
    : isOneOf(POVERTY_RELIEVED_GROUPS, group)
      ? 'poverty_relieved'
      : 'ordinary';

/** 自付累计: the months of the year so far. */
export const selfPaidToDate = rule(
  { article: MONITORING, formula: 'sum(self_paid)' },
  ({ self_paid }: { self_paid: Decimal[] }) => sum(self_paid),
);
/** Whether the person is flagged, by the threshold of the class. */
export const burdenOutcome = rule(
  { article: MONITORING, formula: 'self_paid_to_date > threshold ? "flagged" : "not_flagged"' },
  ({ self_paid_to_date, threshold }: { self_paid_to_date: Decimal; threshold: Decimal }): 'flagged' | 'not_flagged' =>
    self_paid_to_date.gt(threshold) ? 'flagged' : 'not_flagged',
);

/** The last day for an answer to a push. */
export const answerDueOn = rule(
  { article: PUSH, formula: 'daysLater(pushed_on, answer_days)' },
  ({ pushed_on, answer_days }: { pushed_on: string; answer_days: Decimal }): string =>
    daysAfter(pushed_on, Number.parseInt(answer_days.toFixed(0), 10)),
);
/** Whether nobody has answered in time, and not by the month's end either. */
export const pushOutcome = rule(
  {
    article: PUSH,
    formula:
      'before(answer_due, month_end) and (isNull(answered_on) or before(month_end, answered_on)) ? "overdue" : "not_overdue"',
  },
  (dates: { answer_due: string; month_end: string; answered_on: string | null }): 'overdue' | 'not_overdue' =>
    dates.answer_due < dates.month_end && (dates.answered_on === null || dates.month_end < dates.answered_on)
      ? 'overdue'
      : 'not_overdue',
);

/** Flagged this year so far: every month's first flags. */
export const flaggedToDate = rule(
  { article: MONITORING, formula: 'sum(flagged)' },
  ({ flagged }: { flagged: Decimal[] }) => sum(flagged),
);
/** 逾期未反馈 of an area at a month's end, all classes. */
export const unanswered = rule({ article: PUSH, formula: 'sum(overdue)' }, ({ overdue }: { overdue: Decimal[] }) =>
  sum(overdue),
);
export const doPushesWait = rule(
  { article: PUSH, formula: `${unanswered.formula} > 0` },
  (flags: { overdue: Decimal[] }): boolean => unanswered(flags).gt(decimal('0')),
);
