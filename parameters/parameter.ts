/** A parameter that a pack may override (CONTRACT 4): a dated value, and the form of its values. */
import { type About, type Dated, type Entry, type ParameterValue, single } from './dated';
import type { Form } from './forms';
import { FIRST_DAY } from './sources';

export interface Parameter<Name extends string = string> extends Dated<ParameterValue, Name> {
  form: Form;
  /** An area may have a value of its own: the name with `.<area>` appended. */
  perArea: boolean;
}

interface Basis {
  source: string;
  assumed: boolean;
}

/** A parameter with one default. */
export function parameter<const Name extends string>(
  name: Name,
  { form, perArea = false, ...about }: About & { form: Form; perArea?: boolean },
  value: ParameterValue,
  basis: Basis,
): Parameter<Name> {
  return {
    ...single<ParameterValue, Name>(name, about, { value, from: FIRST_DAY, until: null, ...basis }),
    form,
    perArea,
  };
}

/** The value of a product parameter: dated and sourced like the others, but not overridable by a pack (RULES 10). */
export const product = <const Name extends string>(
  name: Name,
  about: About,
  value: string,
  basis: Basis,
): Dated<string, Name> => single(name, about, { from: FIRST_DAY, until: null, value, ...basis });

/**
 * A value published year by year (`subsidy.standard.2026`), where the year is the coverage year. Years after the last published
 * one take its value, marked as assumed.
 */
export interface YearlyParameter<Name extends string = string> extends About {
  name: Name;
  form: Form;
  perArea: boolean;
  /** A fund year begins to use the value on this day: of the year itself, or of the year before where `lead` is 1. */
  from: { monthDay: string; lead: 0 | 1 };
  /** Newest first. `until` as in an entry: null, and later years take the value until their own is published. */
  published: readonly (Omit<Entry<string>, 'from'> & { year: number })[];
}
