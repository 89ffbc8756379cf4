/** Takes one file out of an archive, so that nothing but Node is needed to unpack a download. */
import { gunzipSync, inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const STORED = 0;

/** The content of the first file of a ZIP archive whose name `wanted` accepts (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
export function fromZip(zip: Buffer, wanted: (name: string) => boolean): Buffer {
  const end = zip.lastIndexOf(END_OF_CENTRAL_DIRECTORY);
  if (end < 0) throw new Error('the archive is not a ZIP file');
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at)) as [
      number,
      number,
      number,
    ];
    if (wanted(zip.toString('utf8', entry + 46, entry + 46 + nameLength))) return content(zip, entry);
    entry += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error('the archive does not hold the wanted file');
}

/** The lengths in the local header may differ from those in the central directory, and only they say where the data begins. */
function content(zip: Buffer, entry: number): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  return zip.readUInt16LE(entry + 10) === STORED ? data : inflateRawSync(data);
}

const BLOCK = 512;

/** The same for a gzipped tar archive: blocks of 512 bytes, each file behind a header with its name and its octal size. */
export function fromTarGz(archive: Buffer, wanted: (name: string) => boolean): Buffer {
  const tar = gunzipSync(archive);
  for (let at = 0; at + BLOCK <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    if (wanted(name)) return tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error('the archive does not hold the wanted file');
}
