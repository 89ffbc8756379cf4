/** The operating system user that PostgreSQL runs as when the program runs as root, which PostgreSQL itself refuses. */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync } from 'node:fs';
import { Refused, type Say } from './refused';

export interface OperatingUser {
  uid: number;
  gid: number;
}

const NAME = 'postgres';

function number(...args: string[]): number | null {
  const { status, stdout } = spawnSync('id', args, { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

function lookUp(): OperatingUser | null {
  const uid = number('-u', NAME);
  const gid = number('-g', NAME);
  return uid === null || gid === null ? null : { uid, gid };
}

function create(say: Say): void {
  say(`Creating the system user "${NAME}", because PostgreSQL does not run as root.`);
  spawnSync('groupadd', ['--system', '--force', NAME]);
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', '--gid', NAME, NAME]);
}

/** Null for an ordinary user, who can run PostgreSQL directly. */
export function operatingUser(say: Say): OperatingUser | null {
  if (process.getuid?.() !== 0) return null;
  if (!lookUp()) create(say);
  const user = lookUp();
  if (user) return user;
  throw new Refused(
    `PostgreSQL does not run as root and the user "${NAME}" could not be created. Create it, run as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Options that run a child process as `user`, in a folder that every user may enter. */
export const as = (user: OperatingUser | null): { cwd: string; uid?: number; gid?: number } => ({ cwd: '/', ...user });

/** Creates `folder` for `user` alone. False when the user cannot reach it, for example inside somebody's private home folder. */
export function makeFolderFor(user: OperatingUser | null, folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!user) return true;
  try {
    chownSync(folder, user.uid, user.gid);
  } catch {
    // Ownership of some mounted folders cannot be changed; the probe below shows whether that matters.
  }
  const reached = spawnSync('/bin/sh', ['-c', 'cd "$1" && : > probe && rm probe', 'sh', folder], as(user)).status === 0;
  if (!reached) rmSync(folder, { recursive: true, force: true });
  return reached;
}
