/**
 * Evaluates the formula texts of rules exactly as they stand: mathjs over fractions. Nothing of the product computes here, so
 * a formula that agrees with its rule was understood, not copied. Only the names and arguments of the functions come from
 * `rules/formula-language.ts`: a formula that uses any other function of mathjs is refused.
 */
import { Fraction } from 'fraction.js';
import { type EvalFunction, type FactoryFunctionMap, type FunctionNode, type MathNode, all, create } from 'mathjs';
import { FUNCTIONS, functionNamed } from '../../rules/formula-language';

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

/** Largest remainder, the part at `place` (from 1): the missing fen go to larger remainders first, then to lower places. */
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
const count = (conditions: boolean[]): Exact => new Fraction(conditions.filter((condition) => condition).length);
const dotMultiply = (a: Exact[], b: Exact[]): Exact[] => a.map((one, at) => one.mul(b[at] as Exact));
const LEVELS = ['excess', 'green', 'yellow', 'orange', 'red'];
const worst = (...levels: string[]): string => LEVELS.filter((level) => levels.includes(level)).at(-1) as string;
const before = (a: string, b: string): boolean => a < b;
/** By the calendar of the machine, in UTC. */
const daysLater = (date: string, days: Exact | number): string =>
  new Date(Date.parse(date) + Number(days) * 86_400_000).toISOString().slice(0, 10);
const isBlank = (text: string | null): boolean => text === null || !/(?!\p{DI})[\p{L}\p{N}]/u.test(text);
const isNull = (value: unknown): boolean => value === null;
/** Names and conditions alternate: the names whose condition holds. */
const named = (...pairs: (string | boolean)[]): string =>
  pairs.filter((_, at) => at % 2 === 0 && pairs[at + 1] === true).join('、');

/** The same for codes. */
const codes = (...pairs: (string | boolean)[]): string =>
  pairs.filter((_, at) => at % 2 === 0 && pairs[at + 1] === true).join(';');

const OWN = {
  ...{ round, floor, ceil, min: least, max: most, sum, positive, clamp, meanGrowth, split, atMost, atLeast, last },
  ...{ at, map, count, worst, before, daysLater, isBlank, isNull, named, codes },
};
const OF_MATHJS = ['abs', 'equalText'];
/** `each(…) = …` defines a function; it is never called by itself. */
const missing = Object.keys(FUNCTIONS).filter((name) => name !== 'each' && !(name in OWN) && !OF_MATHJS.includes(name));
if (missing.length > 0) throw new Error(`test/rules/evaluate.ts cannot evaluate ${missing.join(', ')} yet: add them.`);

const math = create(all as FactoryFunctionMap, { number: 'Fraction', matrix: 'Array' });
math.import({ ...OWN, dotMultiply }, { override: true });

/** A value as it is stored or given: Decimals and numbers in text become exact, anything else stays as it is. */
export function quantity(value: unknown): Quantity {
  if (Array.isArray(value)) return value.map(quantity);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || value instanceof Fraction)
    return value;
  if (typeof value === 'string') return /^-?\d+(\.\d+|\/\d+)?$/.test(value) ? new Fraction(value) : value;
  return new Fraction((value as { toFixed(): string }).toFixed());
}

/** What is wrong with a call: an unknown function, or a number of arguments that it does not take. */
function faultOf(node: MathNode): string | undefined {
  if (node.type !== 'FunctionNode') return undefined;
  const { fn, args } = node as FunctionNode;
  const name = typeof fn === 'string' ? fn : fn.name;
  const takes = functionNamed(name)?.takes;
  if (takes === undefined) return `${name} is not a function of the language of formulas (rules/formula-language.ts)`;
  const fewest = takes.filter((argument) => !/[?*]$/.test(argument)).length;
  const most = takes.some((argument) => argument.endsWith('*')) ? Infinity : takes.length;
  return args.length >= fewest && args.length <= most
    ? undefined
    : `${name} takes ${takes.join(', ')}: ${node.toString()}`;
}

const compiled = new Map<string, EvalFunction>();
function compile(formula: string): EvalFunction {
  const known = compiled.get(formula);
  if (known) return known;
  const tree = math.parse(formula);
  tree.traverse((node) => {
    const fault = faultOf(node);
    if (fault !== undefined) throw new SyntaxError(fault);
  });
  const fresh = tree.compile();
  compiled.set(formula, fresh);
  return fresh;
}

/** The value of a formula for these inputs; of a formula of several lines, the value of the last. */
export function evaluate(formula: string, inputs: Record<string, unknown>): Quantity {
  const scope = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, quantity(value)]));
  const found = compile(formula).evaluate(scope) as Quantity | { entries: Quantity[] };
  return found !== null && typeof found === 'object' && !Array.isArray(found) && 'entries' in found
    ? (found.entries.at(-1) ?? null)
    : found;
}
