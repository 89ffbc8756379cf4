/** The command line: `npm run fund -- <command>`. Exit 0 done, 1 refused with a reason, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { resultCommands } from './commands/results';
import { runCommand } from './commands/run';
import { serverCommands } from './commands/servers';
import { startCommand } from './commands/start';
import { endInWords } from './end-in-words';

const program = new Command('fund')
  .description('The region’s medical insurance fund year (基本医疗保险基金年度).')
  .exitOverride()
  .showHelpAfterError('(--help shows the usage)');
runCommand(program);
resultCommands(program);
serverCommands(program);
startCommand(program);

program.parseAsync().catch((error: unknown) => {
  // Commander has printed its own message; help and version end well.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else endInWords(error);
});
