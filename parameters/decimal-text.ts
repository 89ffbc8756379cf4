/**
 * Comparison of decimal texts, exact and without a library: parameters/ depends on nothing, and a value of law never
 * becomes a JavaScript number.
 */

const DECIMAL = /^-?\d{1,16}(\.\d{1,16})?$/;

/** Whether `value` is a plain decimal: `0.05`, `-3`, never `.5`, `1e3` or a JSON number. */
export const isDecimalText = (value: unknown): value is string => typeof value === 'string' && DECIMAL.test(value);

const PLACES = 16;
/** The value in units of 10⁻¹⁶. */
function units(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return decimal.startsWith('-') ? -size : size;
}

/** Negative when a < b, 0 when equal, positive when a > b. */
export function compareDecimals(a: string, b: string): number {
  const difference = units(a) - units(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isBetween = (value: unknown, low: string, high: string): value is string =>
  isDecimalText(value) && compareDecimals(value, low) >= 0 && compareDecimals(value, high) <= 0;
