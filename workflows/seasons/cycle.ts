/** What the seasons of a fund year share: its plan and clock, how far it has come, and how it starts other workflows. */
import { type ChildWorkflowHandle, ParentClosePolicy, type Workflow, startChild } from '@temporalio/workflow';
import type { YearPlan } from '../../activities/open-year';
import type { Undone } from '../../activities/progress';
import { fitting } from '../../rules/text';
import { agreementId } from '../../rules/keys';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { acceptDifferences } from '../accept-differences';
import type { BusinessDate, ClockStart } from '../business-date';
import { allDone } from '../done';
import { filesArrived } from '../files';
import { belonging } from '../page';
import type { People } from '../people';
import { ABOUT, skippedSteps, whereOthersAct } from '../wording';

/** One entry of the calendar. Its name is kept in years in flight: it is never changed. */
export interface Step {
  name: string;
  stage: string;
  waitsFor: string;
  date: string;
  /** Done at the end of its date, after everything that may still be done on it; otherwise at its beginning. */
  atEnd?: true;
  /** The patch that brought the step: a year that was already past it goes on without it. */
  since?: string;
  act: () => Promise<void>;
}

/** How far this run of the year's workflow has come. */
export interface Progress {
  lastStep: string | null; // that is done
  level: string | undefined; // 风险等级 of the last monthly check
  startedHere: number; // workflows that keep running
}

export class Cycle {
  constructor(
    readonly plan: YearPlan,
    readonly clock: BusinessDate,
    readonly people: People,
    readonly progress: Progress,
  ) {}

  get year(): number {
    return this.plan.year;
  }

  /** The schemes whose adjustment fund has begun, as far as any area has them. */
  get schemesInPhase(): Scheme[] {
    const { phases, areas } = this.plan;
    return SCHEMES.filter((scheme) => phases[scheme] && areas.some(({ schemes }) => schemes.includes(scheme)));
  }

  /** What the year's page shows beside each step. */
  get facts(): Record<string, string> {
    const { year, simulation, overridden } = this.plan;
    return {
      年度: `${year} 基金年度`,
      模拟测算: simulation ? '是' : '否',
      数据包参数: overridden.join('、') || '无',
      未实施步骤: skippedSteps(this.plan),
    };
  }

  /** How the clock of a workflow that is started now begins. */
  get clockStart(): ClockStart {
    return { live: this.clock.isLive, today: this.clock.today };
  }

  filesArrived(step: Parameters<typeof filesArrived>[0]['step'], month?: number): Promise<void> {
    const files = { year: this.year, step, ...(month === undefined ? {} : { month }) };
    return filesArrived(files, this.clock, this.people);
  }

  /** Waits until all who have a part in `what` have done it. */
  allDone(what: Undone['what'], stage: string, until: string): Promise<void> {
    const page = { stage, until, todo: whereOthersAct(this.year), figures: this.facts };
    return allDone({ year: this.year, what }, this.clock, page);
  }

  /** In a live year, differences of books and bank that nobody has been asked about yet are put to the finance offices. */
  async askAbout(differences: number, month: number, date: string): Promise<void> {
    if (!this.clock.isLive || differences === 0) return;
    const { year } = this;
    const input = { year, clock: this.clockStart, date };
    await this.start(acceptDifferences, input, agreementId(year, month), `${year} 年度账实核对（${date}）`);
    this.progress.startedHere += 1;
  }

  /** Starts a workflow of this year; its id says what it is. It keeps running when the year continues as new. */
  async start<T extends Workflow>(
    workflow: T,
    input: Parameters<T>[0],
    id: string,
    summary: string,
    of: { area?: string; scheme?: Scheme } = {},
  ): Promise<ChildWorkflowHandle<T>> {
    const handle = await startChild<Workflow>(workflow, {
      workflowId: id,
      args: [input],
      staticSummary: fitting(summary, 'summary'),
      staticDetails: ABOUT[workflow.name as keyof typeof ABOUT],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: belonging(this.year, of),
    });
    return handle as ChildWorkflowHandle<T>;
  }
}
