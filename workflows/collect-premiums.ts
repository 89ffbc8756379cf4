/** 居民征缴: one area's collection for a coverage year, from its first day until 31 December of that year. */
import { workflowInfo } from '@temporalio/workflow';
import { taskOf } from '../rules/vocabulary';
import { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import { show } from './page';
import { People } from './people';

export interface Collection {
  year: number;
  today: string; // the business date of the start
  area: string;
  name: string;
  /** Days at whose end the cash of the days before is booked, in order. */
  bookingDays: readonly string[];
  /** 31 December of the coverage year: newborns and persons newly aided may pay until then. */
  closes: string;
}

/** Books what is paid day by day, then reconciles with the tax bureau; a difference waits for a named person. */
export async function collectPremiums({
  year,
  today,
  area,
  name,
  bookingDays,
  closes,
}: Collection): Promise<{ collected: string; difference: string }> {
  const clock = new BusinessDate(today);
  const people = new People(clock);
  const { workflowId } = workflowInfo();

  let after: string | null = null;
  let booked = '0.00';
  for (const day of bookingDays) {
    show({ stage: '征缴进行中', waitsFor: `征缴入账：${name}`, until: day, figures: { 最近入账: `${booked} 元` } });
    await clock.until(day);
    booked = (await fund.bookCollection({ year, area, after, through: day })).amount;
    after = day;
  }

  show({ stage: '集中征缴已结束', waitsFor: '新生儿、新增救助对象缴费', until: closes });
  await clock.until(closes);
  await fund.bookCollection({ year, area, after, through: 'infinity' });
  const standing = await fund.reconcileCollection({ year, area, workflowId, acceptBy: closes });

  if (standing.findingsToAccept !== null) {
    show({ stage: '征缴对账', waitsFor: '接受对账差异：统筹区财政局', figures: { 差异: `${standing.difference} 元` } });
    await people.ask({
      task: taskOf(standing.findingsToAccept, 1, 'area_finance'),
      decisions: ['accept'],
      perform: (act) => fund.decide({ year, act }),
    });
  }
  show({ stage: '征缴已结', figures: { 实收: `${standing.collected} 元`, 差异: `${standing.difference} 元` } });
  await clock.end();
  return { collected: standing.collected, difference: standing.difference };
}
