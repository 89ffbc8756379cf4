/**
 * `backup`: the embedded system as a cold copy. The servers stop, their files are copied, and the servers start again: what was
 * running before runs afterwards, whatever happens in between.
 */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { connect } from '../db/connect';
import { fundYears } from '../db/fund-year';
import { backedUpBefore, type Count, type Manifest, pack, PARTS, sizeOf, writeManifest } from './backup-parts';
import { canonical, CHECKOUT, homeFolder, openHome } from './home';
import { withLock } from './lock';
import { ensurePostgres } from './postgres';
import { PLATFORM } from './postgres-binaries';
import { clusterFolder, hasCluster, PASSWORD } from './postgres-cluster';
import { errorText, Refused, type Say } from './refused';
import { startAgain } from './system';
import { externalTemporal } from './temporal-address';
import { STORE_FILES, UNFINISHED } from './temporal-process';
import { anyRuns, pidsOf, refuseOthers, stopAll } from './use';

/** Which folder holds the backup, and who is told how it goes on. */
export interface Order {
  folder: string;
  say: Say;
  /** The share that is done, from 0 to 1. */
  progress: (share: number) => void;
}

/** The choices made for the servers, the password of the database, and the store of Temporal. The rest of a home is made anew. */
export const HOME_FILES = ['postgres.json', PASSWORD, 'temporal.json', ...STORE_FILES, UNFINISHED] as const;

/** Servers of others have tools of their own, and are not ours to stop. */
export function refuseExternal(): void {
  const external = process.env.DATABASE_URL ? 'DATABASE_URL' : externalTemporal() ? 'TEMPORAL_ADDRESS' : null;
  if (external === null) return;
  throw new Refused(
    `${external} names a server of your own: back it up and restore it with its own tools (docs/operations.md, section 6). Unset it for the embedded system.`,
  );
}

/** Adds up the bytes and reports their share of all of them. */
export function counter(total: number, progress: Order['progress']): Count {
  let done = 0;
  return (bytes) => progress(Math.min(1, (done += bytes) / Math.max(1, total)));
}

function refuseFolder(home: string, folder: string): void {
  const inside = [home, clusterFolder(home)].find((own) => `${canonical(folder)}${sep}`.startsWith(`${own}${sep}`));
  if (inside !== undefined) throw new Refused(`${folder} is inside the system (${inside}): name a folder outside it.`);
  const before = backedUpBefore(folder);
  if (before !== null) throw new Refused(`${folder} holds the backup of ${before}: name a new folder.`);
  if (holdsAnything(folder)) throw new Refused(`${folder} is not empty: name a new folder.`);
}

function holdsAnything(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return usable(folder, () => readdirSync(folder)).length > 0;
}

function usable<Result>(folder: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    throw new Refused(`${folder} cannot be used for a backup (${errorText(error)}): name a new folder.`);
  }
}

/** Makes a backup of the system in FUND_HOME; `signal` gives it up. */
export async function backUp(order: Order, signal: AbortSignal): Promise<Manifest> {
  refuseExternal();
  const home = homeFolder();
  if (!hasCluster(home)) throw new Refused(`There is no system in ${home}: check FUND_HOME.`);
  refuseFolder(home, order.folder);
  openHome();
  return withLock({ home, say: order.say, signal }, () => {
    refuseOthers(home);
    return keepingServers(home, order, () => backUpStopping(home, order, signal));
  });
}

/** Has the servers run afterwards that run now. A stop of the command does not keep them from starting again. */
async function keepingServers<Done>(home: string, { say }: Order, work: () => Promise<Done>): Promise<Done> {
  const before = pidsOf(home);
  const [done] = await Promise.allSettled([work()]);
  const [again] = await Promise.allSettled([startAgain({ home, say, signal: new AbortController().signal }, before)]);
  if (again.status === 'rejected') {
    const outcome = done.status === 'rejected' ? `${errorText(done.reason)}.` : 'The backup is complete.';
    throw new Refused(
      `${outcome} The servers do not start again (${errorText(again.reason)}): run \`npm run fund -- up\`.`,
    );
  }
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}

async function backUpStopping(home: string, order: Order, signal: AbortSignal): Promise<Manifest> {
  const years = await yearsIn(await ensurePostgres({ home, say: order.say, signal }));
  const { folder } = order;
  const made = usable(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 })) !== undefined;
  usable(folder, () => accessSync(folder, constants.W_OK));
  try {
    if (anyRuns(home)) order.say('Stopping the servers.');
    await stopAll(home);
    return await copy(home, order, { years, signal });
  } catch (error) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
    if (made) rmSync(folder, { recursive: true, force: true });
    if (signal.aborted) throw signal.reason;
    throw new Refused(`The backup failed (${errorText(error)}); nothing of it was left in ${folder}.`);
  }
}

/** The years as they are, in whatever schema: a backup is often made just before it is brought up to date. */
async function yearsIn(databaseUrl: string): Promise<Manifest['years']> {
  const database = connect(databaseUrl, 'owner', 1);
  return fundYears(database).finally(() => database.destroy());
}

async function copy(
  home: string,
  { folder, progress }: Order,
  { years, signal }: { years: Manifest['years']; signal: AbortSignal },
): Promise<Manifest> {
  const cluster = clusterFolder(home);
  const names = HOME_FILES.filter((name) => existsSync(join(home, name)));
  const total = sizeOf(cluster) + names.reduce((sum, name) => sum + sizeOf(join(home, name)), 0);
  const watch = { signal, count: counter(total, progress) };
  const parts = {
    cluster: await pack(join(folder, PARTS.cluster), { from: cluster, names: ['.'] }, watch),
    home: await pack(join(folder, PARTS.home), { from: home, names }, watch),
  };
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as { version: string };
  return writeManifest(folder, {
    made_at: new Date().toISOString(),
    release: version,
    platform: PLATFORM,
    postgres: readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim(),
    years,
    parts,
  });
}
