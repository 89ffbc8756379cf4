/** Packs derived from another pack by the changes of a test. */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies a pack to a folder and changes the text of its files. */
export function changedPack(pack: string, folder: string, changed: (file: string, text: string) => string): string {
  cpSync(pack, folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, changed(file, readFileSync(path, 'utf8')));
  }
  return folder;
}

/** The text with every year of the 2020s moved by `years`. */
export const movedByYears = (text: string, years: number): string =>
  text.replace(/\b202\d\b/g, (year) => String(Number(year) + years));
