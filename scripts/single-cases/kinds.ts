/** What a field of a single case may hold: the readers of values of law, with numbers as exact decimals. */
import {
  type Misfit,
  type Reader,
  JsonNumber,
  atLeastZero,
  bands,
  both,
  count,
  date,
  flag,
  mapped,
  money,
  moneyAtLeastZero,
  rate,
  reader,
  step,
  textLike,
  textThat,
} from '../../parameters/reader';
import { type Decimal, decimal, zero } from '../../rules/money';
import type { Band } from '../../rules/rule';

export type Json = string | boolean | null | JsonNumber | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;
export type CaseFault = Misfit;

export const isObject = (given: unknown): given is JsonObject =>
  typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof JsonNumber);

/** Adding 0 takes the sign from −0. */
const number = (text: Reader<string>): Reader<Decimal> =>
  mapped(text, (digits) => decimal(digits).plus(zero), text.expected);

export const RATE = number(rate);
export const YUAN = number(moneyAtLeastZero);
export const NUMBER = number(atLeastZero);
export const SIGNED_YUAN = number(money);
export const STEP = number(step);
export const COUNT = number(count);
/** Years that make whole months: 20.5, not 20.3. */
export const YEARS = number(
  textThat(
    (text) => atLeastZero.read(text) !== undefined && decimal(text).times(12).isInteger(),
    both('不小于 0、折合整月的年数，如 20 或 20.5', 'years, 0 or more, that make whole months'),
  ),
);
/** At least the value of law that is its default. */
export const yuanFrom = (least: Decimal): Reader<Decimal> => {
  const floor = least.toFixed();
  return number(
    textThat(
      (text) => moneyAtLeastZero.read(text) !== undefined && decimal(text).gte(least),
      both(`不小于 ${floor} 的金额，至多两位小数`, `an amount of at least ${floor} with at most two decimals`),
    ),
  );
};

export const FLAG = flag;
/** A name with a meaning for the person who gives it, such as an area’s code. */
export const WORD = reader(both('非空文本', 'text, not empty'), (given) =>
  typeof given === 'string' && given !== '' ? given : undefined,
);
export const DATE = date;
export const YEAR = textLike(/^[1-9]\d{3}$/, both('四位年份，如 2027', 'a year of four digits'));

/** Days late, or `unpaid`, as in `conduct.csv`. */
export const DAYS_LATE: Reader<Decimal | 'unpaid'> = reader(
  both('不小于 0 的整数，或 unpaid', 'a whole number, 0 or more, or unpaid'),
  (given) => (given === 'unpaid' ? 'unpaid' : COUNT.read(given)),
);

export const bandsOf = (order: 'rising' | 'falling'): Reader<readonly Band[]> => bands(order);
