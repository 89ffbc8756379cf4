/**
 * 基金年度: the 21 months of one cycle in their order, season by season. An operator looks first at its page of the Temporal UI.
 *
 * This file holds only the order: figures are computed by activities, and the affairs of every area are a workflow of their
 * own. The year continues as new by the quarter, so that no history grows long and a release in mid-year replays little; the
 * workflows of the areas keep running, and the database knows what they have done.
 */
import { continueAsNew, patched, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Opening, YearPlan } from '../activities/open-year';
import { quarterOf } from '../rules/calendar-day';
import { fundYearId } from '../rules/keys';
import { BusinessDate, type DatedKind } from './business-date';
import { fund } from './fund-activities';
import { belonging, showsWhatWaitsBeside, updateListAndPage, updatePageOnly, whatWaitsBeside } from './page';
import { People } from './people';
import { autumn } from './seasons/autumn';
import { budgetSeason } from './seasons/budget';
import { closing } from './seasons/closing';
import { Cycle, type Progress, type Step } from './seasons/cycle';
import { months } from './seasons/months';
import { refused } from './refused';
import { startCycle } from './start-cycle';
import { goesOnByItself, howToImportTheFirst, seeTheCycle, whereResultsAre, whyNotOpened } from './wording';
import { flawOfStart } from './year-fields';

interface FundYear {
  year: number;
  /** What an earlier run of this workflow has done; no caller sets it. */
  soFar?: SoFar;
}
interface SoFar {
  step: string | null; // the last one that is done
  today: string;
  started: DatedKind[];
  level?: string; // of the last monthly check
  beside?: string; // what its page shows of what waits for two people
}
export type YearEnd =
  { outcome: 'closed'; year: number; simulation: boolean } | { outcome: 'not this one'; cycle: string; note: string };

const SEASONS = [autumn, budgetSeason, months, closing];

export async function fundYear(start: FundYear): Promise<YearEnd> {
  const flaw = flawOfStart(start, ['year', 'soFar'], ['year']);
  if (flaw !== null) throw refused(flaw);
  const { year, soFar } = start;
  const clock = new BusinessDate({ live: false, today: soFar?.today ?? '' }, soFar?.started);
  const people = new People(clock);
  const progress: Progress = { lastStep: soFar?.step ?? null, level: soFar?.level, startedHere: 0 };
  showsWhatWaitsBeside(soFar?.beside);
  clock.renewsBy((until) => goOnAsNew(year, clock, progress, until));
  if (workflowInfo().workflowId !== fundYearId(year)) return pointToTheCycle(year, clock);

  // A year that is started by hand in the UI has no search attributes yet.
  upsertSearchAttributes(belonging(year));

  updatePageOnly({ stage: '年度启动', figures: { 年度: `${year} 基金年度` } });
  const opening = await openYear(year, clock);
  if (opening.outcome !== 'opened') return notThisOne(year, opening, clock);

  const cycle = new Cycle(opening, clock, people, progress);
  await runThrough(cycle);
  updateListAndPage({ stage: '已关账', figures: { ...cycle.facts, ...whereResultsAre(year) } });
  await clock.end();
  return { outcome: 'closed', year, simulation: opening.simulation };
}

/** Takes the steps that are ahead, each when its date has come. */
async function runThrough(cycle: Cycle): Promise<void> {
  const { clock, progress } = cycle;
  const begunIn = quarterOf(clock.today || cycle.plan.calendar.cycleStart);
  const steps = SEASONS.flatMap((season) => season(cycle));
  const done = steps.findIndex(({ name }) => name === progress.lastStep);
  for (const step of steps.slice(done + 1)) {
    if (step.since !== undefined && !patched(step.since)) continue;
    await waitFor(step, cycle);
    await step.act();
    progress.lastStep = step.name;
    // A quarter is over, or workflows that keep running have been started: while the year waits, none of them depends on this
    // run.
    const hasRunLong = quarterOf(clock.today) !== begunIn || progress.startedHere > 0;
    if (hasRunLong && step.name !== 'closing') await goOnAsNew(cycle.year, clock, progress, step.date);
  }
}

async function waitFor({ stage, waitsFor, date, atEnd }: Step, { year, facts, clock, progress }: Cycle): Promise<void> {
  const { level } = progress;
  const todo = goesOnByItself(date, year);
  updateListAndPage({ stage, waitsFor, until: date, todo, figures: facts, ...(level === undefined ? {} : { level }) });
  await (atEnd ? clock.until(date, waitsFor) : clock.from(date, waitsFor));
}

/**
 * Continues with the step after the last one that is done. What an interrupted step has done is in the database, and is done once.
 */
async function goOnAsNew(year: number, clock: BusinessDate, progress: Progress, until: string): Promise<never> {
  await clock.leaveUntil(until);
  const { today, started } = clock.standing;
  // This run stays in the list and must not be mistaken for the one that waits.
  updateListAndPage({ stage: '已续（见同一流程的最新运行）' });
  const { lastStep: step, level } = progress;
  const beside = whatWaitsBeside();
  return continueAsNew<typeof fundYear>({
    year,
    soFar: { step, today, started, ...(level === undefined ? {} : { level }), ...(beside === '' ? {} : { beside }) },
  });
}

/** Claims the year, and in a live one waits for the files without which it has no areas. */
async function openYear(year: number, clock: BusinessDate): Promise<Opening> {
  const { workflowId, firstExecutionRunId } = workflowInfo();
  for (;;) {
    const opening = await fund.openYear({ year, workflowId, firstRunId: firstExecutionRunId });
    if ('live' in opening && opening.live) clock.goLive();
    if (opening.outcome === 'no areas yet') {
      await awaitImport(year, '导入 areas.csv、operators.csv（统筹区与办理人员）', opening.cycleStart, clock);
    } else if (opening.outcome === 'law incomplete' && opening.live) {
      await awaitImport(year, opening.faults.join('；'), opening.cycleStart, clock);
    } else return opening;
  }
}

/** Waits for what a live year needs before it can begin. */
async function awaitImport(year: number, waitsFor: string, until: string, clock: BusinessDate): Promise<void> {
  updateListAndPage({
    stage: '年度启动',
    waitsFor,
    role: 'region_security',
    until,
    todo: howToImportTheFirst(year),
    figures: { 年度: `${year} 基金年度` },
  });
  await clock.untilChange(waitsFor);
}

/** Started under another id: the cycle of a year has one id only, so this run starts or finds it and ends. */
async function pointToTheCycle(year: number, clock: BusinessDate): Promise<YearEnd> {
  const cycle = fundYearId(year);
  // Whether the year is claimed is asked by the cycle itself, when it opens.
  await startCycle(year, false);
  await clock.end();
  updateListAndPage({ stage: '已转到本年度流程', figures: { 流程: cycle } });
  return { outcome: 'not this one', cycle, note: seeTheCycle(year) };
}

async function notThisOne(year: number, opening: Exclude<Opening, YearPlan>, clock: BusinessDate): Promise<YearEnd> {
  await clock.end();
  const cycle = opening.outcome === 'already' ? opening.workflowId : fundYearId(year);
  const note = whyNotOpened(year, opening);
  updateListAndPage({ stage: '未启动', figures: { 说明: note } });
  return { outcome: 'not this one', cycle, note };
}
