/**
 * The product in checkouts and on disks as they are found: lines that end with CRLF, an install that belongs to somebody else and
 * lies on a read-only disk, a disk that is full and is freed. Each runs a whole small year or says in one line why it cannot.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { CHECKOUT } from '../../servers/home';
import { CLI_VERSION } from '../../servers/temporal-cli';
import { cliFolder } from '../cli-folder';
import { testDatabase } from '../database';
import { caseNamed } from '../year/cases';

jest.setTimeout(300_000);

let folder: string;
/** Small disks of their own. Nothing of the checkout is ever mounted in a folder that is removed. */
const disks: string[] = [];
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fund-checkouts-')));
  chmodSync(folder, 0o755);
  cliFolder(folder);
});
afterAll(() => {
  for (const disk of disks) spawnSync('umount', ['--lazy', disk]);
  rmSync(folder, { recursive: true, force: true });
});

/** Only root may mount, and in a container often not even root. */
const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'fund-mount-'));
  const can = mount('-t', 'tmpfs', 'tmpfs', place);
  if (can) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return can;
}
function mountDisk(name: string, options: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  expect(mount('-t', 'tmpfs', '-o', options, 'tmpfs', place)).toBe(true);
  disks.push(place);
  return place;
}
const whereMountable = canMount() ? describe : describe.skip;

const NOBODY = 65_534;
/** A checkout in a closed folder, such as that of root, is nothing to anybody else. */
const isReachable =
  spawnSync('test', ['-r', join(CHECKOUT, 'package.json')], { uid: NOBODY, gid: NOBODY }).status === 0;
const whereReachable = isReachable ? test : test.skip;

const NOT_COPIED = ['node_modules', '.git', '.fund', 'test', join('docs', 'pictures')];
/** What a release holds, without its dependencies. */
function copyOfCheckout(name: string): string {
  const place = join(folder, name);
  cpSync(CHECKOUT, place, {
    recursive: true,
    filter: (from) => !NOT_COPIED.includes(relative(CHECKOUT, from)),
  });
  return place;
}

interface Where {
  home: string;
  user?: number;
  env?: NodeJS.ProcessEnv;
}
function fund(checkout: string, { home, user, env }: Where, ...args: string[]) {
  const asUser = user === undefined ? {} : { uid: user, gid: user };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(checkout, 'scripts', 'bootstrap.mjs'), 'fund', ...args],
    {
      ...{ cwd: folder, encoding: 'utf8', timeout: 200_000, ...asUser },
      env: {
        ...{ PATH: process.env.PATH, HOME: home, TMPDIR: folder, FUND_HOME: home },
        TEMPORAL_CLI_PATH: join(folder, 'bin', `temporal-${CLI_VERSION}`),
        ...env,
      },
    },
  );
  return { status, stdout, stderr };
}
const { pack, year } = caseNamed('two-areas-2028');
const run = (checkout: string, where: Where) =>
  fund(checkout, where, 'run', '--pack', pack, '--year', String(year), '--out', join(where.home, 'out'));
const down = (checkout: string, where: Where) => fund(checkout, where, 'down');

/** One line for a person, whatever went wrong. */
const expectOneLine = ({ status, stderr }: { status: number | null; stderr: string }, words: RegExp): void => {
  expect({ status, stderr }).toMatchObject({ status: 1 });
  const lines = stderr.trim().split('\n');
  expect(lines.at(-1)).toMatch(words);
  expect(stderr).not.toMatch(/^\s+at /m);
};

describe('lines that end with CRLF', () => {
  const git = (cwd: string, ...args: string[]) => {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...author, ...args], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const sqlOf = (checkout: string): string[] =>
    ['migrations', 'functions', 'views'].flatMap((room) =>
      readdirSync(join(checkout, 'db', room)).map((file) => join(checkout, 'db', room, file)),
    );

  test('a clone made with core.autocrlf has LF, and works on the database of another checkout', async () => {
    const origin = copyOfCheckout('origin');
    git(origin, 'init', '--quiet');
    git(origin, 'add', '.');
    git(origin, 'commit', '--quiet', '--message', 'A release');
    const clone = join(folder, 'clone');
    git(folder, '-c', 'core.autocrlf=true', 'clone', '--quiet', origin, clone);
    const texts = [...sqlOf(clone), ...['package.json', 'README.md'].map((file) => join(clone, file))];
    expect(texts.filter((file) => readFileSync(file, 'utf8').includes('\r'))).toEqual([]);
    symlinkSync(join(CHECKOUT, 'node_modules'), join(clone, 'node_modules'));
    await expectMigrated(clone);
  });

  test('and so does one whose every SQL file has CRLF', async () => {
    const copy = copyOfCheckout('crlf');
    for (const file of sqlOf(copy)) writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    symlinkSync(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'));
    await expectMigrated(copy);
  });

  async function expectMigrated(checkout: string): Promise<void> {
    const database = await testDatabase();
    const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: process.env.FUND_TEST_TEMPORAL };
    const home = join(folder, 'home-crlf');
    expect(fund(checkout, { home, env }, 'migrate')).toMatchObject({ status: 0 });
    expect(fund(checkout, { home, env }, 'verify')).toMatchObject({
      stderr: expect.stringContaining('数据库中没有该年度') as string,
    });
    await database.drop();
  }
});

whereMountable('on disks of their own', () => {
  whereReachable(
    'an install of another user on a read-only disk runs a year in a home elsewhere, and refuses one inside',
    () => {
      const checkout = mountDisk('read-only', 'size=200m,mode=755');
      copyOfCheckout('read-only');
      symlinkSync(join(CHECKOUT, 'node_modules'), join(checkout, 'node_modules'));
      expect(mount('-o', 'remount,ro', checkout)).toBe(true);
      expect(() => writeFileSync(join(checkout, 'x'), '')).toThrow('EROFS');
      const home = join(folder, 'home-nobody');
      mkdirSync(home);
      chownSync(home, NOBODY, NOBODY);
      const where = { home, user: NOBODY };
      const ended = run(checkout, where);
      down(checkout, where);
      expect(ended).toMatchObject({ status: 0, stderr: expect.not.stringContaining('EROFS') as string });
      expect(readdirSync(join(home, 'out'))).toContain('journal.csv');
      expectOneLine(
        run(checkout, { ...where, env: { FUND_HOME: '' } }),
        /^FUND_HOME cannot be used \(.*(EROFS|EACCES)/,
      );
    },
  );

  test('a full disk is named in one line, whatever runs out of space; once space is freed the same command runs the year', () => {
    const home = mountDisk('home-full', 'size=600k,mode=711');
    for (const size of ['600k', '20m']) {
      expect(mount('-o', `remount,size=${size}`, home)).toBe(true);
      const tried = run(CHECKOUT, { home });
      down(CHECKOUT, { home });
      expectOneLine(tried, /No space left on device|ENOSPC|no space left|disk is full|磁盘/i);
    }
    expect(mount('-o', 'remount,size=900m', home)).toBe(true);
    const ended = run(CHECKOUT, { home });
    down(CHECKOUT, { home });
    expect(ended).toMatchObject({ status: 0 });
    expect(statSync(join(home, 'out', 'journal.csv')).size).toBeGreaterThan(1000);
  });
});
