/**
 * 预算调整: an area changes its budget within the year, by the same checks and approvals.
 *
 * Law: B(10) “加强基金收支预算管理和运行分析”. RULES 6 “Adjustment in mid-year”, READINGS 57.
 */
import { daysAfter, monthEnd } from './calendar-day';

/** What an adjusted budget rests on. */
export const ADJUSTED = 'B(十)“加强基金收支预算管理和运行分析”；RULES 6“Adjustment in mid-year”';

/**
 * The first day of the month after its date. In a live year the last approval may come later than that date: then after the
 * day of the approval, so that a month that is over keeps the budget it was judged by.
 */
export function adjustedFrom({ date, approvedOn }: { date: string; approvedOn: string }): string {
  const [year = '', month = ''] = (date > approvedOn ? date : approvedOn).split('-');
  return daysAfter(monthEnd(Number.parseInt(year, 10), Number.parseInt(month, 10)), 1);
}
