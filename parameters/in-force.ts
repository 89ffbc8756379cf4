/** The values of law in force for one cycle: defaults, replaced or joined by the overrides of its pack. */
import { dateIn } from '../rules/calendar-day';
import { BOOKS } from './books';
import { BUDGET, BUDGET_PRODUCT } from './budget';
import { CALENDAR, type CalendarStep, calendarOf } from './calendar';
import { COLLECTION, COLLECTION_INDIVIDUAL, COLLECTION_PRODUCT } from './collection';
import { type About, type Dated, type Entry, type ParameterValue, inForce } from './dated';
import { WAITING } from './enrolment';
import { EVALUATION, EVALUATION_PRODUCT } from './evaluation';
import { LEVY, LEVY_PRODUCT } from './levy';
import { MONITORING } from './monitoring';
import type { Parameter, YearlyParameter } from './parameter';
import { PAYMENTS } from './payments';
import { AVERAGE_WAGE, DISPOSABLE_INCOME, STANDARD_FACTORS, statisticFor } from './published-standards';
import { PERFORMANCE, PERFORMANCE_PRODUCT } from './performance';
import { RATES } from './rates';
import { RISK, RISK_PRODUCT } from './risk';
import { SHARING } from './sharing';
import { SUBSIDY, SUBSIDY_STANDARD } from './subsidy';

export interface ParameterInForce {
  name: string;
  value: ParameterValue;
  from: string; // ISO date
  until: string | null; // ISO date, inclusive; null: until another value takes its place
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
  ...RATES,
  ...RISK,
  ...COLLECTION,
  ...SUBSIDY,
  ...PAYMENTS,
  ...EVALUATION,
  ...PERFORMANCE,
  ...BOOKS,
  ...MONITORING,
];
export const YEARLY_PARAMETERS: readonly YearlyParameter[] = [COLLECTION_INDIVIDUAL, SUBSIDY_STANDARD];
/** The product's own values: dated and sourced too, but not open to a pack. */
export const PRODUCT_PARAMETERS: readonly Dated<string>[] = [
  ...LEVY_PRODUCT,
  ...BUDGET_PRODUCT,
  ...RISK_PRODUCT,
  ...COLLECTION_PRODUCT,
  ...WAITING,
  ...EVALUATION_PRODUCT,
  ...PERFORMANCE_PRODUCT,
  ...STANDARD_FACTORS,
];

/** The region's statistics, by year. */
export const STATISTICS: readonly Dated<string>[] = [AVERAGE_WAGE, DISPOSABLE_INCOME];

const firstDayOf = (year: number): string => dateIn(year, '01-01');

/** The day from which the cycle of `year` uses a yearly value. */
export const yearlyFrom = ({ from }: YearlyParameter, year: number): string => dateIn(year - from.lead, from.monthDay);

/** A yearly value as entries, newest first, each in force from the day on which its own year begins to use it. */
export const yearlyEntries = (parameter: YearlyParameter): Entry<string>[] =>
  parameter.published.map(({ year, ...published }) => ({ ...published, from: yearlyFrom(parameter, year) }));

/** The published value of a year, or the last one before it, marked assumed. */
function yearlyDefault(parameter: YearlyParameter, year: number): ParameterInForce {
  const from = yearlyFrom(parameter, year);
  const entry = inForce({ ...parameter, entries: yearlyEntries(parameter) }, from);
  const name = `${parameter.name}.${year}`;
  if (entry.from === from) return { name, ...entry };
  return { name, ...entry, source: `${entry.source}；${year}年标准尚未公布，沿用`, assumed: true };
}

/** Whether an override concerns the cycle of `year`: a dated name holds for its own year alone (READINGS 6). */
function concerns(name: string, year: number): boolean {
  const yearly = YEARLY_PARAMETERS.find((parameter) => name.startsWith(`${parameter.name}.`));
  return !yearly || name.slice(yearly.name.length + 1).split('.')[0] === String(year);
}

