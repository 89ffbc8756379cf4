/**
 * 待遇等待期: how long a resident who was not enrolled in the window, or missed years, waits for benefits.
 *
 * Law: 国办发〔2024〕38号; B(7) “对中断缴费人员设置相应的约束措施”. RULES 4: a fixed part, and a variable part for each further
 * missed year; after a long gap the two together have a minimum. Paying for missed years repairs the variable part alone.
 * Units: months, whole years.
 * Left out: newborns and the other groups that the document exempts.
 */
import { monthsAfter } from './calendar-day';
import { Decimal, atLeastZero, zero } from './money';
import { rule } from './rule';

interface WaitingInputs {
  missed_years: Decimal; // in a row, up to the year paid for
  years_repaid: Decimal;
  in_window: boolean; // paid within the collection window
  fixed_months: Decimal;
  months_per_year: Decimal;
  years_without_variable: Decimal;
  long_gap_years: Decimal;
  long_gap_months: Decimal;
}

const ARTICLE = '国办发〔2024〕38号 待遇等待期；B(七)“对中断缴费人员设置相应的约束措施”';

/** 变动待遇等待期, after repair. */
export const variableMonths = rule(
  { article: ARTICLE, formula: 'months_per_year * max(0, missed_years - years_without_variable - years_repaid)' },
  ({
    missed_years,
    years_repaid,
    months_per_year,
    years_without_variable,
  }: Pick<WaitingInputs, 'missed_years' | 'years_repaid' | 'months_per_year' | 'years_without_variable'>) =>
    months_per_year.times(atLeastZero(missed_years.minus(years_without_variable).minus(years_repaid))),
);

/** 待遇等待期 in months; none for those who paid in the window and missed no year. */
export const waitingMonths = rule(
  {
    article: ARTICLE,
    formula:
      'missed_years == 0 and in_window ? 0' +
      ' : missed_years >= long_gap_years ? max(long_gap_months, fixed_months + variable_months)' +
      ' : fixed_months + variable_months',
  },
  (
    inputs: Omit<WaitingInputs, 'years_repaid' | 'months_per_year' | 'years_without_variable'> & {
      variable_months: Decimal;
    },
  ) => {
    if (inputs.missed_years.isZero() && inputs.in_window) return zero;
    const months = inputs.fixed_months.plus(inputs.variable_months);
    return inputs.missed_years.gte(inputs.long_gap_years) ? Decimal.max(inputs.long_gap_months, months) : months;
  },
);

/**
 * The first day of benefits: so many whole months after `startsOn` (ISO date), on the same day of the month, or on its last
 * day where the month has no such day.
 */
export const benefitsFrom = (startsOn: string, months: Decimal): string =>
  monthsAfter(startsOn, Number.parseInt(months.toFixed(0), 10));
export const firstDayOfBenefits = rule(
  { article: ARTICLE, formula: 'starts_on + waiting_months' },
  ({ starts_on, waiting_months }: { starts_on: string; waiting_months: Decimal }) =>
    benefitsFrom(starts_on, waiting_months),
);
