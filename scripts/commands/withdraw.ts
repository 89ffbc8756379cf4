/** `fund withdraw`: takes back a live year that was begun by mistake and holds nothing yet. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { inTransaction } from '../../db/connect';
import { withdrawYear, yearStatus } from '../../db/fund-year';
import { refusalOf } from '../../db/refusals';
import { fundYearId } from '../../rules/keys';
import { type Running, onRunningSystem } from '../client/system';
import { Refusal } from '../words/refusal';
import { noSuchYear, reasonOption, yearOption } from './options';

interface Options {
  year: number;
  reason: string;
  json?: true;
}

export function withdrawCommand(program: Command): void {
  program
    .command('withdraw')
    .summary('take back a year that was started by mistake')
    .description(
      'Takes back a live fund year that was started by mistake, as long as nothing has been imported into it; its cycle ends, and\n' +
        'the year can be started again later.\n撤回误启动的年度：尚未导入任何数据时可撤回，其流程随之终止，以后仍可启动。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--reason <text>', 'why (撤回原因)', reasonOption)
    .option('--json', 'print the outcome as JSON')
    .action(async ({ year, reason, json }: Options) => {
      await onRunningSystem('worker', (running) => takeBack(running, year, reason));
      const text = `已撤回 ${year} 年度，流程 ${fundYearId(year)} 已终止：${reason} (withdrawn)`;
      console.log(json ? JSON.stringify({ year, cycle: fundYearId(year), reason, state: 'withdrawn' }) : text);
    });
}

/** The cycle ends before the transaction does: where either fails, the year is still there and can be taken back again. */
async function takeBack({ pool, client }: Running, year: number, reason: string): Promise<void> {
  if ((await yearStatus(pool, year)) === undefined) throw await noSuchYear(pool, year);
  await inTransaction(pool, async (trx) => {
    await withdrawYear(trx, year).catch((error: unknown) => {
      const words = refusalOf(error);
      throw words === undefined ? error : new Refusal(words);
    });
    await endCycle(client, fundYearId(year), reason);
  });
}

async function endCycle(client: Client, cycle: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(cycle).terminate(`撤回：${reason}`);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error; // it has ended, or never began
  }
}
