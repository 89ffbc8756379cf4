/** After the system suites: stops the shared system and removes its folder. */
import { rmSync } from 'node:fs';
import { release } from '../servers';

export default async function teardown(): Promise<void> {
  await release();
  rmSync(process.env.FUND_HOME as string, { recursive: true, force: true });
}
