/** 居民征缴: one area's collection for a coverage year, from its first day until 31 December of that year. */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { taskOf } from '../rules/keys';
import { inYuan } from '../rules/thousands';
import { BusinessDate, type ClockStart } from './business-date';
import { filesArrived } from './files';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import { People } from './people';
import { wakeYear } from './wake';

export interface Collection {
  year: number;
  clock: ClockStart;
  area: string;
  name: string;
  /** The days at whose end the cash received so far is booked, in order. */
  bookingDays: readonly string[];
  /** 31 December of the coverage year: newborns and persons newly aided may pay until then. */
  closes: string;
  /** By when a difference must be accepted: the final accounts rest on it. */
  acceptBy: string;
  /** What an earlier run of this workflow has done; no caller sets it. */
  soFar?: SoFar;
}
interface SoFar {
  after: string | null; // the last day that is booked
  booked: string; // yuan, by the last booking
  bookings: number;
  daysOver: number; // of the booking days
  today?: Record<string, string>; // where the collection stood at the last booking
  payableUntil?: string | null; // the last day of the window then
}

const NOTHING_YET: SoFar = { after: null, booked: '0.00', bookings: 0, daysOver: 0 };

/** Books what is paid day by day, then reconciles with the tax bureau; a difference waits for a named person. */
export async function collectPremiums(collection: Collection): Promise<{ collected: string; difference: string }> {
  const { year, area, name, bookingDays, closes, acceptBy } = collection;
  const clock = new BusinessDate(collection.clock);
  const people = new People(clock);
  const { workflowId } = workflowInfo();

  let { after, booked, bookings, daysOver, today = {}, payableUntil = null } = collection.soFar ?? NOTHING_YET;
  clock.renewsBy(async (until) => {
    await clock.leaveUntil(until);
    const soFar = { after, booked, bookings, daysOver, today, payableUntil };
    return continueAsNew<typeof collectPremiums>({
      ...collection,
      clock: { live: clock.isLive, today: clock.today },
      soFar,
    });
  });

  /**
   * In a live year rows come late, so every booking looks at all days so far; in a run every day comes once. Bookings are
   * counted here, so that one that is tried again after its answer was lost is known by its number.
   */
  const book = async (through: string): Promise<void> => {
    const input = { year, area, through, after: clock.isLive ? null : after, booking: (bookings += 1) };
    ({ amount: booked, today = {}, closes: payableUntil = null } = await fund.bookCollection(input));
    after = through;
  };

  /** Waits for the end of a day. What is imported meanwhile is booked at once. */
  const bookUntil = async (day: string, stage: string, waitsFor: string): Promise<void> => {
    for (;;) {
      // What people ask is the last day on which residents may pay, not the day of the next booking.
      const until = payableUntil !== null && payableUntil > day ? payableUntil : day;
      const figures = { ...today, 最近入账: inYuan(booked), 下次入账: day };
      updateListAndPage({ stage, waitsFor, until, figures });
      if (!(await clock.untilNews(waitsFor, day))) return;
      await book(clock.yesterday);
    }
  };

  for (const day of bookingDays.slice(daysOver)) {
    await bookUntil(day, '征缴进行中', `征缴入账：${name}`);
    await book(day);
    daysOver += 1;
  }
  await bookUntil(closes, '集中征缴已结束', '新生儿、新增救助对象缴费');
  await filesArrived({ year, step: 'reconciliation', area }, clock, people);
  await book('infinity');
  const standing = await fund.reconcileCollection({ year, area, workflowId, acceptBy });

  const figures = { 实收: inYuan(standing.collected), 差异: inYuan(standing.difference) };
  if (standing.findingsToAccept !== null) {
    await people.ask({
      task: taskOf(standing.findingsToAccept, 1, 'area_finance'),
      kind: 'accept_finding',
      page: {
        stage: '征缴对账',
        waitsFor: `接受${name}征缴对账差异：统筹区财政局`,
        role: 'area_finance',
        until: acceptBy,
        figures,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
  updateListAndPage({ stage: '征缴已结', figures });
  await wakeYear(year);
  await clock.end();
  return { collected: standing.collected, difference: standing.difference };
}
