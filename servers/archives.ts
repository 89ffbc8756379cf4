/**
 * Downloaded archives: checked against the SHA-256 that this release pins, and only then opened. The libraries that open them
 * are loaded at that moment, because few commands download anything.
 */
import { createHash } from 'node:crypto';

const NOT_THERE = 'the archive does not hold the wanted file';

/** SHA-256 by platform, as `process.platform` and `process.arch` name it: `linux-x64`. */
export type Checksums = Readonly<Record<string, string>>;

/** The checksum pinned for this machine. */
export function pinnedHere(checksums: Checksums): string {
  const platform = `${process.platform}-${process.arch}`;
  const sha256 = checksums[platform];
  if (!sha256) throw new Error(`no file is known for ${platform}`);
  return sha256;
}

/** Refuses a download that is not, byte for byte, the file whose checksum is pinned. */
export function assertPinned(name: string, content: Uint8Array, sha256: string): void {
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== sha256) throw new Error(`${name} is not the file we know (SHA-256 ${found}, expected ${sha256})`);
}

/** The content of the first file of a ZIP archive whose name `wanted` accepts. */
export async function fromZip(zip: Uint8Array, wanted: (name: string) => boolean): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  const [content] = Object.values(unzipSync(zip, { filter: ({ name }) => wanted(name) }));
  if (!content) throw new Error(NOT_THERE);
  return content;
}

/** The same for a gzipped tar archive. */
export async function fromTarGz(archive: Uint8Array, wanted: (name: string) => boolean): Promise<Uint8Array> {
  const { Parser } = await import('tar');
  const contents: Promise<Uint8Array>[] = [];
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      filter: wanted,
      onReadEntry: (entry) => contents.push(entry.concat()),
    });
    parser.on('error', reject).on('end', resolve);
    parser.end(Buffer.from(archive));
  });
  const [content] = await Promise.all(contents);
  if (!content) throw new Error(NOT_THERE);
  return content;
}
