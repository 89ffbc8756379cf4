/**
 * Evaluates the formula texts of rules/ as they stand, exactly: mathjs over fractions, with the words that rules/rule.ts
 * lists. Nothing of the product computes here, so a formula that agrees was understood, not copied.
 */
import { Fraction } from 'fraction.js';
import { type EvalFunction, type FactoryFunctionMap, all, create } from 'mathjs';

export type Exact = InstanceType<typeof Fraction>;
export type Quantity = Exact | number | boolean | string | null | Quantity[];
type Bands = [bound: Exact | null, step: Exact][];

const nought = new Fraction(0);
const floor = (value: Exact): Exact => value.mul(100).floor().div(100);
const ceil = (value: Exact): Exact => floor(value.neg()).neg();
/** To the fen or to so many places, half away from zero. */
function round(value: Exact, places: Exact = new Fraction(2)): Exact {
  const scale = new Fraction(10n ** places.n);
  return value.abs().mul(scale).add('1/2').floor().div(scale).mul(value.s);
}
const least = (a: Exact, b: Exact): Exact => (a.lt(b) ? a : b);
const most = (a: Exact, b: Exact): Exact => (a.gt(b) ? a : b);
/** Sums a list; a single amount is its own sum. */
const sum = (amounts: Exact[] | Exact): Exact =>
  Array.isArray(amounts) ? amounts.reduce((total, amount) => total.add(amount), nought) : amounts;
const positive = (amounts: Exact[]): Exact[] => amounts.map((amount) => most(nought, amount));
const clamp = (value: Exact, low: Exact, high: Exact): Exact => most(low, least(value, high));

/** Mean of the growth rates whose base is above 0; none: 0. */
function meanGrowth(...years: Exact[]): Exact {
  const steps = years.slice(1).map((after, i): [before: Exact, after: Exact] => [years[i] as Exact, after]);
  const rates = steps.filter(([before]) => before.gt(0)).map(([before, after]) => after.div(before).sub(1));
  return rates.length === 0 ? nought : sum(rates).div(rates.length);
}

/** Largest remainder, the part at `place` (from 1): whoever is ahead of it in line for a missing fen gets one first. */
function split(total: Exact, weights: Exact[], place: number): Exact {
  const whole = sum(weights);
  if (whole.equals(0)) return nought;
  const exact = weights.map((weight) => total.mul(weight).div(whole));
  const missing = total.sub(sum(exact.map(floor))).mul(100);
  const remainder = (at: number): Exact => (exact[at] as Exact).sub(floor(exact[at] as Exact));
  const own = place - 1;
  const ahead = weights.filter(
    (_, at) => remainder(at).gt(remainder(own)) || (remainder(at).equals(remainder(own)) && at < own),
  );
  return floor(exact[own] as Exact).add(missing.gt(ahead.length) ? '0.01' : 0);
}

const firstBand = (bands: Bands, holds: (bound: Exact) => boolean): Exact =>
  (bands.find(([bound]) => bound === null || holds(bound)) as Bands[number])[1];
const atMost = (ratio: Exact, bands: Bands): Exact => firstBand(bands, (bound) => ratio.lte(bound));
const atLeast = (ratio: Exact, bands: Bands): Exact => firstBand(bands, (bound) => ratio.gte(bound));
const last = (bands: Bands): Exact => (bands.at(-1) as Bands[number])[1];

/** One value for each place of lists of one length. */
function map(...lists: unknown[]): unknown[] {
  const each = lists.pop() as (...values: unknown[]) => unknown;
  return (lists as unknown[][]).map((list) => list.length).every((length, _, all) => length === all[0])
    ? (lists[0] as unknown[]).map((_, at) => each(...(lists as unknown[][]).map((list) => list[at])))
    : ['lists of unequal length'];
}
const at = (list: unknown[], place: Exact | number): unknown => list[Number(place) - 1];
const count = (conditions: boolean[]): Exact => new Fraction(conditions.filter((one) => one).length);
const dotMultiply = (a: Exact[], b: Exact[]): Exact[] => a.map((one, at) => one.mul(b[at] as Exact));
const LEVELS = ['excess', 'green', 'yellow', 'orange', 'red'];
const worst = (...levels: string[]): string => LEVELS.filter((level) => levels.includes(level)).at(-1) as string;
const before = (a: string, b: string): boolean => a < b;
const isBlank = (text: string | null): boolean => text === null || text.trim() === '';
const isNull = (value: unknown): boolean => value === null;
/** Names and conditions in turn: the names of those that hold. */
const named = (...pairs: (string | boolean)[]): string =>
  pairs.filter((_, at) => at % 2 === 0 && pairs[at + 1] === true).join('、');

const math = create(all as FactoryFunctionMap, { number: 'Fraction', matrix: 'Array' });
math.import(
  {
    ...{ round, floor, ceil, min: least, max: most, sum, positive, clamp, meanGrowth, split, atMost, atLeast, last },
    ...{ at, map, count, dotMultiply, worst, before, isBlank, isNull, named },
  },
  { override: true },
);

/** A value as it is stored or given: numbers in text and Decimals become exact, other words stay what they are. */
export function quantity(value: unknown): Quantity {
  if (Array.isArray(value)) return value.map(quantity);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || value instanceof Fraction)
    return value;
  if (typeof value === 'string') return /^-?\d+(\.\d+|\/\d+)?$/.test(value) ? new Fraction(value) : value;
  return new Fraction((value as { toFixed(): string }).toFixed());
}

/** Formulas are few and inputs many: each is parsed once. */
const compiled = new Map<string, EvalFunction>();
function compile(formula: string): EvalFunction {
  const known = compiled.get(formula) ?? math.compile(formula);
  compiled.set(formula, known);
  return known;
}

/** The value of a formula for these inputs. */
export function evaluate(formula: string, inputs: Record<string, unknown>): Quantity {
  const scope = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, quantity(value)]));
  const found = compile(formula).evaluate(scope) as Quantity | { entries: Quantity[] };
  // A formula of several lines: its value is that of the last.
  return found !== null && typeof found === 'object' && !Array.isArray(found) && 'entries' in found
    ? (found.entries.at(-1) ?? null)
    : found;
}
