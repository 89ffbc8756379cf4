/**
 * The one language that judges what a person gives: a cell of a pack, a value of `parameters.json`, a field of a single case.
 * A reader says what it expects and reads what it finds. Numbers are read from their text and never pass through a
 * JavaScript number.
 */
import { isRealDate } from '../rules/calendar-day';
import { decimal } from '../rules/money';

export interface Misfit {
  /** The field, and the place inside it where it holds a list: `months[2]`. */
  field: string;
  found: string;
  expected: string;
}
export type Report = (misfit: Misfit) => void;

export interface Reader<Value> {
  /** What it accepts: Chinese for the person who gives the value, English for the one who runs the system. */
  expected: string;
  /** The value; undefined where what was given does not fit, and then every misfit in it has been reported. */
  read: (given: unknown, report?: Report, field?: string) => Value | undefined;
}

/** A number of a JSON text that was parsed so that its numbers stay text. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** Chinese first, for the person who keeps the file; English for the one who runs the system. */
export const both = (zh: string, en: string): string => `${zh} (${en})`;

/** What was given, as JSON. */
export function shown(given: unknown): string {
  if (given instanceof JsonNumber) return given.text;
  if (Array.isArray(given)) return `[${given.map(shown).join(', ')}]`;
  if (typeof given !== 'object' || given === null) return given === undefined ? 'undefined' : JSON.stringify(given);
  const members = Object.entries(given).map(([name, value]) => `${JSON.stringify(name)}: ${shown(value)}`);
  return `{${members.join(', ')}}`;
}

/** A reader of one piece: `parse` answers undefined where what was given does not fit. */
export const reader = <Value>(expected: string, parse: (given: unknown) => Value | undefined): Reader<Value> => ({
  expected,
  read(given, report = () => undefined, field = '') {
    const value = parse(given);
    if (value === undefined) report({ field, found: shown(given), expected: inQuotes(expected, given) });
    return value;
  },
});

/** Advises quotes where a number was given without them. */
const inQuotes = (expected: string, given: unknown): string =>
  typeof given === 'number' || (given instanceof JsonNumber && textOf(given) === undefined)
    ? `${expected}，${both('写成文本，加引号', 'as text, in quotes')}`
    : expected;

/** Text. A whole number of JSON is as good as its text; one with a point may have been rounded before it was written. */
function textOf(given: unknown): string | undefined {
  if (given instanceof JsonNumber) return /^-?\d+$/.test(given.text) ? given.text : undefined;
  return typeof given === 'string' ? given : undefined;
}

/** Text that fulfils a condition. */
export const textThat = (fits: (text: string) => boolean, expected: string): Reader<string> =>
  reader(expected, (given) => {
    const text = textOf(given);
    return text !== undefined && fits(text) ? text : undefined;
  });
export const textLike = (pattern: RegExp, expected: string): Reader<string> =>
  textThat((text) => pattern.test(text), expected);

/** The value of another reader, turned into something else; `turn` answers undefined where that is not possible. */
export const mapped = <Read, Value>(
  { read }: Reader<Read>,
  turn: (value: Read) => Value | undefined,
  expected: string,
): Reader<Value> =>
  reader(expected, (given) => {
    const value = read(given);
    return value === undefined ? undefined : turn(value);
  });

/** The database keeps 16 digits before the point and, except for money, 16 behind it. */
export const money = textLike(
  /^-?\d{1,16}(\.\d{1,2})?$/,
  both('金额：至多两位小数，无千分位', 'an amount: digits, at most two decimals, no separators'),
);
export const moneyAtLeastZero = textLike(
  /^\d{1,16}(\.\d{1,2})?$/,
  both('不小于 0 的金额，至多两位小数，如 400.00', 'an amount of 0 or more with at most two decimals'),
);
export const count = textLike(/^\d{1,16}$/, both('不小于 0 的整数', 'a whole number, 0 or more'));
export const decimalNumber = textLike(/^-?\d{1,16}(\.\d{1,16})?$/, both('小数', 'a decimal number'));
export const atLeastZero = textLike(
  /^\d{1,16}(\.\d{1,16})?$/,
  both('不小于 0 的小数，如 2.5', 'a decimal number, 0 or more'),
);
export const rate = textLike(
  /^(0(\.\d{1,16})?|1(\.0{1,16})?)$/,
  both('0 到 1 之间的小数，如 0.05', 'a decimal number from 0 to 1'),
);
/** What is added to a rate or taken from it. */
export const step = textThat(
  (text) => decimalNumber.read(text) !== undefined && decimal(text).abs().lte(1),
  both('-1 到 1 之间的小数', 'a decimal number from -1 to 1'),
);

