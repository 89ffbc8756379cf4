/**
 * A deadline that passes while a person's act is being carried out: what the act did in the database stands, so the workflow
 * must go by its outcome. The acts are played by the test, which holds one back until the deadline has passed.
 */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { chainKey, taskOf } from '../../rules/keys';
import { until } from '../../servers/wait';
import { advance } from '../../workflows/business-date';
import type { compileBudget } from '../../workflows/compile-budget';
import type { emergencyRequest } from '../../workflows/emergency-request';
import { type PersonAct, act } from '../../workflows/people';
import { type Stage, stage } from './stage';

jest.setTimeout(60_000);

const DEADLINE = '2028-12-31';
const BEFORE = '2028-06-30';

/** The act that is held back, until `release` lets it end. */
let held: { called: boolean; release: () => void };
async function holdBack(): Promise<void> {
  await new Promise<void>((resolve) => (held = { called: true, release: resolve }));
}
let asked: string[] = [];
let theatre: Stage;

beforeAll(async () => {
  theatre = await stage({
    decideEmergency: async ({ act: { task } }: { act: PersonAct }) => {
      if (!task.endsWith('region_government')) return { state: 'approved', date: BEFORE };
      await holdBack();
      return { state: 'paid', date: BEFORE };
    },
    lapseEmergency: () => {
      asked.push('lapse');
      return { state: 'lapsed' };
    },
    estimateBudget: () => ({ income: '1.00', expenditure: '1.00', levy: '0.00' }),
    submitBudget: async ({ act: { version } }: { act: PersonAct }) => {
      await holdBack();
      return { approvable: false, version, surplus: '-1.00', failed: ['no_deficit'], remedies: [] };
    },
    proposeDirectedBudget: ({ attempt }: { attempt: number }) => {
      asked.push(`directed, after attempt ${attempt}`);
      return { version: 1, shortBy: null };
    },
    decide: () => ({}),
    adoptBudget: () => ({}),
  });
});
afterAll(() => theatre.leave());
beforeEach(() => {
  asked = [];
  held = { called: false, release: () => undefined };
});

const acting = (handle: WorkflowHandle, task: string, decision: PersonAct['decision']) =>
  handle.executeUpdate(act, {
    args: [
      { task, operator: 'of the test', decision, figuresHash: '', ...(decision === 'submit' ? { version: 1 } : {}) },
    ],
  });

/** A person acts, and the deadline passes before the act has ended. */
async function actsAcrossTheDeadline(handle: WorkflowHandle, task: string, decision: PersonAct['decision']) {
  const person = acting(handle, task, decision);
  await until(() => Promise.resolve(held.called), { within: 20_000 });
  const moved = await handle.startUpdate(advance, { args: [{ date: DEADLINE }], waitForStage: 'ACCEPTED' });
  // A workflow that did not wait for the act would have gone on by now.
  await new Promise((resolve) => setTimeout(resolve, 500));
  held.release();
  await person;
  await moved.result();
}

test('an advance whose last approval is under way at the deadline is paid, not lapsed', async () => {
  const chain = 'chain';
  const handle = await theatre.client.workflow.start<typeof emergencyRequest>('emergencyRequest', {
    workflowId: randomUUID(),
    taskQueue: theatre.taskQueue,
    args: [
      {
        ...{ year: 2028, clock: { live: false, today: BEFORE }, scheme: 'employee', area: '150100', name: '东川市' },
        ...{ number: 1, chain, amount: '40.00', decideBy: DEADLINE },
      },
    ],
  });
  await handle.executeUpdate(advance, { args: [{ date: BEFORE }] });
  await acting(handle, taskOf(chain, 1, 'region_security'), 'approve');
  await acting(handle, taskOf(chain, 2, 'region_finance'), 'approve');
  await actsAcrossTheDeadline(handle, taskOf(chain, 3, 'region_government'), 'approve');
  expect(await handle.result()).toEqual({ outcome: 'paid', date: BEFORE });
  expect(asked).toEqual([]);
});

test('a submission that fails across the deadline has opened another attempt, and that one is ended', async () => {
  const workflowId = randomUUID();
  const handle: WorkflowHandle = await theatre.client.workflow.start<typeof compileBudget>('compileBudget', {
    workflowId,
    taskQueue: theatre.taskQueue,
    args: [
      {
        ...{ year: 2029, clock: { live: false, today: BEFORE }, scheme: 'employee', area: '150100', name: '东川市' },
        ...{ deadline: DEADLINE, inForceFrom: '2029-01-01' },
      },
    ],
  });
  await handle.executeUpdate(advance, { args: [{ date: BEFORE }] });
  const attempt = chainKey.budgetAttempt(workflowId, 1);
  await actsAcrossTheDeadline(handle, taskOf(attempt, 0, 'area_security'), 'submit');
  expect(asked).toEqual(['directed, after attempt 2']);
  await acting(handle, taskOf(chainKey.directedBudget(workflowId), 1, 'region_government'), 'approve');
  expect(await handle.result()).toEqual({ origin: 'directed', version: 1 });
});
