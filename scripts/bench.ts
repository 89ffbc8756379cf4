/** `npm run bench`: how fast, on this machine. Without a subcommand the demo year, `size` for regions of growing size,
 * `collection` for persons and payments. */
import { Command } from 'commander';
import { collections } from './trials/bench/collection';
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

program
  .command('collection')
  .description('the resident collection against a bare COPY of its files (征缴与仅 COPY 之比)')
  .argument('[rows...]', 'persons on the roll', (text, so: number[] | undefined) => [...(so ?? []), wholeNumber(text)])
  .action((rows: number[] | undefined) => collections(rows?.length ? rows : [200_000, 1_000_000]));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
