/**
 * The process table is where the truth about our servers is kept. A pid file goes stale when a server is killed and lies
 * when its number is given to another process; so each server carries its folder on its command line (its `marker`) and
 * is looked up by that.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Arguments that stand side by side on the command line of one server and of nothing else. */
export type Marker = readonly string[];

const LINUX = process.platform === 'linux';
/** Linux tells arguments apart; elsewhere `ps` joins them with blanks. */
const BETWEEN = LINUX ? '\0' : ' ';

/** A process may end while we look: then there is nothing to read. */
function read<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

const ps = (...args: string[]): string =>
  read(() => execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })) ?? '';

const linuxPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Every process with its command line. One that has ended, but was not yet collected by its parent, has none. */
function commandLines(): { pid: number; line: string }[] {
  if (LINUX)
    return linuxPids().map((pid) => ({ pid, line: read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '' }));
  return [...ps('-A', '-ww', '-o', 'pid=', '-o', 'command=').matchAll(/^ *(\d+) (.*)$/gm)].map(([, pid, line]) => ({
    pid: Number(pid),
    line: line ?? '',
  }));
}

/** The pids of all processes that carry one of the markers, marker by marker, in one look at the table. */
export function findAll(markers: readonly Marker[]): number[][] {
  const lines = commandLines();
  return markers.map((marker) => {
    const wanted = BETWEEN + marker.join(BETWEEN) + BETWEEN;
    return lines.filter(({ line }) => (line + BETWEEN).includes(wanted)).map(({ pid }) => pid);
  });
}

export const find = (marker: Marker): number[] => findAll([marker])[0] ?? [];

/** Processes of a program that work in a folder; known on Linux only. */
export function findWorkingIn(folder: string, program: string): number[] {
  const worksThere = (pid: number): boolean =>
    readlinkSync(`/proc/${pid}/cwd`) === folder && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program;
  return LINUX ? linuxPids().filter((pid) => read(() => worksThere(pid))) : [];
}

/**
 * When a process was born, as text that never repeats on this machine; null when it has ended. Pid and birth together
 * name one process for ever, the pid alone does not.
 */
export function birthOf(pid: number): string | null {
  if (!LINUX) {
    const [, state, birth] = /^(\S+)\s+(.+)$/m.exec(ps('-p', String(pid), '-o', 'stat=', '-o', 'lstart=')) ?? [];
    return birth === undefined || state?.startsWith('Z') ? null : birth.trim();
  }
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z and X: ended, only not yet collected by its parent.
  if (!fields || ['Z', 'X'].includes(fields[0] ?? 'X')) return null;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}

/** This start of the machine or container: its first process was born with it. */
export const thisBoot = (): string => birthOf(1) ?? 'unknown';

/** The most memory a process has held so far, in bytes; where the system does not tell, what it holds now. */
export function peakMemory(pid: number): number | null {
  const kibibytes = LINUX
    ? /^VmHWM:\s+(\d+) kB$/m.exec(read(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '')?.[1]
    : ps('-p', String(pid), '-o', 'rss=').trim();
  return kibibytes ? Number(kibibytes) * 1024 : null;
}
