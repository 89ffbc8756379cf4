/**
 * Our servers are looked up in the process table. A pid file goes stale when a server is killed, and is wrong once another process
 * has the number. So each server carries its folder on its command line (its `marker`) and is found by that.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Adjacent arguments that only one server has on its command line. */
export type Marker = readonly string[];

const LINUX = process.platform === 'linux';
/** Linux separates arguments with NUL; elsewhere `ps` joins them with blanks. */
const BETWEEN = LINUX ? '\0' : ' ';

/** Null when the process has exited in the meantime. */
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

/** Every process with its command line, which is empty for a zombie. */
function commandLines(): { pid: number; line: string }[] {
  if (LINUX)
    return linuxPids().map((pid) => ({ pid, line: read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '' }));
  return [...ps('-A', '-ww', '-o', 'pid=', '-o', 'command=').matchAll(/^ *(\d+) (.*)$/gm)].map(([, pid, line]) => ({
    pid: Number(pid),
    line: line ?? '',
  }));
}

/** For each marker, the pids of the processes that carry it, from one reading of the table. */
export function findAll(markers: readonly Marker[]): number[][] {
  const lines = commandLines();
  return markers.map((marker) => {
    const wanted = BETWEEN + marker.join(BETWEEN) + BETWEEN;
    return lines.filter(({ line }) => (line + BETWEEN).includes(wanted)).map(({ pid }) => pid);
  });
}

export const find = (marker: Marker): number[] => findAll([marker])[0] ?? [];

/** The processes of `program` whose working directory is `folder`. Always empty outside Linux. */
export function findWorkingIn(folder: string, program: string): number[] {
  const worksThere = (pid: number): boolean =>
    readlinkSync(`/proc/${pid}/cwd`) === folder && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program;
  return LINUX ? linuxPids().filter((pid) => read(() => worksThere(pid))) : [];
}

/**
 * When a process started, as text that never repeats on this machine; null when it has exited. Pid and birth together identify a
 * process for ever; the pid alone does not.
 */
export function birthOf(pid: number): string | null {
  if (!LINUX) {
    const [, state, birth] = /^(\S+)\s+(.+)$/m.exec(ps('-p', String(pid), '-o', 'stat=', '-o', 'lstart=')) ?? [];
    return birth === undefined || state?.startsWith('Z') ? null : birth.trim();
  }
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z and X: exited, but not yet collected by its parent.
  if (!fields || ['Z', 'X'].includes(fields[0] ?? 'X')) return null;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}

/** Identifies this start of the machine or container, by the birth of its first process. */
export const thisBoot = (): string => birthOf(1) ?? 'unknown';

/** The peak memory of a process in bytes; on systems that do not record it, the current memory. */
export function peakMemory(pid: number): number | null {
  const kibibytes = LINUX
    ? /^VmHWM:\s+(\d+) kB$/m.exec(read(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '')?.[1]
    : ps('-p', String(pid), '-o', 'rss=').trim();
  return kibibytes ? Number(kibibytes) * 1024 : null;
}
