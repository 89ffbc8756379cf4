/** What Temporal starts by the calendar: schedules are created, kept as defined here, paused and resumed. */
import { isDeepStrictEqual } from 'node:util';
import {
  type CalendarSpec,
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  type ScheduleHandle,
  ScheduleNotFoundError,
  type ScheduleOptions,
} from '@temporalio/client';
import type { Database } from '../../db/connect';
import { isClaimed } from '../../db/fund-year';
import { calendarOf, fundYearOn } from '../../parameters/index';
import { ABOUT } from '../../workflows/wording';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { beijingDate, startOfDay } from '../../rules/beijing-time';
import { WATCHDOG, YEAR_STARTER } from '../../rules/keys';

const TIME_ZONE = 'Asia/Shanghai';
const at = (value: number) => [{ start: value, end: value, step: 1 }];
const EVERY_DAY_OF_THE_WEEK = [{ start: 'SUNDAY', end: 'SATURDAY', step: 1 }] as const;

/** Spelled out in the form in which the server describes a schedule, so that the two can be compared. */
type Definition = Pick<ScheduleOptions, 'scheduleId'> & {
  spec: { calendars: CalendarSpec[]; timezone: string };
  action: {
    type: 'startWorkflow';
    workflowType: string;
    workflowId: string;
    taskQueue: string;
    staticSummary: string;
    staticDetails: string;
  };
  policies: { overlap: 'ALLOW_ALL' | 'SKIP'; catchupWindow: number; pauseOnFailure: boolean };
};

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** 1 September 00:00, Beijing time. A start that was missed while the server was down is made up for within a year. */
const YEAR_STARTER_SCHEDULE: Definition = {
  scheduleId: YEAR_STARTER,
  spec: {
    calendars: [
      {
        ...{ second: at(0), minute: at(0), hour: at(0), dayOfMonth: at(1) },
        ...{ month: [{ start: 'SEPTEMBER', end: 'SEPTEMBER', step: 1 }], year: [] },
        dayOfWeek: [...EVERY_DAY_OF_THE_WEEK],
        comment: '每年9月1日零时（北京时间）启动下一年度',
      },
    ],
    timezone: TIME_ZONE,
  },
  action: {
    type: 'startWorkflow',
    workflowType: 'yearStarter',
    workflowId: YEAR_STARTER,
    taskQueue: TASK_QUEUE,
    staticSummary: '启动基金年度',
    staticDetails: ABOUT.yearStarter,
  },
  // Two starters do no harm: a year has one cycle, and the second starter ends with a pointer to it.
  policies: { overlap: 'ALLOW_ALL', catchupWindow: 365 * DAY, pauseOnFailure: false },
};

/** Every hour. A missed pass is not made up for: the next one sees the same. */
const WATCHDOG_SCHEDULE: Definition = {
  scheduleId: WATCHDOG,
  spec: {
    calendars: [
      {
        ...{ second: at(0), minute: at(0), hour: [{ start: 0, end: 23, step: 1 }] },
        ...{
          dayOfMonth: [{ start: 1, end: 31, step: 1 }],
          month: [{ start: 'JANUARY', end: 'DECEMBER', step: 1 }],
          year: [],
        },
        dayOfWeek: [...EVERY_DAY_OF_THE_WEEK],
        comment: '每小时巡查一次',
      },
    ],
    timezone: TIME_ZONE,
  },
  action: {
    type: 'startWorkflow',
    workflowType: 'watchdog',
    workflowId: WATCHDOG,
    taskQueue: TASK_QUEUE,
    staticSummary: '巡查异常',
    staticDetails: ABOUT.watchdog,
  },
  policies: { overlap: 'SKIP', catchupWindow: HOUR / 2, pauseOnFailure: false },
};

const SCHEDULES: readonly Definition[] = [YEAR_STARTER_SCHEDULE, WATCHDOG_SCHEDULE];

/** Creates the schedules that are missing and corrects those that differ; a pause and its reason stay. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const definition of SCHEDULES) await ensure(client, definition);
}

async function ensure({ schedule }: Client, definition: Definition): Promise<void> {
  const handle = schedule.getHandle(definition.scheduleId);
  const existing = await described(handle);
  if (existing === null) {
    await schedule.create(definition).catch((error: unknown) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error; // another command was faster
    });
  } else if (!isAsWritten(existing, definition)) {
    await handle.update(({ state }) => ({ ...definition, state }));
  }
}

function isAsWritten({ spec, action, policies }: ScheduleDescription, definition: Definition): boolean {
  const { type, workflowType, workflowId, taskQueue, staticSummary, staticDetails } = action;
  const existing = {
    spec: { calendars: spec.calendars, timezone: spec.timezone },
    action: { type, workflowType, workflowId, taskQueue, staticSummary, staticDetails },
    policies,
  };
  const { spec: wanted, ...rest } = definition;
  const more = [spec.intervals, spec.skip, spec.startAt, spec.endAt, spec.jitter].flat().filter(Boolean);
  return (
    more.length === 0 &&
    isDeepStrictEqual({ ...existing, scheduleId: definition.scheduleId }, { ...rest, spec: wanted })
  );
}

/** A schedule as the server has it; null when it was deleted or never created. */
async function described(handle: ScheduleHandle): Promise<ScheduleDescription | null> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

export interface ScheduleState {
  schedule: string;
  paused: boolean;
  note: string | null;
  next: string[]; // RFC 3339
}

export async function scheduleStates({ schedule }: Client): Promise<ScheduleState[]> {
  return Promise.all(
    SCHEDULES.map(async ({ scheduleId }) => {
      const { state, info } = await schedule.getHandle(scheduleId).describe();
      const next = info.nextActionTimes.slice(0, 3).map((time) => time.toISOString());
      return { schedule: scheduleId, paused: state.paused, note: state.note || null, next };
    }),
  );
}

export const pauseStarts = ({ schedule }: Client, reason: string): Promise<void> =>
  schedule.getHandle(YEAR_STARTER).pause(reason);

/**
 * Resumes the yearly starts, and makes up for those missed during a pause: each 1 September since the schedule was made whose
 * year has no cycle. Returns their fund years.
 */
export async function resumeStarts({ schedule }: Client, pool: Database, now: Date): Promise<number[]> {
  const handle = schedule.getHandle(YEAR_STARTER);
  const { info } = await handle.describe();
  const missed: number[] = [];
  for (const year of yearsDue(info.createdAt, now)) if (!(await isClaimed(pool, year))) missed.push(year);
  await handle.unpause(`恢复${missed.length === 0 ? '' : `，补启动 ${missed.join('、')} 年度`}`);
  // In one request: the server may take only the first of several that are sent at the same moment.
  if (missed.length > 0)
    await handle.backfill(missed.map((year) => ({ start: startOf(year), end: startOf(year), overlap: 'ALLOW_ALL' })));
  return missed;
}

/** The fund years whose 1 September lies after `from` and not after `to`. */
function yearsDue(from: Date, to: Date): number[] {
  const [before, last] = [fundYearOn(beijingDate(from)), fundYearOn(beijingDate(to))];
  return Array.from({ length: last - before }, (_, i) => before + 1 + i);
}

/** When the cycle of a year is started: the first instant of 1 September of the year before, Beijing time. */
const startOf = (year: number): Date => new Date(startOfDay(calendarOf(year).cycleStart));
