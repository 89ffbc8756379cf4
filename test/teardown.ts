/** After all tests: the shared system stops, and its folder goes. */
import { rmSync } from 'node:fs';
import { release } from '../servers';

export default async function teardown(): Promise<void> {
  await release();
  rmSync(process.env.FUND_HOME as string, { recursive: true, force: true });
}
