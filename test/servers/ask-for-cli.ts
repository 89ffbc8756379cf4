/** Asks for the Temporal CLI of the home given as argument. Its makers' site is played: it serves $ARCHIVE, or is out of reach. */
import { readFileSync } from 'node:fs';
import { temporalCli } from '../../servers/temporal-cli';

const archive = process.env.ARCHIVE;

globalThis.fetch = (url) => {
  if (!archive) return Promise.reject(new Error('no network'));
  const info = { archiveUrl: 'https://makers.test/archive.tar.gz', fileToExtract: './temporal' };
  const isArchive = url === info.archiveUrl;
  return Promise.resolve(isArchive ? new Response(readFileSync(archive)) : Response.json(info));
};

const said: string[] = [];
const start = {
  home: process.argv[2] ?? '',
  say: (line: string) => said.push(line),
  signal: new AbortController().signal,
};
void temporalCli(start).then(
  (program) => console.log(JSON.stringify({ program, said })),
  (error: unknown) => console.log(JSON.stringify({ refused: String(error), said })),
);
