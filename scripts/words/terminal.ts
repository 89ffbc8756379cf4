/** The one way of words to the terminal: no name or reason of somebody else's moves the cursor, clears the screen or turns a line. */
import type { Command } from 'commander';
import { harmless } from '../../rules/text';

/** Guards what the commands print. The progress bar, which does move the cursor, writes no text from outside. */
export function guardTerminal(): void {
  for (const way of ['log', 'error'] as const) {
    const print = console[way].bind(console);
    console[way] = (...said: unknown[]): void =>
      print(...said.map((one) => (typeof one === 'string' ? harmless(one) : one)));
  }
}

/** Guards what the command line itself prints: its messages quote what was typed. Subcommands made afterwards inherit it. */
export const guarded = (program: Command): Command =>
  program.configureOutput({
    writeOut: (text) => process.stdout.write(harmless(text)),
    writeErr: (text) => process.stderr.write(harmless(text)),
  });