/** Overrides come with the pack of a cycle, so they hold from the day the cycle starts, for this fund year. */
function overridden(year: number, overrides: Readonly<Record<string, Override>>): ParameterInForce[] {
  const from = dateIn(year - 1, '09-01');
  const until = dateIn(year, '12-31');
  return Object.entries(overrides)
    .filter(([name]) => concerns(name, year))
    .map(([name, { value, source }]) => ({ name, value, from, until, source, assumed: false }));
}

const byName = (a: ParameterInForce, b: ParameterInForce): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * Every value of law in force for the cycle of `year`, sorted by name: the names of CONTRACT 4 with their defaults, the
 * yearly ones for this year, and overrides, which replace a default or add a value for one area.
 *
 * Throws when a value has neither a default for the year nor an override; the gate of the law finds that before anything starts.
 */
export function parametersInForce(year: number, overrides: Readonly<Record<string, Override>>): ParameterInForce[] {
  const given = overridden(year, overrides);
  const isGiven = (name: string): boolean => given.some((override) => override.name === name);
  const defaults = PARAMETERS.filter(({ name }) => !isGiven(name)).map((parameter) => ({
    name: parameter.name,
    ...inForce(parameter, firstDayOf(year)),
  }));
  const yearly = YEARLY_PARAMETERS.filter(({ name }) => !isGiven(`${name}.${year}`)).map((parameter) =>
    yearlyDefault(parameter, year),
  );
  return [...defaults, ...yearly, ...given].sort(byName);
}

/** The product's own values for the cycle of `year`, the region's statistics included, sorted by name. */
export function productParametersInForce(year: number): ParameterInForce[] {
  const constants = PRODUCT_PARAMETERS.map((parameter) => ({
    name: parameter.name,
    ...inForce(parameter, firstDayOf(year)),
  }));
  const statistics = STATISTICS.map((of) => ({ name: of.name, ...statisticFor(year, of) }));
  return [...constants, ...statistics].sort(byName);
}

/** The dates of the cycle of `year` as values of law, in the order of the calendar. */
function calendarInForce(year: number): ParameterInForce[] {
  const dates = calendarOf(year);
  return (Object.keys(CALENDAR) as CalendarStep[]).map((step) => ({
    name: CALENDAR[step].name,
    ...inForce<unknown>(CALENDAR[step], firstDayOf(year)),
    value: dates[step],
  }));
}

/** Every value of law of the cycle of `year`: what a pack may set, the product's own, and the calendar. */
export const allInForce = (year: number, overrides: Readonly<Record<string, Override>>): ParameterInForce[] => [
  ...parametersInForce(year, overrides),
  ...productParametersInForce(year),
  ...calendarInForce(year),
];

/** What a value is, which article asks for it, and what it decides. */
export function aboutParameter(name: string): About {
  const known: readonly (About & { name: string })[] = [
    ...PARAMETERS,
    ...PRODUCT_PARAMETERS,
    ...YEARLY_PARAMETERS,
    ...STATISTICS,
    ...Object.values(CALENDAR),
  ];
  const about = known.find((parameter) => name === parameter.name || name.startsWith(`${parameter.name}.`));
  if (!about) throw new RangeError(`There is no parameter named ${name}.`);
  return { zh: about.zh, article: about.article, usedBy: about.usedBy };
}

/** Whether a value decides levies (上解) or shares (分担): as long as one of these is assumed, the cycle is a simulation. */
export const isOfLevyOrShare = (name: string): boolean => /^(levy|share)\./.test(name);

/**
 * 模拟测算: while a value of levy or sharing is assumed, every result of the cycle is a simulation (READINGS 3). The start
 * years never are: A(三) states them.
 */
export const isSimulation = (list: readonly ParameterInForce[]): boolean =>
  list.some(({ name, assumed }) => assumed && isOfLevyOrShare(name));
