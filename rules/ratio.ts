/** Exact ratios. A ratio is compared unrounded and rounded once, when it is printed (RULES 1). */
import { Fraction } from 'fraction.js';
import { Decimal, decimal } from './money';

export type Ratio = InstanceType<typeof Fraction>;

export const exact = (value: Decimal | number): Ratio =>
  new Fraction(typeof value === 'number' ? value : value.toFixed());
/** `numerator ÷ denominator`; null where there is no denominator. */
export const ratioOf = (numerator: Decimal, denominator: Decimal): Ratio | null =>
  denominator.isZero() ? null : exact(numerator).div(exact(denominator));

export const clampRatio = (value: Ratio, low: Ratio, high: Ratio): Ratio =>
  value.lt(low) ? low : value.gt(high) ? high : value;

/** Rounds half away from zero to `places` decimals. */
export function roundRatio(value: Ratio, places: number): Decimal {
  const scale = 10n ** BigInt(places);
  const doubled = value.n * scale * 2n;
  const nearest = (doubled / value.d + 1n) / 2n;
  return decimal((value.s * nearest).toString()).div(scale.toString());
}
