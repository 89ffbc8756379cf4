/** The times in a ZIP archive: the library stamps the moment of writing, so the same workbook would differ each time. */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** 1 January 1980, 00:00: the first moment that a ZIP archive can name. */
const NO_TIME = 0x0021_0000;

/** The archive with every entry's time set to the first one: 4 bytes in each local header and each directory entry. */
export function sameBytes(archive: Buffer): Buffer {
  const bytes = Buffer.from(archive);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('This is no ZIP archive: it has no directory.');
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(entry) !== DIRECTORY_ENTRY) throw new Error('The directory of this ZIP archive is broken.');
    bytes.writeUInt32LE(NO_TIME, entry + 12);
    bytes.writeUInt32LE(NO_TIME, bytes.readUInt32LE(entry + 42) + 10);
    entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return bytes;
}
