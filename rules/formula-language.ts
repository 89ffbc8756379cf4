/**
 * The language of formulas: every function and operator that the `formula` of a rule may use, each with its Chinese wording
 * for accountants and its computation.
 *
 * A formula of several lines names intermediate values (`balance = income - expenditure`); the last line is its value. Places
 * of a list count from 1. `explain/formula.ts` parses formulas, `explain/workings.ts` computes their steps, and
 * `scripts/words/formula-text.ts` puts them into words. The tests evaluate every formula with mathjs and take only the names
 * from here.
 */
import { meanGrowth } from './budget-estimate';
import { type Ratio, clampRatio, exact, roundRatio } from './ratio';
import { hasLetterOrDigit } from './text';
import { RISK_LEVELS } from './vocabulary';

export type Quantity = Ratio | string | boolean | null | Quantity[];

type Argument = 'number' | 'text' | 'list' | 'bands' | 'place' | 'condition' | 'any';

interface FormulaFunction {
  zh: string;
  /** Its arguments in order; `?` may be left out, `*` may come any number of times. */
  takes: readonly (Argument | `${Argument}?` | `${Argument}*`)[];
  /**
   * Undefined for arguments that it is not made for. Without it a formula that uses the function is not computed when it is
   * explained: its stored figure is shown instead.
   */
  compute?: (...given: Quantity[]) => Quantity | undefined;
}

export const isNumber = (value: Quantity | undefined): value is Ratio =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofNumbers =
  (compute: (...given: Ratio[]) => Ratio) =>
  (...given: Quantity[]): Quantity | undefined =>
    given.every(isNumber) ? compute(...given) : undefined;

const zero = exact(0);
const wholeNumber = (value: Ratio): number => Number.parseInt(value.toString(), 10);
const toFen = (value: Ratio, towards: 'floor' | 'ceil'): Ratio => value.mul(100)[towards]().div(100);
const isBlank = (value: Quantity | undefined): boolean =>
  value === null || (typeof value === 'string' && !hasLetterOrDigit(value));

export const FUNCTIONS = {
  max: {
    zh: '取大',
    takes: ['number*'],
    compute: ofNumbers((first, ...others) => others.reduce((most, value) => (value.gt(most) ? value : most), first)),
  },
  min: {
    zh: '取小',
    takes: ['number*'],
    compute: ofNumbers((first, ...others) => others.reduce((least, value) => (value.lt(least) ? value : least), first)),
  },
  abs: { zh: '绝对值', takes: ['number'], compute: ofNumbers((value) => value.abs()) },
  /** Half away from zero, to the fen or to so many decimal places. */
  round: {
    zh: '四舍五入',
    takes: ['number', 'number?'],
    compute: ofNumbers((value, places?: Ratio) =>
      exact(roundRatio(value, places === undefined ? 2 : wholeNumber(places))),
    ),
  },
  /** To the fen. */
  floor: { zh: '舍到分', takes: ['number'], compute: ofNumbers((value) => toFen(value, 'floor')) },
  /** To the fen. */
  ceil: { zh: '进到分', takes: ['number'], compute: ofNumbers((value) => toFen(value, 'ceil')) },
  /** `clamp(value, low, high)`. */
  clamp: {
    zh: '限于',
    takes: ['number', 'number', 'number'],
    compute: ofNumbers((value, low, high) => clampRatio(value, low, high)),
  },
  /** The mean growth rate from year to year, oldest year first; years whose base is not above 0 are left out. */
  meanGrowth: { zh: '平均增长率', takes: ['number', 'number', 'number'], compute: ofNumbers(meanGrowth) },

  /** A single amount is its own sum. */
  sum: {
    zh: '合计',
    takes: ['list'],
    compute: (list = null) => {
      const amounts = Array.isArray(list) ? list : [list];
      return amounts.every(isNumber) ? amounts.reduce((total, amount) => total.add(amount), zero) : undefined;
    },
  },
  /** How many conditions of a list hold. */
  count: {
    zh: '个数',
    takes: ['list'],
    compute: (list) =>
      Array.isArray(list) && list.every((item) => typeof item === 'boolean')
        ? exact(list.filter(Boolean).length)
        : undefined,
  },
  /** Each amount of a list, or 0 where it is negative. */
  positive: {
    zh: '负数按零',
    takes: ['list'],
    compute: (list) =>
      Array.isArray(list) && list.every(isNumber) ? list.map((amount) => (amount.lt(0) ? zero : amount)) : undefined,
  },
  /** `at(list, place)`. */
  at: {
    zh: '所列',
    takes: ['list', 'place'],
    compute: (list, place) => (Array.isArray(list) && isNumber(place) ? list[wholeNumber(place) - 1] : undefined),
  },
  /** `map(list, …, each(a, …) = …)`: the expression after `each`, for each place of lists of one length. */
  map: { zh: '逐项', takes: ['list*', 'any'] },
  each: { zh: '每项', takes: ['any*'] },
  /** `split(total, weights, place)`: the part at this place when the total is split by largest remainder. */
  split: { zh: '按最大余额法分摊', takes: ['number', 'list', 'place'] },

  /** The step of the first band whose bound is not below the ratio. */
  atMost: { zh: '按不高于分档', takes: ['number', 'bands'] },
  /** The step of the first band whose bound is not above the ratio. */
  atLeast: { zh: '按不低于分档', takes: ['number', 'bands'] },
  /** The step of the last band. */
  last: { zh: '末档', takes: ['bands'] },

  /** The worst of some risk levels. */
  worst: {
    zh: '取最重等级',
    takes: ['text*'],
    compute: (...levels) => [...RISK_LEVELS].reverse().find((level) => levels.includes(level)),
  },
  /** `named(name, condition, …)`: the names whose condition holds. */
  named: { zh: '成立的情形', takes: ['any*'] },
  /** `codes(code, condition, …)`: the codes whose condition holds, joined by semicolons. */
  codes: { zh: '成立的代码', takes: ['any*'] },
  /** Whether the first of two dates is the earlier one. */
  before: { zh: '早于', takes: ['text', 'text'] },
  /** The date so many days after another. */
  daysLater: { zh: '顺延天数后', takes: ['text', 'number'] },
  /** Whether a cell is empty. */
  isBlank: { zh: '为空', takes: ['text'], compute: isBlank },
  isNull: { zh: '为空', takes: ['any'], compute: (value) => value === null },
  equalText: { zh: '等于', takes: ['text', 'text'], compute: (a, b) => a === b },
} as const satisfies Record<string, FormulaFunction>;
type FunctionName = keyof typeof FUNCTIONS;

