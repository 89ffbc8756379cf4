/**
 * 基金年度: the 21 months of one cycle in their order. This page of the Temporal UI is where an operator looks first.
 *
 * Only order stands here: what is computed is computed by rules inside activities, and every area's own affairs are a
 * workflow of their own.
 */
import {
  type ChildWorkflowHandle,
  ParentClosePolicy,
  type Workflow,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { AreaPlan, YearPlan } from '../activities/open-year';
import { RISK_LEVEL_NAMES, SCHEMES, SCHEME_NAMES, type Scheme, taskOf } from '../rules/vocabulary';
import { BusinessDate } from './business-date';
import { closeYear } from './close-year';
import { collectPremiums } from './collect-premiums';
import { compileBudget } from './compile-budget';
import { fund } from './fund-activities';
import { adjustmentId, budgetId, closingId, collectionId, fundYearId, monthlyCheckId } from './ids';
import { levyAndShare } from './levy-and-share';
import { monthEnd } from './month-end';
import { monthlyCheck } from './monthly-check';
import { belonging, show } from './page';
import { People } from './people';

export interface FundYear {
  year: number;
}
export type YearEnd =
  { outcome: 'closed'; year: number; simulation: boolean } | { outcome: 'not this one'; cycle: string; note: string };

export async function fundYear({ year }: FundYear): Promise<YearEnd> {
  const clock = new BusinessDate();
  const people = new People(clock);
  const { workflowId, firstExecutionRunId } = workflowInfo();
  if (workflowId !== fundYearId(year)) return pointTo(year, clock);

  // Started by hand in the UI it comes without search attributes.
  upsertSearchAttributes(belonging(year));

  const plan = await fund.openYear({ year, workflowId, firstRunId: firstExecutionRunId });
  if (plan.outcome !== 'opened') return notThisOne(year, plan, clock);
  const { calendar, phases } = plan;
  const inPhase = SCHEMES.filter(
    (scheme) => phases[scheme] && plan.areas.some((area) => area.schemes.includes(scheme)),
  );
  const facts = {
    模拟测算: plan.simulation ? '是' : '否',
    数据包参数: plan.overridden.join('、') || '无',
    未实施步骤: skippedText(plan),
  };
  let level: string | undefined;
  const stage = (name: string, waitsFor: string, until: string) =>
    show({ stage: name, waitsFor, until, figures: facts, ...(level === undefined ? {} : { level }) });

  // 1 September of Y−1: collection for coverage year Y begins.
  stage('年度启动', '征缴期开始', calendar.cycleStart);
  await clock.until(calendar.cycleStart);
  if (plan.recordsMethod) await recordMethod();
  await fund.openCollection({ year });
  const collections = await Promise.all(plan.areas.filter(hasResidents).map(startCollection));

  // 1 October: what each area prepays, then its budget.
  stage('居民征缴', '预算编制开始', calendar.budgetStart);
  await clock.until(calendar.budgetStart);
  for (const scheme of inPhase) await fund.estimateLevy({ year, scheme });
  const budgets = await Promise.all(
    plan.areas.flatMap((area) => area.schemes.map((scheme) => startBudget(area, scheme))),
  );

  // 31 December: every area has a budget, its own or one directed by its income.
  stage('预算编制与征缴', '全部预算批复', calendar.budgetDeadline);
  await clock.until(calendar.budgetDeadline);
  await Promise.all(budgets.map((budget) => budget.result()));
  await fund.summariseRegionBudget({ year });

  // 1 January of Y: the books open, advance premiums become income.
  stage('预算已批复', '年度开始', calendar.yearStart);
  await clock.until(calendar.yearStart);
  await fund.openBooks({ year, date: calendar.yearStart });
  const adjustments = await Promise.all(inPhase.map(startAdjustment));

  let before = calendar.yearStart;
  for (let month = 1; month <= 12; month++) {
    const date = monthEnd(year, month);
    const falls = (day: string): boolean => before < day && day <= date;
    stage('年度运行', `${month} 月运行分析`, date);
    await clock.until(date);
    if (falls(calendar.headCount)) await fund.countHeads({ year });
    if (falls(calendar.subsidyArrival)) await fund.checkSubsidyArrival({ year, date: calendar.subsidyArrival });
    if (falls(calendar.yearEnd)) await fund.creditInterest({ year, date: calendar.yearEnd });
    const { worst } = await (await startMonth(month, date)).result();
    level = RISK_LEVEL_NAMES[worst];
    before = date;
  }

  // 31 December: collection ends for everyone, and is reconciled.
  await Promise.all(collections.map((collection) => collection.result()));
  await acceptUnknownRows();

  // Y+1: final accounts, settlement, closing.
  stage('年度决算', '各统筹区报送决算', calendar.finalAccounts);
  await clock.until(calendar.finalAccounts);
  await fund.settleSubsidy({ year, arrivedBy: calendar.subsidyArrival });

  stage('决算审核与清算', '清算拨付与关账', calendar.closing);
  await clock.until(calendar.closing);
  await Promise.all(adjustments.map((adjustment) => adjustment.result()));
  const closing = await child(
    closeYear,
    { year, phases, date: calendar.closing },
    closingId(year),
    `${year} 年度绩效评价与关账`,
  );
  await closing.result();

  show({ stage: '已关账', figures: facts });
  await clock.end();
  return { outcome: 'closed', year, simulation: plan.simulation };

  /** Starts a workflow of this year; its id says what it is. */
  async function child<T extends Workflow>(
    workflow: T,
    input: Parameters<T>[0],
    id: string,
    summary: string,
    of: { area?: string; scheme?: Scheme } = {},
  ): Promise<ChildWorkflowHandle<T>> {
    const handle = await startChild<Workflow>(workflow, {
      workflowId: id,
      args: [input],
      staticSummary: summary,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      typedSearchAttributes: belonging(year, of),
    });
    return handle as ChildWorkflowHandle<T>;
  }

  /** Starts a workflow that waits for dates of its own. */
  async function dated<T extends Workflow>(...start: Parameters<typeof child<T>>): Promise<ChildWorkflowHandle<T>> {
    const handle = await child<T>(...start);
    clock.started(start[2]);
    return handle;
  }

  function startCollection({ area, name, byPerson }: AreaPlan) {
    // Without person rows there is one sum to book, dated 31 December; with them every month end books its days.
    const earlier = [9, 10, 11, 12].map((month) => monthEnd(year - 1, month));
    const during = Array.from({ length: 11 }, (_, i) => monthEnd(year, i + 1));
    const bookingDays = byPerson ? [...earlier, ...during] : [monthEnd(year - 1, 12)];
    const input = { year, today: clock.today, area, name, bookingDays, closes: calendar.collectionEnd };
    return dated(collectPremiums, input, collectionId(year, area), `${name} ${year} 年度居民征缴`, {
      area,
      scheme: 'resident',
    });
  }

  function startBudget({ area, name }: AreaPlan, scheme: Scheme) {
    const input = {
      year,
      today: clock.today,
      scheme,
      area,
      name,
      deadline: calendar.budgetDeadline,
      inForceFrom: calendar.yearStart,
    };
    const summary = `${name} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;
    return dated(compileBudget, input, budgetId(year, scheme, area), summary, { area, scheme });
  }

  function startAdjustment(scheme: Scheme) {
    const input = {
      year,
      today: clock.today,
      scheme,
      prepayments: calendar.prepayments,
      proposal: calendar.settlementProposal,
      approval: calendar.settlementApproval,
      payment: calendar.closing,
    };
    return dated(levyAndShare, input, adjustmentId(year, scheme), `${year} 年度${SCHEME_NAMES[scheme]}上解与分担`, {
      scheme,
    });
  }

  function startMonth(month: number, date: string) {
    return child(monthlyCheck, { year, month, date }, monthlyCheckId(year, month), `${year} 年 ${month} 月运行分析`);
  }

  /** A 三（一）第一阶段: in 2026 the region's adjustment-fund method is recorded, or its absence is. */
  async function recordMethod(): Promise<void> {
    const { chain } = await fund.requestMethod({ year, workflowId, dueOn: calendar.closing });
    show({
      stage: '登记调剂金管理办法',
      waitsFor: '办法文号：自治区人民政府',
      until: calendar.closing,
      figures: facts,
    });
    await people.ask({
      task: taskOf(chain, 1, 'region_government'),
      decisions: ['record'],
      perform: (act) => fund.decide({ year, act }),
    });
  }

  /** Rows that name no known area are nobody's: the region's security bureau accepts the difference. */
  async function acceptUnknownRows(): Promise<void> {
    const standing = await fund.reconcileUnknownArea({ year, workflowId, acceptBy: calendar.finalAccounts });
    if (!('findingsToAccept' in standing) || standing.findingsToAccept === null) return;
    show({
      stage: '征缴对账',
      waitsFor: '接受地区不明的缴费：自治区医保局',
      until: calendar.finalAccounts,
      figures: facts,
    });
    await people.ask({
      task: taskOf(standing.findingsToAccept, 1, 'region_security'),
      decisions: ['accept'],
      perform: (act) => fund.decide({ year, act }),
    });
  }
}

const hasResidents = ({ schemes }: AreaPlan): boolean => schemes.includes('resident');

const skippedText = ({ skipped }: YearPlan): string =>
  skipped.length === 0 ? '无' : skipped.map(({ step, reason }) => `${step}：${reason}`).join('；');

/** Started under another id: the cycle of a year has one id only, so this run starts or finds it and ends. */
async function pointTo(year: number, clock: BusinessDate): Promise<YearEnd> {
  const cycle = fundYearId(year);
  try {
    await startChild(fundYear, {
      workflowId: cycle,
      args: [{ year }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${year} 基金年度`,
      typedSearchAttributes: belonging(year),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  await clock.end();
  const note = `${year} 年度只有一个流程，请看 ${cycle}（one cycle per year: see ${cycle}）`;
  show({ stage: '已转到本年度流程', figures: { 流程: cycle } });
  return { outcome: 'not this one', cycle, note };
}

async function notThisOne(
  year: number,
  opening: Exclude<Awaited<ReturnType<typeof fund.openYear>>, YearPlan>,
  clock: BusinessDate,
): Promise<YearEnd> {
  await clock.end();
  const cycle = opening.outcome === 'already' ? opening.workflowId : fundYearId(year);
  const note = whyNot(year, opening);
  show({ stage: '未启动', figures: { 说明: note } });
  return { outcome: 'not this one', cycle, note };
}

function whyNot(year: number, opening: Exclude<Awaited<ReturnType<typeof fund.openYear>>, YearPlan>): string {
  switch (opening.outcome) {
    case 'already':
      return `${year} 年度已由 ${opening.workflowId} 办理（${opening.status === 'closed' ? '已关账' : '进行中'}）`;
    case 'law incomplete':
      return `${year} 年度不能启动，法定参数不全 (values of law are lacking)：\n${opening.faults.join('\n')}`;
    case 'not imported':
      return `${year} 年度尚未导入数据：npm run fund -- run --pack 目录 --year ${year} --out 目录`;
  }
}
