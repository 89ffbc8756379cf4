/** The worker process: the program that does the workflows' and the activities' work. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch, isUsable, stop, TERMINATE, type Start } from './detached';
import { CHECKOUT } from './home';
import { find, peakMemory, type Marker } from './process-table';
import { environmentFor } from './temporal-access';

/** What a worker works for. */
export interface Workplace {
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
}

/** Acts on all areas at once leave much behind: a bound makes Node clear it away instead of growing (docs/operations.md, 4). */
const HEAP = '--max-old-space-size=512'; // MiB

export const WORKER_ENTRY = join(CHECKOUT, 'worker', 'main.ts');

export const markerOfWorker = (home: string): Marker => ['--worker-of', home];

/** Says on the command line which database and Temporal the worker was started for: a hash, made without the password. */
function serving({ databaseUrl, temporalAddress, temporalNamespace }: Workplace): Marker {
  const { username, host, pathname, search } = new URL(databaseUrl);
  const workplace = [username, host, pathname, search, temporalAddress, temporalNamespace].join('\n');
  return ['--serving', createHash('sha256').update(workplace).digest('hex').slice(0, 16)];
}

const readyFile = (home: string): string => join(home, 'worker.ready');

/** The worker writes its pid to a file once it takes work. */
export function isWorkerReady(home: string): boolean {
  try {
    return find(markerOfWorker(home)).includes(Number(readFileSync(readyFile(home), 'utf8')));
  } catch {
    return false;
  }
}

/** Starts the worker unless one works for this database and this Temporal; a worker that works for others is stopped. */
export async function ensureWorker(begin: Start, workplace: Workplace, entry: string): Promise<void> {
  const { home, say, signal } = begin;
  const marker = [...markerOfWorker(home), ...serving(workplace)];
  const isAlone = find(markerOfWorker(home)).length === 1;
  if (isAlone && (await isUsable({ marker, isReady: () => isWorkerReady(home), within: 60_000 }, signal))) return;
  await stopWorker(home);
  say('Starting the worker.');
  await launch(begin, {
    server: 'worker',
    command: process.execPath,
    args: [HEAP, '--import', 'tsx', entry, ...marker],
    marker,
    options: {
      cwd: CHECKOUT,
      env: {
        ...environmentFor(workplace.temporalAddress),
        FUND_HOME: home,
        DATABASE_URL: workplace.databaseUrl,
        TEMPORAL_ADDRESS: workplace.temporalAddress,
        TEMPORAL_NAMESPACE: workplace.temporalNamespace,
      },
    },
    isReady: () => isWorkerReady(home),
    within: 120_000,
  });
}

/** A worker that is told to stop ends its work first; from then on it does not count as ready any more. */
export async function stopWorker(home: string): Promise<void> {
  rmSync(readyFile(home), { force: true });
  await stop(() => find(markerOfWorker(home)), TERMINATE);
}

/** The most memory the worker of this home has held since it started, in bytes; null when none runs. */
export function workerMemory(home: string): number | null {
  const [pid] = find(markerOfWorker(home));
  return pid === undefined ? null : peakMemory(pid);
}
