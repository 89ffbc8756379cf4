/** `npm run check`: format, lint, types and tests in turn, ending at the first that fails with its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { onStop } from '../servers/signals';
import { printFailure } from './words/refusal';

const CHECKOUT = join(__dirname, '..');

const STEPS: readonly { heading: string; program: string; args: readonly string[] }[] = [
  { heading: 'format 格式 (prettier --check)', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { heading: 'lint 规范 (eslint)', program: 'eslint/bin/eslint.js', args: ['.'] },
  { heading: 'types 类型 (tsc --noEmit)', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  {
    heading: 'types 页面脚本类型 (tsc -p web/in-page)',
    program: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', 'web/in-page'],
  },
  {
    heading: 'types 办事台脚本类型 (tsc -p desk/in-page)',
    program: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', 'desk/in-page'],
  },
  { heading: 'tests 测试 (jest)', program: 'jest/bin/jest.js', args: [] },
];

const exited = async (child: ChildProcess): Promise<number> => {
  const [code, signal] = (await once(child, 'exit')) as [number, null] | [null, NodeJS.Signals];
  return code ?? 128 + constants.signals[signal];
};

async function check(): Promise<number> {
  for (const { heading, program, args } of STEPS) {
    console.log(`\n── ${heading}`);
    const child = spawn(process.execPath, [join(CHECKOUT, 'node_modules', program), ...args], {
      cwd: CHECKOUT,
      stdio: 'inherit',
    });
    const end = exited(child);
    // On a signal this command waits for the step to end, because the tests have servers to stop.
    const unwatch = onStop(async () => {
      child.kill('SIGTERM');
      await end;
    });
    const code = await end;
    unwatch();
    if (code !== 0) return code;
  }
  return 0;
}

check().then((code) => (process.exitCode = code), printFailure);
