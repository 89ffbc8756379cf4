/** Which commands use the servers, and whose turn it is to change them. Killed commands and reused pids are recognised. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome } from '../../servers/home';
import { withLock } from '../../servers/lock';
import { birthOf } from '../../servers/process-table';
import { forgetKeep, isKept, keep, register, unregister, users } from '../../servers/users';

let home: string;
const say = jest.fn<undefined, [string]>();

beforeEach(() => {
  process.env.FUND_HOME = mkdtempSync(join(tmpdir(), 'fund-users-'));
  home = openHome();
  say.mockClear();
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The pid of a process that has ended. */
const endedPid = (): number => spawnSync('true').pid;

test('a user counts from its registration until it leaves', () => {
  register(home);
  expect(users(home)).toEqual([process.pid]);
  unregister(home);
  expect(users(home)).toEqual([]);
});

test('a killed command does not count, and its registration is removed', () => {
  const file = join(home, 'users', String(endedPid()));
  writeFileSync(file, 'born some time ago');
  expect(users(home)).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

test('a process with the pid of a killed command is not mistaken for it', () => {
  writeFileSync(join(home, 'users', String(process.ppid)), 'born before the process that has this pid now');
  expect(birthOf(process.ppid)).not.toBeNull();
  expect(users(home)).toEqual([]);
});

test('`up` is forgotten after a restart of the machine, and by `down`', () => {
  keep(home);
  expect(isKept(home)).toBe(true);
  forgetKeep(home);
  expect(isKept(home)).toBe(false);
  writeFileSync(join(home, 'keep'), 'an earlier start of the machine');
  expect(isKept(home)).toBe(false);
});

test('changes take turns', async () => {
  const order: string[] = [];
  const change = (name: string) =>
    withLock({ home, say }, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push(`${name} ends`);
    });
  await Promise.all(['one', 'two', 'three'].map(change));
  const turns = [order.slice(0, 2), order.slice(2, 4), order.slice(4)];
  for (const [begin, end] of turns) expect(end).toBe(begin?.replace('begins', 'ends'));
});

test('a change that fails releases the lock', async () => {
  await expect(withLock({ home, say }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withLock({ home, say }, () => 'done')).resolves.toBe('done');
});

test.each([
  ['that has ended', () => ({ pid: endedPid(), birth: 'some time ago' })],
  ['whose pid another process has now', () => ({ pid: process.pid, birth: 'before this one' })],
])('the lock of a command %s is removed', async (_why, owner) => {
  writeFileSync(join(home, 'lock'), JSON.stringify(owner()));
  await expect(withLock({ home, say }, () => 'done')).resolves.toBe('done');
});

test('a command waits for the lock of a live one and says so once; a stop ends the wait', async () => {
  writeFileSync(join(home, 'lock'), JSON.stringify({ pid: process.ppid, birth: birthOf(process.ppid) }));
  const interruption = new AbortController();
  setTimeout(() => interruption.abort(new Error('stopped')), 1500);
  await expect(withLock({ home, say, signal: interruption.signal }, () => 'done')).rejects.toThrow('stopped');
  expect(say.mock.calls).toEqual([
    [`Waiting: another command (pid ${process.ppid}) is starting or stopping the servers.`],
  ]);
});
