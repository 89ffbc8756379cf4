/**
 * The date of a whole system, as its IT moves it: what `fund up` starts under this environment (PostgreSQL, worker, desk) reads the clock
 * through libfaketime. Temporal keeps the real time; its workflows are moved by its own fast-forward.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startOfDay } from '../../rules/beijing-time';

const LIBRARIES = '/usr/lib';
const NAME = join('faketime', 'libfaketimeMT.so.1');
const NOON = 12 * 60 * 60; // seconds
/** How long a process may go on with the clock it has read, in seconds. */
const READ_EVERY = 1;

function library(): string {
  const found = readdirSync(LIBRARIES)
    .map((folder) => join(LIBRARIES, folder, NAME))
    .find(existsSync);
  if (found !== undefined) return found;
  throw new Error(
    'The date of a live year is moved with libfaketime, and it is not here. Debian: apt-get install libfaketime',
  );
}

export class ShiftedClock {
  readonly environment: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'clock');
    this.environment = {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: String(READ_EVERY),
      FAKETIME_DISABLE_SHM: '1', // PostgreSQL runs as another user
      FAKETIME_DONT_FAKE_MONOTONIC: '1', // or every timer of Node would jump
    };
  }

  /** Noon of a date in China, for every process; it goes on from there. */
  async moveTo(date: string): Promise<void> {
    const ahead = Math.round((startOfDay(date) - Date.now()) / 1000) + NOON;
    writeFileSync(this.#file, `+${ahead}\n`, { mode: 0o644 });
    await pause(2 * READ_EVERY * 1000);
  }
}
