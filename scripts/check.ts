/** `npm run check`: format, lint, types and tests in turn, ending at the first that fails with its exit code. */
import { JEST, runInstalled } from './installed-program';
import { printFailure } from './words/refusal';

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
  { heading: 'tests 测试 (jest)', program: JEST, args: [] },
];

async function check(): Promise<number> {
  for (const { heading, program, args } of STEPS) {
    console.log(`\n── ${heading}`);
    const code = await runInstalled(program, args);
    if (code !== 0) return code;
  }
  return 0;
}

check().then((code) => (process.exitCode = code), printFailure);
