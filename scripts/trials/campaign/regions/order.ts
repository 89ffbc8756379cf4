/** The order of rows in a pack must change no result: ties are broken by area code. */
import type { ResultFile, ResultRow } from '../../../../db/results';
import type { FinishedYear } from './run-year';

/** Quarantine names the line of a row, which alone may change with the order. */
const withoutLines = (rows: readonly ResultRow[]): string[] =>
  rows.map((row) => JSON.stringify({ ...row, line: null })).sort();

export function orderFaults(plain: FinishedYear, other: FinishedYear): string[] {
  const faults = (Object.keys(plain.results) as ResultFile[]).flatMap((file) => {
    const [one, two] = [plain, other].map(({ results }) =>
      file === 'quarantine.csv' ? withoutLines(results[file]) : results[file].map((row) => JSON.stringify(row)),
    ) as [string[], string[]];
    const i = one.findIndex((row, place) => row !== two[place]);
    return one.length === two.length && i === -1 ? [] : [`${file}: ${one[i] ?? '—'} ≠ ${two[i] ?? '—'}`];
  });
  const cycle = JSON.stringify(plain.cycle) === JSON.stringify(other.cycle) ? [] : ['cycle.json'];
  return [...faults, ...cycle];
}
