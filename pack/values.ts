/** How a cell is read: each reader says what it expects. Numbers stay text; `undefined` means that the cell is not one. */
import { isRealDate } from '../rules/calendar-day';
import { both } from './fault';

export interface Reader<Value> {
  expected: string;
  read: (cell: string) => Value | undefined;
}

const matching = (pattern: RegExp, expected: string): Reader<string> => ({
  expected,
  read: (cell) => (pattern.test(cell) ? cell : undefined),
});

export const anyText: Reader<string> = { expected: both('文本', 'text'), read: (cell) => cell };
/** A key is indexed by the database, which bounds its length. */
const LONGEST_KEY = 500;
export const shortText: Reader<string> = {
  expected: both(`至多 ${LONGEST_KEY} 字的文本`, `text of at most ${LONGEST_KEY} characters`),
  read: (cell) => (cell.length <= LONGEST_KEY ? cell : undefined),
};
export const someText: Reader<string> = {
  expected: both(`非空文本，至多 ${LONGEST_KEY} 字`, `text that is not empty, at most ${LONGEST_KEY} characters`),
  read: (cell) => (cell !== '' && cell.length <= LONGEST_KEY ? cell : undefined),
};
/** An area code becomes part of file names, workflow ids and parameter names. */
export const areaCode: Reader<string> = {
  expected: both('统筹区代码（字母或数字，不是 unknown、region）', 'an area code of letters or digits'),
  read: (cell) => (/^[0-9A-Za-z]{1,20}$/.test(cell) && cell !== 'region' && cell !== 'unknown' ? cell : undefined),
};

/** At most 16 digits before the point, as in `resident_payments.csv`. */
export const money = matching(
  /^-?\d{1,16}(\.\d{1,2})?$/,
  both('金额：至多两位小数，无千分位', 'an amount: digits, at most two decimals, no separators'),
);
export const moneyAtLeastZero = matching(
  /^\d{1,16}(\.\d{1,2})?$/,
  both('不小于 0 的金额，至多两位小数', 'an amount of 0 or more with at most two decimals'),
);
export const count = matching(/^\d{1,16}$/, both('不小于 0 的整数', 'a whole number, 0 or more'));
export const decimalNumber = matching(/^-?\d{1,16}(\.\d{1,16})?$/, both('小数', 'a decimal number'));
export const decimalAtLeastZero = matching(
  /^\d{1,16}(\.\d{1,16})?$/,
  both('不小于 0 的小数', 'a decimal number, 0 or more'),
);
export const rate = matching(
  /^(0(\.\d{1,16})?|1(\.0{1,16})?)$/,
  both('0 到 1 之间的小数', 'a decimal number from 0 to 1'),
);

/** A whole number of a few digits, between two bounds: years, months, versions, days. */
const small = (low: number, high: number, expected: string): Reader<number> => ({
  expected,
  read: (cell) => {
    const number = /^\d{1,9}$/.test(cell) ? Number(cell) : NaN;
    return number >= low && number <= high ? number : undefined;
  },
});
export const year: Reader<number> = {
  expected: both('四位年份', 'a year of four digits'),
  read: (cell) => (/^\d{4}$/.test(cell) ? Number(cell) : undefined),
};
export const month = small(1, 12, both('1 到 12 的月份', 'a month from 1 to 12'));
export const version = small(1, 999_999_999, both('正整数版本号', 'a whole number above 0'));
export const days = small(0, 99_999, both('不小于 0 的天数', 'a number of days, 0 or more'));

export const date: Reader<string> = {
  expected: both('真实日期，格式 YYYY-MM-DD', 'a real date, YYYY-MM-DD'),
  read: (cell) => (isRealDate(cell) ? cell : undefined),
};
export const flag: Reader<boolean> = {
  expected: both('true 或 false', 'true or false'),
  read: (cell) => (cell === 'true' ? true : cell === 'false' ? false : undefined),
};

export const oneOf = <Name extends string>(...names: readonly Name[]): Reader<Name> => ({
  expected: both(`${names.join('、')} 之一`, `one of ${names.join(', ')}`),
  read: (cell) => names.find((name) => name === cell),
});

/** An empty cell is a missing value. */
export const orEmpty = <Value>({ expected, read }: Reader<Value>): Reader<Value | null> => ({
  expected: `${expected}，${both('或留空', 'or empty')}`,
  read: (cell) => (cell === '' ? null : read(cell)),
});
/** Either of two forms. */
export const either = <A, B>(one: Reader<A>, other: Reader<B>): Reader<A | B> => ({
  expected: `${one.expected}，或${other.expected}`,
  read: (cell) => one.read(cell) ?? other.read(cell),
});
