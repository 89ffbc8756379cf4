/**
 * Which values a parameter may take: what a fund accountant would refuse is refused before a cycle starts.
 * Relations between parameters (minimum and maximum, start and end of a window) are in override-faults.ts.
 */
import { dateIn, isRealDate, lastDayOfFebruary } from '../rules/calendar-day';
import { compareDecimals, isBetween, isDecimalText } from './decimal-text';
import type { ParameterValue } from './dated';

export interface Form {
  expected: string; // Chinese, then English
  allows: (value: unknown, year: number) => value is ParameterValue;
}

const form = (expected: string, allows: (value: unknown, year: number) => boolean): Form => ({
  expected,
  allows: allows as Form['allows'],
});

const MOST = '9999999999999999.9999999999999999';

export const rate = form('0 到 1 之间的小数文本，如 "0.05" (a decimal string from 0 to 1)', (value) =>
  isBetween(value, '0', '1'),
);
export const rateOrNone = form(
  'null，或 0 到 1 之间的小数文本 (null, or a decimal string from 0 to 1)',
  (value) => value === null || rate.allows(value, 0),
);
export const atLeastZero = form('不小于 0 的小数文本 (a decimal string, 0 or more)', (value) =>
  isBetween(value, '0', MOST),
);
/** `levy.cap.value` under mode `none`, where it says nothing. */
export const atLeastZeroOrNone = form(
  'null，或不小于 0 的小数文本 (null, or a decimal string, 0 or more)',
  (value) => value === null || atLeastZero.allows(value, 0),
);
/** The amount of a standard per head. */
export const standard = form(
  '大于 0、至多两位小数的金额文本，如 "400" (a decimal string above 0 with at most two decimals)',
  (value) => isBetween(value, '0.01', MOST) && /^\d+(\.\d{1,2})?$/.test(value),
);
export const yuan = form(
  '不小于 0、至多两位小数的金额文本 (a decimal string, 0 or more, with at most two decimals)',
  (value) => isBetween(value, '0', MOST) && /^\d+(\.\d{1,2})?$/.test(value),
);
export const days = form(
  '不小于 0 的整数文本，如 "30" (a whole number, 0 or more, as a string)',
  (value) => typeof value === 'string' && /^\d{1,5}$/.test(value),
);
export const flag = form(
  'true 或 false，不加引号 (true or false, without quotes)',
  (value) => typeof value === 'boolean',
);
export const fundYear = form(
  '四位年份文本，如 "2027" (a year of four digits, as a string)',
  (value) => typeof value === 'string' && /^\d{4}$/.test(value),
);
export const oneOf = (...names: readonly string[]): Form =>
  form(`${names.join('、')} 之一 (one of ${names.join(', ')})`, (value) => names.includes(value as string));

/** A day of the year before the fund year: 29 February only where that year has one. */
export const monthDay = form(
  '收缴年度内真实的月日，如 "09-01" (a real month and day of the year before the fund year)',
  (value, year) => typeof value === 'string' && /^\d\d-\d\d$/.test(value) && isRealDate(dateIn(year - 1, value)),
);
export const extension = form(
  'null，或不晚于当年 2 月末日的真实日期，如 "2027-02-28" (null, or a real date, at most the last day of February of the year)',
  (value, year) =>
    value === null || (typeof value === 'string' && isRealDate(value) && value <= lastDayOfFebruary(year)),
);

/** Red, orange, yellow, excess: months, each at least the one before. */
export const riskBounds = form(
  '四个由小到大的月数文本：红、橙、黄、结余过多 (four decimal strings in ascending order: red, orange, yellow, excess)',
  (value) =>
    Array.isArray(value) &&
    value.length === 4 &&
    value.every((bound) => atLeastZero.allows(bound, 0)) &&
    value.every((bound, place) => place === 0 || compareDecimals(value[place - 1] as string, bound as string) <= 0),
);

/** Bands: the first that holds decides, so their bounds run one way and the last one, without bound, takes the rest. */
export const bands = (order: 'rising' | 'falling'): Form => {
  const way = order === 'rising' ? ['由小到大', 'rising'] : ['由大到小', 'falling'];
  return form(
    `[界限, 加减] 的列表，均为小数文本，界限${way[0]}，末项界限为 null` +
      ` (a list of [bound, step], decimal strings, bounds strictly ${way[1]}, the last bound null, steps from -1 to 1)`,
    (value) => Array.isArray(value) && value.length > 0 && value.every(isBand) && boundsRun(value as Band[], order),
  );
};

type Band = [string | null, string];
const isBand = (band: unknown): boolean =>
  Array.isArray(band) &&
  band.length === 2 &&
  (band[0] === null || atLeastZero.allows(band[0], 0)) &&
  isDecimalText(band[1]) &&
  isBetween(band[1], '-1', '1');

function boundsRun(list: readonly Band[], order: 'rising' | 'falling'): boolean {
  const bounds = list.slice(0, -1).map(([bound]) => bound);
  if (list.at(-1)?.[0] !== null || bounds.includes(null)) return false;
  const sign = order === 'rising' ? -1 : 1;
  return (bounds as string[]).every(
    (bound, place) => place === 0 || compareDecimals(bounds[place - 1] as string, bound) === sign,
  );
}
