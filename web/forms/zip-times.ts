/**
 * The times in a ZIP archive: the library that writes a workbook stamps the current moment, so the same workbook would differ
 * each time.
 */
import { unzipSync, zipSync, type Zippable } from 'fflate';

/** The first moment that a ZIP archive can name. */
const NO_TIME = new Date(1980, 0, 1);

/** The archive packed again with the same time for every entry, so that equal contents give equal bytes. */
export function sameBytes(archive: Uint8Array): Buffer {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(unzipSync(archive))) entries[name] = [content, { mtime: NO_TIME }];
  return Buffer.from(zipSync(entries));
}
