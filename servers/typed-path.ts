/** Paths that a person gives, as an argument or in an environment variable. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The absolute path of what a person typed. npm runs every script in the checkout and keeps the person's current folder in
 * INIT_CWD. The shell expands `~`, but not in `--out=~/x`; systemd and environment files never expand it.
 */
export function typedPath(typed: string): string {
  if (/^~(?=\/|$)/.test(typed)) return join(homedir(), typed.slice(1));
  return resolve(process.env.INIT_CWD || process.cwd(), typed);
}
