/** A parameter that a pack may override (CONTRACT 4): a dated value with the form its values must have. */
import { type About, type Dated, type Entry, type ParameterValue, single } from './dated';
import type { Form } from './forms';
import { FIRST_DAY } from './sources';

export interface Parameter extends Dated<ParameterValue> {
  form: Form;
  /** An area may have a value of its own: the name with `.<area>` appended. */
  perArea: boolean;
}

interface Basis {
  source: string;
  assumed: boolean;
}

/** A parameter with one default. */
export function parameter(
  name: string,
  { form, perArea = false, ...about }: About & { form: Form; perArea?: boolean },
  value: ParameterValue,
  basis: Basis,
): Parameter {
  return { ...single(name, about, { value, from: FIRST_DAY, until: null, ...basis }), form, perArea };
}

/** The value of a product parameter: dated and sourced like the others, but not overridable by a pack (RULES 10). */
export const product = <Value>(name: string, about: About, value: Value, basis: Basis): Dated<Value> =>
  single(name, about, { from: FIRST_DAY, until: null, value, ...basis });

/**
 * A value published year by year (`subsidy.standard.2026`). `year` is the coverage year; later years than the last take
 * the last value, marked assumed.
 */
export interface YearlyParameter extends About {
  name: string;
  form: Form;
  perArea: boolean;
  /** Fund years start to use the value on this month-day, of the year before where `lead` is 1. */
  from: { monthDay: string; lead: 0 | 1 };
  /** Newest first. `until` as in an entry: null, and later years take the value until their own is published. */
  published: readonly (Omit<Entry<string>, 'from'> & { year: number })[];
}
