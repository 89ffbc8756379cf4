/** `fund rule` as a user starts it: JSON on standard input; no server is asked and nothing is left behind. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../servers/home';

const home = mkdtempSync(join(tmpdir(), 'fund-rule-'));
afterAll(() => rmSync(home, { recursive: true }));
afterEach(() => expect(readdirSync(home)).toEqual([]));

function fund(args: readonly string[], input: string) {
  const command = [join(CHECKOUT, 'scripts', 'bootstrap.mjs'), 'fund', 'rule', ...args];
  // No server can be reached here, so a command that asked one would fail.
  const env = {
    ...process.env,
    FUND_HOME: home,
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    input,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

test('the example of --help gives the result that --help shows', () => {
  const help = fund(['waiting-period', '--help'], '');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^ {2}missedYears +必填 required$/m);
  const example = /^\{.*\}$/m.exec(help.stdout)?.[0] as string;
  const { code, stdout } = fund(['waiting-period'], example);
  expect(code).toBe(0);
  expect(stdout).toContain('waiting-period = 4（月）');
  expect(stdout).toContain('benefitsFrom = 2027-05-01');
  expect(help.stdout).toContain(stdout.trim());
});

test('--json: value, article, formula, inputs, and the values of law that were taken', () => {
  const { code, stdout, stderr } = fund(['contribution-base', '--json'], '{"payrollAverage": "1.00", "year": 2025}');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    rule: 'contribution-base',
    value: '78518.40',
    unit: '元',
    article: expect.stringContaining('A(二)') as string,
    formula: 'round(min(max(payrollAverage, floorFactor * averageWage), ceilingFactor * averageWage))',
    inputs: { payrollAverage: '1', averageWage: '98148', floorFactor: '0.8', ceilingFactor: '3' },
    year: '2025',
    parameters: [
      expect.objectContaining({
        name: 'standards.average_wage',
        value: '98148',
        from: '2025-01-01',
        assumed: false,
      }) as object,
      expect.objectContaining({ name: 'standards.base_floor', value: '0.8' }) as object,
      expect.objectContaining({ name: 'standards.base_ceiling', value: '3.0' }) as object,
    ],
    assumed: false,
  });
});

test('every fault at once, with field, found and expected; exit 1', () => {
  const bad = '{"employerRate": 0.065, "surplus": "amber", "levels": 1}';
  const printed = fund(['rate-step-up', '--json'], bad);
  expect({ code: printed.code, stderr: printed.stderr }).toEqual({ code: 1, stderr: '' });
  const { refused, faults } = JSON.parse(printed.stdout) as {
    refused: string;
    faults: { field: string; found: string }[];
  };
  expect(faults.map(({ field, found }) => [field, found])).toEqual([
    ['levels', '1'],
    ['employerRate', '0.065'], // a float: 0.065 is no binary fraction
    ['surplus', '"amber"'],
  ]);
  expect(refused).toMatch(/^employerRate：0\.065；应为0 到 1 之间的小数.*加引号/m);
  const person = fund(['rate-step-up'], bad);
  expect({ code: person.code, stdout: person.stdout }).toEqual({ code: 1, stdout: '' });
  expect(person.stderr).toMatch(/^surplus："amber"；应为/m);
  expect(person.stderr).toMatch(/nothing was computed/);
});

test('an unknown function is wrong usage; --help lists them all', () => {
  expect(fund(['waiting'], '{}')).toMatchObject({ code: 2, stdout: '' });
  expect(fund(['--help'], '').stdout).toMatch(/^ {2}pension-adjustment .*养老保险中央调剂$/m);
});
