/** Values of explanations: stored numbers are text, and are compared as numbers. */
import { decimal } from '../rules/money';
import type { Value } from './tree';

export function asValue(stored: unknown): Value {
  if (Array.isArray(stored)) return stored.map(asValue);
  if (stored === undefined || stored === null) return null;
  return typeof stored === 'boolean' || typeof stored === 'string' ? stored : JSON.stringify(stored);
}

const isNumber = (value: Value): value is string => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);

/** Whether both are numbers, and different ones. */
export const differ = (a: Value, b: Value): boolean => isNumber(a) && isNumber(b) && !decimal(a).equals(decimal(b));

/** The same number as the other place writes it: `641043751.50`, not `641043751.5`. */
export const writtenAs = (value: Value, other: Value): Value =>
  isNumber(value) && isNumber(other) && !differ(value, other) ? other : value;
