/** The header row of a CSV file: the columns in any order, each once, none unknown, none missing. */
import { AS_CSV, type Report, both } from './fault';
import type { RawRecord } from './records';

interface ColumnNames {
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
  if (!header.fields.some((name) => known.includes(name))) {
    reportNoNames(header, required, report);
    return null;
  }
  const places = new Map<string, number>();
  const faults: Parameters<Report>[0][] = unnamedColumns(header);
  header.fields.forEach((name, place) => {
    if (name === '') return;
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

/** Spreadsheets keep empty columns at the right as commas. */
function unnamedColumns({ fields }: RawRecord): Parameters<Report>[0][] {
  const unnamed = fields.flatMap((name, place) => (name === '' ? [place + 1] : []));
  if (unnamed.length === 0) return [];
  const found = both(`第 ${unnamed.join('、')} 列没有列名`, `no name in column ${unnamed.join(', ')}`);
  return [{ found, expected: both('每列都有列名', 'a name for each column'), remedy: both('删除空列', 'remove it') }];
}

/** One fault where no column is known: another line stands first, or the columns are separated otherwise. */
function reportNoNames({ line, fields }: RawRecord, required: readonly string[], report: Report): void {
  const text = fields.join(',');
  const isSeparatedOtherwise = text.split(/[;\t，；|]/).some((name) => required.includes(name.trim()));
  const remedy =
    isSeparatedOtherwise || text.includes('\r')
      ? AS_CSV
      : both('首行写列名，删去其上的标题行', 'write the names in the first line, and remove a title above them');
  report({ line, found: text, expected: both(`表头 ${required.join(',')}`, 'a header row'), remedy });
}

/** A file without any record lacks even a header. */
export const reportNoHeader = (names: readonly string[], report: Report): void =>
  report({
    line: 1,
    expected: both(`表头 ${names.join(',')}`, 'a header row'),
    remedy: both('补上表头', 'add the header row'),
  });
