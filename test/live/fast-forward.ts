/** The real server's fast-forward: moves the clock of one workflow to an instant, where it stands until it is moved again. */
import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';

const SESSION = { enabled: true, disablePropagation: true, maxSessionSkipCount: 10_000 };
let moves = 0;

/** What a workflow's clock shows, in milliseconds since 1970. */
async function clockOf({ workflowService, options }: Client, workflowId: string): Promise<number> {
  const { workflowExtendedInfo } = await workflowService.describeWorkflowExecution({
    namespace: options.namespace,
    execution: { workflowId },
  });
  return optionalTsToMs(workflowExtendedInfo?.timeSkippingInfo?.currentTime) ?? Date.now();
}

/** Moves a workflow forward. What is due on the way it does; workflows that it starts begin at its time and stand there. */
export async function fastForward(client: Client, workflowId: string, instant: number): Promise<void> {
  const { workflowService, options } = client;
  const ahead = Math.ceil((instant - (await clockOf(client, workflowId))) / 1000);
  if (ahead <= 0) return;
  const id = `move-${(moves += 1)}`;
  const of = { namespace: options.namespace, workflowExecution: { workflowId } };
  await workflowService.updateWorkflowExecutionOptions({
    ...of,
    updateMask: { paths: ['time_skipping_config'] },
    workflowExecutionOptions: {
      timeSkippingConfig: { ...SESSION, fastForwardConfig: { id, duration: { seconds: ahead } } },
    },
  } as unknown as Parameters<typeof workflowService.updateWorkflowExecutionOptions>[0]);
  await workflowService.pollWorkflowExecutionTimeSkipping({ ...of, fastForwardId: id });
}
