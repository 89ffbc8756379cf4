/**
 * `restore`: a backup becomes the system of a new FUND_HOME. All of it is unpacked beside its place; only a whole system gets there,
 * and a restore that was killed begins again.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { counter, HOME_FILES, refuseExternal, type Order } from './backup';
import { assertWhole, type Count, type Manifest, PARTS, readManifest, unpack } from './backup-parts';
import { homeFolder, openHome, restoreFolder } from './home';
import { withLock } from './lock';
import { as, operatingUser } from './operating-user';
import { PLATFORM, postgresPrograms, releaseOf } from './postgres-binaries';
import { type Cluster, createCluster, hasCluster, PASSWORD } from './postgres-cluster';
import { errorText, Refused } from './refused';
import { STORE } from './temporal-process';
import { startIn } from './use';

/** Makes the backup in `folder` the system of FUND_HOME, which has none yet. It starts no server. */
export async function restore({ folder, say, progress }: Order): Promise<Manifest> {
  refuseExternal();
  const home = homeFolder();
  refuseUsed(home);
  const manifest = readManifest(folder);
  const user = operatingUser(say);
  refuseOtherFiles(manifest, releaseOf(postgresPrograms(user, say), user));
  const sizes = Object.values(manifest.parts).flatMap(({ bytes, content }) => [bytes, content]);
  const count = counter(
    sizes.reduce((sum, size) => sum + size),
    progress,
  );
  for (const part of ['cluster', 'home'] as const) {
    await assertWhole(join(folder, PARTS[part]), manifest.parts[part], count);
  }
  openHome();
  await withLock({ home, say }, async () => {
    refuseUsed(home);
    clearUnfinished(home);
    try {
      await createCluster(startIn(home, say), user, (cluster) => fillFrom(folder, { home, cluster, count }));
    } catch (error) {
      for (const file of HOME_FILES) rmSync(join(home, file), { force: true });
      throw new Refused(`The restore failed (${errorText(error)}); nothing of it was left in ${home}.`);
    } finally {
      rmSync(restoreFolder(home), { recursive: true });
    }
  });
  return manifest;
}

/** What an unfinished restore left behind was never used by anybody. */
function refuseUsed(home: string): void {
  if (existsSync(restoreFolder(home))) return;
  const isUsed = hasCluster(home) || [PASSWORD, STORE].some((file) => existsSync(join(home, file)));
  if (isUsed) throw new Refused(`There is a system in ${home} already: set FUND_HOME to a new folder.`);
}

function refuseOtherFiles({ platform, postgres, release }: Manifest, ours: string): void {
  if (platform === PLATFORM && postgres === ours) return;
  throw new Refused(
    `The backup is of PostgreSQL ${postgres} on ${platform} (release ${release}); here is PostgreSQL ${ours} on ${PLATFORM}, which cannot read its files. Restore it with that release on such a machine.`,
  );
}

/** Leaves an empty folder that marks the home as unfinished. */
function clearUnfinished(home: string): void {
  for (const file of HOME_FILES) rmSync(join(home, file), { force: true });
  rmSync(restoreFolder(home), { recursive: true, force: true });
  mkdirSync(restoreFolder(home), { mode: 0o700 });
}

async function fillFrom(
  folder: string,
  { home, cluster, count }: { home: string; cluster: Cluster; count: Count },
): Promise<void> {
  try {
    await unpack(join(folder, PARTS.cluster), cluster.folder, cluster.user, count);
    // PostgreSQL takes the files of a cluster that was shut down to be on the disk.
    const sync = ['--sync-only', '-D', cluster.folder];
    await promisify(execFile)(join(cluster.programs, 'initdb'), sync, as(cluster.user));
    await unpack(join(folder, PARTS.home), restoreFolder(home), null, count);
    for (const file of readdirSync(restoreFolder(home))) renameSync(join(restoreFolder(home), file), join(home, file));
  } catch (error) {
    rmSync(cluster.folder, { recursive: true, force: true });
    throw error;
  }
}
