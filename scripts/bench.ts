/** `npm run bench`: how fast, on this machine. Without a subcommand the demo year, `size` for regions of growing size. */
import { Command } from 'commander';
import { demoYear } from './trials/bench/demo-year';
import { sizes } from './trials/bench/size';
import { wholeNumber } from './commands/options';

const program = new Command('bench').description('Measures the product on this machine (基准测试).').action(demoYear);

program
  .command('size')
  .description('generated regions of growing size: time for each area, memory, longest history (规模试验)')
  .argument('[areas...]', 'sizes, smallest first', (text, so: number[] | undefined) => [
    ...(so ?? []),
    wholeNumber(text),
  ])
  .action((areas: number[] | undefined) => sizes(areas?.length ? areas : [15, 150, 1500]));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
