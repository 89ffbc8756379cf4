/** `freeze` and `unfreeze`: days on which nothing is booked and nobody decides, by two of the region's security bureau. */
import type { Command } from 'commander';
import { freeze, unfreeze } from '../../activities/joint-acts';
import { yearFacts } from '../../db/fund-year';
import { onDatabase } from '../client/with-database';
import { signWithKeyFile } from '../client/signing';
import { jointText } from '../words/joint-text';
import { Refusal } from '../words/refusal';
import { dateOption, noSuchYear, reasonOption, yearOption } from './options';

interface Options {
  year: number;
  from: string;
  until: string;
  as: string;
  reason: string;
  json?: true;
}

export function freezeCommands(program: Command): void {
  const command = (name: string, summary: string, description: string, act: typeof freeze, done: string) =>
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
      .action((options: Options) => perform(options, act, done));
  command(
    'freeze',
    'book and decide nothing for some days',
    'From the first day to the last nothing is booked and nobody decides in a live year, once two of the region’s security bureau have\n' +
      'signed for it. Postings wait and go on by themselves.\n冻结期（审计、年终）：自治区医保局两人先后办理后生效；期间不入账、不审批，期满自动继续。',
    freeze,
    '已冻结',
  );
  command(
    'unfreeze',
    'lift a freeze before its last day',
    'Lifts a freeze, named by its days, once two of the region’s security bureau have signed for it.\n提前解除冻结：自治区医保局两人先后办理后生效。',
    unfreeze,
    '已解除冻结',
  );
}

async function perform({ as: operator, json, ...of }: Options, act: typeof freeze, done: string): Promise<void> {
  const { year, from, until } = of;
  if (until < from) throw new Refusal(`--until ${until} 早于 --from ${from} (the last day comes before the first)`, 2);
  const standing = await onDatabase(async (pool) => {
    if ((await yearFacts(pool, year))?.mode !== 'live') throw await noSuchYear(pool, year);
    return act(pool, { ...of, operator }, signWithKeyFile(pool));
  }, 'worker');
  if (json) console.log(JSON.stringify({ year, from, until, ...standing }));
  else if (!standing.done && standing.by.length > 1)
    console.log('这几天曾冻结并已解除，须另定起止日期 (frozen and lifted before: choose other days)');
  else console.log(jointText(standing, `${done}：${year} 年度 ${from} 至 ${until}`));
}
