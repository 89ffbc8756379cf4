/** A result file as rows of text by column. */
import { readFileSync } from 'node:fs';

export type Row = Record<string, string>;
export interface ResultTable {
  header: string;
  rows: Row[];
}

/** A cell with or without quotes, and the comma after it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",]*)),/g;

const cellsOf = (line: string): string[] =>
  [...`${line},`.matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');

export function readTable(file: string): ResultTable {
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const columns = header.split(',');
  const row = (line: string): Row => {
    const cells = cellsOf(line);
    if (cells.length !== columns.length) throw new Error(`${file}: ${columns.length} cells expected in ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] as string]));
  };
  return { header, rows: lines.map(row) };
}
