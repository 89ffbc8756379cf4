/** The database cluster of a FUND_HOME: its location, its password, how it is created. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stop, TERMINATE, type Start } from './detached';
import { readRecord, writeRecord } from './home';
import { closedFor } from './open-folder';
import { as, makeFolderFor, operatingUser, type OperatingUser } from './operating-user';
import { postgresPrograms } from './postgres-binaries';
import { find, type Marker } from './process-table';
import { errorText, Refused } from './refused';
import { claimFor, forgetClaim, openSharedFolder, sharedFolderOf, vanishedHomes } from './shared-folder';

/** The login that owns the database; `fund_worker` and `fund_reader` are roles within. */
export const LOGIN = 'fund';

export interface PostgresRecord {
  cluster: string;
  port: number;
}

export interface Cluster {
  folder: string;
  programs: string;
  user: OperatingUser | null;
}

export const postgresMarker = (folder: string): Marker => ['-D', folder];

const insideOf = (home: string): string => join(home, 'postgres');

/** Where the cluster of this home lies, or would lie. A record copied from another home is ignored. */
export function clusterFolder(home: string): string {
  const { cluster } = readRecord<PostgresRecord>(home, 'postgres');
  return cluster === sharedFolderOf(home) ? cluster : insideOf(home);
}

export const hasCluster = (home: string): boolean => existsSync(join(clusterFolder(home), 'PG_VERSION'));

export const PASSWORD = 'postgres.password';
const passwordFile = (home: string): string => join(home, PASSWORD);

export function passwordOf(home: string): string {
  try {
    return readFileSync(passwordFile(home), 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Refused(
      isMissing
        ? `The password of the database is missing: put ${passwordFile(home)} back, or set FUND_HOME to a new folder.`
        : `The password of the database cannot be read (${errorText(error)}): run the command as the user who owns that file.`,
    );
  }
}

async function initialise({ home, say, signal }: Start, { folder, programs, user }: Cluster): Promise<void> {
  say('Creating the database (a few seconds, only this once).');
  const password = randomBytes(24).toString('hex');
  writeFileSync(passwordFile(home), password, { mode: 0o600 });
  // initdb may run as a user who cannot read the kept password.
  const copy = `${folder}.password`;
  writeFileSync(copy, password, { mode: 0o600 });
  if (user) chownSync(copy, user.uid, user.gid);
  const args = [`--username=${LOGIN}`, `--pwfile=${copy}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
  try {
    await promisify(execFile)(join(programs, 'initdb'), [...postgresMarker(folder), ...args], { ...as(user), signal });
  } catch (error) {
    throw new Refused(`The database cannot be created in ${folder}: ${errorText(error)}${littleRoom(folder)}.`);
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Stops what still runs on a folder and deletes the folder: both remain after a kill, or after a FUND_HOME was deleted. */
async function clear(folder: string): Promise<void> {
  await stop(() => find(postgresMarker(folder)), TERMINATE);
  rmSync(folder, { recursive: true, force: true });
}

/** For a home that PostgreSQL cannot reach: makes room in the folder that all homes of this machine share. */
async function makeRoomElsewhere({ home, say }: Start): Promise<void> {
  openSharedFolder();
  for (const vanished of vanishedHomes()) {
    await clear(sharedFolderOf(vanished));
    forgetClaim(vanished);
  }
  claimFor(home);
  say(`FUND_HOME cannot be reached by the user PostgreSQL runs as: the database lies in ${sharedFolderOf(home)}.`);
}

const MEBIBYTE = 1024 * 1024;
const NEW_CLUSTER = 45 * MEBIBYTE;

/** A full disk may show up only as a panic about a transaction, so the free space tells more. initdb has cleaned up by then. */
function littleRoom(folder: string): string {
  const { bavail, bsize } = statfsSync(dirname(folder));
  const free = bavail * bsize;
  if (free > NEW_CLUSTER) return '';
  const mebibytes = (bytes: number): number => Math.floor(bytes / MEBIBYTE);
  return `; its disk is full or nearly so: ${mebibytes(free)} MiB are free, a new database takes ${mebibytes(NEW_CLUSTER)}`;
}

/** Fills the empty folder of a new cluster, which belongs to the user it is made for. */
export type Fill = (cluster: Cluster) => Promise<void>;

/** Fills the cluster beside its place and moves it there once complete, so that a kill leaves no half cluster. */
async function createIn({ home }: Start, cluster: Cluster, fill: Fill): Promise<Cluster> {
  const { folder } = cluster;
  await clear(folder);
  await fill({ ...cluster, folder: unfinishedOf(folder) });
  writeRecord(home, 'postgres', { ...readRecord<PostgresRecord>(home, 'postgres'), cluster: folder });
  renameSync(unfinishedOf(folder), folder);
  return cluster;
}

const unfinishedOf = (folder: string): string => `${folder}.unfinished`;

async function canCreateIn(folder: string, user: OperatingUser | null): Promise<boolean> {
  await clear(unfinishedOf(folder));
  return makeFolderFor(user, unfinishedOf(folder));
}

/** Creates the cluster of this home where PostgreSQL can reach it. */
export async function createCluster(start: Start, user: OperatingUser | null, fill: Fill): Promise<Cluster> {
  const { home } = start;
  const programs = postgresPrograms(user, start.say);
  if (await canCreateIn(insideOf(home), user)) return createIn(start, { folder: insideOf(home), programs, user }, fill);
  await makeRoomElsewhere(start);
  if (await canCreateIn(sharedFolderOf(home), user))
    return createIn(start, { folder: sharedFolderOf(home), programs, user }, fill);
  const closed = (user && closedFor(user, dirname(sharedFolderOf(home)))) ?? sharedFolderOf(home);
  throw new Refused(
    `The user PostgreSQL runs as cannot write to FUND_HOME, nor reach ${closed}. Open that folder (chmod o+x), set FUND_HOME to another one, or set DATABASE_URL.`,
  );
}

/** The cluster of this home, created when there is none. Root runs an existing one as the user it belongs to. */
export async function openCluster(start: Start): Promise<Cluster> {
  const folder = clusterFolder(start.home);
  const user = operatingUser(start.say);
  if (!hasCluster(start.home)) return createCluster(start, user, (cluster) => initialise(start, cluster));
  const { uid, gid } = statSync(folder);
  const keeper = user && { uid, gid };
  return { folder, programs: postgresPrograms(keeper, start.say), user: keeper };
}
