/** A `fund` command in a process group of its own, started by the launcher or by npm; its output is read line by line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKOUT } from '../../../servers/home';

/** The entry point that supervisors start, and that `npm run` ends up starting as well. */
const LAUNCHER = [process.execPath, join(CHECKOUT, 'scripts', 'bootstrap.mjs')] as const;

export interface Line {
  text: string;
  at: number; // milliseconds since the start
}
export interface Ended {
  /** The exit code; as in a shell 128 plus the signal's number where the command was killed. */
  code: number;
  stdout: string;
  stderr: string;
}

export class Command {
  /** What it has printed so far, on either output. */
  readonly lines: Line[] = [];
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;
  readonly #progress = new EventEmitter();
  #isOver = false;

  constructor(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    [program, ...before]: readonly [string, ...string[]] = LAUNCHER,
  ) {
    const start = Date.now();
    this.#process = spawn(program, [...before, ...args], {
      cwd: CHECKOUT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const read = (stream: 'stdout' | 'stderr'): string[] => {
      const texts: string[] = [];
      createInterface({ input: this.#process[stream] as NodeJS.ReadableStream }).on('line', (text) => {
        texts.push(text);
        this.lines.push({ text, at: Date.now() - start });
        this.#progress.emit('line');
      });
      return texts;
    };
    const [stdout, stderr] = [read('stdout'), read('stderr')];
    this.ended = once(this.#process, 'close').then(([code]) => {
      this.#isOver = true;
      this.#progress.emit('line');
      return { code: (code as number | null) ?? 128 + 9, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Waits until so many lines contain `text`; false when the command ended before that. */
  async says(text: string, times = 1): Promise<boolean> {
    const isPrinted = (): boolean => this.lines.filter((line) => line.text.includes(text)).length >= times;
    while (!isPrinted() && !this.#isOver) await once(this.#progress, 'line');
    return isPrinted();
  }

  /** Sends a signal to the whole group, as the terminal does on Ctrl-C. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#isOver) process.kill(-(this.#process.pid as number), signal);
  }

  /** Kills only the process that was started: npm alone, where npm started the command. */
  killStarted(): void {
    this.#process.kill('SIGKILL');
  }
}
