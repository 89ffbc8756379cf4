/** The files of the project, for tests of conventions. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** The files below a folder whose name ends so, as paths from the root. */
export const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every folder at the top that holds code of the product. */
const ROOMS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|out$|test$)/.test(entry.name))
  .map(({ name }) => name)
  .filter((name) => filesOf(name, '.ts').length > 0);

export const sources = ROOMS.flatMap((room) => filesOf(room, '.ts'));
export const tests = filesOf('test', '.ts');
