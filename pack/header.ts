/** The header row of a CSV file: the columns in any order, each once, none unknown, none missing. */
import { type Report, both } from './fault';
import type { RawRecord } from './records';

export interface ColumnNames {
  required: readonly string[];
  optional: readonly string[];
}

/** The place of each column; null when the header is wrong, which is then reported. */
export function placesOf(
  header: RawRecord,
  { required, optional }: ColumnNames,
  report: Report,
): Map<string, number> | null {
  const known = [...required, ...optional];
  const places = new Map<string, number>();
  const faults: Parameters<Report>[0][] = [];
  header.fields.forEach((name, place) => {
    const isKnown = known.includes(name);
    if (isKnown && !places.has(name)) {
      places.set(name, place);
      return;
    }
    const expected = isKnown
      ? both('只出现一次的列', 'a column that stands once')
      : both(`已知的列：${known.join('、')}`, 'a known column');
    faults.push({ column: name, found: name, expected, remedy: both('改正列名或删除该列', 'rename or remove it') });
  });
  for (const name of required) {
    if (places.has(name)) continue;
    faults.push({
      column: name,
      expected: both(`有 ${name} 这一列`, `a column ${name}`),
      remedy: both('补上该列', 'add it'),
    });
  }
  faults.forEach((fault) => report({ line: header.line, ...fault }));
  return faults.length === 0 ? places : null;
}

/** A file without any record lacks even a header. */
export const reportNoHeader = (names: readonly string[], report: Report): void =>
  report({
    line: 1,
    expected: both(`表头 ${names.join(',')}`, 'a header row'),
    remedy: both('补上表头', 'add the header row'),
  });
