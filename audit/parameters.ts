/**
 * The values of law of a fund year (法定参数), listed for a reader: as they were pinned when the year was opened, or as they
 * would be if it were opened now; each with what it decides and what changed since the year before.
 */
import type { Queryable } from '../db/connect';
import { overridesOf, pinnedParameters } from '../db/parameters';
import {
  type About,
  type ParameterInForce,
  type ParameterValue,
  aboutParameter,
  allInForce,
  lawFaults,
} from '../parameters';
import { lastDayOfFebruary } from '../rules/calendar-day';

/** What became of a value since the year before; `unknown` where that year had none to compare with. */
export type Change =
  | { kind: 'same' | 'new' | 'unknown' }
  | { kind: 'changed'; before: Pick<ParameterInForce, 'value' | 'source' | 'assumed'> };

export type ListedParameter = ParameterInForce & About & { change: Change };

export interface ParameterList {
  year: number;
  /** Fixed when the year was opened; else what would be in force. */
  pinned: boolean;
  /** By name, the calendar in the order of its dates last. */
  parameters: ListedParameter[];
  /** Names in force the year before and not in this one. */
  ended: string[];
}

/** The list of a year. The gate of the law must let the year through, unless its values were pinned before. */
export async function parametersOf(db: Queryable, year: number): Promise<ParameterList> {
  const { pinned, values } = await valuesOf(db, year);
  const before = await valuesBefore(db, year - 1);
  const known = new Map(before?.map((value) => [nameless(value.name, year - 1), value]));
  const names = new Set(values.map(({ name }) => nameless(name, year)));
  return {
    year,
    pinned,
    parameters: values.map((value) => ({
      ...value,
      ...aboutParameter(value.name),
      change: before === null ? { kind: 'unknown' } : changeOf(value, known.get(nameless(value.name, year)), year),
    })),
    ended: [...known].filter(([key]) => !names.has(key)).map(([, { name }]) => name),
  };
}

async function valuesOf(db: Queryable, year: number): Promise<{ pinned: boolean; values: ParameterInForce[] }> {
  const pinned = await pinnedParameters(db, year);
  if (pinned.length > 0) return { pinned: true, values: inOrder(pinned) };
  return { pinned: false, values: inOrder(allInForce(year, await overridesOf(db, year))) };
}

/** Null where the year before cannot be told: it is before the first year of the book. */
async function valuesBefore(db: Queryable, year: number): Promise<ParameterInForce[] | null> {
  const pinned = await pinnedParameters(db, year);
  if (pinned.length > 0) return pinned;
  const overrides = await overridesOf(db, year);
  return lawFaults(year, overrides).length > 0 ? null : allInForce(year, overrides);
}

const isDate = ({ name }: ParameterInForce): boolean => name.startsWith('calendar.');
/** By name, the calendar by date and last. */
function inOrder(values: readonly ParameterInForce[]): ParameterInForce[] {
  const key = (value: ParameterInForce): string =>
    isDate(value) ? `1 ${String(value.value)} ${value.name}` : `0 ${value.name}`;
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A yearly name without its year, so that two years can be compared. */
const nameless = (name: string, year: number): string => name.replace(`.${year}`, '.Y');

function changeOf(now: ParameterInForce, before: ParameterInForce | undefined, year: number): Change {
  if (before === undefined) return { kind: 'new' };
  const isSame =
    comparable(now, year) === comparable(before, year - 1) &&
    now.assumed === before.assumed &&
    // A value that is carried on says for which year; that alone is no other source.
    now.source.replace(`；${year}年`, '') === before.source.replace(`；${year - 1}年`, '');
  if (isSame) return { kind: 'same' };
  return { kind: 'changed', before: { value: before.value, source: before.source, assumed: before.assumed } };
}

/** A value as text; a date of the calendar counted from its own year, the last day of February as such. */
function comparable(parameter: ParameterInForce, year: number): string {
  const { value } = parameter;
  if (!isDate(parameter) || typeof value !== 'string') return JSON.stringify(value);
  const ofYear = Number.parseInt(value.slice(0, 4), 10);
  const day = value === lastDayOfFebruary(ofYear) ? 'end of February' : value.slice(5);
  return `${ofYear - year} ${day}`;
}

/** Names of assumed values, and the results that rest on them: both to be told beside any result of the year. */
export function assumptionsOf(parameters: readonly Pick<ParameterInForce, 'name' | 'assumed'>[]): {
  names: string[];
  results: string[];
} {
  const names = parameters.filter(({ assumed }) => assumed).map(({ name }) => name);
  const uses = names.flatMap((name) => aboutParameter(name).usedBy);
  const results = uses.map((use) => use.split('.')[0] as string).filter((result) => /^[a-z_]+$/.test(result));
  return { names, results: [...new Set(results)].sort() };
}

/** A value for a reader: 是, 否 and 无 for what is no number, bands as bound and step. */
export function valueText(value: ParameterValue): string {
  if (value === null) return '无';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return value;
  return value.map((one) => (typeof one === 'string' ? one : `${one[0] ?? '其余'} → ${one[1]}`)).join('、');
}
