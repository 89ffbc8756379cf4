/** Folders that other users of the machine may pass through, whatever the umask of the command that makes them. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OperatingUser } from './operating-user';

/** Creates `folder`, and the folders above it that are missing, with this mode. The umask cuts the mode that `mkdir` is given. */
export function makeOpenFolder(folder: string, mode: number): void {
  const first = madeFirst(folder);
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) chmodSync(made, mode);
}

function madeFirst(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    // On a read-only disk Node reports a missing folder here; without `recursive` it reports what the system said.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') mkdirSync(firstMissing(folder));
    throw error;
  }
}

/** The uppermost folder of the path that does not exist. */
function firstMissing(folder: string): string {
  const above = dirname(folder);
  return above === folder || existsSync(above) ? folder : firstMissing(above);
}

/** Lets every user read and run everything in `folder`. */
export function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

/** The first folder on the way to `path` that `user` may not pass through, judged by its mode; null when there is none. */
export function closedFor({ uid, gid }: OperatingUser, path: string): string | null {
  const above = dirname(path);
  const before = above === path ? null : closedFor({ uid, gid }, above);
  if (before !== null) return before;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return null;
  const digit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
  return (found.mode & digit) === 0 ? path : null;
}
