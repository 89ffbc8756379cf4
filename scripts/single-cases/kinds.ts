/** What a field of a single case may hold. Numbers are read from their text, exactly: never through a JavaScript number. */
import { type Form, atLeastZero, bands, flag, rate, yuan } from '../../parameters/forms';
import { isRealDate } from '../../rules/calendar-day';
import { type Decimal, decimal, zero } from '../../rules/money';
import type { Band } from '../../rules/rule';

/** A number as it stands in the JSON. */
export class JsonNumber {
  constructor(readonly text: string) {}
}
export type Json = string | boolean | null | JsonNumber | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;

export interface CaseFault {
  field: string;
  found: string;
  expected: string;
}
export type Tell = (fault: CaseFault) => void;

export interface Kind<Value> {
  /** What it may hold: Chinese, then English. */
  expected: string;
  /** The value, or undefined when it is none of this kind; then every fault of it has been told. */
  read(given: Json, field: string, tell: Tell): Value | undefined;
}

export const isObject = (given: Json): given is JsonObject =>
  typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof JsonNumber);

/** The JSON as it was given, for a fault. */
export function shown(given: Json): string {
  if (given instanceof JsonNumber) return given.text;
  if (Array.isArray(given)) return `[${given.map(shown).join(', ')}]`;
  if (!isObject(given)) return JSON.stringify(given);
  return `{${Object.entries(given)
    .map(([name, value]) => `${JSON.stringify(name)}: ${shown(value)}`)
    .join(', ')}}`;
}

function simple<Value>(expected: string, parse: (given: Json) => Value | undefined): Kind<Value> {
  return {
    expected,
    read(given, field, tell) {
      const value = parse(given);
      if (value === undefined) tell({ field, found: shown(given), expected });
      return value;
    },
  };
}

/** A whole JSON number is as good as its text; one with a point may have been rounded before it was written. */
const textOf = (given: Json): string | undefined => {
  if (given instanceof JsonNumber) return /^-?\d+$/.test(given.text) ? given.text : undefined;
  return typeof given === 'string' ? given : undefined;
};
const number = (expected: string, allows: (text: string) => boolean): Kind<Decimal> =>
  simple(expected, (given) => {
    const text = textOf(given);
    // An added 0 takes the sign from −0.
    return text !== undefined && allows(text) ? decimal(text).plus(zero) : undefined;
  });
const ofForm = (form: Form): Kind<Decimal> => number(form.expected, (text) => form.allows(text, 0));

export const RATE = ofForm(rate);
export const YUAN = ofForm(yuan);
export const NUMBER = ofForm(atLeastZero);
export const SIGNED_YUAN = number(
  '至多两位小数的金额文本，可以为负 (a decimal string with at most two decimals, may be negative)',
  (text) => /^-?\d{1,16}(\.\d{1,2})?$/.test(text),
);
export const STEP = number('-1 到 1 之间的小数文本 (a decimal string from -1 to 1)', (text) =>
  /^-?(0(\.\d{1,16})?|1(\.0{1,16})?)$/.test(text),
);
export const COUNT = number('不小于 0 的整数 (a whole number, 0 or more)', (text) => /^\d{1,16}$/.test(text));
/** Years of which the months are whole: 20.5 years, not 20.3. */
export const YEARS = number(
  '不小于 0、折合整月的年数，如 "20" 或 "20.5" (years, 0 or more, that make whole months)',
  (text) => atLeastZero.allows(text, 0) && decimal(text).times(12).isInteger(),
);
/** At least the value of law that is its default. */
export const yuanFrom = (least: Decimal): Kind<Decimal> => {
  const expected = `不小于 ${least.toFixed()}、至多两位小数的金额文本 (a decimal string of at least ${least.toFixed()} with at most two decimals)`;
  return number(expected, (text) => yuan.allows(text, 0) && decimal(text).gte(least));
};

export const FLAG: Kind<boolean> = simple(flag.expected, (given) => (typeof given === 'boolean' ? given : undefined));
/** A name that means something to who gives it, such as an area’s code. */
export const WORD: Kind<string> = simple('非空文本 (text, not empty)', (given) =>
  typeof given === 'string' && given !== '' ? given : undefined,
);
export const DATE: Kind<string> = simple('真实日期，如 "2027-01-01" (a real date, such as "2027-01-01")', (given) =>
  typeof given === 'string' && isRealDate(given) ? given : undefined,
);
export const YEAR: Kind<string> = simple('四位年份，如 2027 (a year of four digits)', (given) => {
  const text = textOf(given);
  return text !== undefined && /^[1-9]\d{3}$/.test(text) ? text : undefined;
});

export const oneOf = <Word extends string>(words: readonly Word[]): Kind<Word> =>
  simple(`${words.join('、')} 之一 (one of ${words.join(', ')})`, (given) => words.find((word) => word === given));

/** Days late, or `unpaid`, as in `conduct.csv`. */
export const DAYS_LATE: Kind<Decimal | 'unpaid'> = simple(
  '不小于 0 的整数，或 unpaid (a whole number, 0 or more, or unpaid)',
  (given) => (given === 'unpaid' ? 'unpaid' : COUNT.read(given, '', () => undefined)),
);

const asTexts = (given: Json): unknown =>
  Array.isArray(given) ? given.map(asTexts) : given instanceof JsonNumber ? textOf(given) : given;
export const bandsOf = (order: 'rising' | 'falling'): Kind<readonly Band[]> => {
  const form = bands(order);
  return simple(form.expected, (given) => {
    const list = asTexts(given);
    return form.allows(list, 0) ? (list as Band[]) : undefined;
  });
};

export const orNull = <Value>(kind: Kind<Value>): Kind<Value | null> => ({
  expected: `null，或${kind.expected}`,
  read: (given, field, tell) => (given === null ? null : kind.read(given, field, tell)),
});

/** A list of at least one value, each judged on its own place, from 0. */
export const listOf = <Value>(kind: Kind<Value>): Kind<Value[]> => {
  const expected = `非空列表，每项为${kind.expected} (a list, not empty)`;
  return {
    expected,
    read(given, field, tell) {
      if (!Array.isArray(given) || given.length === 0) {
        tell({ field, found: shown(given), expected });
        return undefined;
      }
      const values = given.map((one, place) => kind.read(one, `${field}[${place}]`, tell));
      return values.includes(undefined) ? undefined : (values as Value[]);
    },
  };
};
/** One value, or several that add up. */
export const oneOrMore = <Value>(kind: Kind<Value>): Kind<Value[]> => ({
  expected: `${kind.expected}；或其列表 (or a list of such)`,
  read(given, field, tell) {
    if (Array.isArray(given)) return listOf(kind).read(given, field, tell);
    const value = kind.read(given, field, tell);
    return value === undefined ? undefined : [value];
  },
});
