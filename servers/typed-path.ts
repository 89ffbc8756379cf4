/** Paths that a person gives, as an argument or in an environment variable. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The absolute path of what a person typed. npm runs every script in the checkout and keeps the folder that the person stands in
 * in INIT_CWD. The shell expands `~`, but not in `--out=~/x`, and systemd and files of variables never do.
 */
export function typedPath(typed: string): string {
  if (/^~(?=\/|$)/.test(typed)) return join(homedir(), typed.slice(1));
  return resolve(process.env.INIT_CWD || process.cwd(), typed);
}
