/**
 * Which values a parameter may take: whatever a fund accountant would refuse is refused before a cycle starts.
 * Relations between parameters (minimum and maximum, start and end of a window) are in override-faults.ts.
 */
import { dateIn, isRealDate, lastDayOfFebruary } from '../rules/calendar-day';
import { decimal } from '../rules/money';
import type { ParameterValue } from './dated';
import {
  type Reader,
  atLeastZero,
  bands,
  both,
  date,
  flag,
  moneyAtLeastZero,
  oneOf,
  orNull,
  rate,
  reader,
  textLike,
  textThat,
  year,
} from './reader';

/** The reader of a value; a day may be real in one fund year only, so that it depends on the year. */
export type Form = Reader<ParameterValue> | ((year: number) => Reader<ParameterValue>);

export const readerOf = (form: Form, fundYear: number): Reader<ParameterValue> =>
  typeof form === 'function' ? form(fundYear) : form;

export { atLeastZero, bands, flag, oneOf, rate };
export { moneyAtLeastZero as yuan, year as fundYear };
export const rateOrNone = orNull(rate);
/** `levy.cap.value` says nothing under mode `none`. */
export const atLeastZeroOrNone = orNull(atLeastZero);
/** The amount of a standard per head. */
export const standard = textThat(
  (text) => moneyAtLeastZero.read(text) !== undefined && decimal(text).gt(0),
  both('大于 0 的金额，至多两位小数，如 400', 'an amount above 0 with at most two decimals'),
);
export const days = textLike(/^\d{1,5}$/, both('不小于 0 的天数，如 30', 'a number of days, 0 or more'));

/** A day of the year before the fund year: 29 February only where that year has one. */
export const monthDay = (fundYear: number): Reader<string> =>
  textThat(
    (text) => /^\d\d-\d\d$/.test(text) && isRealDate(dateIn(fundYear - 1, text)),
    both('收缴年度内真实的月日，如 09-01', 'a real month and day of the year before the fund year'),
  );

export const extension = (fundYear: number): Reader<string | null> => {
  const last = lastDayOfFebruary(fundYear);
  return orNull(
    textThat(
      (text) => date.read(text) !== undefined && text <= last,
      both(`不晚于 ${last} 的真实日期`, `a real date, ${last} at the latest`),
    ),
  );
};

/** Red, orange, yellow, excess: months, each at least the one before. */
export const riskBounds = reader(
  both(
    '四个由小到大的月数文本：红、橙、黄、结余过多',
    'four decimal strings in ascending order: red, orange, yellow, excess',
  ),
  (given) => {
    if (!Array.isArray(given) || given.length !== 4) return undefined;
    const bounds = given.map((bound) => atLeastZero.read(bound)).filter((bound) => bound !== undefined);
    const rise = bounds.every((bound, place) => place === 0 || decimal(bounds[place - 1] as string).lte(bound));
    return bounds.length === 4 && rise ? bounds : undefined;
  },
);
