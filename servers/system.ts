/** One system: PostgreSQL, Temporal and a worker for one FUND_HOME, shared by all commands that run at the same time. */
import { hostname } from 'node:os';
import type { Start } from './detached';
import { type DeskPlace, deskPlace, ensureDesk } from './desk';
import { homeFolder } from './home';
import { ensurePostgres } from './postgres';
import { find } from './process-table';
import { Refused, type Say } from './refused';
import { ensureTemporal } from './temporal';
import { externalTemporal, temporalNamespace } from './temporal-address';
import { prepareExternalNamespace, workersOf } from './temporal-namespace';
import { addressOf, uiUrlOf } from './temporal-process';
import { anyRuns, database, pidsOf, startIn, stopAll, using } from './use';
import { ensureWorker, markerOfWorker, WORKER_ENTRY } from './worker';

export interface System {
  home: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** The Web UI; null when Temporal is external. */
  uiUrl: string | null;
}

/** Whether this command relies on workers outside this home. */
let othersWork = false;

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
  const start = startIn(homeFolder(), say);
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

/** Serves the desk of the system that this process uses. */
export const ensureDeskUp = (say: Say, place: DeskPlace): Promise<void> =>
  using(say, (begin) => ensureDesk(begin, place));

/** Puts the embedded servers back to how they were, for whoever had to stop or start some for a moment. */
export async function startAgain(begin: Start, before: ReturnType<typeof pidsOf>): Promise<void> {
  if (before.worker.length > 0) await start(begin, WORKER_ENTRY, true);
  else {
    if (before.postgres.length === 0 && before.temporal.length === 0 && anyRuns(begin.home)) await stopAll(begin.home);
    if (before.postgres.length > 0) await ensurePostgres(begin);
    if (before.temporal.length > 0) await ensureTemporal(begin, temporalNamespace());
  }
  const place = deskPlace(begin.home);
  if (before.desk.length > 0 && place !== null) await ensureDesk(begin, place);
}

/** True when every server of this system is alive. A long-running command checks regularly, and heals with `ensureUp`. */
export function isHealthy(): boolean {
  const { postgres, temporal, worker } = pidsOf(homeFolder());
  const database = process.env.DATABASE_URL ? true : postgres.length > 0;
  return database && (externalTemporal() ? true : temporal.length > 0) && (othersWork || worker.length > 0);
}
