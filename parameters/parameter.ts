/** A parameter that a pack may override (CONTRACT 4): a dated value with the form its values must have. */
import { type Dated, type ParameterValue, single } from './dated';
import type { Form } from './forms';
import { FIRST_DAY } from './sources';

export interface Parameter extends Dated<ParameterValue> {
  form: Form;
  /** An area may have a value of its own: the name with `.<area>` appended. */
  perArea: boolean;
}

/** A parameter with one default. */
export function parameter(
  name: string,
  about: { zh: string; usedBy: string; form: Form; perArea?: boolean },
  value: ParameterValue,
  basis: { source: string; assumed: boolean },
): Parameter {
  const entry = { value, from: FIRST_DAY, ...basis };
  return { ...single(name, about.zh, about.usedBy, entry), form: about.form, perArea: about.perArea ?? false };
}

/** The value of a product parameter: dated and sourced like the others, but not overridable by a pack (RULES 10). */
export const product = <Value>(
  name: string,
  zh: string,
  usedBy: string,
  value: Value,
  source: string,
  assumed = true,
): Dated<Value> => single(name, zh, usedBy, { from: FIRST_DAY, value, source, assumed });

/**
 * A value published year by year (`subsidy.standard.2026`). `year` is the coverage year; later years than the last take
 * the last value, marked assumed.
 */
export interface YearlyParameter {
  name: string;
  zh: string;
  usedBy: string;
  form: Form;
  perArea: boolean;
  /** Fund years start to use the value on this month-day, of the year before where `lead` is 1. */
  from: { monthDay: string; lead: 0 | 1 };
  published: readonly { year: number; value: string; source: string; assumed: boolean }[]; // newest first
}
