/** How a command starts or finds the cycle of a fund year. There is one per year. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionStatusName,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { fundYearId } from '../../rules/keys';
import { cycleOptions } from '../../workflows/start-cycle';
import { TASK_QUEUE } from '../../workflows/task-queue';

/** Starts the cycle of a year unless there is one. */
export async function startCycle(
  client: Client,
  year: number,
  isClaimed: boolean,
): Promise<'started' | 'there is one'> {
  try {
    await client.workflow.start('fundYear', {
      ...cycleOptions(year, isClaimed),
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'FAIL',
    });
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return 'there is one';
  }
}

interface Cycle {
  workflowId: string;
  status: WorkflowExecutionStatusName; // of its newest run
  since: Date; // the start of its first run, in real time
}

/** The cycle of a year; null when Temporal knows none. `firstRunId` comes from the row of the year, once it is claimed. */
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
