/** Locks that a power cut, a full disk or another program has left behind are nobody's after a moment. */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../servers/lock';
import { birthOf } from '../../servers/process-table';
import { beginStore, finishStore } from '../../servers/temporal';
import { users } from '../../servers/users';

let home: string;
let lock: string;
const say = jest.fn<undefined, [string]>();
const HOUR = 3_600_000;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fund-lock-'));
  lock = join(home, 'lock');
  say.mockClear();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const aged = (file: string, milliseconds: number): void => {
  const then = new Date(Date.now() - milliseconds);
  utimesSync(file, then, then);
};
const taken = (): Promise<string> =>
  withLock({ home, say, signal: AbortSignal.timeout(2000) }, () => Promise.resolve('done'));

test.each([
  ['nothing', ''],
  ['half a record', '{"pid":'],
  ['a bare number', '4711'],
  ['null', 'null'],
  ['pid 0', '{"pid":0,"birth":"x"}'],
  ['a pid below 0', '{"pid":-1,"birth":"x"}'],
  ['a pid alone', `{"pid":${process.pid}}`],
  ['a pid that has ended, alone', `{"pid":${spawnSync('true').pid},"birth":null}`],
  ['bytes', '\0\0\0\0'],
])('a lock with %s in it is removed when it is a few seconds old', async (_what, content) => {
  writeFileSync(lock, content);
  aged(lock, 2 * HOUR);
  await expect(taken()).resolves.toBe('done');
  expect(readdirSync(home)).toEqual([]);
});

test('so is one from the future, and a folder of this name', async () => {
  writeFileSync(lock, '');
  aged(lock, -2 * HOUR);
  await expect(taken()).resolves.toBe('done');
  mkdirSync(lock);
  aged(lock, HOUR);
  await expect(taken()).resolves.toBe('done');
});

test('a new one is left alone for a moment, and no pid is invented for it', async () => {
  writeFileSync(lock, '');
  await expect(taken()).rejects.toThrow();
  expect(existsSync(lock)).toBe(true);
  expect(say).not.toHaveBeenCalled();
});

test('the files of commands that were killed while they took the lock are removed, those of live ones stay', async () => {
  const [dead, alive] = [spawnSync('true').pid, process.ppid].map((pid) => `lock.${pid}`);
  for (const name of [dead, alive]) writeFileSync(join(home, name as string), '');
  await expect(taken()).resolves.toBe('done');
  expect(readdirSync(home)).toEqual([alive]);
});

test('a left-over file with our own pid, which is the lock itself, does not make us wait for ourselves', async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, birth: `before ${birthOf(process.pid)}` }));
  linkSync(lock, `${lock}.${process.pid}`);
  await expect(taken()).resolves.toBe('done');
});

test('a file of another name among the users of the servers is not a user', () => {
  mkdirSync(join(home, 'users'));
  writeFileSync(join(home, 'users', '.nfs0001'), '');
  expect(users(home)).toEqual([]);
});

test('a store of Temporal that is empty, or that no server has answered from, is made anew; a finished one stays', () => {
  const store = join(home, 'temporal.db');
  const left = (content: string): boolean => {
    writeFileSync(store, content);
    beginStore(home);
    return existsSync(store);
  };
  expect(left('')).toBe(false);
  writeFileSync(`${store}-wal`, 'half of it');
  expect(left('SQLite format 3, without tables')).toBe(false);
  expect(existsSync(`${store}-wal`)).toBe(false);
  writeFileSync(store, 'SQLite format 3');
  finishStore(home);
  expect(left('SQLite format 3')).toBe(true);
});
