/** The records of a CSV file with their exact line numbers; a quoted cell may span several lines. */
import { AS_CSV, type Report, both } from './fault';
import { type Line, withoutCarriageReturn } from './lines';
import { type Flaw, splitRecord } from './record';

export interface RawRecord {
  line: number; // the one on which it begins
  fields: string[];
}

const AS_UTF8 = both(
  '用 Excel 打开后另存为“CSV UTF-8（逗号分隔）”',
  'open it in Excel and save it as “CSV UTF-8 (comma delimited)”',
);

/** Reported once for each file, at the first such line: the others have the same cause. */
export const reportNotUtf8 = (report: Report, { number, fits }: Pick<Line, 'number' | 'fits'>): void =>
  report({
    line: number,
    expected:
      fits === undefined
        ? both('UTF-8 编码的文本', 'text in UTF-8')
        : both(`UTF-8 编码的文本，此文件像是 ${fits} 编码`, `text in UTF-8; this file seems to be in ${fits}`),
    remedy: fits === undefined ? both('另存为 UTF-8 的 CSV', 'save it as CSV in UTF-8') : AS_UTF8,
    oncePerFile: 'encoding',
  });

const remedy = both('改正该行', 'correct the line');
const FLAWS: Record<Flaw, { expected: string; remedy: string }> = {
  'open quote': { expected: both('成对的引号；此处引号未闭合', 'balanced quotes; one is not closed'), remedy },
  'stray quote': {
    expected: both('整格加引号、格内引号双写', 'a cell with quotes in quotes, each inner quote doubled'),
    remedy,
  },
  'control character': {
    expected: both('没有 NUL 或单独回车符的文本', 'text without NUL or a lone carriage return'),
    remedy: `${remedy}；${AS_CSV}`,
  },
};

/** A quoted cell may span lines; one that spans more than this has lost its closing quote. */
const MOST_LINES_OF_A_RECORD = 100;

/**
 * Joins lines into records; an empty line is none. A record whose quote stays open is given up at its first line, and reading
 * goes on with the next line, so that later faults are found too.
 */
export async function* records(lines: AsyncIterable<Line[]>, report: Report): AsyncGenerator<RawRecord[]> {
  let pending: Line[] = [];
  for await (const batch of lines) {
    const { found, rest } = cutRecords([...pending, ...batch], false, report);
    pending = rest;
    yield found;
  }
  yield cutRecords(pending, true, report).found;
}

/** Cuts as many records as the lines hold; unless `atEnd`, an unfinished one waits for more lines. */
function cutRecords(lines: readonly Line[], atEnd: boolean, report: Report): { found: RawRecord[]; rest: Line[] } {
  const found: RawRecord[] = [];
  let first = 0;
  while (first < lines.length) {
    const taken = takeRecord(lines, first, atEnd);
    if (taken === 'needs more lines') break;
    const { number } = lines[first] as Line;
    if (taken.flaw === 'not UTF-8') reportNotUtf8(report, lines[first + taken.lines - 1] as Line);
    else if (taken.flaw) report({ line: number, ...FLAWS[taken.flaw] });
    else if (taken.fields) found.push({ line: number, fields: taken.fields });
    first += taken.lines;
  }
  return { found, rest: lines.slice(first) };
}

interface Taken {
  lines: number;
  fields?: string[]; // none: an empty line
  flaw?: Flaw | 'not UTF-8';
}

function takeRecord(lines: readonly Line[], first: number, atEnd: boolean): Taken | 'needs more lines' {
  let text = '';
  for (let taken = 1; taken <= MOST_LINES_OF_A_RECORD; taken++) {
    const line = lines[first + taken - 1];
    if (line === undefined) return atEnd ? { lines: 1, flaw: 'open quote' } : 'needs more lines';
    if (line.text === null) return { lines: taken, flaw: 'not UTF-8' };
    text = taken === 1 ? line.text : `${text}\n${line.text}`;
    const record = withoutCarriageReturn(text);
    if (record === '') return { lines: 1 };
    const split = splitRecord(record);
    if (split.fields) return { lines: taken, fields: split.fields };
    if (split.flaw !== 'open quote') return { lines: taken, flaw: split.flaw };
  }
  return { lines: 1, flaw: 'open quote' };
}
