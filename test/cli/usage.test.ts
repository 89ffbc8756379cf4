/** The command line before anything runs: help, wrong usage and faulty packs are answered at once and start nothing. */
import { readdirSync } from 'node:fs';
import type { Ended } from '../../scripts/trials/campaign/command';
import { Home } from '../../scripts/trials/campaign/home';
import { addCommands } from '../../scripts/commands';
import { FundCommand } from '../../scripts/words/fund-command';
import { YEAR, removePacks, smallPack, spoiled, without, writePack } from '../pack/builder';

jest.setTimeout(60_000);

const COMMANDS = [
  ...[
    'archive',
    'audit',
    'desk',
    'run',
    'import',
    'start',
    'abandon',
    'schedule',
    'watch',
    'export',
    'report',
    'verify',
    'parameters',
    'explain',
  ],
  ...['backup', 'restore', 'up', 'down', 'status', 'worker', 'migrate', 'rule', 'repeat-acts'],
  ...['enrol', 'key', 'revoke-key', 'operators', 'appoint', 'end-office', 'freeze', 'unfreeze'],
  ...[
    'show',
    'tasks',
    'submit',
    'approve',
    'return',
    'accept-finding',
    'alerts',
    'record-document',
    'sign',
    'emergency',
    'extend',
    'release',
    'quarantine',
  ],
];

const home = new Home();
const pristine = readdirSync(home.folder);
afterAll(async () => {
  removePacks();
  await home.remove();
});
afterEach(() => expect(readdirSync(home.folder)).toEqual(pristine));

const runOn = (pack: string, ...more: string[]): Promise<Ended> => home.run({ pack, year: YEAR }, ...more);

test('only the file of the requested command is loaded', () => {
  const all = commandsFor(undefined);
  expect(all.sort()).toEqual([...COMMANDS].sort());
  for (const command of all) {
    expect(commandsFor(command)).toContain(command);
    expect(commandsFor(command).length).toBeLessThan(all.length);
  }
});
const commandsFor = (asked: string | undefined): string[] =>
  programFor(asked).commands.map((command) => command.name());
function programFor(asked: string | undefined): FundCommand {
  const program = new FundCommand('fund');
  addCommands(program, asked);
  return program;
}

test('--help lists every command', async () => {
  const { code, stdout } = await home.fund('--help');
  expect(code).toBe(0);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
});

test.each(COMMANDS)('help of %s: usage, what it does, and every option', (command) => {
  const help = programFor(command)
    .commands.find((known) => known.name() === command)
    ?.helpInformation();
  expect(help).toContain(`Usage: fund ${command} [options]`);
  expect(help).toContain('--json');
});

test('--help of a command, as it is typed', async () => {
  const { code, stdout } = await home.fund('verify', '--help');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('Usage: fund verify [options]') as string,
  });
});

describe('wrong usage ends with 2 and says what is wrong', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['settle'], /没有命令 settle：.*unknown command 'settle'/],
    ['no command', [], /Usage: fund/],
    ['an unknown option', ['status', '--yaml'], /unknown option '--yaml'/],
    [
      'a missing option',
      ['run', '--pack', '.', '--year', '2028'],
      /^缺少必填选项 \(required options are missing\):\n {2}--out <dir> {2}/,
    ],
    ['two missing options', ['abandon'], /缺少必填选项.*\n {2}--year <year> .*\n {2}--reason <text> .*\n/],
    ['a missing value', ['export', '--year', '2028', '--out'], /argument missing/],
    ['a page that is none', ['report', '--year', '2028', '--out', 'x.pdf'], /--out x\.pdf：.*\.html/],
    ['a year that is none', ['export', '--year', '28', '--out', 'x'], /--year 28：.*a year such as 2028/],
    ['a year of another millennium', ['verify', '--year', '1999'], /--year 1999：应为 2000 至 2999 之间的年度/],
    [
      'a date that is none',
      ['run', '--pack', '.', '--year', '2028', '--out', 'x', '--until', '2028-02-30'],
      /--until 2028-02-30：.*a date/,
    ],
    ['a pause without a reason', ['schedule', '--pause', ' '], /--pause：.*give a reason/],
    ['a pause and its end at once', ['schedule', '--pause', 'x', '--resume'], /choose one/],
    ['a time that is none', ['watch', '--every', '90'], /--every 90：.*a time such as 1h/],
    ['a reason that is none', ['quarantine', '--area', '1501', '--reason', 'constructor'], /--reason constructor：/],
    ['a port that is none', ['desk', '--port', '99999'], /--port 99999：/],
    ['one word too many', ['status', 'now'], /too many arguments/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await home.fund(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('a faulty pack ends with 1 and every fault: file, line, column, what was found, what was expected, what to do', () => {
  const faulty = (): string =>
    writePack({
      ...without(smallPack(), 'insured.csv'),
      'areas.csv': spoiled('areas.csv', '150200,西川市', '150100,西川市')['areas.csv'] as string,
      'actuals.csv': spoiled('actuals.csv', '850.00', '八百五')['actuals.csv'] as string,
      'history.csv': spoiled('history.csv', 'major_illness', 'majorillness')['history.csv'] as string,
      'parameters.json': '{"levy.rate": {"value": "0.03"}}',
    });

  test('for a person', async () => {
    const { code, stdout, stderr } = await runOn(faulty());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^文件 insured\.csv：.*应为.*办法：/m);
    expect(stderr).toMatch(/^文件 areas\.csv 第 4 行 area 列：“150100”；应为.*办法：/m);
    expect(stderr).toMatch(/^文件 actuals\.csv 第 2 行 amount 列：“八百五”；应为.*办法：/m);
    expect(stderr).toMatch(/^文件 history\.csv 第 4 行 item 列：“majorillness”；应为.*办法：/m);
    expect(stderr).toMatch(/^文件 parameters\.json.*levy\.rate/m);
    expect(stderr).toMatch(/nothing was loaded; faults: \d+/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('for a machine', async () => {
    const { code, stdout, stderr } = await runOn(faulty(), '--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ refused: expect.stringContaining('文件 actuals.csv 第 2 行') as string });
  });

  test('a folder that is not there', async () => {
    const { code, stderr } = await runOn('/nowhere/at/all');
    expect(code).toBe(1);
    expect(stderr).toContain('/nowhere/at/all');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('the pack of another year', async () => {
    const { code, stderr } = await home.run({ pack: writePack(), year: YEAR + 1 });
    expect(code).toBe(1);
    expect(stderr).toMatch(/年|year/);
  });
});
