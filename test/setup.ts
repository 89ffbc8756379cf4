/** Before the system suites: starts one embedded system (Postgres, Temporal, worker) that they share, in a folder of its own. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliFolder } from './cli-folder';
import { ensureUp, onStop, release } from '../servers';
import { prepareServer } from './database';

export default async function setup(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'fund-test-'));
  // The user that Postgres runs as must be able to pass through.
  chmodSync(home, 0o711);
  cliFolder(home);
  process.env.FUND_HOME = home;
  onStop(() => release());
  const system = await ensureUp((line) => console.log(line));
  await prepareServer(system.databaseUrl);
  process.env.FUND_TEST_DATABASE = system.databaseUrl;
  process.env.FUND_TEST_TEMPORAL = system.temporalAddress;
}
