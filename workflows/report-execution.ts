/** 季度预算执行报告: one quarter of a live year, until every area has reported how it executes its budget. */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Quarter } from '../rules/calendar-day';
import { executionReports } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { People } from './people';
import { untilReported } from './until-reported';

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

  const ask = () => fund.requestReports({ year, quarter, workflowId });
  const stage = `第 ${quarter} 季度预算执行报告`;
  return untilReported({ year, stage, tasks: executionReports(year, quarter), ask }, clock, people);
}
