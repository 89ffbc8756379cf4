/** A FUND_HOME for one trial: a system of its own in a temporary folder, removed afterwards. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../../servers/home';
import { clusterFolder } from '../../../servers/postgres-cluster';
import { findWorkingIn } from '../../../servers/process-table';
import { pidsOf } from '../../../servers/use';
import { until } from '../../../servers/wait';
import { Command, type Ended } from './command';

export type Server = 'worker' | 'temporal' | 'postgres';
export interface Year {
  pack: string;
  year: number;
}

/** One copy of the Temporal CLI for all trials. */
const CLI_FOLDER = join(CHECKOUT, '.fund', 'bin');

export class Home {
  readonly folder: string;
  /** The results of its runs. */
  readonly out: string;
  /** Where its commands look for private keys. */
  readonly keys: string;
  readonly #commands: Command[] = [];

  /** `env` holds further environment variables for its commands, such as a database of their own. */
  constructor(private readonly env: Readonly<Record<string, string>> = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'fund-trial-')));
    this.out = join(this.folder, 'out');
    this.keys = join(this.folder, 'keys');
    // PostgreSQL may have to run as another user, who must be able to enter the folder.
    chmodSync(this.folder, 0o711);
    mkdirSync(CLI_FOLDER, { recursive: true });
    symlinkSync(CLI_FOLDER, join(this.folder, 'bin'));
  }

  /** Starts `npm run fund -- <args>` on this system. */
  start(...args: readonly string[]): Command {
    const command = new Command(['fund', ...args], { ...this.env, FUND_HOME: this.folder, FUND_KEYS: this.keys });
    this.#commands.push(command);
    return command;
  }

  /** Runs `npm run fund -- <args>` on this system to its end. */
  fund(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Starts `fund run` of a year; its results go to `out`. */
  startRun({ pack, year }: Year, ...more: readonly string[]): Command {
    return this.start('run', '--pack', pack, '--year', String(year), '--out', this.out, ...more);
  }

  /** Runs a year to its end. */
  run(year: Year, ...more: readonly string[]): Promise<Ended> {
    return this.startRun(year, ...more).ended;
  }

  /** Kills a server as soon as it runs; false when the command ended before it did. */
  async kill(server: Server, during: Command): Promise<boolean> {
    const pids = (): number[] => pidsOf(this.folder)[server];
    await until(() => pids().length > 0 || during.isOver, { within: 120_000, every: 10 });
    return pids().filter(killed).length > 0;
  }

  /** Every process that works for this system: commands and what they started. */
  processes(): number[] {
    const servers = [
      ...Object.values(pidsOf(this.folder)).flat(),
      ...findWorkingIn(clusterFolder(this.folder), 'postgres'),
    ];
    return [...new Set([...servers, ...startedFor(this.folder)])];
  }

  /** The processes that remain once those about to end have had time to do so. */
  async leftBehind(): Promise<number[]> {
    await until(() => this.processes().length === 0, { within: 5000 });
    return this.processes();
  }

  /** Kills what still runs, and removes the folder. */
  async remove(): Promise<void> {
    for (const command of this.#commands) command.signal('SIGKILL');
    this.processes().forEach(killed);
    await this.leftBehind();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** False when the process had ended already. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Processes started with this FUND_HOME; Linux shows the environment of each. */
function startedFor(home: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => environmentOf(pid).includes(`FUND_HOME=${home}`)).map(Number);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // the process has ended, or belongs to another user
  }
}
