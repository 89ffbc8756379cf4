/**
 * What a rule is: a pure function that carries its article and its formula.
 *
 * The formula is text that a person can follow and a machine can evaluate; tests hold it against the function, so what
 * is told to an auditor is what was computed. Beside the usual operators it knows `round`, `floor`, `ceil` (to the fen),
 * `max`, `min`, `sum`, `clamp`, `split(total, weights, place)` (largest remainder), `atMost` and `atLeast` (bands).
 */
import type { Decimal } from './money';

export type Band = readonly [bound: string | null, step: string];
export type RuleInput = Decimal | readonly Decimal[] | readonly Band[] | boolean | null;

export interface Rule<Inputs extends object, Result> {
  (inputs: Inputs): Result;
  readonly article: string;
  readonly formula: string;
}

/** Joins a rule's law and its computation. */
export function rule<Inputs extends object, Result>(
  law: { article: string; formula: string },
  compute: (inputs: Inputs) => Result,
): Rule<Inputs, Result> {
  return Object.assign((inputs: Inputs) => compute(inputs), law);
}

/** Where an input came from: rows of an input file, a value of law, or a figure computed before. */
export type Source =
  | { rows: string; of: Record<string, string | number | readonly string[]> }
  | { parameter: string; from: string; source: string; assumed: boolean }
  | { figure: string; of: Record<string, string | number> };

/** An input with its source. */
export interface Given<Value extends RuleInput = RuleInput> {
  readonly value: Value;
  readonly from: Source;
}

/** Why a figure is what it is: stored with it, read by `explain`, never recomputed. */
export interface Because {
  article: string;
  formula: string;
  inputs: Record<string, { value?: unknown; from: Source }>;
}

/** A figure with its reason. */
export interface Explained<Value> {
  readonly value: Value;
  readonly because: Because;
}

/** Applies a rule to inputs whose sources are known. */
export function explain<Inputs extends object, Result>(
  applied: Rule<Inputs, Result>,
  given: { [Name in keyof Inputs]: Given<Inputs[Name] & RuleInput> },
): Explained<Result> {
  const entries = Object.entries(given) as [string, Given][];
  const inputs = Object.fromEntries(entries.map(([name, { value }]) => [name, value])) as Inputs;
  return {
    value: applied(inputs),
    because: {
      article: applied.article,
      formula: applied.formula,
      inputs: Object.fromEntries(entries.map(([name, input]) => [name, recorded(input)])),
    },
  };
}

/** A list taken from another result's rows is kept by reference alone: copies of it would grow with the square of areas. */
function recorded({ value, from }: Given): { value?: unknown; from: Source } {
  if (Array.isArray(value) && 'figure' in from) return { from };
  return { value: asText(value), from };
}

function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  return value !== null && typeof value === 'object' ? (value as Decimal).toFixed() : value;
}
