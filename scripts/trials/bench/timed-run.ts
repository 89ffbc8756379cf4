/** Times commands, in seconds. */
import type { Ended } from '../campaign/command';
import type { Home, Year } from '../campaign/home';

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000;
}

/** Times a command; throws when it fails. */
export const timedCommand = (what: string, command: () => Promise<Ended>): Promise<number> =>
  secondsOf(async () => {
    const { code, stderr } = await command();
    if (code !== 0) throw new Error(`${what} failed: ${stderr}`);
  });

export const timedRun = (home: Home, year: Year): Promise<number> => timedCommand('The year', () => home.run(year));
