/** `fund release`: an area asks to accept a payment in quarantine all the same (核实受理). */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Command } from 'commander';
import { releaseToSign, requestRelease } from '../../activities/collection/release';
import { areasOfYear } from '../../db/areas';
import type { Database } from '../../db/connect';
import { type Release, releasesOfRow } from '../../db/releases';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { calendarOf, cycleStartOf } from '../../parameters';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { releaseOptions } from '../../workflows/release-payment';
import { type Sign, signWithKeyFile } from '../client/signing';
import { onSystem } from '../client/system';
import { taskLines } from '../words/task-text';
import { areaNamed, noSuchYear, reasonOption, wholeNumber, yearOption } from './options';

export interface ReleaseAsked {
  as: string;
  year: number;
  area: string;
  file: string;
  line: number;
  reason: string;
}
interface Outcome {
  request: Release;
  /** The same request stood before. */
  before: boolean;
  next: WaitingTask[];
}

export function releaseCommand(program: Command): void {
  program
    .command('release')
    .summary('ask to accept a payment in quarantine all the same')
    .description(
      'An area’s security bureau asks to accept a payment in quarantine all the same, with a reason; its finance office approves.\n' +
        '待核对缴费的核实受理（统筹区医保局提出，财政局批准）：自批准之日起受理入账；文件与行号见 quarantine.csv 或 fund quarantine。',
    )
    .requiredOption('--as <operator>', 'who asks, of the area’s security bureau (工号)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .requiredOption('--file <file>', 'file of the row, as in quarantine.csv (文件)')
    .requiredOption('--line <number>', 'its line in that file (行号)', wholeNumber)
    .requiredOption('--reason <text>', 'why, without any person’s id (理由，不写个人证件号)', reasonOption)
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json, ...asked }: ReleaseAsked & { json?: true }) => {
      const outcome = await onSystem('worker', (running) =>
        askRelease(running, asked, signWithKeyFile(running.pool), TASK_QUEUE),
      );
      console.log(json ? JSON.stringify(outcome, null, 1) : requestText(outcome));
    });
}

/** Registers the request and starts the workflow that waits for its approval; repeated, it finds both. */
export async function askRelease(
  { client, pool }: { client: Client; pool: Database },
  asked: ReleaseAsked,
  sign: Sign,
  taskQueue: string,
): Promise<Outcome> {
  const { as: operator, year, file, line, reason } = asked;
  const areas = (await areasOfYear(pool, year)).filter(({ schemes }) => schemes.includes('resident'));
  if (areas.length === 0) throw await noSuchYear(pool, year);
  const area = areaNamed(areas, year, asked.area);
  const name = areas.find((one) => one.area === area)?.name ?? area;
  const row = { file, line };
  const earlier = await releasesOfRow(pool, year, row);
  const before = earlier.some((one) => one.open && one.asked_by === operator && one.reason === reason);
  if (!before) {
    const input = { year, area, ...row, reason, operator, attempt: earlier.length + 1 };
    const proof = await sign(await releaseToSign(pool, input));
    await requestRelease(pool, { ...input, ...(proof && { proof }) });
  }
  const request = (await releasesOfRow(pool, year, row)).at(-1) as Release;
  const { number, chain, requested_on: today, workflow_id: workflowId } = request;
  const decideBy = calendarOf(year).collectionEnd;
  const options = releaseOptions({ year, clock: { live: true, today }, area, name, number, chain, decideBy });
  await client.workflow.start('releasePayment', { ...options, taskQueue }).catch((error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
  const next = (await waitingTasks(pool, cycleStartOf, year)).filter((task) => task.workflow_id === workflowId);
  return { request, before, next };
}

function requestText({ request, before, next }: Outcome): string {
  const { number, file, line, requested_on, workflow_id } = request;
  const done = before
    ? `此前已于 ${requested_on} 提出，未重复办理：第 ${number} 号核实受理（${workflow_id}） (done before)`
    : `已提出第 ${number} 号核实受理：${file} 第 ${line} 行（${workflow_id}）`;
  return next.length === 0 ? done : [done, '', '下一步等待：', ...next.flatMap(taskLines)].join('\n');
}
