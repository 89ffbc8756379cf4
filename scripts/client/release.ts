/** 核实受理: registers a request once, and starts the workflow that waits for its approval; repeated, it finds both. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { releaseToSign, requestRelease } from '../../activities/collection/release';
import { areasOfYear } from '../../db/areas';
import type { Database } from '../../db/connect';
import { type Release, releasesOfRow } from '../../db/releases';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { calendarOf, cycleStartOf } from '../../parameters';
import { releaseOptions } from '../../workflows/release-payment';
import type { Sign } from '../../signing/act-text';

export interface ReleaseAsked {
  as: string;
  year: number;
  area: string;
  file: string;
  line: number;
  reason: string;
}
export interface ReleaseOutcome {
  request: Release;
  /** The same request stood before. */
  before: boolean;
  next: WaitingTask[];
}

export async function askRelease(
  { client, pool }: { client: Client; pool: Database },
  { as: operator, year, area, file, line, reason }: ReleaseAsked,
  sign: Sign,
  taskQueue: string,
): Promise<ReleaseOutcome> {
  const name = (await areasOfYear(pool, year)).find((one) => one.area === area)?.name ?? area;
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
