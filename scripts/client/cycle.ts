/** The cycle of a fund year as a command starts or finds it: one per year, whatever starts it. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionStatusName,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ABOUT } from '../../workflows/about';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { belonging } from '../../workflows/page';
import { fundYearId } from '../../rules/keys';

/**
 * Starts the cycle of a year unless there is one. A cycle that has claimed the year is never replaced by another, even when
 * it failed: it says itself why.
 */
export async function startCycle(client: Client, year: number, claimed: boolean): Promise<'started' | 'there is one'> {
  try {
    await client.workflow.start('fundYear', {
      workflowId: fundYearId(year),
      taskQueue: TASK_QUEUE,
      args: [{ year }],
      workflowIdReusePolicy: claimed ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${year} 基金年度`,
      staticDetails: ABOUT.fundYear,
      typedSearchAttributes: belonging(year),
    });
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return 'there is one';
  }
}

export interface Cycle {
  workflowId: string;
  status: WorkflowExecutionStatusName; // of its newest run
  since: Date; // the start of its first run, in real time
}

/** The cycle of a year; null when Temporal knows none. `firstRunId` is what the year's row names, if it names one yet. */
export async function cycleOf(client: Client, year: number, firstRunId: string | null): Promise<Cycle | null> {
  const workflowId = fundYearId(year);
  try {
    const newest = await client.workflow.getHandle(workflowId).describe();
    const first = firstRunId === null ? newest : await client.workflow.getHandle(workflowId, firstRunId).describe();
    return { workflowId, status: newest.status.name, since: first.startTime };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
