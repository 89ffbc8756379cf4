/** 风险上报: the funds of a live year that a month's check found red, until the bureau of each area has reported its own upward. */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { riskReports } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { People } from './people';
import { untilReported } from './until-reported';

interface RedMonth {
  year: number;
  clock: ClockStart;
  month: number;
}

export async function reportRisk(report: RedMonth): Promise<{ reported: true }> {
  const { year, month } = report;
  const clock = new BusinessDate(report.clock);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  clock.renewsBy(async (until) => {
    await clock.leaveUntil(until);
    return continueAsNew<typeof reportRisk>({ ...report, clock: { live: clock.isLive, today: clock.today } });
  });
  const ask = () => fund.requestRiskReports({ year, month, workflowId });
  return untilReported({ year, stage: `${month} 月风险上报`, tasks: riskReports(year, month), ask }, clock, people);
}
