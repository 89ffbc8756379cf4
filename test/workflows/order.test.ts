/**
 * The order of steps alone: the acts are played by the test, which notes what it was asked for and when. What an act does is
 * shown in test/activities, and all of it together in test/year.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { Act } from '../../db/decisions';
import { type Standing, advance } from '../../workflows/business-date';
import type { Clearing, clearPayments } from '../../workflows/clear-payments';
import type { Collection, collectPremiums } from '../../workflows/collect-premiums';
import type { Adjustment, levyAndShare } from '../../workflows/levy-and-share';
import { type PersonAct, act } from '../../workflows/people';
import { attributesOf, detailsOf } from './page';
import { type Stage, stage } from './stage';

let theatre: Stage;
/** The acts that the workflows asked for, in order, with enough of their inputs to recognise each. */
let asked: string[] = [];
/** The difference that the tax bureau's totals show, and the findings that must be accepted for it. */
let reconciled = { collected: '1720.00', difference: '0.00', findingsToAccept: null as string | null };

/** Whether the accounts behind a returned clearing table have changed. */
let corrected = false;

const note = (name: string, ...facts: unknown[]): void => void asked.push([name, ...facts].join(' '));
const played = {
  bookCollection: ({ after, through }: { after: string | null; through: string }) => {
    note('bookCollection', after ?? 'the beginning', '–', through);
    return { amount: '400.00' };
  },
  reconcileCollection: () => {
    note('reconcileCollection');
    return reconciled;
  },
  decide: ({ act: { operator, decision, businessDate } }: { act: PersonAct & { businessDate: string } }) => {
    note('decide', operator, decision, businessDate);
    return {};
  },
  payInstalment: ({ quarter, date }: { quarter: number; date: string }) => {
    note('payInstalment', quarter, date);
    return { total: '80.00' };
  },
  trueUpLevy: () => {
    note('trueUpLevy');
    return { total: '80.00' };
  },
  shareGaps: ({ approveBy, workflowId }: { approveBy: string; workflowId: string }) => {
    note('shareGaps, approved by', approveBy);
    return {
      gaps: 1,
      gap: '148.38',
      fund_share: '51.29',
      area_share: '37.09',
      settlementTask: `${workflowId}/settlement`,
    };
  },
  proposeClearing: ({ attempt, dueOn }: { attempt: number; dueOn: string }) => {
    note('proposeClearing', attempt, 'by', dueOn);
    return { units: 2, payable: '945.00', clearing: '25.00', retained: '15.00', fund_share: '0.00' };
  },
  returnClearing: ({ attempt, act: { operator } }: { attempt: number; act: PersonAct }) => {
    note('returnClearing', attempt, operator);
    return { returned: true };
  },
  isClearingCorrected: ({ attempt }: { attempt: number }) => {
    note('isClearingCorrected', attempt);
    return { corrected };
  },
  adoptClearing: ({ attempt, last: { operator, businessDate } }: { attempt: number; last: Act }) => {
    note('adoptClearing', attempt, operator, businessDate);
    return { findings: 0 };
  },
  paySettlement: ({ date }: { date: string }) => note('paySettlement', date),
};

beforeAll(async () => {
  theatre = await stage(played);
});
afterAll(() => theatre.leave());
beforeEach(() => {
  asked = [];
});

/** Moves a workflow to a date; returns the acts it asked for meanwhile, and where it stands then. */
async function movedTo(date: string, handle: WorkflowHandle): Promise<{ asked: string[]; standing: Standing }> {
  asked = [];
  const standing = await handle.executeUpdate(advance, { args: [{ date }] });
  return { asked, standing };
}

const acting = (handle: WorkflowHandle, task: string, operator: string, decision: PersonAct['decision']) =>
  handle.executeUpdate(act, { args: [{ task, operator, decision, figuresHash: 'of the test' }] });

