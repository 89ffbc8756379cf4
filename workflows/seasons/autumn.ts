/** 征缴启动: 1 September of the year before. Collection for the coverage year begins, area by area. */
import type { AreaPlan } from '../../activities/open-year';
import { monthEnd } from '../../rules/calendar-day';
import { collectionId, methodId } from '../../rules/keys';
import { collectPremiums } from '../collect-premiums';
import { fund } from '../fund-activities';
import { recordMethod } from '../record-method';
import type { Cycle, Step } from './cycle';
import { inPortions } from './portions';

export function autumn(cycle: Cycle): Step[] {
  const { year, plan } = cycle;
  const date = plan.calendar.cycleStart;
  return [
    ...(plan.recordsMethod ? [recordingMethod(cycle)] : []),
    {
      name: 'collection',
      stage: '年度启动',
      waitsFor: '征缴期开始',
      date,
      act: async () => {
        await cycle.filesArrived('collection');
        await fund.openCollection({ year });
      },
    },
    ...inPortions(cycle, {
      kind: 'collection',
      stage: '居民征缴启动',
      date,
      all: plan.areas.filter(({ schemes }) => schemes.includes('resident')),
      start: (area) => startCollection(cycle, area),
    }),
  ];
}

/** A 三（一）第一阶段: in 2026 the region's adjustment-fund method is recorded, or its absence is. */
function recordingMethod(cycle: Cycle): Step {
  const { year, plan } = cycle;
  return {
    name: 'method',
    stage: '年度启动',
    waitsFor: '征缴期开始',
    date: plan.calendar.cycleStart,
    act: async () => {
      const input = { year, clock: cycle.clockStart, dueOn: plan.calendar.closing };
      await cycle.start(recordMethod, input, methodId(year), `${year} 年登记调剂金管理办法`);
    },
  };
}

function startCollection(cycle: Cycle, { area, name, byPerson }: AreaPlan) {
  const { year, plan, clock } = cycle;
  // Without person rows there is one sum to book, dated 31 December; with them every month end books its days. In a live year
  // nobody knows yet whether person rows will come.
  const earlier = [9, 10, 11, 12].map((month) => monthEnd(year - 1, month));
  const during = Array.from({ length: 11 }, (_, i) => monthEnd(year, i + 1));
  const input = {
    year,
    clock: cycle.clockStart,
    area,
    name,
    bookingDays: byPerson || clock.isLive ? [...earlier, ...during] : [monthEnd(year - 1, 12)],
    closes: plan.calendar.collectionEnd,
    acceptBy: plan.calendar.finalAccounts,
  };
  const place = { area, scheme: 'resident' as const };
  return cycle.start(collectPremiums, input, collectionId(year, area), `${name} ${year} 年度居民征缴`, place);
}
