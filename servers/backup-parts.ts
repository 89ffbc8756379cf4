/**
 * What a backup folder holds: two archives, and a manifest that is written last. Without the manifest it is no backup. All of it is
 * readable by its owner alone, since it holds persons and passwords.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { OperatingUser } from './operating-user';
import { errorText, Refused } from './refused';

const MANIFEST = 'backup.json';
/** The form of the manifest and of the parts. */
const FORM = 1;
/** The cluster of PostgreSQL may belong to another user than the rest, so it is a part of its own. */
export const PARTS = { cluster: 'postgres.tar.gz', home: 'home.tar.gz' } as const;

interface Part {
  sha256: string;
  bytes: number;
  /** The bytes of the files in it, before compression. */
  content: number;
}

export interface Manifest {
  form: number;
  made_at: string;
  release: string;
  /** Files of PostgreSQL fit only the platform and the release of PostgreSQL that wrote them. */
  platform: string;
  postgres: string;
  years: { year: number; status: string }[];
  parts: Record<keyof typeof PARTS, Part>;
}

/** Told how many bytes were read or written since it was last told. */
export type Count = (bytes: number) => void;

/** Writes the manifest, which makes the folder a backup. */
export function writeManifest(folder: string, facts: Omit<Manifest, 'form'>): Manifest {
  const manifest = { form: FORM, ...facts };
  const unfinished = join(folder, `${MANIFEST}.unfinished`);
  writeFileSync(unfinished, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, join(folder, MANIFEST));
  // The names of new files are on the disk only once their folder is.
  const opened = openSync(folder, 'r');
  fsyncSync(opened);
  closeSync(opened);
  return manifest;
}

export function readManifest(folder: string): Manifest {
  const manifest = parsed(folder);
  const isWhole = (part: Partial<Part> | undefined): boolean =>
    typeof part?.sha256 === 'string' && typeof part.bytes === 'number' && typeof part.content === 'number';
  if (manifest.form === FORM && isWhole(manifest.parts?.cluster) && isWhole(manifest.parts?.home)) {
    return manifest as Manifest;
  }
  throw new Refused(`${join(folder, MANIFEST)} is not the manifest of a backup that this release knows.`);
}

function parsed(folder: string): Partial<Manifest> {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Partial<Manifest>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' || code === 'ENOTDIR' ? `it has no ${MANIFEST}` : errorText(error);
    throw new Refused(`${folder} holds no finished backup: ${reason}. Name the folder that \`fund backup\` filled.`);
  }
}

/** When the folder was filled by an earlier backup; null where there is none. */
export function backedUpBefore(folder: string): string | null {
  try {
    return parsed(folder).made_at ?? null;
  } catch {
    return null;
  }
}

/** The bytes of all files below a folder, or of one file. */
export function sizeOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Lets the chunks pass, and shows each to `look`. */
async function* shown(chunks: AsyncIterable<Buffer>, look: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    look(chunk);
    yield chunk;
  }
}

/** Packs `names` of `from` into a new file. A file that changes meanwhile is an error: the servers are down. */
export async function pack(
  file: string,
  { from, names }: { from: string; names: readonly string[] },
  { signal, count }: { signal: AbortSignal; count: Count },
): Promise<Part> {
  const { create } = await import('tar');
  const hash = createHash('sha256');
  const content = names.reduce((sum, name) => sum + sizeOf(join(from, name)), 0);
  await pipeline(
    Readable.from(create({ cwd: from, portable: true, strict: true }, [...names])),
    (chunks: AsyncIterable<Buffer>) => shown(chunks, ({ length }) => count(length)),
    // The year stands still meanwhile: a better level takes several times as long and saves a tenth.
    createGzip({ level: 1 }),
    (chunks: AsyncIterable<Buffer>) => shown(chunks, (chunk) => hash.update(chunk)),
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
    { signal },
  );
  return { sha256: hash.digest('hex'), bytes: statSync(file).size, content };
}

/** Refuses a part that is not, byte for byte, the one that was written. */
export async function assertWhole(file: string, { sha256 }: Part, count: Count): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      count(chunk.length);
    }
  } catch (error) {
    throw new Refused(`${file} cannot be read (${errorText(error)}): nothing was restored. Take another backup.`);
  }
  if (hash.digest('hex') === sha256) return;
  throw new Refused(
    `${file} is damaged (its SHA-256 is not that of the manifest): nothing was restored. Take another backup.`,
  );
}

/** Unpacks into a folder; the files belong to `owner`, or to whoever runs the program, whoever packed them. */
export async function unpack(file: string, folder: string, owner: OperatingUser | null, count: Count): Promise<void> {
  const { extract } = await import('tar');
  await extract({
    file,
    cwd: folder,
    strict: true,
    ...(owner ?? { preserveOwner: false }),
    onReadEntry: ({ size }) => count(size),
  });
}
