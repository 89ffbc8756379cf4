/**
 * The gate of the law (法定参数关): no cycle starts while a value it needs is missing, has expired, or has two conflicting sources.
 * All such values are named at once, each with the article that asks for it and the remedy.
 */
import { dateIn } from '../rules/calendar-day';
import { CALENDAR } from './calendar';
import { type Dated, type Lack, lackOf } from './dated';
import { PARAMETERS, PRODUCT_PARAMETERS, STATISTICS, YEARLY_PARAMETERS, yearlyEntries, yearlyFrom } from './in-force';
import type { YearlyParameter } from './parameter';

/** All values of law there are. */
export interface LawBook {
  /** A pack may override these. */
  overridable: readonly Dated<unknown>[];
  yearly: readonly YearlyParameter[];
  /** The product's own, the statistics and the calendar. */
  own: readonly Dated<unknown>[];
}
export const LAW_BOOK: LawBook = {
  overridable: PARAMETERS,
  yearly: YEARLY_PARAMETERS,
  own: [...PRODUCT_PARAMETERS, ...STATISTICS, ...Object.values(CALENDAR)],
};

export interface LawFault {
  name: string;
  zh: string;
  article: string;
  lack: Lack;
  /** What to do, in Chinese and English. */
  remedy: string;
}

const GIVE = '请在 parameters.json 中给出该值及其文件 (give the value and its document in parameters.json)';
const RECORD = '请在 parameters/ 中登记该值及其文件 (record the value and its document in parameters/)';

/** Every value that neither the book nor the pack gives for the cycle of `year`. Empty: the year may start. */
export function lawFaults(
  year: number,
  overrides: Readonly<Record<string, unknown>>,
  book: LawBook = LAW_BOOK,
): LawFault[] {
  const first = dateIn(year, '01-01');
  const last = dateIn(year, '12-31');
  const faultOf = ({ name, zh, article, entries }: Dated<unknown>, from: string, remedy: string): LawFault[] => {
    const lack = Object.hasOwn(overrides, name) ? null : lackOf(entries, from, last);
    return lack === null ? [] : [{ name, zh, article, lack, remedy }];
  };
  return [
    ...book.overridable.flatMap((parameter) => faultOf(parameter, first, GIVE)),
    ...book.yearly.flatMap((parameter) => {
      const named = { ...parameter, name: `${parameter.name}.${year}`, entries: yearlyEntries(parameter) };
      return faultOf(named, yearlyFrom(parameter, year), GIVE);
    }),
    ...book.own.flatMap((parameter) => faultOf(parameter, first, RECORD)),
  ];
}

const LACKS: Record<Lack, string> = {
  missing: '没有有效值 (no value)',
  expired: '已到期或年内到期 (expired)',
  conflicting: '有两个互相冲突的值 (two values in conflict)',
};

/** What is wrong with the value, without its name. */
export const lackText = ({ zh, article, lack }: LawFault, year: number): string =>
  `${zh}：${year} 年度${LACKS[lack]}，依据 ${article}`;

/** One sentence for each fault. */
export const lawFaultText = (fault: LawFault, year: number): string =>
  `${fault.name}（${lackText(fault, year)}）；${fault.remedy}`;
