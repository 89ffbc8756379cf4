/** Which commands use the servers: one file each. The last one to leave stops the servers, unless `up` keeps them. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf, thisBoot } from './process-table';

const fileOf = (home: string, pid: number): string => join(home, 'users', String(pid));

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export function register(home: string): void {
  writeFileSync(fileOf(home, process.pid), birthOf(process.pid) ?? '');
}

export const isRegistered = (home: string): boolean => contentOf(fileOf(home, process.pid)) !== null;

export function unregister(home: string): void {
  rmSync(fileOf(home, process.pid), { force: true });
}

/** The commands that use the servers now. The file that a killed command left behind is recognised and removed. */
export function users(home: string): number[] {
  const registered = readdirSync(join(home, 'users'))
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const alive = registered.filter((pid) => contentOf(fileOf(home, pid)) === birthOf(pid));
  for (const pid of registered) if (!alive.includes(pid)) rmSync(fileOf(home, pid), { force: true });
  return alive;
}

const keepFile = (home: string): string => join(home, 'keep');

export const keep = (home: string): void => writeFileSync(keepFile(home), thisBoot());

/** `up` lasts until `down`, or until the machine restarts, which ends all servers anyway. */
export const isKept = (home: string): boolean => contentOf(keepFile(home)) === thisBoot();

export const forgetKeep = (home: string): void => rmSync(keepFile(home), { force: true });
