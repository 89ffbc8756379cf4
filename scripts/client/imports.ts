/** Starts an import in the worker, follows it, and lists those that run. It goes on whatever becomes of the command. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, type WorkflowHandle, defaultPayloadConverter } from '@temporalio/client';
import type { ImportOrder, ImportOutcome } from '../../activities/imports/import-folder';
import type { Progress } from '../../activities/imports/progress';
import { importOptions } from '../../workflows/import-files';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { patiently } from './patiently';

export type ImportHandle = WorkflowHandle<(order: ImportOrder) => Promise<ImportOutcome>>;

const LOOKS_EVERY = 1000; // milliseconds

/** Begins the import of a folder, or finds the one that is under way, whose signature is another one. */
export function beginImport(client: Client, order: ImportOrder): Promise<ImportHandle> {
  const { correction, sender } = order;
  const ordered = {
    ...order,
    correction: correction && { ...correction, proof: undefined },
    sender: sender && { ...sender, proof: undefined },
  };
  const mark = createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 12);
  return client.workflow.start<(order: ImportOrder) => Promise<ImportOutcome>>('importFiles', {
    ...importOptions(order, mark),
    taskQueue: TASK_QUEUE,
  });
}

/** Waits for its end, and reports meanwhile how far it is. Throws when it was cancelled. */
export async function followImport(
  handle: ImportHandle,
  onProgress: (progress: Progress) => void,
): Promise<ImportOutcome> {
  const ending = patiently(() => handle.result());
  for (;;) {
    const outcome = await Promise.race([ending, pause(LOOKS_EVERY, null, { ref: false })]);
    if (outcome !== null) return outcome;
    const progress = await progressOf(handle).catch(() => null);
    if (progress !== null) onProgress(progress);
  }
}

/** What its last heartbeat said; null before the first. */
async function progressOf(handle: Pick<ImportHandle, 'describe'>): Promise<Progress | null> {
  const { pendingActivities } = (await handle.describe()).raw;
  const payload = pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0];
  return payload == null ? null : defaultPayloadConverter.fromPayload<Progress>(payload);
}

export interface ImportUnderWay {
  workflow: string;
  progress: string;
}

/** The imports of a year that run: those that commands have ordered, and that of the inbox. */
export async function importsUnderWay(client: Client, year: number): Promise<ImportUnderWay[]> {
  const query = `WorkflowType IN ('importFiles', 'takeInbox') AND FundYear = ${year} AND ExecutionStatus = 'Running'`;
  const found: ImportUnderWay[] = [];
  for await (const { workflowId: workflow } of client.workflow.list({ query })) {
    const progress = await progressOf(client.workflow.getHandle(workflow));
    found.push({ workflow, progress: progress?.text ?? '等待执行' });
  }
  return found;
}
