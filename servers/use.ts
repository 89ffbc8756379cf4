/**
 * Who uses the servers of a FUND_HOME, and when: a command becomes a user, brings up what it needs, and leaves. Nothing of
 * Temporal is loaded here, because most commands need only the database and should answer at once.
 */
import { existsSync } from 'node:fs';
import { migrate } from '../db/migrate';
import type { Start } from './detached';
import { homeFolder, openHome, restoreFolder } from './home';
import { withLock } from './lock';
import { ensurePostgres, markerOfPostgres, stopPostgres } from './postgres';
import { findAll } from './process-table';
import { errorText, Refused, type Say } from './refused';
import { markerOfTemporal, stopTemporal } from './temporal-process';
import { forgetKeep, isKept, isRegistered, keep, register, unregister, users } from './users';
import { markerOfDesk, stopDesk } from './desk';
import { markerOfWorker, stopWorker } from './worker';

/** Aborted when the command is asked to stop, so that it does not go on waiting for a server. */
let interruption = new AbortController();

/** Brings up the database, external or our own, with the schema of this release. */
export async function database(start: Start): Promise<string> {
  const external = process.env.DATABASE_URL;
  const url = external || (await ensurePostgres(start));
  try {
    await migrate(url);
  } catch (error) {
    const remedy = external ? ' Check DATABASE_URL, or unset it to use the embedded PostgreSQL.' : '';
    throw new Refused(`The database cannot be brought up to date: ${errorText(error)}.${remedy}`);
  }
  return url;
}

/** What the start of a server is given; it is aborted when the command is asked to stop. */
export const startIn = (home: string, say: Say): Start => ({ home, say, signal: interruption.signal });

/** The desk stops first; the worker while it can still report its results; the database last. */
export async function stopAll(home: string): Promise<void> {
  await stopDesk(home);
  await stopWorker(home);
  await stopTemporal(home);
  await stopPostgres(home);
}

async function leave(home: string, say: Say): Promise<void> {
  unregister(home);
  if (users(home).length > 0 || isKept(home)) return;
  if (anyRuns(home)) say('Stopping the servers.');
  await stopAll(home);
}

/**
 * The database alone, for a command that only reads: neither Temporal nor a worker is contacted or started. Registers this process
 * as a user, as `ensureUp` does; call `release` at the end.
 */
export async function ensureDatabase(say: Say): Promise<{ databaseUrl: string }> {
  return using(say, async (begin) => ({ databaseUrl: await database(begin) }));
}

/** Starts servers while holding the lock of the home; from then on this process counts as a user of them. */
export async function using<Started>(say: Say, begin: (start: Start) => Promise<Started>): Promise<Started> {
  if (process.platform === 'win32') throw new Refused('The servers run on Linux and macOS. On Windows, use WSL 2.');
  const home = openHome();
  const start = startIn(home, say);
  return withLock(start, async () => {
    refuseHalfRestored(home);
    const isHealing = isRegistered(home);
    register(home);
    try {
      return await begin(start);
    } catch (error) {
      // A command that was already a user may try again; one that failed to become a user leaves nothing behind.
      if (!isHealing) await leave(home, say);
      throw error;
    }
  });
}

/**
 * Ends this process's use, even in the middle of `ensureUp`. The last user stops the servers unless `up` keeps them. While leaving,
 * the process cannot become a user again: otherwise healing in the background would restart what is being stopped.
 */
export async function release(say: Say = () => undefined): Promise<void> {
  const home = homeFolder();
  interruption.abort(new Refused('Stopped before the servers were up.'));
  try {
    if (isRegistered(home)) await withLock({ home, say }, () => leave(home, say));
  } finally {
    interruption = new AbortController();
  }
}

/** `up`: the servers stay until `down`, even when no command uses them. */
export async function keepUp(): Promise<void> {
  const home = openHome();
  await withLock({ home, say: () => undefined }, () => keep(home));
}

/** Stopping the servers would cut off the commands that use them. */
export function refuseOthers(home: string): void {
  const others = users(home).filter((pid) => pid !== process.pid);
  if (others.length === 0) return;
  throw new Refused(`The servers are in use by process ${others.join(', ')}: they stop when it ends. End it, or wait.`);
}

/** Half a system would be taken for a new one, and be empty. */
function refuseHalfRestored(home: string): void {
  if (!existsSync(restoreFolder(home))) return;
  throw new Refused(`A restore into ${home} was not finished: run \`npm run fund -- restore\` again.`);
}

/** `down`: stops the servers, unless a command still uses them. */
export async function down(say: Say): Promise<void> {
  const home = openHome();
  await withLock({ home, say }, async () => {
    forgetKeep(home);
    refuseOthers(home);
    say(anyRuns(home) ? 'Stopping the servers.' : `No server of ${home} is running.`);
    unregister(home);
    await stopAll(home);
  });
}

/** The pids of this home's own servers; external ones are not looked for. */
export function pidsOf(home: string): Record<'postgres' | 'temporal' | 'worker' | 'desk', number[]> {
  const markers = [markerOfPostgres(home), markerOfTemporal(home), markerOfWorker(home), markerOfDesk(home)];
  const [postgres = [], temporal = [], worker = [], desk = []] = findAll(markers);
  return { postgres, temporal, worker, desk };
}

export const anyRuns = (home: string): boolean => Object.values(pidsOf(home)).some((pids) => pids.length > 0);
