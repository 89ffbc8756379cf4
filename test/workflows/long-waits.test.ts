/**
 * Waits that fill a history with messages: each of thousands of areas reports to the year that it has finished, and files may be imported
 * every day for sixteen months. The workflow goes on as new at the wait it stands in, and forgets nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { news } from '../../workflows/business-date';
import { inParallel } from '../../activities/in-parallel';
import { until } from '../../servers/wait';
import type { collectPremiums } from '../../workflows/collect-premiums';
import type { fundYear } from '../../workflows/fund-year';
import { type PersonAct, act } from '../../workflows/people';
import { DECISIONS_OF } from '../../rules/decisions';
import { collectionId, fundYearId } from '../../rules/keys';
import { detailsOf } from './page';
import { type Stage, stage } from './stage';

jest.setTimeout(120_000);

/** A live year far ahead: every wait of this test is the first one. */
const YEAR = 2099;
const AREA = '150100';
/** The server of `up` suggests to continue as new at 1,000 events; another one by default at 4,096. */
const MESSAGES = 1100;

const booked: { through: string; booking: number; after: string | null }[] = [];
const looks = { opened: 0 };
const FILES = 'files/';
const decided: string[] = [];
let theatre: Stage;

beforeAll(async () => {
  theatre = await stage({
    openYear: () => {
      looks.opened += 1;
      return { outcome: 'no areas yet', live: true, cycleStart: '2027-09-01' };
    },
    bookCollection: (of: (typeof booked)[number]) => {
      booked.push(of);
      return { days: 1, amount: '1.00', today: { 已缴费: `${of.booking} 人` }, closes: '2099-02-28' };
    },
    requestFiles: () => ({ missing: ['x'], count: 1, tasks: FILES, role: 'area_security', dueOn: '2021-01-31' }),
    decide: async ({ act: { task } }: { act: PersonAct }) => {
      await pause(200);
      decided.push(task);
      return {};
    },
  });
});
afterAll(() => theatre.leave());

async function sendNews(handle: WorkflowHandle, times: number): Promise<void> {
  await inParallel(
    16,
    Array.from({ length: times }, (_, i) => i),
    () => handle.signal(news),
  );
}

/** How many events each run of a workflow has had, and whether it is over. */
async function runsOf(id: string): Promise<{ events: number; status: string }[]> {
  const runs = [];
  for await (const run of theatre.client.workflow.list({ query: `WorkflowId = '${id}'` })) runs.push(run);
  return runs
    .sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
    .map(({ historyLength, status }) => ({ events: historyLength, status: status.name }));
}

test('a year that gets thousands of messages continues as new, and goes on looking', async () => {
  const handle = await theatre.client.workflow.start<typeof fundYear>('fundYear', {
    workflowId: fundYearId(YEAR),
    taskQueue: theatre.taskQueue,
    args: [{ year: YEAR }],
  });
  await sendNews(theatre.client.workflow.getHandle(handle.workflowId), MESSAGES);
  await until(async () => (await runsOf(handle.workflowId)).length > 1, { within: 30_000 });
  const looked = looks.opened;
  await sendNews(theatre.client.workflow.getHandle(handle.workflowId), 1);
  await until(() => Promise.resolve(looks.opened > looked), { within: 10_000 });
  const runs = await runsOf(handle.workflowId);
  expect(runs.slice(0, -1).map(({ status }) => status)).toEqual(runs.slice(1).map(() => 'CONTINUED_AS_NEW'));
  expect(runs.at(-1)?.status).toBe('RUNNING');
  await theatre.client.workflow.getHandle(handle.workflowId).terminate();
});

test('a collection that gets thousands of messages continues as new, and goes on booking', async () => {
  const handle = await theatre.client.workflow.start<typeof collectPremiums>('collectPremiums', {
    workflowId: collectionId(YEAR, AREA),
    taskQueue: theatre.taskQueue,
    args: [
      {
        ...{ year: YEAR, clock: { live: true, today: '' }, area: AREA, name: '东河盟' },
        bookingDays: ['2098-09-30', '2098-10-31'],
        closes: '2099-12-31',
        acceptBy: '2100-03-31',
      },
    ],
  });
  await sendNews(theatre.client.workflow.getHandle(handle.workflowId), MESSAGES);
  await until(async () => (await runsOf(handle.workflowId)).length > 1, { within: 30_000 });
  const before = booked.length;
  await sendNews(theatre.client.workflow.getHandle(handle.workflowId), 1);
  await until(() => Promise.resolve(booked.length > before), { within: 10_000 });
  // Every booking looks at all days so far, and has the next number, in whichever run: so a repeated one is known.
  expect(new Set(booked.map(({ after }) => after))).toEqual(new Set([null]));
  expect(booked.map(({ booking }) => booking)).toEqual(booked.map((_, i) => i + 1));
  // The page has the figures of the day, also in a run that has booked nothing yet.
  const onPage = async (): Promise<string> =>
    (await detailsOf(theatre.client.workflow.getHandle(handle.workflowId)))['已缴费'] ?? '';
  await until(async () => (await onPage()) === `${booked.length} 人`, { within: 10_000 });
  // Until when residents may pay stands there, and not the day of the next booking.
  const page = await detailsOf(theatre.client.workflow.getHandle(handle.workflowId));
  expect(page).toMatchObject({ 截止: '2099-02-28', 下次入账: '2098-09-30' });
  await theatre.client.workflow.getHandle(handle.workflowId).terminate();
});

test('acts that are under way when a collection continues as new are carried out, and answered', async () => {
  const handle = await theatre.client.workflow.start<typeof collectPremiums>('collectPremiums', {
    workflowId: collectionId(YEAR, '150200'),
    taskQueue: theatre.taskQueue,
    args: [
      {
        ...{ year: YEAR, clock: { live: true, today: '' }, area: '150200', name: '西川市', bookingDays: [] },
        ...{ closes: '2020-12-31', acceptBy: '2021-01-31' }, // it waits for its files
      },
    ],
  });
  const asked = theatre.client.workflow.getHandle(handle.workflowId);
  const tasks = Array.from({ length: 120 }, (_, i) => `${FILES}${i}`);
  const decision = DECISIONS_OF.import[0];
  const acts = inParallel(4, tasks, (task) =>
    asked.executeUpdate(act, { args: [{ task, operator: 'a', decision, document: '5号', figuresHash: 'h' }] }).then(
      () => 'carried out',
      (error: unknown) => (error as WorkflowUpdateFailedError).cause?.message ?? String(error),
    ),
  );
  await sendNews(asked, MESSAGES);
  const outcomes = await acts;
  // While it looks for files anew, nothing waits for anybody: the act is refused, and its person repeats it. The client repeats one
  // that the run which ended had not taken yet.
  const expected = /carried out|没有等待人员办理|已办结|unexpected workflow task failure/;
  expect(outcomes.filter((outcome) => !expected.test(outcome))).toEqual([]);
  expect(tasks.filter((_, i) => outcomes[i] === 'carried out').sort()).toEqual([...decided].sort());
  expect(decided.length).toBeGreaterThan(0);
  expect((await runsOf(handle.workflowId)).length).toBeGreaterThan(1);
  await asked.terminate();
});
