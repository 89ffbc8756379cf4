/**
 * 参保连续性: how a resident paid in the year was enrolled before (RULES 4 "In the cycle").
 *
 * Law: 国办发〔2024〕38号; B(5) and B(7). The years of enrolment without a break are what `incentive.ts` counts as continuous, the
 * years missed what `waiting-period.ts` counts: nothing is repaid here, and the fund year is paid.
 */
import { type Decimal, sum } from './money';
import { rule } from './rule';
import type { EnrolmentClass } from './vocabulary';

const IN_THE_CYCLE =
  'RULES 4“a row of Y−1 = continuous with years = length of the unbroken run”；B(五)“对居民医保连续参保人员和零报销人员的大病保险待遇激励机制”；B(七)“对中断缴费人员设置相应的约束措施”';

/** 类别; `last_year` is the last year before this one in which the person was enrolled. */
export const enrolmentClass = rule(
  {
    article: IN_THE_CYCLE,
    formula: 'isNull(last_year) ? "new" : year - last_year == 1 ? "continuous" : never_waits ? "new" : "returning"',
  },
  ({
    year,
    last_year,
    never_waits,
  }: {
    year: Decimal;
    last_year: Decimal | null;
    never_waits: boolean; // newborns and persons newly aided
  }): EnrolmentClass => {
    if (last_year === null) return 'new';
    if (year.minus(last_year).eq(1)) return 'continuous';
    return never_waits ? 'new' : 'returning';
  },
);

/** 连续参保年数, this year included. */
export const continuousYears = rule(
  { article: IN_THE_CYCLE, formula: 'unbroken_before + 1' },
  ({ unbroken_before }: { unbroken_before: Decimal }) => unbroken_before.plus(1),
);

/** 断保年数: the years since the last one, without this one. */
export const missedYears = rule(
  { article: IN_THE_CYCLE, formula: 'year - last_year - 1' },
  ({ year, last_year }: { year: Decimal; last_year: Decimal }) => year.minus(last_year).minus(1),
);

/** 人数: those who were enrolled before in each of the ways that come to one class and count. */
export const personsEnrolled = rule(
  { article: IN_THE_CYCLE, formula: 'sum(persons)' },
  ({ persons }: { persons: Decimal[] }) => sum(persons),
);
