/** After the system suites: stops the shared system and removes its folder. */
import { rmSync } from 'node:fs';
import { release } from '../servers';
import { clearServer } from './database';

export default async function teardown(): Promise<void> {
  if (process.env.DATABASE_URL !== undefined) await clearServer(process.env.FUND_TEST_DATABASE as string);
  await release();
  rmSync(process.env.FUND_HOME as string, { recursive: true, force: true });
}