export const functionNamed = (name: string): FormulaFunction | undefined =>
  Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name as FunctionName] : undefined;

/** Functions whose last argument is a table of bands. */
export const takesBands = (name: string): boolean => functionNamed(name)?.takes.at(-1) === 'bands';

export const CONSTANTS: Readonly<Record<string, { zh: string; value: Quantity }>> = {
  true: { zh: '是', value: true },
  false: { zh: '否', value: false },
  null: { zh: '（空）', value: null },
};

interface Operator {
  zh: string;
  /** Of two numbers. Operators without it look at their left side first: see `explain/workings.ts`. */
  compute?: (a: Ratio, b: Ratio) => Quantity | undefined;
}
/** Binary operators from loose to tight; those of one row are taken from left to right. */
const BINARY: readonly Readonly<Record<string, Operator>>[] = [
  { '??': { zh: '为空则取' } },
  { or: { zh: '或' } },
  { and: { zh: '且' } },
  {
    '==': { zh: '＝', compute: (a, b) => a.equals(b) },
    '!=': { zh: '≠', compute: (a, b) => !a.equals(b) },
    '<=': { zh: '≤', compute: (a, b) => a.lte(b) },
    '>=': { zh: '≥', compute: (a, b) => a.gte(b) },
    '<': { zh: '<', compute: (a, b) => a.lt(b) },
    '>': { zh: '>', compute: (a, b) => a.gt(b) },
  },
  { '+': { zh: '+', compute: (a, b) => a.add(b) }, '-': { zh: '−', compute: (a, b) => a.sub(b) } },
  {
    '*': { zh: '×', compute: (a, b) => a.mul(b) },
    '/': { zh: '÷', compute: (a, b) => (b.equals(0) ? undefined : a.div(b)) },
    // Two lists, place by place.
    '.*': { zh: '×', compute: (a, b) => a.mul(b) },
  },
];
export const PRECEDENCE: readonly (readonly string[])[] = BINARY.map((row) => Object.keys(row));

const OPERATORS = new Map<string, Operator>([
  ...BINARY.flatMap((row) => Object.entries(row)),
  ...Object.entries({ not: { zh: '非' }, '?': { zh: '时取' }, ':': { zh: '；否则' } }),
]);
export const operator = (sign: string): Operator | undefined => OPERATORS.get(sign);
