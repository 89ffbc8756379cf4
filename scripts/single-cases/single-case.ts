/** A single case of a rule: its fields, an example, and the figures it comes to, each with article and formula. */
import type { ParameterInForce } from '../../parameters';
import { type Decimal, plainText, ratioText, yuanText, zero } from '../../rules/money';
import { type Ratio, roundRatio } from '../../rules/ratio';
import type { Rule } from '../../rules/rule';
import { noFactor } from '../../rules/share';
import { type Fields, type Values, inCamelCase, optional, readFields } from './fields';
import { type CaseFault, type JsonObject, YEAR } from './kinds';
import { CaseLaw } from './law';

type FigureText = string | string[] | null;
/** A figure; its formula uses the names that the inputs have here. */
export interface Figure {
  value: FigureText;
  unit: string;
  article: string;
  formula: string;
  inputs: Record<string, unknown>;
}
/** A figure with its exact value, for the figures that are computed from it. */
export interface ExactFigure<Value> extends Figure {
  exact: Value;
}

interface Unit {
  zh: string;
  text: (value: Decimal) => string;
}
export const IN_YUAN: Unit = { zh: '元', text: yuanText };
export const IN_MONTHS: Unit = { zh: '月', text: plainText };
export const AS_SHARE: Unit = { zh: '比例', text: plainText };
const AS_STEP = '加减';
export const IN_COUNT: Unit = { zh: '个', text: plainText };

const exactFigure = <Value>(
  value: Value,
  text: FigureText,
  unit: string,
  law: Law,
  inputs: object,
): ExactFigure<Value> => ({
  exact: value,
  value: text,
  unit,
  article: law.article,
  formula: withoutTexts(law.formula, inCamelCase),
  inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [inCamelCase(name), asText(input)])),
});
/** Changes a formula except for its quoted texts, which are codes of the result. */
const withoutTexts = (formula: string, change: (part: string) => string): string =>
  formula
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? part : change(part)))
    .join('');
interface Law {
  article: string;
  formula: string;
}

/** Applies a rule whose result is a number. */
export const figureOf = <Inputs extends object>(
  applied: Rule<Inputs, Decimal>,
  inputs: Inputs,
  unit: Unit,
): ExactFigure<Decimal> => {
  const value = applied(inputs);
  return exactFigure(value, unit.text(value), unit.zh, applied, inputs);
};
/** Applies a rule whose result is a ratio, shown with four decimals; null where the denominator is missing. */
export const ratioFigure = <Inputs extends object>(applied: Rule<Inputs, Ratio | null>, inputs: Inputs): Figure => {
  const value = applied(inputs);
  return exactFigure(value, value && ratioText(roundRatio(value, 4)), '比例', applied, inputs);
};
/** Applies a factor of α; without data it counts 0 (READINGS 38). */
export function factorFigure<Inputs extends object>(
  applied: Rule<Inputs, Decimal | null>,
  inputs: Inputs | null,
): ExactFigure<Decimal> {
  const step = inputs && applied(inputs);
  if (inputs === null || step === null) return exactFigure(zero, plainText(zero), AS_STEP, noFactor, {});
  return exactFigure(step, plainText(step), AS_STEP, applied, inputs);
}
/** Numbers that were computed together, in the order of the input lists; in the formula, `place` counts them from 1. */
export const figureList = (values: Decimal[], law: Law, inputs: object, unit: Unit): ExactFigure<Decimal[]> =>
  exactFigure(values, values.map(unit.text), unit.zh, law, inputs);
/** A word or a date. */
export const textFigure = (text: string, law: Law, inputs: object, unit: string): ExactFigure<string> =>
  exactFigure(text, text, unit, law, inputs);

function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  return value !== null && typeof value === 'object' ? plainText(value as Decimal) : value;
}

interface Answer {
  value: Figure;
  /** Intermediate and accompanying figures, in the order in which they are computed. */
  steps?: Record<string, Figure>;
  /** Remarks for the reader. */
  notes?: string[];
}

export interface SingleCase {
  name: string;
  zh: string;
  en: string;
  fields: Fields;
  example: object;
  /** Reads the case and answers it, or returns every fault. */
  answer(given: JsonObject, thisYear: string): { faults: CaseFault[] } | Answered;
}
export interface Answered {
  answer: Answer;
  /** The values of law that were taken because the case did not give them, and their year. */
  law: readonly ParameterInForce[];
  year: string;
}

/** Defines a single case. `judge` checks fields against each other, once each of them is in order. */
export function singleCase<Of extends Fields>(definition: {
  name: string;
  zh: string;
  en: string;
  fields: Of;
  example: object;
  judge?: (values: Values<Of>) => CaseFault[];
  answer: (values: Values<Of>) => Answer;
}): SingleCase {
  const usesLaw = Object.values(definition.fields).some(({ law }) => law !== undefined);
  const year = optional(YEAR, '取哪一年度的法定参数作默认值；不给则为今年', null);
  const fields: Fields = usesLaw ? { ...definition.fields, year } : definition.fields;
  return {
    name: definition.name,
    zh: definition.zh,
    en: definition.en,
    fields,
    example: definition.example,
    answer(given, thisYear) {
      const faults: CaseFault[] = [];
      const report = (fault: CaseFault): void => void faults.push(fault);
      const caseYear = 'year' in fields ? YEAR.read(given['year'] ?? thisYear) : undefined;
      const law = new CaseLaw(caseYear ?? thisYear, report);
      const values = readFields(fields, given, law, report) as Values<Of>;
      if (faults.length === 0) faults.push(...(definition.judge?.(values) ?? []));
      return faults.length > 0 ? { faults } : { answer: definition.answer(values), law: law.taken, year: law.year };
    },
  };
}
