/** 年度运行: on 1 January the books open and the adjustment funds begin; every month's last day has its check. */
import { patched } from '@temporalio/workflow';
import { QUARTERS, type Quarter, lastMonthOf, monthEnd, monthsTo } from '../../rules/calendar-day';
import type { AdjustmentPlan } from '../../db/adjustments';
import { adjustedBudgetId, adjustmentId, executionReportId, monthlyCheckId, riskReportId } from '../../rules/keys';
import { RISK_LEVEL_NAMES, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { adjustBudget, adjustmentSummary } from '../adjust-budget';
import { fund } from '../fund-activities';
import { levyAndShare } from '../levy-and-share';
import { monthlyCheck } from '../monthly-check';
import { reportExecution } from '../report-execution';
import { reportRisk } from '../report-risk';
import type { Cycle, Step } from './cycle';
import { inPortions } from './portions';

export const months = (cycle: Cycle): Step[] => [
  openingBooks(cycle),
  ...inPortions(cycle, {
    kind: 'adjusted budget',
    stage: '年度运行',
    what: '预算调整',
    date: cycle.plan.calendar.yearStart,
    // None in the plans of years in flight from before budgets could be adjusted.
    all: cycle.plan.adjustments ?? [],
    start: (adjustment) => startAdjustedBudget(cycle, adjustment),
  }),
  ...monthsTo(12).map((month) => monthOf(cycle, month)),
];

/** The books open, and what was received in advance becomes income. */
function openingBooks(cycle: Cycle): Step {
  const { year, plan, clock, progress, schemesInPhase } = cycle;
  const date = plan.calendar.yearStart;
  return {
    name: 'books',
    stage: '预算已批复',
    waitsFor: '年度开始',
    date,
    act: async () => {
      if (clock.isLive) await fund.carryOpening({ year });
      await cycle.filesArrived('opening');
      await fund.openBooks({ year, date });
      // A(二): the budgets are in force, and the surplus of 1 January is known.
      if (patched('rates-when-the-books-open')) await fund.stepUpRates({ year });
      await Promise.all(schemesInPhase.map((scheme) => startAdjustment(cycle, scheme)));
      progress.startedHere += schemesInPhase.length;
      clock.noteStarted('adjustment');
    },
  };
}

/** One month: what falls into it, then its check. */
function monthOf(cycle: Cycle, month: number): Step {
  const { year, plan, clock, progress } = cycle;
  const { calendar } = plan;
  const date = monthEnd(year, month);
  const before = month === 1 ? calendar.yearStart : monthEnd(year, month - 1);
  const falls = (day: string): boolean => before < day && day <= date;
  return {
    name: `month ${month}`,
    stage: '年度运行',
    waitsFor: `${month} 月运行分析`,
    date,
    atEnd: true,
    act: async () => {
      await cycle.filesArrived('month', month);
      if (falls(calendar.headCount)) {
        await cycle.filesArrived('head count');
        await fund.countHeads({ year });
      }
      if (falls(calendar.subsidyArrival)) await fund.checkSubsidyArrival({ year, date: calendar.subsidyArrival });
      if (falls(calendar.yearEnd)) await fund.creditInterest({ year, date: calendar.yearEnd });
      if (clock.isLive) await fund.carryOpening({ year });
      const summary = `${year} 年 ${month} 月运行分析`;
      const check = await cycle.start(monthlyCheck, { year, month, date }, monthlyCheckId(year, month), summary);
      const { worst, differences = 0 } = await check.result();
      progress.level = RISK_LEVEL_NAMES[worst];
      await cycle.askAbout(differences, month, date);
      // A run reports nothing: its areas are the pack's.
      if (clock.isLive && worst === 'red' && patched('red-is-reported')) await startRiskReports(cycle, month);
      const quarter = QUARTERS.find((ending) => lastMonthOf(ending) === month);
      // A run sends no reports: its areas are the pack's.
      if (clock.isLive && quarter !== undefined && patched('execution-reports')) await startReports(cycle, quarter);
    },
  };
}

async function startRiskReports(cycle: Cycle, month: number): Promise<void> {
  const { year, progress } = cycle;
  const input = { year, clock: cycle.clockStart, month };
  await cycle.start(reportRisk, input, riskReportId(year, month), `${year} 年 ${month} 月风险上报`);
  progress.startedHere += 1;
}

async function startReports(cycle: Cycle, quarter: Quarter): Promise<void> {
  const { year, progress } = cycle;
  const input = { year, clock: cycle.clockStart, quarter };
  const summary = `${year} 年第 ${quarter} 季度预算执行报告`;
  await cycle.start(reportExecution, input, executionReportId(year, quarter), summary);
  progress.startedHere += 1;
}

/** In a run, each waits for its date. In a live year an area submits its adjustment, and that starts the workflow. */
function startAdjustedBudget(cycle: Cycle, { area, name, scheme, version, date, submittedBy }: AdjustmentPlan) {
  const { year, plan } = cycle;
  const common = { year, clock: cycle.clockStart, scheme, area, name, version, date, operator: submittedBy };
  // In a run all approvals are made on its date, so that the year's end is late enough.
  const input = { ...common, decideBy: plan.calendar.yearEnd };
  const id = adjustedBudgetId(year, scheme, area, version);
  return cycle.start(adjustBudget, input, id, adjustmentSummary(input), { area, scheme });
}

function startAdjustment(cycle: Cycle, scheme: Scheme) {
  const { year, plan } = cycle;
  const input = {
    year,
    clock: cycle.clockStart,
    scheme,
    simulation: plan.simulation,
    prepayments: plan.calendar.prepayments,
    proposal: plan.calendar.settlementProposal,
    approval: plan.calendar.settlementApproval,
    payment: plan.calendar.closing,
  };
  const summary = `${year} 年度${SCHEME_NAMES[scheme]}上解与分担`;
  return cycle.start(levyAndShare, input, adjustmentId(year, scheme), summary, { scheme });
}
