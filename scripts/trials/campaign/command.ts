/** A `fund` command, started by the launcher or by npm, in a process group of its own, its lines read as they come. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKOUT } from '../../../servers/home';

/** As the supervisors' files start a command; `npm run` does the same behind it. */
const LAUNCHER = [process.execPath, join(CHECKOUT, 'scripts', 'bootstrap.mjs')] as const;

export interface Line {
  text: string;
  at: number; // milliseconds since the start
}
export interface Ended {
  /** The exit code; of a killed command 128 and the number of the signal, as a shell tells it. */
  code: number;
  stdout: string;
  stderr: string;
}

export class Command {
  /** What it has printed so far, on either output. */
  readonly lines: Line[] = [];
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;
  readonly #told = new EventEmitter();
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
        this.#told.emit('line');
      });
      return texts;
    };
    const [stdout, stderr] = [read('stdout'), read('stderr')];
    this.ended = once(this.#process, 'close').then(([code]) => {
      this.#isOver = true;
      this.#told.emit('line');
      return { code: (code as number | null) ?? 128 + 9, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Waits until so many lines hold `text`; false when the command ended before. */
  async says(text: string, times = 1): Promise<boolean> {
    const said = (): boolean => this.lines.filter((line) => line.text.includes(text)).length >= times;
    while (!said() && !this.#isOver) await once(this.#told, 'line');
    return said();
  }

  /** Sends a signal to the whole group, as the terminal does on Ctrl-C. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#isOver) process.kill(-(this.#process.pid as number), signal);
  }

  /** Kills the process that was started and nothing else: of a command of npm's, npm alone. */
  killStarted(): void {
    this.#process.kill('SIGKILL');
  }
}
