/** A folder that every user of this machine can reach, used when PostgreSQL cannot reach FUND_HOME or the checkout. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { makeOpenFolder } from './open-folder';
import { errorText, Refused } from './refused';

const SHARED = '/var/lib/fund-year';

export function openSharedFolder(): string {
  try {
    makeOpenFolder(SHARED, 0o755);
    // A command with a strict umask may have made it, and closed it.
    if ((statSync(SHARED).mode & 0o755) !== 0o755) chmodSync(SHARED, 0o755);
    return SHARED;
  } catch (error) {
    throw new Refused(
      `PostgreSQL cannot reach FUND_HOME or the checkout, and ${SHARED} cannot be created (${errorText(error)}). Set FUND_HOME to a folder open to all users, or set DATABASE_URL.`,
    );
  }
}

/** The part of the shared folder that belongs to one FUND_HOME. */
export const sharedFolderOf = (home: string): string =>
  join(SHARED, createHash('sha256').update(home).digest('hex').slice(0, 16));

/** A file beside each such folder names its FUND_HOME. */
const claimOf = (home: string): string => `${sharedFolderOf(home)}.home`;

export const claimFor = (home: string): void => writeFileSync(claimOf(home), home);
export const forgetClaim = (home: string): void => rmSync(claimOf(home), { force: true });

/**
 * The FUND_HOMEs that were temporary folders and are gone, so that nobody can ask for their data again. Any other missing one may
 * be on a disk that is not mounted at the moment.
 */
export function vanishedHomes(): string[] {
  const claims = readdirSync(SHARED).filter((name) => name.endsWith('.home'));
  const homes = claims.map((name) => readFileSync(join(SHARED, name), 'utf8'));
  return homes.filter((home) => home.startsWith(realpathSync(tmpdir()) + sep) && !existsSync(home));
}
