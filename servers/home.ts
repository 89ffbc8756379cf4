/** FUND_HOME: the folder of one system. Another folder is another, separate system. */
import { mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeOpenFolder } from './open-folder';
import { errorText, Refused } from './refused';
import { typedPath } from './typed-path';

export const CHECKOUT = join(__dirname, '..');

/** One spelling for a folder, whether it exists yet or not: servers are recognised by this path. */
export function canonical(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return join(canonical(dirname(folder)), basename(folder));
  }
}

export function homeFolder(): string {
  const given = process.env.FUND_HOME || join(CHECKOUT, '.fund');
  // Only a shell expands these, and none has: the folder would be created in the checkout under this very name.
  if (/^(?:["'$]|~[^/])/.test(given)) {
    throw new Refused(`FUND_HOME=${given} is not expanded here. Set FUND_HOME to the whole path, without quotes.`);
  }
  return canonical(typedPath(given));
}

/**
 * Creates the folder when it is missing. Other users may pass through it, because PostgreSQL may have to run as a user other
 * than its owner, but may not list it. Every secret inside has a restrictive mode of its own.
 */
export function openHome(): string {
  const home = homeFolder();
  try {
    makeOpenFolder(home, 0o711);
    for (const room of ['logs', 'users']) mkdirSync(join(home, room), { recursive: true });
  } catch (error) {
    throw new Refused(`FUND_HOME cannot be used (${errorText(error)}). Set FUND_HOME to a folder you may write to.`);
  }
  return canonical(home);
}

/** Holds what is being restored; while it exists, the home is not a whole system. */
export const restoreFolder = (home: string): string => join(home, 'restore.unfinished');

export const logFile = (home: string, server: string): string => join(home, 'logs', `${server}.log`);

/** The choices made once for a server (ports, folders). An unreadable record counts as missing: all of it can be chosen again. */
export function readRecord<T extends object>(home: string, server: string): Partial<T> {
  try {
    return JSON.parse(readFileSync(join(home, `${server}.json`), 'utf8')) as Partial<T>;
  } catch {
    return {};
  }
}

/** Replaces the record as a whole, so that a kill leaves either the old one or the new one. */
export function writeRecord(home: string, server: string, record: object): void {
  const file = join(home, `${server}.json`);
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
