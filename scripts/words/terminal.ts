/**
 * Everything printed passes through here, so that no name or reason that somebody else typed can move the cursor, clear the
 * screen or break a line.
 */
import type { Command } from 'commander';
import { harmless } from '../../rules/text';

/** Guards what the commands print. The progress bar, which does move the cursor, writes no text from outside. */
export function guardTerminal(): void {
  for (const way of ['log', 'error'] as const) {
    const print = console[way].bind(console);
    console[way] = (...values: unknown[]): void =>
      print(...values.map((value) => (typeof value === 'string' ? harmless(value) : value)));
  }
}

/** What the library of the command line says of wrong usage, for a reader of Chinese. */
const WRONG_USAGE: readonly [english: RegExp, zh: string][] = [
  [/option '(.+?)' argument missing/, '选项 $1 缺少取值'],
  [/missing required argument '(.+?)'/, '缺少参数 $1'],
  [/unknown option '(.+?)'/, '没有选项 $1'],
  [/unknown command '(.+?)'/, '没有命令 $1'],
  [/too many arguments/, '参数过多'],
];
export function inChinese(message: string): string {
  const [english, zh] = WRONG_USAGE.find(([pattern]) => pattern.test(message)) ?? [];
  const [found] = english?.exec(message) ?? [];
  if (english === undefined || zh === undefined || found === undefined) return message;
  return `${found.replace(english, zh)}：${message}`;
}

/** Guards what the command line itself prints: its messages quote what was typed. Subcommands made afterwards inherit it. */
export const guarded = (program: Command): Command =>
  program.configureOutput({
    writeOut: (text) => process.stdout.write(harmless(text)),
    writeErr: (text) => process.stderr.write(harmless(text)),
    outputError: (text, write) => write(inChinese(text)),
  });
