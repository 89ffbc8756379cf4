/**
 * Values of law (法定参数): each has a date from which it holds, perhaps one until which, a source, and the article that
 * asks for it. Entries are added, never edited: a new one ends the one before it from its own date.
 */

/** A value as it stands in `parameters.json`: numbers are decimal text, bands are pairs of bound and step. */
export type ParameterValue = string | boolean | null | string[] | [string | null, string][];

export interface Entry<Value> {
  from: string; // 施行日期, ISO date, inclusive
  /** 有效期至, inclusive: where its own document ends it. Null: until another entry takes its place. */
  until: string | null;
  value: Value;
  source: string; // document, number, article
  /** No document decides the value: it follows the nearest published precedent, or is an assumption of this project. */
  assumed: boolean;
}

/** What a value is, which article asks for it, and what it decides. */
export interface About {
  zh: string; // what it is, for the Chinese reader
  article: string; // the article that asks for the value, whoever has decided it
  /** What it decides: figures of the results as `result.column` (or `result.key`), and steps by name. */
  usedBy: readonly string[];
}

export interface Dated<Value, Name extends string = string> extends About {
  name: Name;
  entries: readonly Entry<Value>[]; // newest first
}

/** Why a year has no value. */
export type Lack = 'missing' | 'expired' | 'conflicting';

/** The newest entry that holds on `date`; undefined before the first. */
const newestOn = <Value>(entries: readonly Entry<Value>[], date: string): Entry<Value> | undefined =>
  entries.find(({ from }) => from <= date);

/**
 * What is wrong with the entries that should give one value from `date` through `last`; null when they do.
 *
 * Two entries conflict when they begin on one day, or when the document of the older one says that it still holds: a newer entry
 * ends only those whose document states no end.
 */
export function lackOf(entries: readonly Entry<unknown>[], date: string, last: string): Lack | null {
  const holds = newestOn(entries, date);
  if (holds === undefined) return 'missing';
  const older = entries.slice(entries.indexOf(holds) + 1);
  if (older.some(({ from, until }) => from === holds.from || (until !== null && until >= date))) return 'conflicting';
  return holds.until !== null && holds.until < last ? 'expired' : null;
}

/** The newest entry that holds on `date`. A date before the first entry is an error, never a zero. */
export function inForce<Value>({ name, zh, entries }: Dated<Value>, date: string): Entry<Value> {
  const entry = newestOn(entries, date);
  if (!entry) {
    const first = entries.at(-1)?.from ?? 'never';
    throw new RangeError(`${name} (${zh}) has no value on ${date}: its first one holds from ${first}.`);
  }
  return entry;
}

/** A parameter with one value so far. */
export const single = <Value, const Name extends string>(
  name: Name,
  about: About,
  entry: Entry<Value>,
): Dated<Value, Name> => ({
  name,
  ...about,
  entries: [entry],
});
