/** `npm start`: runs the year of the demo pack once, then serves until Ctrl-C. */
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { runYear } from './commands/run';
import { dateOption } from './commands/options';
import { printFailure } from './words/refusal';
import { guardTerminal, guarded } from './words/terminal';

const DEMO_PACK = join(__dirname, '..', 'demo', 'pack');
const DEMO_YEAR = 2028;
/** What a reader must know before believing a figure (demo/README.md). */
const DEMO_NOTE =
  '演示数据：人数与金额为估算，人员、月度数据和一切缺口均为虚构 (demo: figures estimated, persons and every stress invented)';

guardTerminal();
const program = guarded(new Command('npm start --'))
  .description(
    'Runs the demo year on a real Temporal server and a real Postgres, and keeps serving.\n运行演示年度并保持服务。',
  )
  .option('--once', 'end when the cycle has closed (关账后结束)')
  .option('--until <date>', 'stop the business date at the end of this day (停在此日)', dateOption('--until'))
  .exitOverride()
  .action(({ once, until }: { once?: true; until?: string }) => {
    console.log(DEMO_NOTE);
    return runYear({
      pack: DEMO_PACK,
      year: DEMO_YEAR,
      ...(until === undefined ? {} : { until }),
      serve: once !== true,
    });
  });

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else printFailure(error);
});