export const date = textThat(isRealDate, both('真实日期，格式 YYYY-MM-DD', 'a real date, YYYY-MM-DD'));
export const year = textLike(/^\d{4}$/, both('四位年份，如 2028', 'a year of four digits'));
export const flag = reader(both('true 或 false，不加引号', 'true or false, without quotes'), (given) =>
  typeof given === 'boolean' ? given : undefined,
);

export const oneOf = <Name extends string>(...names: readonly Name[]): Reader<Name> =>
  reader(both(`${names.join('、')} 之一`, `one of ${names.join(', ')}`), (given) =>
    names.find((name) => name === given),
  );

/** Null, or a value. */
export const orNull = <Value>({ expected, read }: Reader<Value>): Reader<Value | null> => ({
  expected: `null，或${expected}`,
  read: (given, report, field) => (given === null ? null : read(given, report, field)),
});

/** A list of at least one value, each judged in its own place, counted from 0. */
export const listOf = <Value>({ expected: each, read }: Reader<Value>): Reader<Value[]> => {
  const expected = `非空列表，每项为${each} (a list, not empty)`;
  return {
    expected,
    read(given, report = () => undefined, field = '') {
      if (!Array.isArray(given) || given.length === 0) {
        report({ field, found: shown(given), expected });
        return undefined;
      }
      const values = given.map((item, place) => read(item, report, `${field}[${place}]`));
      return values.includes(undefined) ? undefined : (values as Value[]);
    },
  };
};

/** One value, or a list of several that are added up. */
export const oneOrMore = <Value>(one: Reader<Value>): Reader<Value[]> => ({
  expected: `${one.expected}；或其列表 (or a list of such)`,
  read(given, report, field) {
    if (Array.isArray(given)) return listOf(one).read(given, report, field);
    const value = one.read(given, report, field);
    return value === undefined ? undefined : [value];
  },
});

type Band = [bound: string | null, step: string];

/** Bands: the first that holds decides, so the bounds run one way, and the last band, without a bound, takes the rest. */
export const bands = (order: 'rising' | 'falling'): Reader<Band[]> => {
  const [zh, en] = order === 'rising' ? ['由小到大', 'rising'] : ['由大到小', 'falling'];
  return reader(
    both(
      `[界限, 加减] 的列表，均为小数文本，界限${zh}，末项界限为 null`,
      `a list of [bound, step], decimal strings, bounds strictly ${en}, the last bound null, steps from -1 to 1`,
    ),
    (given) => {
      const list = Array.isArray(given) ? given.map(bandOf) : [];
      return list.length > 0 && list.every((band) => band !== undefined) && boundsRun(list, order) ? list : undefined;
    },
  );
};

function bandOf(given: unknown): Band | undefined {
  if (!Array.isArray(given) || given.length !== 2) return undefined;
  const [bound, added] = [orNull(atLeastZero).read(given[0]), step.read(given[1])];
  return bound === undefined || added === undefined ? undefined : [bound, added];
}

function boundsRun(list: readonly Band[], order: 'rising' | 'falling'): boolean {
  const bounds = list.slice(0, -1).map(([bound]) => bound);
  if (list.at(-1)?.[0] !== null) return false;
  return bounds.every((bound, place) => {
    if (bound === null) return false;
    const before = place === 0 ? null : (bounds[place - 1] ?? null);
    return before === null || (order === 'rising' ? decimal(before).lt(bound) : decimal(before).gt(bound));
  });
}
