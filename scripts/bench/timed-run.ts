/** How long a run of a year takes on a system whose servers are up, in seconds. Throws when the year does not close. */
import type { Home, Year } from '../campaign/home';

export async function timedRun(home: Home, year: Year): Promise<number> {
  const start = process.hrtime.bigint();
  const { code, stderr } = await home.run(year);
  if (code !== 0) throw new Error(`The year did not close: ${stderr}`);
  return Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000;
}