describe('居民征缴 of one area', () => {
  const collection: Collection = {
    ...{ year: 2028, clock: { live: false, today: '2027-09-01' }, area: '150100', name: '东河盟' },
    bookingDays: ['2027-12-31', '2028-01-31'],
    closes: '2028-12-31',
    acceptBy: '2029-03-31',
  };
  const begin = (): Promise<WorkflowHandle> =>
    theatre.client.workflow.start<typeof collectPremiums>('collectPremiums', {
      workflowId: randomUUID(),
      taskQueue: theatre.taskQueue,
      args: [collection],
    });

  test('books what is paid day by day, then what came until the closing, and reconciles', async () => {
    reconciled = { collected: '1720.00', difference: '0.00', findingsToAccept: null };
    const handle = await begin();
    expect(await movedTo('2027-12-30', handle)).toEqual({
      asked: [],
      standing: { today: '2027-12-30', next: '2027-12-31', started: [] },
    });
    expect(await movedTo('2027-12-31', handle)).toMatchObject({
      asked: ['bookCollection the beginning – 2027-12-31'],
      standing: { next: '2028-01-31' },
    });
    expect((await movedTo('2028-01-31', handle)).asked).toEqual(['bookCollection 2027-12-31 – 2028-01-31']);
    expect((await movedTo('2028-12-31', handle)).asked).toEqual([
      'bookCollection 2028-01-31 – infinity',
      'reconcileCollection',
    ]);
    expect(await handle.result()).toEqual({ collected: '1720.00', difference: '0.00' });
  });

  test('a caller who leaps over dates gets every day of them, in order', async () => {
    const handle = await begin();
    expect((await movedTo('2028-06-30', handle)).asked).toEqual([
      'bookCollection the beginning – 2027-12-31',
      'bookCollection 2027-12-31 – 2028-01-31',
    ]);
    await handle.terminate();
  });

  test('a difference with the tax bureau waits for a named person, however long that takes', async () => {
    reconciled = { collected: '1720.00', difference: '-800.00', findingsToAccept: 'the findings' };
    const handle = await begin();
    expect((await movedTo('2028-12-31', handle)).standing.next).toBeNull();
    expect((await movedTo('2029-05-31', handle)).asked).toEqual([]);
    expect(await detailsOf(handle)).toMatchObject({ 阶段: '征缴对账', 差异: '-800.00 元' });
    await acting(handle, 'the findings/1-area_finance', 'fin-150100', 'accept');
    expect(asked).toEqual(['decide fin-150100 accept 2029-05-31']);
    expect(await handle.result()).toEqual({ collected: '1720.00', difference: '-800.00' });
  });
});

describe('上解与缺口分担 of one scheme', () => {
  const adjustment: Adjustment = {
    ...{ year: 2028, clock: { live: false, today: '2028-01-01' }, scheme: 'employee', simulation: true },
    prepayments: ['2028-01-10', '2028-04-10', '2028-07-10', '2028-10-10'],
    ...{ proposal: '2029-03-31', approval: '2029-04-30', payment: '2029-05-31' },
  };

  test('four instalments; true-up and shares in March; three approvals; nothing is paid before 31 May', async () => {
    const handle: WorkflowHandle = await theatre.client.workflow.start<typeof levyAndShare>('levyAndShare', {
      workflowId: randomUUID(),
      taskQueue: theatre.taskQueue,
      args: [adjustment],
    });
    for (const [i, date] of adjustment.prepayments.entries()) {
      expect((await movedTo(date, handle)).asked).toEqual([`payInstalment ${i + 1} ${date}`]);
    }
    expect(await movedTo('2029-03-31', handle)).toMatchObject({
      asked: ['trueUpLevy', 'shareGaps, approved by 2029-04-30'],
      standing: { next: null },
    });
    expect((await movedTo('2029-05-31', handle)).asked).toEqual([]);
    expect(await attributesOf(handle)).toMatchObject({
      stage: '分担方案审批',
      waitsFor: '职工医保调剂金分担方案审批：自治区医保局',
      until: '2029-04-30',
    });

    const task = (link: string): string => `${handle.workflowId}/settlement/${link}`;
    asked = [];
    await acting(handle, task('1-region_security'), 'nm-security', 'approve');
    await acting(handle, task('2-region_finance'), 'nm-finance', 'approve');
    expect(asked).toEqual(['decide nm-security approve 2029-05-31', 'decide nm-finance approve 2029-05-31']);
    await acting(handle, task('3-region_government'), 'nm-government', 'approve');
    expect(asked.slice(2)).toEqual(['decide nm-government approve 2029-05-31', 'paySettlement 2029-05-31']);
    expect(await handle.result()).toEqual({ gap: '148.38', fund_share: '51.29', area_share: '37.09' });
  });
});

