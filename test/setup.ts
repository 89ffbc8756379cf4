/** Before all tests: one embedded system (Postgres, Temporal, worker) in a folder of its own, shared by the suites. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliFolder } from './cli-folder';
import { ensureUp } from '../servers';

export default async function setup(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'fund-test-'));
  cliFolder(home);
  process.env.FUND_HOME = home;
  const system = await ensureUp((line) => console.log(line));
  process.env.FUND_TEST_DATABASE = system.databaseUrl;
  process.env.FUND_TEST_TEMPORAL = system.temporalAddress;
}
