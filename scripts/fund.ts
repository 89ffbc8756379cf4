/** The command line: `npm run fund -- <command>`. Exit 0 done, 1 refused with a reason, 2 wrong usage. */
import { CommanderError } from 'commander';
import { addCommands } from './commands';
import { FundCommand } from './words/fund-command';
import { printFailure } from './words/refusal';
import { guardTerminal, guarded } from './words/terminal';

guardTerminal();
const program = guarded(new FundCommand('fund'))
  .description('The region’s medical insurance fund year (基本医疗保险基金年度).')
  .exitOverride()
  .showHelpAfterError('(--help shows the usage)');

// The reader of the output may stop reading (`| head`), which ends the command and is no fault. A command that has started
// servers has a listener of its own, which stops them first (servers/signals.ts).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (process.stdout.listenerCount('error') === 1) process.exit();
});

addCommands(program, process.argv[2]);
program.parseAsync().catch((error: unknown) => {
  // Commander has printed its own message; --help and --version exit with 0.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else printFailure(error);
});
