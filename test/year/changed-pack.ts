/** Packs made from another one: what a test changes in it, and nothing else. */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies a pack to a folder, the text of each file changed on the way. */
export function changedPack(pack: string, folder: string, changed: (file: string, text: string) => string): string {
  cpSync(pack, folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, changed(file, readFileSync(path, 'utf8')));
  }
  return folder;
}

/** Every year of the 2020s in a text moved by some years. */
export const movedByYears = (text: string, years: number): string =>
  text.replace(/\b202\d\b/g, (year) => String(Number(year) + years));
