/** `freeze` and `unfreeze`: days on which nothing is booked and nobody decides, by two of the region's security bureau. */
import type { Command } from 'commander';
import { signFor } from '../client/joint-acts';
import { onDatabase } from '../client/with-database';
import { signWithKeyFile } from '../client/signing';
import { jointText } from '../words/joint-text';
import { dateOption, reasonOption, yearOption } from './options';

interface Options {
  year: number;
  from: string;
  until: string;
  as: string;
  reason: string;
  json?: true;
}

export function freezeCommands(program: Command): void {
  const command = (name: string, summary: string, description: string, what: 'freeze' | 'lift_freeze') =>
    program
      .command(name)
      .summary(summary)
      .description(description)
      .requiredOption('--year <year>', 'fund year (年度)', yearOption)
      .requiredOption('--from <date>', 'its first day (自)', dateOption('--from'))
      .requiredOption('--until <date>', 'its last day (至)', dateOption('--until'))
      .requiredOption('--as <operator>', 'who acts (工号)')
      .requiredOption('--reason <text>', 'why (原因)', reasonOption)
      .option('--json', 'print the outcome as JSON')
      .action((options: Options) => perform(what, options));
  command(
    'freeze',
    'book and decide nothing for some days',
    'From the first day to the last nothing is booked and nobody decides in a live year, once two of the region’s security bureau have\n' +
      'signed for it. Postings wait and go on by themselves.\n冻结期（审计、年终）：自治区医保局两人先后办理后生效；期间不入账、不审批，期满自动继续。',
    'freeze',
  );
  command(
    'unfreeze',
    'lift a freeze before its last day',
    'Lifts a freeze, named by its days, once two of the region’s security bureau have signed for it.\n提前解除冻结：自治区医保局两人先后办理后生效。',
    'lift_freeze',
  );
}

async function perform(
  what: 'freeze' | 'lift_freeze',
  { year, from, until, as: operator, reason, json }: Options,
): Promise<void> {
  const matter = { what, year, from, until };
  const standing = await onDatabase(
    (pool) => signFor(pool, matter, { operator, reason }, signWithKeyFile(pool)),
    'worker',
  );
  console.log(json ? JSON.stringify({ year, from, until, ...standing }) : jointText(standing, matter));
}
