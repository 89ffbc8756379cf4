/** What commands print: nothing in a name or a typed word is obeyed by the terminal. */
import { Command } from 'commander';
import { documentOption, noteOption, reasonOption, yearOption } from '../../scripts/commands/options';
import { printFailure } from '../../scripts/words/refusal';
import { figureLines } from '../../scripts/words/figure-lines';
import { guardTerminal, guarded } from '../../scripts/words/terminal';

/** What is printed while something runs. */
function printed(run: () => void): string[] {
  const lines: string[] = [];
  const real = { log: console.log, error: console.error };
  console.log = console.error = (line: string): number => lines.push(line);
  try {
    guardTerminal();
    run();
  } finally {
    Object.assign(console, real);
    process.exitCode = 0;
  }
  return lines;
}

test('a name stored before this rule cannot move the cursor, and JSON stays JSON', () => {
  const name = '东\u001b[2J\u009b\u202e河';
  const [line = '', json = ''] = printed(() => {
    console.log(`150100 ${name}`);
    console.log(JSON.stringify({ name }));
  });
  expect(line).toBe('150100 东\\u001b[2J\\u009b\\u202e河');
  expect(JSON.parse(json)).toEqual({ name });
});

test('a refusal names what cannot be seen', () => {
  expect(printed(() => printFailure(new Error('没有工号 a\u200b\u001b[2J')))).toEqual([
    '没有工号 a[U+200B 零宽空格][U+001B 转义符 ESC][2J',
  ]);
});

test('the command line quotes an unknown option without obeying it', () => {
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const program = guarded(new Command('fund')).exitOverride();
  expect(() => program.parse(['node', 'fund', '--\u001b[2J'])).toThrow();
  write.mockRestore();
  expect(said.join('')).toContain('--\\u001b[2J');
  expect(said.join('')).not.toContain('\u001b');
});

test('figures of a task stay on their line', () => {
  expect(figureLines({ reason: '人数\n\u001b[2J偏高' })).toEqual(['原因：人数\\n[U+001B 转义符 ESC][2J偏高']);
});

test.each([' ', '\u3000', '\u200b', '\ufeff', '—', ''])(
  '%j is not accepted as document number, reason or note',
  (blank) => {
    for (const option of [documentOption, reasonOption, noteOption]) expect(() => option(blank)).toThrow('应为');
  },
);
test('a number and a reason are accepted as they are', () => {
  expect(documentOption('内医保发〔2028〕5号')).toBe('内医保发〔2028〕5号');
  expect(reasonOption('参保人数偏高')).toBe('参保人数偏高');
  expect(() => yearOption('2028\u200b')).toThrow('--year 2028[U+200B 零宽空格]');
});
