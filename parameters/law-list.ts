/**
 * The values of law of a fund year (法定参数), listed for a reader: each with what it decides and what has changed since the
 * year before.
 */
import { lastDayOfFebruary } from '../rules/calendar-day';
import type { About } from './dated';
import { type ParameterInForce, aboutParameter } from './in-force';

/** What became of a value since the year before; `unknown` where that year had none to compare with. */
export type Change =
  | { kind: 'same' | 'new' | 'unknown' }
  | { kind: 'changed'; before: Pick<ParameterInForce, 'value' | 'source' | 'assumed'> };

export type ListedParameter = ParameterInForce & About & { change: Change };

export interface ParameterList {
  /** By name; the calendar last, by date. */
  parameters: ListedParameter[];
  /** Names that were in force the year before and no longer are. */
  ended: string[];
}

/** The list of `year`. `before` are the values of the year before, null where the book does not reach back to it. */
export function listParameters(
  year: number,
  values: readonly ParameterInForce[],
  before: readonly ParameterInForce[] | null,
): ParameterList {
  const valueBefore = new Map(before?.map((value) => [withoutYear(value.name, year - 1), value]));
  const names = new Set(values.map(({ name }) => withoutYear(name, year)));
  return {
    parameters: inOrder(values).map((value) => ({
      ...value,
      ...aboutParameter(value.name),
      change:
        before === null ? { kind: 'unknown' } : changeOf(value, valueBefore.get(withoutYear(value.name, year)), year),
    })),
    ended: [...valueBefore].filter(([key]) => !names.has(key)).map(([, { name }]) => name),
  };
}

const isDate = ({ name }: ParameterInForce): boolean => name.startsWith('calendar.');

function inOrder(values: readonly ParameterInForce[]): ParameterInForce[] {
  const key = (value: ParameterInForce): string =>
    isDate(value) ? `1 ${String(value.value)} ${value.name}` : `0 ${value.name}`;
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A yearly name without its year, so that two years can be compared. */
const withoutYear = (name: string, year: number): string => name.replace(`.${year}`, '.Y');

function changeOf(now: ParameterInForce, before: ParameterInForce | undefined, year: number): Change {
  if (before === undefined) return { kind: 'new' };
  const isSame =
    comparable(now, year) === comparable(before, year - 1) &&
    now.assumed === before.assumed &&
    // The source of a value that is carried on names the year: that alone makes no other source.
    now.source.replace(`；${year}年`, '') === before.source.replace(`；${year - 1}年`, '');
  if (isSame) return { kind: 'same' };
  return { kind: 'changed', before: { value: before.value, source: before.source, assumed: before.assumed } };
}

/** A value as text; a date of the calendar relative to its own year, and the last day of February as such. */
function comparable(parameter: ParameterInForce, year: number): string {
  const { value } = parameter;
  if (!isDate(parameter) || typeof value !== 'string') return JSON.stringify(value);
  const ofYear = Number.parseInt(value.slice(0, 4), 10);
  const day = value === lastDayOfFebruary(ofYear) ? 'end of February' : value.slice(5);
  return `${ofYear - year} ${day}`;
}

/** The assumed values, and the results that rest on them: both are named beside any result of the year. */
export function assumptionsOf(parameters: readonly Pick<ParameterInForce, 'name' | 'assumed'>[]): {
  names: string[];
  results: string[];
} {
  const names = parameters.filter(({ assumed }) => assumed).map(({ name }) => name);
  const uses = names.flatMap((name) => aboutParameter(name).usedBy);
  const results = uses.map((use) => use.split('.')[0] as string).filter((result) => /^[a-z_]+$/.test(result));
  return { names, results: [...new Set(results)].sort() };
}
