/** 预算编制: from 1 October, what each area prepays, then its budgets; by 31 December every one is in force or directed. */
import type { AreaPlan } from '../../activities/open-year';
import { budgetId } from '../../rules/keys';
import { SCHEME_NAMES } from '../../rules/vocabulary';
import { compileBudget } from '../compile-budget';
import { areasFileForThemselves } from '../files';
import { fund } from '../fund-activities';
import type { Cycle, Step } from './cycle';
import { inPortions } from './portions';

export function budgetSeason(cycle: Cycle): Step[] {
  const { year, plan } = cycle;
  const { budgetStart, budgetDeadline } = plan.calendar;
  return [
    {
      name: 'levy estimate',
      stage: '居民征缴',
      waitsFor: '预算编制开始',
      date: budgetStart,
      act: async () => {
        if (areasFileForThemselves(cycle.clock)) {
          await cycle.filesArrived('levy');
          for (const scheme of cycle.schemesInPhase) await fund.estimateLevyWhenReported({ year, scheme });
        } else {
          await cycle.filesArrived('budget');
          for (const scheme of cycle.schemesInPhase) await fund.estimateLevy({ year, scheme });
        }
      },
    },
    ...inPortions(cycle, {
      kind: 'budget',
      stage: '预算编制启动',
      date: budgetStart,
      all: plan.areas,
      start: (area) => startBudgets(cycle, area),
    }),
    {
      name: 'budgets in force',
      stage: '预算编制与征缴',
      waitsFor: '全部预算批复',
      date: budgetDeadline,
      atEnd: true,
      act: async () => {
        await cycle.allDone('budgets', '预算审批', budgetDeadline);
        // By now each area has reported its rows, or said that there are none.
        if (areasFileForThemselves(cycle.clock)) {
          for (const scheme of cycle.schemesInPhase) await fund.estimateLevy({ year, scheme });
        }
        await fund.summariseRegionBudget({ year });
      },
    },
  ];
}

function startBudgets(cycle: Cycle, { area, name, schemes }: AreaPlan) {
  const { year, plan } = cycle;
  const common = {
    year,
    clock: cycle.clockStart,
    area,
    name,
    deadline: plan.calendar.budgetDeadline,
    inForceFrom: plan.calendar.yearStart,
  };
  return Promise.all(
    schemes.map((scheme) => {
      const summary = `${name} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;
      return cycle.start(compileBudget, { ...common, scheme }, budgetId(year, scheme, area), summary, { area, scheme });
    }),
  );
}
