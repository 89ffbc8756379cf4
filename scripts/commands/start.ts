/** `fund start`: begins a live fund year (正式年度), which then runs by itself on the servers and the worker of `up`. */
import type { Command } from 'commander';
import { howToReset } from '../../activities/watch/temporal';
import type { Database } from '../../db/connect';
import { workersSeenBy } from '../../servers/pollers';
import { beginLiveYear } from '../../db/fund-year';
import { overridesOf } from '../../db/parameters';
import { lawFaultText, lawFaults } from '../../parameters';
import { beijingDate, beijingTime } from '../../rules/beijing-time';
import { cycleOf, startCycle } from '../client/cycle';
import { Refusal } from '../words/refusal';
import { type Running, onRunningSystem } from '../client/system';
import { refuseUnlikelyYear } from '../client/unlikely-year';
import { fundYearId } from '../../rules/keys';
import { notStartedBecause } from '../../workflows/wording';
import { yearOption } from './options';

interface Options {
  year: number;
  confirm?: number;
  json?: true;
}
interface Outcome {
  year: number;
  cycle: string;
  state: 'started' | 'running' | 'closed';
  since: string | null; // RFC 3339
  page: string | null; // in the Temporal UI
}

export function startCommand(program: Command): void {
  program
    .command('start')
    .summary('start the live cycle of a fund year')
    .description(
      'Starts the live cycle of a fund year; it goes on by itself, on the servers and the worker that `up` has started.\n' +
        'There is one cycle for a year: a second start says which one there is.\n正式启动年度流程；每个年度只有一个流程。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option(
      '--confirm <year>',
      'the year once more, where it is neither under way nor the next (再次输入年度)',
      yearOption,
    )
    .option('--json', 'print the outcome as JSON')
    .action(async ({ year, confirm, json }: Options) => {
      const outcome = await onRunningSystem('worker', async (running) => {
        if (confirm !== year) await refuseUnlikelyYear(running.pool, year, beijingDate(new Date()));
        return startYear(running, year);
      });
      console.log(json ? JSON.stringify(outcome) : startText(outcome));
    });
}

/** Refuses a year that could not even be opened, because a year that is in the database stays there. */
async function refuseYearWithoutLaw(pool: Database, year: number): Promise<void> {
  const faults = lawFaults(year, await overridesOf(pool, year));
  if (faults.length > 0) throw new Refusal(faults.map((fault) => lawFaultText(fault, year)).join('\n'));
}

/** Starts the cycle of a year, or finds the one that is running. */
export async function startYear({ client, pool, uiUrl }: Running, year: number): Promise<Outcome> {
  if ((await workersSeenBy(client)).length === 0) {
    throw new Refusal(
      '没有工作进程在办理流程，未启动；请先执行 npm run fund -- up (no worker is running: start one with `up`)',
    );
  }
  await refuseYearWithoutLaw(pool, year);
  const row = await beginLiveYear(pool, year);
  if ('unfinished' in row)
    throw new Refusal(`${notStartedBecause.unfinished(row.unfinished)} (a run is unfinished here)`);
  if (row.mode === 'run') {
    throw new Refusal(
      `此数据库中的 ${year} 年度是模拟运行（fund run）的，不能正式启动：请另设 FUND_HOME (this year was run in compressed time)`,
    );
  }
  if (row.status === 'abandoned') throw new Refusal(notStartedBecause.abandoned(year));
  const started = row.status === 'closed' ? 'there is one' : await startCycle(client, year, row.workflow_id !== null);
  const cycle = await cycleOf(client, year, row.first_run_id);
  const id = fundYearId(year);
  const page = uiUrl && `${uiUrl}/namespaces/${client.options.namespace}/workflows/${id}`;
  const outcome = { year, cycle: id, since: cycle?.since.toISOString() ?? null, page };
  if (row.status === 'closed') return { ...outcome, state: 'closed' };
  if (started === 'started') return { ...outcome, state: 'started' };
  if (cycle?.status !== 'RUNNING') throw stopped(year, cycle?.status ?? 'UNKNOWN', await howToReset(client, id));
  return { ...outcome, state: 'running' };
}

/** A cycle that claimed its year and ended before the close is taken up where it stopped, never started again. */
const stopped = (year: number, status: string, remedy: string): Refusal =>
  new Refusal(
    `${year} 年度流程 ${fundYearId(year)} 已中止（${status}），年度尚未关账：${remedy}；误启动的，` +
      `用 npm run fund -- abandon --year ${year} --reason 原因 作废 (the cycle has stopped: reset it in the Temporal UI)`,
  );

function startText({ year, cycle, state, since, page }: Outcome): string {
  const where = page === null ? '' : `；界面 ${page}`;
  const when = since === null ? '' : `，自 ${beijingTime(since)} 起`;
  if (state === 'closed') return `${year} 年度已关账，流程 ${cycle} (closed)`;
  if (state === 'running') return `${year} 年度流程 ${cycle} 已在进行${when}${where} (already running)`;
  return `${year} 年度流程 ${cycle} 已启动${where} (started)`;
}
