/** One change of the servers at a time: commands that start together take turns and share one set of servers. */
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf } from './process-table';
import type { Say } from './refused';

interface Owner {
  pid: number;
  birth: string | null;
}

function ownerOf(lock: string): Owner | null {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

const isStale = (owner: Owner): boolean => birthOf(owner.pid) !== owner.birth;

/** The lock never exists without its owner in it: the file is written first and then linked into place. */
function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) } satisfies Owner));
  try {
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
    const owner = ownerOf(lock);
    if (owner && isStale(owner)) rmSync(lock, { force: true });
  } finally {
    rmdirSync(removal);
  }
}

async function acquire(lock: string, say: Say, signal?: AbortSignal): Promise<void> {
  let announced = false;
  signal?.throwIfAborted();
  for (const since = Date.now(); !take(lock);) {
    signal?.throwIfAborted();
    const owner = ownerOf(lock);
    if (owner && isStale(owner)) removeStale(lock);
    else if (!announced && Date.now() - since > 1000) {
      say(`Waiting: another command (pid ${owner?.pid}) is starting or stopping the servers.`);
      announced = true;
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
    return await change();
  } finally {
    rmSync(lock, { force: true });
  }
}
