/**
 * What a rule is: a pure function that carries its article and its formula.
 *
 * The formula is text that a person can follow and a machine can evaluate; tests hold it against the function, so an auditor
 * reads what was computed. Its functions and operators are listed in `formula-language.ts`.
 */
import type { Decimal } from './money';

export type Band = readonly [bound: string | null, step: string];
type RuleInput = Decimal | readonly Decimal[] | readonly Band[] | string | boolean | null;

export interface Rule<Inputs extends object, Result> {
  (inputs: Inputs): Result;
  readonly article: string;
  readonly formula: string;
}

/** What a figure cites of its rule. */
export type Citation = Pick<Rule<object, unknown>, 'article' | 'formula'>;

/** Joins a rule's law and its computation. */
export function rule<Inputs extends object, Result>(
  law: { article: string; formula: string },
  compute: (inputs: Inputs) => Result,
): Rule<Inputs, Result> {
  return Object.assign((inputs: Inputs) => compute(inputs), law);
}

/** Cells that pick rows: one value, or a list of which any will do. */
export type Cells = Record<string, string | number | boolean | readonly (string | number)[]>;

/**
 * Where an input came from: rows of a file, a value of law, a figure computed before, a correction by its number, or a text
 * that states it.
 *
 * `of` names the cells that pick the rows, `not` those that they must not have. Some words of `of` are no cells: `column` is
 * what is added up (`amount` unless said; `count` counts the rows), `by` makes it a list, one sum for each value of a column
 * (in the order in which `of` lists them, areas in the order of their codes; by `line` each row stands alone), `complete`
 * takes only rows in which all these columns are filled, `since` and `until` bound their dates.
 */
export type Source =
  | { rows: string; of: Cells; not?: Cells }
  | { parameter: string; from: string; source: string; assumed: boolean }
  | { figure: string; of: Cells }
  | { correction: string }
  | { stated: string };

/** An input with its source. */
export interface Given<Value extends RuleInput = RuleInput> {
  readonly value: Value;
  readonly from: Source;
}

/** Why a figure is what it is: stored with it, read by `explain`, never recomputed. */
export interface Because {
  article: string;
  formula: string;
  /** A list of sources is one for each place of a list. */
  inputs: Record<string, { value?: unknown; from: Source | readonly Source[] }>;
  /** Of a figure on the way that has no column of its own: others name it as `result.name`. */
  value?: string | boolean;
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
  const entries = Object.entries<Given>(given as Record<string, Given>);
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

/** The reason of a figure by a rule whose inputs are described rather than given, e.g. rows that the database added up. */
export const reasonOf = ({ article, formula }: Citation, inputs: Because['inputs']): Because => ({
  article,
  formula,
  inputs,
});

/** The reason of a figure that is rounded when it is printed. */
export const printedTo = (places: number, because: Because): Because => ({
  ...because,
  formula: `round(${because.formula}, ${places})`,
});

/** A reason with further inputs, which decide whether the figure becomes a finding. */
export const withInputs = (because: Because, more: Record<string, Given>): Because => ({
  ...because,
  inputs: {
    ...because.inputs,
    ...Object.fromEntries(Object.entries(more).map(([name, input]) => [name, recorded(input)])),
  },
});

/** The reason of a figure that is taken as it stands in a file, in the law or in another figure. */
export const taken = (article: string, value: unknown, from: Source): Because => ({
  article,
  formula: 'value',
  inputs: { value: { value, from } },
});

/** The reason of a figure that has no column of its own: stored beside the columns, with its value. */
export const intermediate = ({ value, because }: Explained<Decimal>): Because => ({
  ...because,
  value: value.toFixed(),
});

/** A list over all areas is kept by reference alone: copies of it would grow with the square of areas. */
function recorded({ value, from }: Given): { value?: unknown; from: Source } {
  if (Array.isArray(value) && ('figure' in from || ('rows' in from && 'by' in from.of))) return { from };
  return { value: asText(value), from };
}

function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  return value !== null && typeof value === 'object' ? (value as Decimal).toFixed() : value;
}
