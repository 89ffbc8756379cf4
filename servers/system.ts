/** One system: PostgreSQL, Temporal and a worker for one FUND_HOME, shared by all commands that run at the same time. */
import { hostname } from 'node:os';
import { migrate } from '../db/migrate';
import type { Start } from './detached';
import { homeFolder, openHome } from './home';
import { withLock } from './lock';
import { ensurePostgres, markerOfPostgres, stopPostgres } from './postgres';
import { find, findAll } from './process-table';
import { reasonOf, Refused, type Say } from './refused';
import { addressOf, ensureTemporal, markerOfTemporal, stopTemporal, uiUrlOf } from './temporal';
import { externalTemporal } from './temporal-address';
import { prepareExternalNamespace, workersOf } from './temporal-namespace';
import { forgetKeep, isKept, isRegistered, keep, register, unregister, users } from './users';
import { ensureWorker, markerOfWorker, stopWorker, WORKER_ENTRY } from './worker';

export interface System {
  home: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** The Web UI; null when Temporal is external. */
  uiUrl: string | null;
}

export const temporalNamespace = (): string => process.env.TEMPORAL_NAMESPACE || 'default';

/** Whether this command relies on workers outside this home. */
let othersWork = false;

/** Aborted when the command is asked to stop, so that it does not go on waiting for a server. */
let interruption = new AbortController();

async function database(start: Start): Promise<string> {
  const external = process.env.DATABASE_URL;
  const url = external || (await ensurePostgres(start));
  try {
    await migrate(url);
  } catch (error) {
    const remedy = external ? ' Check DATABASE_URL, or unset it to use the embedded PostgreSQL.' : '';
    throw new Refused(`The database cannot be brought up to date: ${reasonOf(error)}.${remedy}`);
  }
  return url;
}

async function temporal(start: Start): Promise<{ address: string; uiUrl: string | null }> {
  const address = externalTemporal();
  if (address) {
    await prepareExternalNamespace(address, temporalNamespace(), start.say);
    return { address, uiUrl: null };
  }
  const ports = await ensureTemporal(start, temporalNamespace());
  return { address: addressOf(ports), uiUrl: uiUrlOf(ports) };
}

/** Brings external servers up to date for a release: the schema and the search attributes. Starts no server. */
export async function prepareOthers(say: Say): Promise<void> {
  if (!process.env.DATABASE_URL || !externalTemporal()) {
    throw new Refused('Set DATABASE_URL and TEMPORAL_ADDRESS. The embedded servers are prepared by `up` itself.');
  }
  const start: Start = { home: homeFolder(), say, signal: interruption.signal };
  await database(start);
  await temporal(start);
}

/** Both or neither: when one fails, waits until the other has settled before reporting the failure. */
async function together<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** The workers at this Temporal that do not belong to this home, on this host or another. */
export async function workersElsewhere(
  where: Pick<System, 'home' | 'temporalAddress' | 'temporalNamespace'>,
): Promise<string[]> {
  const own = find(markerOfWorker(where.home)).map((pid) => `${pid}@${hostname()}`);
  const all = await workersOf(where.temporalAddress, where.temporalNamespace);
  return all.filter((identity) => !own.includes(identity));
}

async function start(begin: Start, workerEntry: string, ownWorker: boolean): Promise<System> {
  const [databaseUrl, { address, uiUrl }] = await together(database(begin), temporal(begin));
  const system = {
    home: begin.home,
    databaseUrl,
    temporalAddress: address,
    temporalNamespace: temporalNamespace(),
    uiUrl,
  };
  othersWork = uiUrl === null && !ownWorker && (await workersElsewhere(system)).length > 0;
  if (!othersWork) await ensureWorker(begin, system, workerEntry);
  return system;
}

/** The worker stops first, while it can still report its results, and the database last. */
async function stopAll(home: string): Promise<void> {
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

/**
 * Starts what is not running, and registers this process as a user. Safe to call at any time, by many commands at once, and again
 * after a server was killed: the data stays. Call `release` at the end.
 */
export const ensureUp = (say: Say): Promise<System> => ensureUpWith(WORKER_ENTRY, say);

/** The same for `up`: with a worker of this home even when there are others at the same Temporal. */
export const ensureUpWithOwnWorker = (say: Say): Promise<System> => ensureUpWith(WORKER_ENTRY, say, true);

/** The same with another worker program, for tests. */
export const ensureUpWith = (workerEntry: string, say: Say, ownWorker = false): Promise<System> =>
  using(say, (begin) => start(begin, workerEntry, ownWorker));

/** Starts servers while holding the lock of the home; from then on this process counts as a user of them. */
async function using<Started>(say: Say, begin: (start: Start) => Promise<Started>): Promise<Started> {
  if (process.platform === 'win32') throw new Refused('The servers run on Linux and macOS. On Windows, use WSL 2.');
  const home = openHome();
  const { signal } = interruption;
  return withLock({ home, say, signal }, async () => {
    const isHealing = isRegistered(home);
    register(home);
    try {
      return await begin({ home, say, signal });
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

/** `down`: stops the servers, unless a command still uses them. */
export async function down(say: Say): Promise<void> {
  const home = openHome();
  await withLock({ home, say }, async () => {
    forgetKeep(home);
    const others = users(home).filter((pid) => pid !== process.pid);
    if (others.length > 0) {
      throw new Refused(
        `The servers are in use by process ${others.join(', ')}: they stop when it ends. End it, or wait.`,
      );
    }
    say(anyRuns(home) ? 'Stopping the servers.' : 'No server is running.');
    unregister(home);
    await stopAll(home);
  });
}

/** The pids of this home's own servers; external ones are not looked for. */
export function pidsOf(home: string): { postgres: number[]; temporal: number[]; worker: number[] } {
  const markers = [markerOfPostgres(home), markerOfTemporal(home), markerOfWorker(home)];
  const [postgres = [], temporal = [], worker = []] = findAll(markers);
  return { postgres, temporal, worker };
}

const anyRuns = (home: string): boolean => Object.values(pidsOf(home)).some((pids) => pids.length > 0);

/** True when every server of this system is alive. A long-running command checks regularly, and heals with `ensureUp`. */
export function isHealthy(): boolean {
  const { postgres, temporal, worker } = pidsOf(homeFolder());
  const database = process.env.DATABASE_URL ? true : postgres.length > 0;
  return database && (externalTemporal() ? true : temporal.length > 0) && (othersWork || worker.length > 0);
}
