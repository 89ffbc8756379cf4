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

/** Guards what the command line itself prints: its messages quote what was typed. Subcommands made afterwards inherit it. */
export const guarded = (program: Command): Command =>
  program.configureOutput({
    writeOut: (text) => process.stdout.write(harmless(text)),
    writeErr: (text) => process.stderr.write(harmless(text)),
  });
