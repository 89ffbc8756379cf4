/**
 * `fund repeat-acts`: for use after Temporal was restored from a backup older than the database. Its workflows then wait for
 * acts that persons have already done; each recorded act is sent again and answered with its first receipt.
 */
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Command } from 'commander';
import { type RecordedAct, recordedActs } from '../../db/decisions';
import { news } from '../../workflows/business-date';
import { act } from '../../workflows/people';
import { announceReopened } from '../../activities/announce-imports';
import { inParallel } from '../../activities/in-parallel';
import { yearOption } from './options';
import { type Running, onRunningSystem } from '../client/system';

const AT_ONCE = 8;

export function repeatActsCommand(program: Command): void {
  program
    .command('repeat-acts')
    .summary('send restored workflows the acts that the database has')
    .description(
      'After Temporal was restored from an older backup: sends its workflows the acts that persons have done since. Nothing is\n' +
        'done twice: a workflow refuses an act that it already knows.\nTemporal 恢复到较早时点后：把数据库中已有的人员办理重新送给流程；不会重复办理。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option('--json', 'print the outcome as JSON')
    .action(({ year, json }: { year: number; json?: true }) =>
      onRunningSystem('reader', async (running) => {
        const { recorded, taken } = await repeatActs(running, year);
        console.log(
          json
            ? JSON.stringify({ year, recorded, taken })
            : `${year} 年度人员办理 ${recorded} 项，重新送达 ${taken} 项，其余流程已经办过或尚未走到 (${taken} of ${recorded} acts were waited for)`,
        );
      }),
    );
}

/** Each workflow takes its acts in order. One act may lead to the wait for the next, so this repeats until none is taken. */
async function repeatActs({ client, pool }: Running, year: number): Promise<{ recorded: number; taken: number }> {
  const acts = await recordedActs(pool, year);
  let left = acts;
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    // Whoever asks about a chain that is void by now asks about the one in its place first.
    await announceReopened(pool, client, { year, news: news.name, which: 'ever' });
    const refused = await inParallel(AT_ONCE, [...byWorkflow(left).values()], async (ofOne) => {
      const notTaken: RecordedAct[] = [];
      for (const recorded of ofOne) if (!(await isTaken(client, recorded))) notTaken.push(recorded);
      return notTaken;
    });
    left = refused.flat();
  }
  return { recorded: acts.length, taken: acts.length - left.length };
}

function byWorkflow(acts: readonly RecordedAct[]): Map<string, RecordedAct[]> {
  const grouped = new Map<string, RecordedAct[]>();
  for (const recorded of acts) {
    const own = grouped.get(recorded.workflow_id);
    if (own) own.push(recorded);
    else grouped.set(recorded.workflow_id, [recorded]);
  }
  return grouped;
}

async function isTaken(client: Client, { workflow_id, ...given }: RecordedAct): Promise<boolean> {
  try {
    await client.workflow
      .getHandle(workflow_id)
      .executeUpdate(act, { args: [given], updateId: `repeat/${given.task}` });
    return true;
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
