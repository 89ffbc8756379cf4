/** The command line: `npm run fund -- <command>`. Exit 0 done, 1 refused with a reason, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { ruleCommand } from './commands/rule';
import { endInWords } from './end-in-words';

const program = new Command('fund')
  .description('The region’s medical insurance fund year (基本医疗保险基金年度).')
  .exitOverride()
  .showHelpAfterError('(--help shows the usage)');

async function main(): Promise<void> {
  // A single case asks no server: it is answered without loading what talks to one.
  if (process.argv[2] !== 'rule') (await import('./commands/index.js')).addCommands(program);
  ruleCommand(program);
  await program.parseAsync();
}

main().catch((error: unknown) => {
  // Commander has printed its own message; help and version end well.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else endInWords(error);
});
