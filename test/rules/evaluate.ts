/**
 * Evaluates the formula texts of rules/ as they stand, exactly: mathjs over fractions, with the words that rules/rule.ts
 * lists. Nothing of the product computes here, so a formula that agrees was understood, not copied.
 */
import { Fraction } from 'fraction.js';
import { type FactoryFunctionMap, all, create } from 'mathjs';

export type Exact = InstanceType<typeof Fraction>;
export type Quantity = Exact | number | boolean | string | null | Quantity[];
type Bands = [bound: Exact | null, step: Exact][];

const nought = new Fraction(0);
const floor = (value: Exact): Exact => value.mul(100).floor().div(100);
const ceil = (value: Exact): Exact => floor(value.neg()).neg();
/** To the fen, half away from zero. */
const round = (value: Exact): Exact => floor(value.abs().add('0.005')).mul(value.s);
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

const math = create(all as FactoryFunctionMap, { number: 'Fraction' });
math.import(
  { round, floor, ceil, min: least, max: most, sum, positive, clamp, meanGrowth, split, atMost, atLeast, last },
  { override: true },
);

/** A value as it is stored or given: numbers in text and Decimals become exact, other words stay what they are. */
export function quantity(value: unknown): Quantity {
  if (Array.isArray(value)) return value.map(quantity);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || value instanceof Fraction)
    return value;
  if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value) ? new Fraction(value) : value;
  return new Fraction((value as { toFixed(): string }).toFixed());
}

/** The value of a formula for these inputs. */
export function evaluate(formula: string, inputs: Record<string, unknown>): Quantity {
  const scope = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, quantity(value)]));
  return math.evaluate(formula, scope) as Quantity;
}
