/** One change of the servers at a time: commands that start together take turns and share one set of servers. */
import { linkSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf } from './process-table';
import type { Say } from './refused';

interface Owner {
  pid: number;
  birth: string;
}

/**
 * A lock that names no owner is considered abandoned after this time: a power cut or another program left it, and no command
 * will remove it.
 */
const NOBODYS_AFTER = 3000; // milliseconds

/** Null when the lock names no process, or is gone. */
function ownerOf(lock: string): Owner | null {
  try {
    const { pid, birth } = JSON.parse(readFileSync(lock, 'utf8')) as Partial<Owner>;
    const isPid = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
    return isPid && typeof birth === 'string' ? { pid, birth } : null;
  } catch {
    return null;
  }
}

function isStale(lock: string): boolean {
  const owner = ownerOf(lock);
  if (owner) return birthOf(owner.pid) !== owner.birth;
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  // A time in the future does not mean a fresh lock: the clock has been set back since.
  return since !== undefined && Math.abs(Date.now() - since) > NOBODYS_AFTER;
}

/** The lock never exists without its owner in it: the file is written first and then linked into place. */
function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  // A killed command that had this pid may have left its file, which may be the lock itself by another name.
  rmSync(mine, { force: true });
  try {
    const owner: Owner = { pid: process.pid, birth: birthOf(process.pid) ?? '' };
    writeFileSync(mine, JSON.stringify(owner));
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Removes the lock of a command that was killed. Two commands that find it at the same time could remove each other's new lock,
 * so the removal has a lock of its own, held for microseconds, and checks the owner again.
 */
function removeStale(lock: string): void {
  const removal = `${lock}.removal`;
  try {
    mkdirSync(removal);
  } catch {
    const since = statSync(removal, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // Whoever held the removal was killed within those microseconds.
    if (Date.now() - since > 10_000) rmSync(removal, { recursive: true, force: true });
    return;
  }
  try {
    if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
  } finally {
    rmdirSync(removal);
  }
}

/** Removes the files of commands that were killed while they took the lock. */
function removeLeftBehind(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = /^lock\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && birthOf(Number.parseInt(pid, 10)) === null) rmSync(join(home, name), { force: true });
  }
}

async function acquire(lock: string, say: Say, signal?: AbortSignal): Promise<void> {
  let announced = false;
  signal?.throwIfAborted();
  for (const since = Date.now(); !take(lock);) {
    signal?.throwIfAborted();
    if (isStale(lock)) removeStale(lock);
    else if (!announced && Date.now() - since > 1000) {
      const owner = ownerOf(lock);
      if (owner) say(`Waiting: another command (pid ${owner.pid}) is starting or stopping the servers.`);
      announced = owner !== null;
    }
    await sleep(25);
  }
}

/** Runs `change` while no other command may change the servers of this home. */
export async function withLock<T>(
  { home, say, signal }: { home: string; say: Say; signal?: AbortSignal },
  change: () => T | Promise<T>,
): Promise<T> {
  const lock = join(home, 'lock');
  await acquire(lock, say, signal);
  try {
    removeLeftBehind(home);
    return await change();
  } finally {
    rmSync(lock, { force: true });
  }
}
