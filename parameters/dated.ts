/**
 * Values of law (法定参数): each has a date from which it holds, and a source. Entries are added, never edited.
 */

/** A value as it stands in `parameters.json`: numbers are decimal text, bands are pairs of bound and step. */
export type ParameterValue = string | boolean | null | string[] | [string | null, string][];

export interface Entry<Value> {
  from: string; // 施行日期, ISO date, inclusive
  value: Value;
  source: string; // document, number, article
  /** No document decides the value: it follows the nearest published precedent, or is this project's own assumption. */
  assumed: boolean;
}

export interface Dated<Value> {
  name: string;
  zh: string; // what it is, for the Chinese reader
  usedBy: string; // the steps and results it decides
  entries: readonly Entry<Value>[]; // newest first
}

/** The newest entry that holds on `date`. A date before the first entry is an error, never a zero. */
export function inForce<Value>(parameter: Dated<Value>, date: string): Entry<Value> {
  const entry = parameter.entries.find(({ from }) => from <= date);
  if (!entry) {
    const first = parameter.entries.at(-1)?.from ?? 'never';
    throw new RangeError(
      `${parameter.name} (${parameter.zh}) has no value on ${date}: its first one holds from ${first}.`,
    );
  }
  return entry;
}

/** A parameter with one value so far. */
export const single = <Value>(name: string, zh: string, usedBy: string, entry: Entry<Value>): Dated<Value> => ({
  name,
  zh,
  usedBy,
  entries: [entry],
});
