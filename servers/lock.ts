/** One change of the servers at a time: commands started in the same moment take turns and share one set of servers. */
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

/** The lock appears together with its owner's name: a file is linked into place only when it is complete. */
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
 * Removes the lock of a command that was killed. Two commands that find it at once could remove each other's new lock,
 * therefore the removal has a lock of its own, held for some microseconds, and looks at the owner once more.
 */
function removeStale(lock: string): void {
  const removal = `${lock}.removal`;
  try {
    mkdirSync(removal);
  } catch {
    const since = statSync(removal, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // Killed within those microseconds.
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
  let told = false;
  signal?.throwIfAborted();
  for (const since = Date.now(); !take(lock);) {
    signal?.throwIfAborted();
    const owner = ownerOf(lock);
    if (owner && isStale(owner)) removeStale(lock);
    else if (!told && Date.now() - since > 1000) {
      say(`Waiting: another command (pid ${owner?.pid}) is starting or stopping the servers.`);
      told = true;
    }
    await sleep(25);
  }
}

/** Runs `change` while no other command changes the servers of this home. */
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
