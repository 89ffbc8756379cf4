/** How long a command takes on a system whose servers are up, in seconds. Throws when it fails. */
import type { Ended } from '../campaign/command';
import type { Home, Year } from '../campaign/home';

export async function timed(what: string, command: () => Promise<Ended>): Promise<number> {
  const start = process.hrtime.bigint();
  const { code, stderr } = await command();
  if (code !== 0) throw new Error(`${what} failed: ${stderr}`);
  return Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000;
}

export const timedRun = (home: Home, year: Year): Promise<number> => timed('The year', () => home.run(year));
