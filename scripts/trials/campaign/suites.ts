/** Runs the suites that take too long for `npm test`: whole years stopped, cut and compared, and machines as they are found. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CHECKOUT = join(__dirname, '..', '..', '..');
const JEST = join(CHECKOUT, 'node_modules', 'jest', 'bin', 'jest.js');

/** False when a test fails. */
export async function suites(): Promise<boolean> {
  const child = spawn(process.execPath, [JEST, '--config', 'test/long.config.js'], { cwd: CHECKOUT, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
