/** Compares the result files of two runs, byte for byte. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The hash of every file in a folder, by name; empty when there is no such folder. */
function hashesOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const hash = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort()
      .map((file) => [file, hash(file)]),
  );
}

/** The files that differ, or that only one of the folders has. */
export function differingFiles(one: string, other: string): string[] {
  const [left, right] = [hashesOf(one), hashesOf(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((file) => left[file] !== right[file]);
}
