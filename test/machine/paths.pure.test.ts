/** Paths as a person gives them, and folders that a strict umask would close. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeFolder, openHome } from '../../servers/home';
import { closedFor, makeOpenFolder, openToAll } from '../../servers/open-folder';
import { typedPath } from '../../servers/typed-path';

const environment = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fund-paths-')));
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a path that a person typed', () => {
  test.each([
    ['pack', '/where/the person stands/pack'],
    ['../pack', '/where/pack'],
    ['.', '/where/the person stands'],
    ['/whole/path', '/whole/path'],
    ['~', homedir()],
    ['~/基金', join(homedir(), '基金')],
    ['~not-a-home', '/where/the person stands/~not-a-home'],
  ])('%s is %s', (typed, whole) => {
    process.env.INIT_CWD = '/where/the person stands';
    expect(typedPath(typed)).toBe(whole);
  });

  test('without npm it is relative to the folder of the process', () => {
    delete process.env.INIT_CWD;
    expect(typedPath('pack')).toBe(join(process.cwd(), 'pack'));
  });
});

describe('FUND_HOME', () => {
  test('is relative to where the person stands, and may begin with ~', () => {
    process.env.INIT_CWD = folder;
    process.env.FUND_HOME = 'home';
    expect(homeFolder()).toBe(join(folder, 'home'));
    process.env.FUND_HOME = '~/fund-nobody-has-this';
    expect(homeFolder()).toBe(join(realpathSync(homedir()), 'fund-nobody-has-this'));
  });

  test.each(['~postgres/fund', '$HOME/fund', '${HOME}/fund', '"/srv/fund"', "'/srv/fund'"])(
    '%s, which only a shell would expand, is refused in words',
    (given) => {
      process.env.FUND_HOME = given;
      expect(homeFolder).toThrow(`FUND_HOME=${given} is not expanded here`);
    },
  );
});

describe('folders under a strict umask', () => {
  let umask: number;
  beforeEach(() => (umask = process.umask(0o077)));
  afterEach(() => process.umask(umask));

  test('a new folder has its mode, and so have those above it that were made for it', () => {
    makeOpenFolder(join(folder, 'a', 'b'), 0o755);
    expect([join(folder, 'a'), join(folder, 'a', 'b')].map(modeOf)).toEqual(['755', '755']);
  });

  test('an existing folder keeps the mode that its owner gave it', () => {
    mkdirSync(join(folder, 'a'), { mode: 0o700 });
    makeOpenFolder(join(folder, 'a'), 0o711);
    expect(modeOf(join(folder, 'a'))).toBe('700');
  });

  test('a new FUND_HOME lets other users pass through', () => {
    process.env.FUND_HOME = join(folder, 'home');
    expect(modeOf(openHome())).toBe('711');
  });

  test('copied programs can be run by all', () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'postgres'), '');
    symlinkSync('/nowhere', join(folder, 'bin', 'link'));
    openToAll(folder);
    expect([folder, join(folder, 'bin'), join(folder, 'bin', 'postgres')].map(modeOf)).toEqual(['755', '755', '755']);
  });

  test('the folder that a user cannot pass through is named', () => {
    const [closed, inside] = [join(folder, 'closed'), join(folder, 'closed', 'bin')];
    chmodSync(folder, 0o755);
    mkdirSync(inside, { recursive: true });
    const { uid, gid } = statSync(closed);
    const stranger = { uid: uid + 1, gid: gid + 1 };
    expect(closedFor(stranger, inside)).toBe(closed);
    expect(closedFor({ uid, gid: gid + 1 }, inside)).toBeNull();
    chmodSync(closed, 0o710);
    expect(closedFor(stranger, inside)).toBe(closed);
    expect(closedFor({ uid: uid + 1, gid }, closed)).toBeNull();
    chmodSync(closed, 0o711);
    expect(closedFor(stranger, inside)).toBe(inside);
  });
});
