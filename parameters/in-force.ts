/** The values of law in force for one cycle: defaults, replaced or joined by the overrides of its pack. */
import { BUDGET, BUDGET_PRODUCT } from './budget';
import { fourDigits } from './calendar-date';
import { COLLECTION, COLLECTION_INDIVIDUAL, COLLECTION_PRODUCT } from './collection';
import { type Dated, type ParameterValue, inForce } from './dated';
import { EVALUATION, EVALUATION_PRODUCT } from './evaluation';
import { LEVY, LEVY_PRODUCT } from './levy';
import type { Parameter, YearlyParameter } from './parameter';
import { AVERAGE_WAGE, DISPOSABLE_INCOME, STANDARD_FACTORS, statisticFor } from './published-standards';
import { RISK, RISK_PRODUCT } from './risk';
import { SHARING } from './sharing';
import { SUBSIDY, SUBSIDY_STANDARD } from './subsidy';

export interface ParameterInForce {
  name: string;
  value: ParameterValue;
  from: string; // ISO date
  source: string;
  assumed: boolean;
}
/** One entry of `parameters.json`. */
export interface Override {
  value: ParameterValue;
  source: string;
}

/** What a pack may override (CONTRACT 4). */
export const PARAMETERS: readonly Parameter[] = [
  ...LEVY,
  ...SHARING,
  ...BUDGET,
  ...RISK,
  ...COLLECTION,
  ...SUBSIDY,
  ...EVALUATION,
];
export const YEARLY_PARAMETERS: readonly YearlyParameter[] = [COLLECTION_INDIVIDUAL, SUBSIDY_STANDARD];
/** What is the product's own: dated and sourced too, but no pack changes it. */
export const PRODUCT_PARAMETERS: readonly Dated<string>[] = [
  ...LEVY_PRODUCT,
  ...BUDGET_PRODUCT,
  ...RISK_PRODUCT,
  ...COLLECTION_PRODUCT,
  ...EVALUATION_PRODUCT,
  ...STANDARD_FACTORS,
];

const firstDayOf = (year: number): string => `${fourDigits(year)}-01-01`;

/** The published value of a year, or the last one before it, marked assumed; undefined before the first. */
function yearlyDefault(parameter: YearlyParameter, year: number): ParameterInForce | undefined {
  const last = parameter.published.find((value) => value.year <= year);
  if (!last) return undefined;
  const name = `${parameter.name}.${year}`;
  const from = `${fourDigits(last.year - parameter.from.lead)}-${parameter.from.monthDay}`;
  if (last.year === year) return { name, value: last.value, from, source: last.source, assumed: last.assumed };
  return { name, value: last.value, from, source: `${last.source}；${year}年标准尚未公布，沿用`, assumed: true };
}

/** Yearly values that the cycle of `year` uses, for which no default is known and none is given. */
export const missingYearlyValues = (year: number, overrides: Readonly<Record<string, unknown>>): string[] =>
  YEARLY_PARAMETERS.filter((parameter) => !yearlyDefault(parameter, year))
    .map((parameter) => `${parameter.name}.${year}`)
    .filter((name) => !Object.hasOwn(overrides, name));

/** Whether an override concerns the cycle of `year`: a dated name holds for its own year alone (READINGS 6). */
function concerns(name: string, year: number): boolean {
  const yearly = YEARLY_PARAMETERS.find((parameter) => name.startsWith(`${parameter.name}.`));
  return !yearly || name.slice(yearly.name.length + 1).split('.')[0] === String(year);
}

/** Overrides come with the pack of a cycle, so they hold from the day the cycle starts. */
function overridden(year: number, overrides: Readonly<Record<string, Override>>): ParameterInForce[] {
  const from = `${fourDigits(year - 1)}-09-01`;
  return Object.entries(overrides)
    .filter(([name]) => concerns(name, year))
    .map(([name, { value, source }]) => ({ name, value, from, source, assumed: false }));
}

const byName = (a: ParameterInForce, b: ParameterInForce): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * Every value of law in force for the cycle of `year`, sorted by name: the names of CONTRACT 4 with their defaults, the
 * yearly ones for this year, and overrides, which replace a default or add a value for one area.
 *
 * Throws when a value has no default for the year and no override; `overrideFaults` tells so before anything starts.
 */
export function parametersInForce(year: number, overrides: Readonly<Record<string, Override>>): ParameterInForce[] {
  const missing = missingYearlyValues(year, overrides);
  if (missing.length > 0)
    throw new RangeError(`No value is known for ${missing.join(', ')}: give one in parameters.json.`);

  const defaults = PARAMETERS.map((parameter) => {
    const { value, from, source, assumed } = inForce(parameter, firstDayOf(year));
    return { name: parameter.name, value, from, source, assumed };
  });
  const yearly = YEARLY_PARAMETERS.flatMap((parameter) => yearlyDefault(parameter, year) ?? []);
  const all = new Map([...defaults, ...yearly, ...overridden(year, overrides)].map((one) => [one.name, one]));
  return [...all.values()].sort(byName);
}

/** The product's own values for the cycle of `year`, the region's statistics included, sorted by name. */
export function productParametersInForce(year: number): ParameterInForce[] {
  const constants = PRODUCT_PARAMETERS.map((parameter) => ({
    name: parameter.name,
    ...inForce(parameter, firstDayOf(year)),
  }));
  const statistics = [AVERAGE_WAGE, DISPOSABLE_INCOME].map((of) => ({ name: of.name, ...statisticFor(year, of) }));
  return [...constants, ...statistics].sort(byName);
}

/** What a value is and what it decides, for a reader of `fund parameters`. */
export function aboutParameter(name: string): { zh: string; usedBy: string } {
  const known: readonly { name: string; zh: string; usedBy: string }[] = [
    ...PARAMETERS,
    ...PRODUCT_PARAMETERS,
    ...YEARLY_PARAMETERS,
    AVERAGE_WAGE,
    DISPOSABLE_INCOME,
  ];
  const about = known.find((one) => name === one.name || name.startsWith(`${one.name}.`));
  if (!about) throw new RangeError(`There is no parameter named ${name}.`);
  return { zh: about.zh, usedBy: about.usedBy };
}

/**
 * 模拟测算: while a levy or share value is assumed, every result of the cycle is a simulation (READINGS 3). The start
 * years are no assumption: A(three) states them.
 */
export const isSimulation = (list: readonly ParameterInForce[]): boolean =>
  list.some(({ name, assumed }) => assumed && /^(levy|share)\./.test(name));
