/** How a cell is read. Numbers stay text, except small ones such as a month. */
import { type Reader, both, decimalNumber, mapped, reader, textLike, textThat } from '../parameters/reader';
import { decimal } from '../rules/money';
import { EXPECTED_TEXT, isName, isRemark } from '../rules/text';

export {
  type Reader,
  atLeastZero,
  count,
  date,
  decimalNumber,
  money,
  moneyAtLeastZero,
  oneOf,
  rate,
} from '../parameters/reader';

export const anyText = textThat(() => true, both('文本', 'text'));
/** Of an area, a banner, a person: it stands in tables and, with what is waited for, in Temporal. */
export const name = textThat(isName, EXPECTED_TEXT.name);
export const remark = textThat(isRemark, EXPECTED_TEXT.remark);
/** The database indexes keys, which bounds their length. */
export const LONGEST_KEY = 500;
export const shortText = textThat(
  (cell) => cell.length <= LONGEST_KEY,
  both(`至多 ${LONGEST_KEY} 字的文本`, `text of at most ${LONGEST_KEY} characters`),
);
export const someText = textThat(
  (cell) => cell !== '' && cell.length <= LONGEST_KEY,
  both(`非空文本，至多 ${LONGEST_KEY} 字`, `text that is not empty, at most ${LONGEST_KEY} characters`),
);
/** What a person types to name an operator or a banner. */
export const typedKey = textThat((cell) => cell !== '' && isName(cell), `非空，${EXPECTED_TEXT.name}`);
/** An area code becomes part of file names, workflow ids and parameter names. */
export const areaCode = textThat(
  (cell) => /^[0-9A-Za-z]{1,20}$/.test(cell) && cell !== 'region' && cell !== 'unknown',
  both('统筹区代码（字母或数字，不是 unknown、region）', 'an area code of letters or digits'),
);

/** A whole number of a few digits, from `low` to `high`. */
const small = (low: number, high: number, expected: string): Reader<number> =>
  mapped(
    textLike(/^\d{1,9}$/, expected),
    (cell) => (Number(cell) >= low && Number(cell) <= high ? Number(cell) : undefined),
    expected,
  );
export const month = small(1, 12, both('1 到 12 的月份', 'a month from 1 to 12'));
export const version = small(1, 999_999_999, both('正整数版本号', 'a whole number above 0'));
export const days = small(0, 99_999, both('不小于 0 的天数', 'a number of days, 0 or more'));
const FOUR_DIGITS = both('四位年份', 'a year of four digits');
export const year = mapped(textLike(/^\d{4}$/, FOUR_DIGITS), Number, FOUR_DIGITS);

export const flag = reader(both('true 或 false', 'true or false'), (cell) =>
  cell === 'true' ? true : cell === 'false' ? false : undefined,
);

/** A change by which something is multiplied: at most all of it is lost. */
export const aboveMinusOne = textThat(
  (cell) => decimalNumber.read(cell) !== undefined && decimal(cell).gt(-1),
  both('大于 -1 的小数，如 0.10', 'a decimal number above -1'),
);

/** An empty cell is a missing value. */
export const orEmpty = <Value>({ expected, read }: Reader<Value>): Reader<Value | null> => ({
  expected: `${expected}，${both('或留空', 'or empty')}`,
  read: (cell, report, field) => (cell === '' ? null : read(cell, report, field)),
});
/** Either of two forms. */
export const either = <A, B>(one: Reader<A>, other: Reader<B>): Reader<A | B> =>
  reader(`${one.expected}，或${other.expected}`, (cell) => one.read(cell) ?? other.read(cell));
