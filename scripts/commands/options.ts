/** What several commands take, judged before anything is started. */
import { isRealDate } from '../../rules/calendar-day';
import { Refusal } from '../words/refusal';

export function yearOption(text: string): number {
  if (!/^2\d{3}$/.test(text)) throw new Refusal(`--year ${text}：年度应为四位数字，例如 2028 (a year such as 2028)`, 2);
  return Number.parseInt(text, 10);
}

export function untilOption(text: string): string {
  if (!isRealDate(text)) {
    throw new Refusal(`--until ${text}：应为日期，例如 2028-06-30 (a date such as 2028-06-30)`, 2);
  }
  return text;
}
