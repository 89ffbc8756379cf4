/** Programs of the installed packages (jest, tsc, eslint), run in this terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { onStop } from '../servers/signals';

const CHECKOUT = join(__dirname, '..');
export const JEST = 'jest/bin/jest.js';

/** Its exit code. On a signal this command waits for it to end, because tests have servers to stop. */
export async function runInstalled(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(process.execPath, [join(CHECKOUT, 'node_modules', program), ...args], {
    cwd: CHECKOUT,
    env,
    stdio: 'inherit',
  });
  const ended = once(child, 'exit') as Promise<[number, null] | [null, NodeJS.Signals]>;
  const unwatch = onStop(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const [code, signal] = await ended;
  unwatch();
  return code ?? 128 + constants.signals[signal];
}
