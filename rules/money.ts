/**
 * Money and exact numbers. Yuan (元) with two decimals, the fen (分) is 0.01.
 *
 * RULES 1: a division is rounded once, at the end, half up (away from zero), to the fen; a total split into parts is
 * split by largest remainder, so that the parts add up exactly. Money is text or Decimal, never a JavaScript number.
 */
import { Decimal as DecimalJs } from 'decimal.js';

/** Exact arithmetic: 60 significant digits, half up. A class of our own, so that nobody else's settings reach it. */
export const Decimal = DecimalJs.clone({
  precision: 60,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Decimal = DecimalJs;

export const zero = new Decimal(0);

/** Reads an exact number from its text. Throws when it is not one: money never arrives as anything else. */
export function decimal(text: string): Decimal {
  const number = new Decimal(text);
  if (!number.isFinite()) throw new RangeError(`“${text}” is no exact number.`);
  return number;
}

const FEN = 2;
export const roundToFen = (amount: Decimal): Decimal => amount.toDecimalPlaces(FEN, Decimal.ROUND_HALF_UP);
export const floorToFen = (amount: Decimal): Decimal => amount.toDecimalPlaces(FEN, Decimal.ROUND_FLOOR);
export const ceilToFen = (amount: Decimal): Decimal => amount.toDecimalPlaces(FEN, Decimal.ROUND_CEIL);

export const sum = (amounts: Iterable<Decimal>): Decimal => {
  let total = zero;
  for (const amount of amounts) total = total.plus(amount);
  return total;
};
export const atLeastZero = (amount: Decimal): Decimal => Decimal.max(zero, amount);
export const smaller = (a: Decimal, b: Decimal): Decimal => Decimal.min(a, b);
export const larger = (a: Decimal, b: Decimal): Decimal => Decimal.max(a, b);

/** Text with a fixed number of decimals; a zero never carries a minus sign. */
export function fixed(value: Decimal, places: number): string {
  const text = value.toFixed(places, Decimal.ROUND_HALF_UP);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}
/** An amount as it is stored and printed: `1234.50`. */
export const yuanText = (amount: Decimal): string => fixed(amount, FEN);
/** A ratio as it is printed: four decimals. Comparisons always take the unrounded value. */
export const ratioText = (ratio: Decimal): string => fixed(ratio, 4);
/** A rate as it is printed: plain, without trailing zeros. */
export const plainText = (rate: Decimal): string => rate.toFixed();

/**
 * Splits `total` in proportion to `weights` by largest remainder: each part is floored to the fen, the missing fen go
 * one each to the parts with the largest remainder, ties to the earlier place in the order given (RULES 1).
 *
 * The parts add up to `total` exactly. Weights are at least 0; when all are 0 every part is 0 and `total` must be 0.
 */
export function splitByLargestRemainder(total: Decimal, weights: readonly Decimal[]): Decimal[] {
  const whole = sum(weights);
  if (whole.isZero()) return weights.map(() => zero);
  // Remainders are compared as integers (fen × weight modulo the sum of weights), so no division can blur a tie.
  const fen = total.times(100);
  const parts = weights.map((weight, order) => {
    const product = fen.times(weight);
    const floor = product.divToInt(whole);
    return { order, fen: floor, remainder: product.minus(floor.times(whole)) };
  });
  let missing = fen.minus(sum(parts.map((part) => part.fen)));
  const byRemainder = [...parts].sort((a, b) => b.remainder.comparedTo(a.remainder) || a.order - b.order);
  for (const part of byRemainder) {
    if (missing.lessThan(1)) break;
    part.fen = part.fen.plus(1);
    missing = missing.minus(1);
  }
  return parts.map((part) => part.fen.div(100));
}

/** An amount that a person has typed, perhaps with its thousands separated, as yuan to the fen; null where it is none. */
export function typedYuan(text: string): string | null {
  if (!/^-?(\d{1,16}|\d{1,3}([,，]\d{3}){1,5})(\.\d{1,2})?$/.test(text)) return null;
  return yuanText(decimal(text.replace(/[,，]/g, '')));
}

/** One above 0; null where it is none. */
export function typedAmount(text: string): string | null {
  const amount = typedYuan(text);
  return amount !== null && decimal(amount).gt(0) ? amount : null;
}