/** Waits until something has happened that no answer tells of. */
async function until(hasHappened: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !hasHappened(); tries++) await pause(50);
  expect(hasHappened()).toBe(true);
}

describe('年度清算 of one area and scheme', () => {
  const clearing: Clearing = {
    ...{ year: 2028, clock: { live: false, today: '2029-01-31' }, scheme: 'employee', area: '150100', name: '东河盟' },
    approveBy: '2029-02-28',
  };
  const begin = async (): Promise<WorkflowHandle> => {
    const handle: WorkflowHandle = await theatre.client.workflow.start<typeof clearPayments>('clearPayments', {
      workflowId: randomUUID(),
      taskQueue: theatre.taskQueue,
      args: [clearing],
    });
    expect((await movedTo('2029-01-31', handle)).standing.next).toBeNull();
    return handle;
  };
  const taskOf =
    ({ workflowId }: WorkflowHandle) =>
    (link: string): string =>
      `${workflowId}/${link}`;

  test('security bureau, then finance; in force on the day of the last approval', async () => {
    const handle = await begin();
    const task = taskOf(handle);
    expect(await attributesOf(handle)).toMatchObject({
      stage: '清算审批',
      waitsFor: '东河盟职工医保清算表审批：统筹区医保局',
      until: '2029-02-28',
    });
    expect(await detailsOf(handle)).toMatchObject({ 应付: '945.00 元', 清算款: '25.00 元' });
    // The finance office does not come first.
    await expect(acting(handle, task('1/2-area_finance'), 'fin-150100', 'approve')).rejects.toThrow();
    await movedTo('2029-02-10', handle);
    await acting(handle, task('1/1-area_security'), 'sec-150100', 'approve');
    expect(asked).toEqual(['decide sec-150100 approve 2029-02-10']);
    await acting(handle, task('1/2-area_finance'), 'fin-150100', 'approve');
    expect(asked.slice(1)).toEqual(['adoptClearing 1 fin-150100 2029-02-10']);
    expect(await handle.result()).toEqual({ attempt: 1, clearing: '25.00' });
  });

  test('a returned table waits until its accounts have changed, and is approved anew by both', async () => {
    corrected = false;
    const handle = await begin();
    const task = taskOf(handle);
    await acting(handle, task('1/1-area_security'), 'sec-150100', 'approve');
    asked = [];
    await acting(handle, task('1/2-area_finance'), 'fin-150100', 'return');
    expect(asked).toEqual(['returnClearing 1 fin-150100', 'isClearingCorrected 1']);
    expect((await attributesOf(handle)).waitsFor).toBe('东河盟职工医保清算表更正账目：统筹区医保局');
    await movedTo('2029-02-20', handle);
    await until(() => asked.includes('isClearingCorrected 1'));
    expect((await attributesOf(handle)).stage).toBe('清算表退回');

    corrected = true;
    await movedTo('2029-02-21', handle);
    await until(() => asked.includes('proposeClearing 2 by 2029-02-28'));
    await movedTo('2029-02-21', handle); // answers once the workflow waits again
    await acting(handle, task('2/1-area_security'), 'sec-150100', 'approve');
    await acting(handle, task('2/2-area_finance'), 'fin-150100', 'approve');
    expect(await handle.result()).toEqual({ attempt: 2, clearing: '25.00' });
  });

  test('an area that says that its accounts are right gets the same table proposed again', async () => {
    corrected = false;
    const handle = await begin();
    const task = taskOf(handle);
    await acting(handle, task('1/1-area_security'), 'sec-150100', 'return');
    asked = [];
    corrected = true; // what the database finds once the task is done
    await acting(handle, task('1/correction/1-area_security'), 'sec-150100', 'accept');
    expect(asked).toEqual([
      'decide sec-150100 accept 2029-01-31',
      'isClearingCorrected 1',
      'proposeClearing 2 by 2029-02-28',
    ]);
    await handle.terminate();
  });
});
