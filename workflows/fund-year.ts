/**
 * 基金年度: the 21 months of one cycle in their order. This page of the Temporal UI is where an operator looks first.
 *
 * Only order stands here: what is computed is computed by rules inside activities, and every area's own affairs are a
 * workflow of their own. The year continues as new by the quarter, so that no history grows long and a release in mid-year
 * replays little; the workflows of the areas live on, and the database knows what they have done.
 */
import {
  type ChildWorkflowHandle,
  ParentClosePolicy,
  type Workflow,
  continueAsNew,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { AreaPlan, Opening, YearPlan } from '../activities/open-year';
import type { Undone } from '../activities/progress';
import { RISK_LEVEL_NAMES, SCHEMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import {
  adjustmentId,
  budgetId,
  closingId,
  collectionId,
  fundYearId,
  methodId,
  monthlyCheckId,
  taskOf,
} from '../rules/keys';
import { ABOUT } from './about';
import { BusinessDate, type DatedKind } from './business-date';
import { closeYear } from './close-year';
import { collectPremiums } from './collect-premiums';
import { compileBudget } from './compile-budget';
import { allDone } from './done';
import { filesArrived } from './files';
import { fund } from './fund-activities';
import { levyAndShare } from './levy-and-share';
import { monthEnd, quarterOf } from '../rules/calendar-day';
import { monthlyCheck } from './monthly-check';
import { belonging, seeTheOthers, show, showOnPage } from './page';
import { People } from './people';
import { recordMethod } from './record-method';
import { pointer, startCycle } from './start-cycle';
import { tell } from './tell';

export interface FundYear {
  year: number;
  /** What an earlier run of this workflow has done; nobody else gives it. */
  soFar?: SoFar;
}
interface SoFar {
  step: string | null; // the last one that is done
  today: string;
  started: DatedKind[];
  level?: string; // of the last monthly check
}
export type YearEnd =
  { outcome: 'closed'; year: number; simulation: boolean } | { outcome: 'not this one'; cycle: string; note: string };

/** One entry of the calendar. Its name is kept in years in flight: it is never changed. */
interface Step {
  name: string;
  stage: string;
  waitsFor: string;
  date: string;
  /** Done at the end of its date, after everything that may still be done on it; otherwise at its beginning. */
  atEnd?: true;
  act: () => Promise<void>;
}

/** Areas whose workflows one run of the year starts: the server bears 2,000 open children, and a history 10,000 events. */
const PORTION = 200;

export async function fundYear({ year, soFar }: FundYear): Promise<YearEnd> {
  const clock = new BusinessDate({ live: false, today: soFar?.today ?? '' }, soFar?.started);
  const people = new People(clock);
  let level = soFar?.level;
  let last = soFar?.step ?? null;
  let startedHere = 0;
  clock.renewsBy(goOnAsNew);
  const { workflowId, firstExecutionRunId } = workflowInfo();
  if (workflowId !== fundYearId(year)) return pointTo(year, clock);

  // Started by hand in the UI it comes without search attributes.
  upsertSearchAttributes(belonging(year));

  showOnPage({ stage: '年度启动', figures: { 年度: `${year} 基金年度` } });
  const opening = await opened();
  if (opening.outcome !== 'opened') return notThisOne(year, opening, clock);
  const plan: YearPlan = opening;
  const { calendar, phases } = plan;
  const inPhase = SCHEMES.filter(
    (scheme) => phases[scheme] && plan.areas.some((area) => area.schemes.includes(scheme)),
  );
  const facts = {
    年度: `${year} 基金年度`,
    模拟测算: plan.simulation ? '是' : '否',
    数据包参数: plan.overridden.join('、') || '无',
    未实施步骤: skippedText(plan),
  };
  const steps: Step[] = [
    // 1 September of Y−1: collection for coverage year Y begins; in 2026 the region records its adjustment-fund method.
    ...(plan.recordsMethod ? [recordingMethod()] : []),
    {
      name: 'collection',
      stage: '年度启动',
      waitsFor: '征缴期开始',
      date: calendar.cycleStart,
      act: async () => {
        await arrived('collection');
        await fund.openCollection({ year });
      },
    },
    ...inPortions('collection', calendar.cycleStart, plan.areas.filter(hasResidents), startCollection),

    // 1 October: what each area prepays, then its budget.
    {
      name: 'levy estimate',
      stage: '居民征缴',
      waitsFor: '预算编制开始',
      date: calendar.budgetStart,
      act: async () => {
        await arrived('budget');
        for (const scheme of inPhase) await fund.estimateLevy({ year, scheme });
      },
    },
    ...inPortions('budget', calendar.budgetStart, plan.areas, startBudgets),

    // 31 December: every area has a budget, its own or one directed by its income.
    {
      name: 'budgets in force',
      stage: '预算编制与征缴',
      waitsFor: '全部预算批复',
      date: calendar.budgetDeadline,
      atEnd: true,
      act: async () => {
        await done('budgets', '预算审批', calendar.budgetDeadline);
        await fund.summariseRegionBudget({ year });
      },
    },

    // 1 January of Y: the books open, advance premiums become income.
    {
      name: 'books',
      stage: '预算已批复',
      waitsFor: '年度开始',
      date: calendar.yearStart,
      act: async () => {
        if (clock.isLive) await fund.carryOpening({ year });
        await arrived('opening');
        await fund.openBooks({ year, date: calendar.yearStart });
        await Promise.all(inPhase.map(startAdjustment));
        startedHere += inPhase.length;
        clock.startedAll('adjustment');
      },
    },
    ...Array.from({ length: 12 }, (_, i) => month(i + 1)),

    // 31 December: collection ends for everyone, and is reconciled.
    {
      name: 'collections reconciled',
      stage: '征缴对账',
      waitsFor: '全部征缴对账',
      date: calendar.collectionEnd,
      atEnd: true,
      act: async () => {
        await done('collections', '征缴对账', calendar.finalAccounts);
        await acceptUnknownRows();
      },
    },

    // Y+1: final accounts, settlement, closing.
    {
      name: 'final accounts',
      stage: '年度决算',
      waitsFor: '各统筹区报送决算',
      date: calendar.finalAccounts,
      atEnd: true,
      act: async () => {
        await arrived('final accounts');
        await fund.settleSubsidy({ year, arrivedBy: calendar.subsidyArrival });
        await Promise.all(inPhase.map((scheme) => tell(adjustmentId(year, scheme))));
      },
    },
    {
      name: 'closing',
      stage: '决算审核与清算',
      waitsFor: '清算拨付与关账',
      date: calendar.closing,
      atEnd: true,
      act: async () => {
        await done('adjustments', '清算拨付', calendar.closing);
        const closing = { year, phases, date: calendar.closing, live: clock.isLive };
        await (await child(closeYear, closing, closingId(year), `${year} 年度绩效评价与关账`)).result();
      },
    },
  ];

  const ahead = steps.slice(steps.findIndex(({ name }) => name === soFar?.step) + 1);
  const quarter = quarterOf(clock.today || calendar.cycleStart);
  for (const { name, stage, waitsFor, date, atEnd, act } of ahead) {
    const todo = `${date} 自动继续，无须办理；${seeTheOthers(year)}`;
    show({ stage, waitsFor, until: date, todo, figures: facts, ...(level === undefined ? {} : { level }) });
    await (atEnd ? clock.until(date, waitsFor) : clock.from(date, waitsFor));
    await act();
    last = name;
    if (name !== 'closing' && hasRunLong()) await goOnAsNew(date);
  }
  show({ stage: '已关账', figures: facts });
  await clock.end();
  return { outcome: 'closed', year, simulation: plan.simulation };

  /** Claims the year, and in a live one waits for the files without which it has no areas. */
  async function opened(): Promise<Opening> {
    for (;;) {
      const opening = await fund.openYear({ year, workflowId, firstRunId: firstExecutionRunId });
      if ('live' in opening && opening.live) clock.goLive();
      if (opening.outcome === 'no areas yet') await needs('导入 areas.csv、operators.csv（统筹区与办理人员）');
      else if (opening.outcome === 'law incomplete' && opening.live) await needs(opening.faults.join('；'));
      else return opening;
    }
  }

  /** What a live year waits for before it can begin. */
  async function needs(waitsFor: string): Promise<void> {
    const todo = `导入文件：\`npm run fund -- import 目录 --year ${year}\`；格式见 docs/spec/CONTRACT.md 第 2 节，示例见 demo/pack`;
    const figures = { 年度: `${year} 基金年度` };
    show({ stage: '年度启动', waitsFor, role: 'region_security', until: `${year - 1}-09-01`, todo, figures });
    await clock.awhile(waitsFor);
  }

  /** A quarter is over, or workflows have been started that live on: while the year waits, none of them hangs on it. */
  function hasRunLong(): boolean {
    return quarterOf(clock.today) !== quarter || startedHere > 0;
  }

  /** Steps begin again where they were left: what they have done is done once, and stands in the database. */
  async function goOnAsNew(date: string): Promise<never> {
    await clock.leaveUntil(date);
    const { today, started } = clock.standing;
    // This run stays in the list: it must not be taken for the one that waits.
    show({ stage: '已续（见同一流程的最新运行）' });
    return continueAsNew<typeof fundYear>({
      year,
      soFar: { step: last, today, started, ...(level === undefined ? {} : { level }) },
    });
  }

  /** Starts the workflows of all areas, some at a time. */
  function inPortions(
    kind: DatedKind,
    date: string,
    areas: readonly AreaPlan[],
    start: (area: AreaPlan) => Promise<unknown>,
  ): Step[] {
    const portions = Array.from({ length: Math.ceil(areas.length / PORTION) }, (_, i) =>
      areas.slice(i * PORTION, (i + 1) * PORTION),
    );
    return portions.map((portion, i) => ({
      name: `${kind} ${i + 1}`,
      stage: kind === 'collection' ? '居民征缴启动' : '预算编制启动',
      waitsFor: `第 ${i + 1} 批统筹区`,
      date,
      act: async () => {
        await Promise.all(portion.map(start));
        startedHere += portion.length;
        if (i === portions.length - 1) clock.startedAll(kind);
      },
    }));
  }

  /** One month of the year: what falls into it, then its check. */
  function month(number: number): Step {
    const date = monthEnd(year, number);
    const before = number === 1 ? calendar.yearStart : monthEnd(year, number - 1);
    const falls = (day: string): boolean => before < day && day <= date;
    return {
      name: `month ${number}`,
      stage: '年度运行',
      waitsFor: `${number} 月运行分析`,
      date,
      atEnd: true,
      act: async () => {
        await arrived('month', number);
        if (falls(calendar.headCount)) {
          await arrived('head count');
          await fund.countHeads({ year });
        }
        if (falls(calendar.subsidyArrival)) await fund.checkSubsidyArrival({ year, date: calendar.subsidyArrival });
        if (falls(calendar.yearEnd)) await fund.creditInterest({ year, date: calendar.yearEnd });
        if (clock.isLive) await fund.carryOpening({ year });
        const input = { year, month: number, date };
        const check = await child(monthlyCheck, input, monthlyCheckId(year, number), `${year} 年 ${number} 月运行分析`);
        level = RISK_LEVEL_NAMES[(await check.result()).worst];
      },
    };
  }

  function arrived(step: Parameters<typeof filesArrived>[0]['step'], ofMonth?: number): Promise<void> {
    return filesArrived({ year, step, ...(ofMonth === undefined ? {} : { month: ofMonth }) }, clock, people);
  }

  function done(what: Undone['what'], stage: string, until: string): Promise<void> {
    return allDone({ year, what }, clock, { stage, until, todo: seeTheOthers(year), figures: facts });
  }

  /** Starts a workflow of this year; its id says what it is. It lives on when this one continues as new. */
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
      staticDetails: ABOUT[workflow.name as keyof typeof ABOUT],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: belonging(year, of),
    });
    return handle as ChildWorkflowHandle<T>;
  }

  function startCollection({ area, name, byPerson }: AreaPlan) {
    // Without person rows there is one sum to book, dated 31 December; with them every month end books its days. Whether
    // person rows will come nobody knows in a live year.
    const earlier = [9, 10, 11, 12].map((month) => monthEnd(year - 1, month));
    const during = Array.from({ length: 11 }, (_, i) => monthEnd(year, i + 1));
    const bookingDays = byPerson || clock.isLive ? [...earlier, ...during] : [monthEnd(year - 1, 12)];
    const days = { bookingDays, closes: calendar.collectionEnd, acceptBy: calendar.finalAccounts };
    const input = { year, clock: clockOfChild(), area, name, ...days };
    const of = { area, scheme: 'resident' as const };
    return child(collectPremiums, input, collectionId(year, area), `${name} ${year} 年度居民征缴`, of);
  }

  function startBudgets({ area, name, schemes }: AreaPlan) {
    return Promise.all(
      schemes.map((scheme) => {
        const input = {
          year,
          clock: clockOfChild(),
          scheme,
          area,
          name,
          deadline: calendar.budgetDeadline,
          inForceFrom: calendar.yearStart,
        };
        const summary = `${name} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;
        return child(compileBudget, input, budgetId(year, scheme, area), summary, { area, scheme });
      }),
    );
  }

  function startAdjustment(scheme: Scheme) {
    const input = {
      year,
      clock: clockOfChild(),
      scheme,
      simulation: plan.simulation,
      prepayments: calendar.prepayments,
      proposal: calendar.settlementProposal,
      approval: calendar.settlementApproval,
      payment: calendar.closing,
    };
    const summary = `${year} 年度${SCHEME_NAMES[scheme]}上解与分担`;
    return child(levyAndShare, input, adjustmentId(year, scheme), summary, { scheme });
  }

  /** A 三（一）第一阶段: in 2026 the region's adjustment-fund method is recorded, or its absence is. */
  function recordingMethod(): Step {
    return {
      name: 'method',
      stage: '年度启动',
      waitsFor: '征缴期开始',
      date: calendar.cycleStart,
      act: async () => {
        const input = { year, clock: clockOfChild(), dueOn: calendar.closing };
        await child(recordMethod, input, methodId(year), `${year} 年登记调剂金管理办法`);
      },
    };
  }

  function clockOfChild() {
    return { live: clock.isLive, today: clock.today };
  }

  /** Rows that name no known area are nobody's: the region's security bureau accepts the difference. */
  async function acceptUnknownRows(): Promise<void> {
    const standing = await fund.reconcileUnknownArea({ year, workflowId, acceptBy: calendar.finalAccounts });
    if (!('findingsToAccept' in standing) || standing.findingsToAccept === null) return;
    await people.ask({
      task: taskOf(standing.findingsToAccept, 1, 'region_security'),
      decisions: ['accept'],
      page: {
        stage: '征缴对账',
        waitsFor: '接受地区不明的缴费：自治区医保局',
        role: 'region_security',
        until: calendar.finalAccounts,
        figures: facts,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
}

const hasResidents = ({ schemes }: AreaPlan): boolean => schemes.includes('resident');

const skippedText = ({ skipped }: YearPlan): string =>
  skipped.length === 0
    ? '无'
    : [...new Set(skipped.map(({ reason }) => reason.split('；')[0]))]
        .map((reason) => `上解预缴、清算、缺口分担：${reason}`)
        .join('；');

/** Started under another id: the cycle of a year has one id only, so this run starts or finds it and ends. */
async function pointTo(year: number, clock: BusinessDate): Promise<YearEnd> {
  const cycle = fundYearId(year);
  // Whether the year is claimed is asked by the cycle itself, when it opens.
  await startCycle(year, false);
  await clock.end();
  show({ stage: '已转到本年度流程', figures: { 流程: cycle } });
  return { outcome: 'not this one', cycle, note: pointer(year) };
}

async function notThisOne(year: number, opening: Exclude<Opening, YearPlan>, clock: BusinessDate): Promise<YearEnd> {
  await clock.end();
  const cycle = opening.outcome === 'already' ? opening.workflowId : fundYearId(year);
  const note = whyNot(year, opening);
  show({ stage: '未启动', figures: { 说明: note } });
  return { outcome: 'not this one', cycle, note };
}

function whyNot(year: number, opening: Exclude<Opening, YearPlan>): string {
  switch (opening.outcome) {
    case 'already':
      return `${year} 年度已由 ${opening.workflowId} 办理（${opening.status === 'closed' ? '已关账' : '进行中'}）`;
    case 'law incomplete':
      return `${year} 年度不能启动，法定参数不全 (values of law are lacking)：\n${opening.faults.join('\n')}`;
    case 'no areas yet':
    case 'not imported':
      return `${year} 年度尚未导入数据：npm run fund -- run --pack 目录 --year ${year} --out 目录`;
  }
}
