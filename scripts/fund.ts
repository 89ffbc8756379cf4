/** The command line: `npm run fund -- <command>`. Exit 0 done, 1 refused with a reason, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { endInWords } from './end-in-words';

const program = new Command('fund')
  .description('The region’s medical insurance fund year (基本医疗保险基金年度).')
  .exitOverride()
  .showHelpAfterError('(--help shows the usage)');

/* eslint-disable @typescript-eslint/no-require-imports -- only what is asked for is loaded. */
/** A single case and a stored figure ask no Temporal: they are answered without loading what talks to it. */
const LIGHT: Record<string, () => void> = {
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).explainCommand(program),
  rule: () => (require('./commands/rule') as typeof import('./commands/rule')).ruleCommand(program),
};

async function main(): Promise<void> {
  const asked = process.argv[2] ?? '';
  const isLight = Object.hasOwn(LIGHT, asked);
  if (!isLight) (require('./commands') as typeof import('./commands')).addCommands(program);
  for (const [name, add] of Object.entries(LIGHT)) if (!isLight || name === asked) add();
  await program.parseAsync();
}

// Whoever reads the output may stop reading (`| head`): that ends the command, and is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

main().catch((error: unknown) => {
  // Commander has printed its own message; help and version end well.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else endInWords(error);
});
