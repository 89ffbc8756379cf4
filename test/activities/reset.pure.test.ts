/** What is said about a workflow that has stopped: the event to reset to, since a later one brings back what stopped it. */
import type { Client } from '@temporalio/client';
import { howToReset } from '../../activities/watch/temporal';

const COMPLETED = 'workflowTaskCompletedEventAttributes';
const CANCEL = 'workflowExecutionCancelRequestedEventAttributes';

const clientWith = (events: object[] | Error): Client =>
  ({
    workflow: {
      getHandle: () => ({
        fetchHistory: () => (events instanceof Error ? Promise.reject(events) : Promise.resolve({ events })),
      }),
    },
  }) as unknown as Client;

test('cancelled: the last decision before the cancellation was asked for', async () => {
  const events = [
    { eventId: 4, [COMPLETED]: {} },
    { eventId: 22, [COMPLETED]: {} },
    { eventId: 26, [CANCEL]: {} },
    { eventId: 29, [COMPLETED]: {} },
    { eventId: 30 },
  ];
  expect(await howToReset(clientWith(events), 'w')).toContain('用 Reset，事件选 22 WorkflowTaskCompleted');
});

test('terminated or failed: the last decision', async () => {
  const events = [{ eventId: 4, [COMPLETED]: {} }, { eventId: 9, [COMPLETED]: {} }, { eventId: 10 }];
  expect(await howToReset(clientWith(events), 'w')).toContain('事件选 9 WorkflowTaskCompleted');
});

test('forgotten by the server: no number is invented', async () => {
  expect(await howToReset(clientWith(new Error('not found')), 'w')).toBe(
    '查明原因后，在其 Temporal 页面上用 Reset 从中止处继续',
  );
});
