/** `npm run campaign`: long trials, most of them from a seed. Its parts are the subcommands below; without one it runs all. */
import { Command } from 'commander';
import { browserYear } from '../test/live/browser-year';
import { cases } from './trials/campaign/cases';
import { imports } from './trials/campaign/imports';
import { kills } from './trials/campaign/kills';
import { regions } from './trials/campaign/regions';
import { suites } from './trials/campaign/suites';
import { wholeNumber } from './commands/options';

/** Runs trials; the exit code says whether all of them passed. */
const run = async (...trials: (() => Promise<boolean>)[]): Promise<void> => {
  for (const trial of trials) if (!(await trial())) process.exitCode = 1;
};

const program = new Command('campaign')
  .description('Long trials from a seed; the same seed draws the same trials. Without a subcommand: all, with seed 1.')
  .action(() =>
    run(
      suites,
      cases,
      () => kills(1),
      () => regions(1000, 1),
      () => imports(1_000_000, 1),
      browserYear,
    ),
  );

program
  .command('suites')
  .description('run the suites that take too long for `npm test` (长测试)')
  .action(() => run(suites));

program
  .command('cases')
  .description('run every golden case by the command, each on a fresh system (黄金案例)')
  .action(() => run(cases));

program
  .command('kills')
  .description('kill the command, the worker, Temporal and PostgreSQL at forty random moments (强制终止试验)')
  .argument('[seed]', 'draws the moments', wholeNumber, 1)
  .action((seed: number) => run(() => kills(seed)));

program
  .command('regions')
  .description(
    'run the year of random regions on a real PostgreSQL: totals must be exact, the order of rows must not matter, and\n' +
      'better collection must do no harm (随机自治区试验). Region i of seed s is region 1 of seed s + i − 1, so that one can be repeated.',
  )
  .argument('[count]', 'how many regions', wholeNumber, 1000)
  .argument('[seed]', 'seed of the first region; each further region takes the next', wholeNumber, 1)
  .action((count: number, seed: number) => run(() => regions(count, seed)));

program
  .command('imports')
  .description(
    'kill an import of millions of rows at ten random moments: the same rows, the same journal (导入终止试验)',
  )
  .argument('[rows]', 'rows on the roll', wholeNumber, 1_000_000)
  .argument('[seed]', 'draws the rows and the moments', wholeNumber, 1)
  .action((rows: number, seed: number) => run(() => imports(rows, seed)));

program
  .command('desk')
  .description('people live a year of two areas in the browser, to the closed cycle (办事台试验)')
  .action(() => run(browserYear));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
