/** A command that needs only the database is to answer at once: it loads nothing of Temporal, which is slow to load. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../servers/home';

const folder = mkdtempSync(join(tmpdir(), 'fund-loaded-'));
const LISTS = join(folder, 'lists.cjs');
writeFileSync(
  LISTS,
  `process.on('exit', () => console.error(JSON.stringify(Object.keys(require('module')._cache).map((file) => file.replace(/.*[/]node_modules[/]/, '')))));`,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages and files that a command loads before it asks the database. */
function loadedBy(command: string): string[] {
  const args = ['--require', LISTS, join(CHECKOUT, 'scripts', 'bootstrap.mjs'), 'fund', command, '--help'];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  return JSON.parse(stderr) as string[];
}

test.each(['explain', 'export', 'parameters'])('%s', (command) => {
  const loaded = loadedBy(command);
  expect(loaded.some((file) => file.endsWith(join('db', 'connect.ts')))).toBe(true);
  expect(loaded.filter((file) => /^@temporalio|[/]workflows[/]/.test(file))).toEqual([]);
});
