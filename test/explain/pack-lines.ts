/** Records of a pack's files by the line they begin on, read without the product's reader. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Gives a record by file and line; undefined where no record begins on that line. */
export function recordsOf(folder: string): (file: string, line: number) => Record<string, string> | undefined {
  const read = new Map<string, string[]>();
  return (file, line) => {
    const path = join(folder, file);
    if (!existsSync(path)) return undefined;
    const all =
      read.get(file) ??
      readFileSync(path, 'utf8')
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/);
    read.set(file, all);
    const text = all[line - 1];
    if (text === undefined || text === '' || line < 2) return undefined;
    const columns = (all[0] as string).split(',');
    return Object.fromEntries(cellsOf(text).map((cell, at) => [columns[at] ?? `#${at}`, cell]));
  };
}

/** The cells of a record; a quoted one may contain commas. */
const cellsOf = (text: string): string[] =>
  text
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
