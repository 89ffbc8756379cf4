/** 季度预算执行报告: one quarter of a live year, until every area has reported how it executes its budget. */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Quarter } from '../rules/calendar-day';
import { executionReports } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import { People } from './people';

interface QuarterOfYear {
  year: number;
  clock: ClockStart;
  quarter: Quarter;
}

export async function reportExecution(report: QuarterOfYear): Promise<{ reported: true }> {
  const { year, quarter } = report;
  const clock = new BusinessDate(report.clock);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  clock.renewsBy(async (until) => {
    await clock.leaveUntil(until);
    return continueAsNew<typeof reportExecution>({ ...report, clock: { live: clock.isLive, today: clock.today } });
  });

  const stage = `第 ${quarter} 季度预算执行报告`;
  for (;;) {
    const { left, first, dueOn } = await fund.requestReports({ year, quarter, workflowId });
    if (left === 0) break;
    await people.askAnyOf({
      task: executionReports(year, quarter),
      kind: 'report',
      page: {
        stage,
        waitsFor: `${first.join('、')}${left > first.length ? ` 等 ${left} 个统筹区` : ''}报送`,
        role: 'area_security',
        until: dueOn,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
  updateListAndPage({ stage: `${stage}已报齐` });
  await clock.end();
  return { reported: true };
}
