/** Servers as processes. Each is started in its own session, so that it outlives the command that started it, and is stopped gently. */
import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { find, type Marker } from './process-table';
import { logFile } from './home';
import { OF_THE_SYSTEM, errorText, Refused, type Say } from './refused';
import { until } from './wait';

/** What every start of a server needs. `signal` ends the waiting when somebody stops the command. */
export interface Start {
  home: string;
  say: Say;
  signal: AbortSignal;
}

interface Probe {
  marker: Marker;
  /** Asked repeatedly until the server can be used. */
  isReady: () => boolean | Promise<boolean>;
  /** The longest wait, in milliseconds. */
  within: number;
}

interface Launch extends Probe {
  server: 'postgres' | 'temporal' | 'worker' | 'desk';
  command: string;
  args: readonly string[];
  options?: SpawnOptions;
}

const LOG_LIMIT = 16 * 1024 * 1024;

/** Opens a log for appending, after moving away one that has grown too large. */
function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.old`);
  return openSync(file, 'a');
}

async function spawnDetached({ command, args, options }: Launch, log: number): Promise<void> {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  child.unref();
  await once(child, 'spawn');
}

/**
 * The reason that the system gave, or else the last error of a log; null when it names none. The lines of a stack trace come
 * after the message and often say “Error” too.
 */
export function complaint(log: string): string | null {
  const lines = log.split('\n').map((line) => line.trim());
  const errors = lines.filter(
    (line) => /FATAL|PANIC|error|^Refused: |"level":[56]0/i.test(line) && !line.startsWith('at '),
  );
  const line = errors.filter((error) => OF_THE_SYSTEM.test(error)).at(-1) ?? errors.at(-1);
  return line === undefined ? null : messageOf(line);
}

/** Why a server is not ready, in the words of its log where that reports an error. Any other last line would mislead. */
function whyNotReady(file: string, from: number, { marker, within }: Probe): string {
  const words = complaint(readFileSync(file).subarray(from).toString('utf8'));
  if (words !== null) return words;
  if (find(marker).length > 0) return `it did not answer within ${within / 1000} seconds`;
  return 'it ended without an error message';
}

/**
 * Temporal puts the path through its components before the reason: “could not build arguments for function …: received non-nil
 * error from …: ”.
 */
const WAY_OF_TEMPORAL = /^.*received non-nil error from function \S+ \([^)]*\): /;

/** The message in a JSON log line; in any other line, the reason. Our worker puts “Refused” before it. */
function messageOf(line: string): string {
  try {
    const { msg, err, error } = JSON.parse(line) as Record<string, { message?: string } | undefined> & { msg?: string };
    return [msg, (err ?? error)?.message].filter(Boolean).join(': ') || line;
  } catch {
    return line.replace(WAY_OF_TEMPORAL, '').replace(/^Refused: /, '');
  }
}

/**
 * True as soon as the server can be used, false when it exits or takes too long. A process that is already there may still be
 * starting, or may be shutting down because a command stopped it before being killed.
 */
export async function isUsable({ marker, isReady, within }: Probe, signal: AbortSignal): Promise<boolean> {
  const runs = () => find(marker).length > 0;
  return (await until(async () => !runs() || (await isReady()), { within, signal })) && runs();
}

/** Starts a server and waits until it is ready. A failure is reported in the words of the server's own log. */
export async function launch({ home, signal }: Start, server: Launch): Promise<void> {
  const file = logFile(home, server.server);
  const log = openLog(file);
  const from = statSync(file).size;
  try {
    await spawnDetached(server, log);
  } catch (error) {
    throw new Refused(`${server.command} cannot be started: ${errorText(error)}.`);
  } finally {
    closeSync(log);
  }
  if (!(await isUsable(server, signal))) {
    throw new Refused(`${server.server} did not start: ${whyNotReady(file, from, server)} (log: ${file}).`);
  }
}

/** Signals from gentle to certain, each with the milliseconds to wait for its effect. */
export type Farewell = readonly (readonly [NodeJS.Signals, number])[];

export const TERMINATE: Farewell = [
  ['SIGTERM', 15_000],
  ['SIGKILL', 5000],
];

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It has exited in the meantime, which is what we want.
    if (code === 'ESRCH') return;
    throw new Refused(
      `Process ${pid} cannot be stopped (${code}): it belongs to another user. Run the command again as that user.`,
    );
  }
}

/** Stops every process that `lookup` finds. It looks again before each signal, because a pid may have been reused. */
export async function stop(lookup: () => number[], farewell: Farewell): Promise<void> {
  for (const [signal, grace] of farewell) {
    const pids = lookup();
    if (pids.length === 0) return;
    for (const pid of pids) send(pid, signal);
    await until(() => lookup().length === 0, { within: grace, every: 25 });
  }
  const left = lookup();
  if (left.length > 0)
    throw new Refused(`Process ${left.join(', ')} cannot be stopped. Stop it by hand and run the command again.`);
}
