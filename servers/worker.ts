/** The worker process, which runs the workflows and the activities. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch, isUsable, stop, TERMINATE, type Start } from './detached';
import { CHECKOUT } from './home';
import { find, peakMemory, type Marker } from './process-table';
import { environmentFor } from './temporal-access';

/** The servers that a worker works for. */
export interface Workplace {
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
}

/** Acts on all areas at once create much garbage; with a bound, Node collects it instead of growing (docs/operations.md, 4). */
const HEAP = '--max-old-space-size=512'; // MiB

/** Lets a process of Node run TypeScript. */
export const TYPESCRIPT = join(CHECKOUT, 'scripts', 'typescript.cjs');

export const WORKER_ENTRY = join(CHECKOUT, 'worker', 'main.ts');

export const markerOfWorker = (home: string): Marker => ['--worker-of', home];

/** Marks the command line with a hash of the database and the Temporal server that the worker serves, without the password. */
function serving({ databaseUrl, temporalAddress, temporalNamespace }: Workplace): Marker {
  const { username, host, pathname, search } = new URL(databaseUrl);
  const workplace = [username, host, pathname, search, temporalAddress, temporalNamespace].join('\n');
  return ['--serving', createHash('sha256').update(workplace).digest('hex').slice(0, 16)];
}

const readyFile = (home: string): string => join(home, 'worker.ready');

/** True once the worker has written its pid to a file, which it does when it begins to take work. */
export function isWorkerReady(home: string): boolean {
  try {
    return find(markerOfWorker(home)).includes(Number(readFileSync(readyFile(home), 'utf8')));
  } catch {
    return false;
  }
}

/** Starts the worker unless one is running for this database and this Temporal. A worker for other servers is stopped first. */
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
    args: [HEAP, '--require', TYPESCRIPT, entry, ...marker],
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

/** Stops the worker. It finishes its work first, but no longer counts as ready. */
export async function stopWorker(home: string): Promise<void> {
  rmSync(readyFile(home), { force: true });
  await stop(() => find(markerOfWorker(home)), TERMINATE);
}

/** The peak memory of this home's worker since it started, in bytes; null when there is none. */
export function workerMemory(home: string): number | null {
  const [pid] = find(markerOfWorker(home));
  return pid === undefined ? null : peakMemory(pid);
}
