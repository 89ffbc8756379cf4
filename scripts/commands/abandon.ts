/** `fund abandon`: ends a live year that was begun by mistake, before its books open. */
import type { Command } from 'commander';
import { yearStatus } from '../../db/fund-year';
import { type Abandoned, abandonYear } from '../client/abandoning';
import { signWithKeyFile } from '../client/signing';
import { onRunningSystem } from '../client/system';
import { jointText } from '../words/joint-text';
import { noSuchYear, reasonOption, yearOption } from './options';

interface Options {
  year: number;
  reason: string;
  as?: string;
  json?: true;
}

export function abandonCommand(program: Command): void {
  program
    .command('abandon')
    .summary('end a year that was started by mistake')
    .description(
      'Ends a live fund year that was started by mistake, before its books open. A year that holds nothing is taken back and can be started\n' +
        'again; one that holds rows is abandoned once two of the region’s government have signed for it: nothing of it is deleted, and it can\n' +
        'never be started again in this system.\n' +
        '作废误启动的年度，须在 1 月 1 日开账之前：没有数据的即行撤回，以后仍可启动；已有数据的，自治区人民政府两人先后办理后作废，数据全部保留，本系统不能再启动该年度。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--reason <text>', 'why (作废原因)', reasonOption)
    .option('--as <operator>', 'who acts, of the region’s government, where the year holds rows (工号)')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ year, reason, as: operator, json }: Options) => {
      const abandoned = await onRunningSystem('worker', async (running) => {
        if ((await yearStatus(running.pool, year)) === undefined) throw await noSuchYear(running.pool, year);
        return abandonYear(running, { year, reason, operator }, signWithKeyFile(running.pool));
      });
      console.log(json ? JSON.stringify({ year, reason, ...abandoned }) : outcomeText(year, abandoned));
    });
}

function outcomeText(year: number, { state, by }: Abandoned): string {
  if (state === 'taken back') return `已撤回 ${year} 年度，没有留下数据，以后仍可启动 (taken back)`;
  return jointText({ done: state === 'abandoned', by }, { what: 'abandon', year });
}
