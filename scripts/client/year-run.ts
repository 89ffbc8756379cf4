/**
 * Runs a fund year in compressed time: moves the business date from one due date to the next, and plays the pack's
 * operators when something waits for them.
 *
 * The date moves only when all that is due is done, people's acts included, so the outcome depends on the pack alone.
 * Nothing is remembered here: a run that was killed is taken up by the next one from what Temporal and the database say,
 * and two runs of one year drive the same cycle without harm.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/connect';
import { type AdjustmentPlan, adjustmentPlans } from '../../db/adjustments';
import { type NamedArea, areasOfYear } from '../../db/areas';
import { nextSubmission } from '../../db/budgets';
import { isClaimed, yearStatus } from '../../db/fund-year';
import { type PackOperator, operatorsOf } from '../../db/operators';
import { type OpenTask, openTasks } from '../../db/tasks';
import { fundsWithUnits } from '../../db/total-budgets';
import { DECISIONS_OF } from '../../rules/decisions';
import { SCHEMES, officeName } from '../../rules/vocabulary';
import { innermostText } from '../../servers/refused';
import { DATED_KINDS, type DatedKind, type Standing, advance } from '../../workflows/business-date';
import type { YearEnd } from '../../workflows/fund-year';
import { type PersonAct, act } from '../../workflows/people';
import { adjustedBudgetId, adjustmentId, budgetId, clearingId, collectionId, fundYearId } from '../../rules/keys';
import { startCycle } from './cycle';
import { inParallel } from '../../activities/in-parallel';
import { patiently } from './patiently';
import { RunKeys } from './run-keys';

/** Updates sent at the same time: more would only queue in the server. */
const AT_ONCE = 12;
const MOST_TRIES = 8;
const BETWEEN_TRIES = 250; // milliseconds

class YearRefused extends Error {
  override name = 'YearRefused';
}

export interface RunWatcher {
  /** Called when the cycle is already running, whoever started it: this run does what is left of it. */
  following(cycle: string): void;
  /** Called when the business date moves, and when what was due on it is done. */
  progress(date: string): Promise<void>;
}

export class YearRun {
  readonly #root: string;
  readonly #standings = new Map<string, Standing>();
  readonly #ended = new Set<string>();
  /** The ids of the workflows of the year's areas and schemes, by kind. */
  #idsOf: Record<DatedKind, string[]> = {
    collection: [],
    budget: [],
    'adjusted budget': [],
    clearing: [],
    adjustment: [],
  };
  /** How often acting on a task has failed. */
  readonly #tries = new Map<string, number>();
  #operators: PackOperator[] = [];
  #keys: RunKeys | null = null;

  constructor(
    private readonly client: Client,
    private readonly pool: Database,
    private readonly year: number,
    private readonly watcher: RunWatcher,
  ) {
    this.#root = fundYearId(year);
  }

  /** Drives the year to its close, or to the end of `until`. True when the year is closed. */
  async drive(until?: string): Promise<boolean> {
    if ((await patiently(() => yearStatus(this.pool, this.year))) === 'closed') return true;
    await this.#begin();
    this.#operators = await patiently(() => operatorsOf(this.pool, this.year));
    this.#keys = await patiently(() => RunKeys.of(this.pool, this.year, this.#operators));
    const areas = await patiently(() => areasOfYear(this.pool, this.year));
    const adjustments = await patiently(() => adjustmentPlans(this.pool, this.year));
    const paid = await patiently(() => fundsWithUnits(this.pool, this.year));
    this.#idsOf = idsOf(this.year, { areas, adjustments, paid });
    for (;;) {
      await this.#meetChildren();
      await this.#playOperators();
      const date = this.#nextDate();
      if (date === null) return this.#ending();
      if (until !== undefined && date > until) return false;
      await patiently(() => this.watcher.progress(date));
      // Workflows that are due on the same date are moved kind by kind, the year last, so that the order does not depend on timing.
      for (const kind of DATED_KINDS) {
        const due = new Set(this.#due(date));
        await this.#moveAll(
          this.#idsOf[kind].filter((id) => due.has(id)),
          date,
        );
      }
      await this.#playOperators();
      // The year itself goes on only when nothing of its children is due any more.
      const others = this.#due(date).filter((id) => id !== this.#root);
      if (others.length === 0 && this.#due(date).includes(this.#root)) await this.#move(this.#root, date);
      await patiently(() => this.watcher.progress(date));
    }
  }

  /** Starts or finds the cycle, and learns where it stands. */
  async #begin(): Promise<void> {
    const begin = async (): Promise<void> => {
      await patiently(() => this.#start());
      await this.#move(this.#root, '');
    };
    await begin();
    // A cycle that was started by hand before the pack was loaded may just have been ending. Then the year is still unclaimed.
    if (this.#ended.has(this.#root) && !(await patiently(() => isClaimed(this.pool, this.year)))) await begin();
  }

  async #start(): Promise<void> {
    const claimed = await isClaimed(this.pool, this.year);
    if ((await startCycle(this.client, this.year, claimed)) === 'there is one') this.watcher.following(this.#root);
  }

  /** Moves one workflow to a date and notes where it stands, or that it has ended. */
  async #move(id: string, date: string): Promise<void> {
    const standing = await patiently(() =>
      this.client.workflow.getHandle(id).executeUpdate(advance, { args: [{ date }], updateId: randomUUID() }),
    ).catch((error: unknown) => {
      if (hasEnded(error)) return null;
      throw error;
    });
    this.#note(id, standing);
  }

  #note(id: string, standing: Standing | null): void {
    if (standing !== null) {
      this.#standings.set(id, standing);
      return;
    }
    this.#standings.delete(id);
    this.#ended.add(id);
  }

  async #moveAll(ids: readonly string[], date: string): Promise<void> {
    await inParallel(AT_ONCE, ids, (id) => this.#move(id, date));
  }

  /** Learns where newly started workflows stand. */
  async #meetChildren(): Promise<void> {
    const started = this.#standings.get(this.#root)?.started ?? [];
    await this.#moveAll(
      started.flatMap((kind) => this.#idsOf[kind]).filter((id) => !this.#standings.has(id) && !this.#ended.has(id)),
      '',
    );
  }

  #nextDate(): string | null {
    const dates = [...this.#standings.values()].flatMap(({ next }) => next ?? []);
    return dates.length === 0 ? null : dates.reduce((first, date) => (date < first ? date : first));
  }

  #due(date: string): string[] {
    return [...this.#standings].filter(([, { next }]) => next !== null && next <= date).map(([id]) => id);
  }

  /** Acts on everything that waits for one of the pack's operators, until nothing does. */
  async #playOperators(): Promise<void> {
    for (;;) {
      const tasks = await patiently(() => openTasks(this.pool, this.year));
      const acts = (await inParallel(AT_ONCE, tasks, async (task) => ({ task, act: await this.#actOn(task) }))).filter(
        (planned): planned is { task: OpenTask; act: PersonAct } => planned.act !== null,
      );
      if (acts.length === 0) return;
      await inParallel(AT_ONCE, acts, (planned) => this.#perform(planned.task, planned.act));
    }
  }

  /** What an operator of the pack does about a task; null when the pack has nothing to submit. */
  async #actOn(task: OpenTask): Promise<PersonAct | null> {
    const common = { task: task.task, figuresHash: task.figures_hash };
    if (task.kind === 'submit') {
      const submission = await patiently(() => nextSubmission(this.pool, task.chain));
      return submission && this.#signed({ ...common, ...submission, decision: 'submit' });
    }
    const operator = this.#operators.find(({ role, area }) => role === task.role && area === task.area);
    if (operator === undefined)
      throw new YearRefused(`没有人员可办理 ${task.task}（${officeName(task)}）：请在 operators.csv 中补充`);
    // A pack has no documents: the number says that it is simulated.
    return this.#signed({
      ...common,
      operator: operator.operator,
      decision: DECISIONS_OF[task.kind][0],
      document: `模拟〔${this.year}〕${task.role}`,
    });
  }

  #signed(given: PersonAct): PersonAct {
    if (this.#keys === null) throw new Error('Nobody acts before the year has begun.');
    return this.#keys.signed(given);
  }

  async #perform(task: OpenTask, given: PersonAct): Promise<void> {
    const standing = await patiently(() =>
      this.client.workflow
        .getHandle(task.workflow_id)
        .executeUpdate(act, { args: [given], updateId: `act/${task.task}` }),
    ).catch(async (error: unknown) => {
      // Another run of the same year may have acted a moment before, or be about to. Then the task is soon closed.
      const stillOpen = (await patiently(() => openTasks(this.pool, this.year))).some(
        (open) => open.task === task.task,
      );
      if (stillOpen) await this.#tryAgainLater(task, error);
      return null;
    });
    this.#note(task.workflow_id, standing);
    if (standing !== null) return;
    // A failed act does not mean that the workflow has ended: ask it where it stands.
    this.#ended.delete(task.workflow_id);
    await this.#move(task.workflow_id, '');
  }

  /** Waits a moment; after too many failures gives up, naming the reason and the workflow that is stuck. */
  async #tryAgainLater(task: OpenTask, error: unknown): Promise<void> {
    const tries = (this.#tries.get(task.task) ?? 0) + 1;
    this.#tries.set(task.task, tries);
    if (tries >= MOST_TRIES) throw new YearRefused(`${task.subject}：${innermostText(error)}（${task.workflow_id}）`);
    await pause(BETWEEN_TRIES);
  }

  /** Names a workflow that the year waits for in vain because it failed or was terminated. */
  async #whoStopped(): Promise<string> {
    for (const id of DATED_KINDS.flatMap((kind) => this.#idsOf[kind]).filter((workflowId) =>
      this.#ended.has(workflowId),
    )) {
      const handle = this.client.workflow.getHandle(id);
      const reason = await patiently(() => handle.result()).then(
        () => null,
        (error: unknown) => (error instanceof WorkflowNotFoundError ? null : innermostText(error)),
      );
      if (reason !== null) return `流程 ${id} 未办结：${reason}`;
    }
    return `${this.year} 年度停在等待中，请看 ${this.#root} 的页面（the year waits: see its page）`;
  }

  /** When nothing waits for a date any more: true when the year has closed; otherwise throws the reason. */
  async #ending(): Promise<boolean> {
    const waiting = await patiently(() => openTasks(this.pool, this.year));
    if (waiting.length > 0) {
      throw new YearRefused(
        `年度停在人员办理环节：${waiting.map((task) => `${task.subject}（${officeName(task)}）`).join('；')}`,
      );
    }
    const isClosed = (await patiently(() => yearStatus(this.pool, this.year))) === 'closed';
    if (!isClosed && this.#standings.has(this.#root)) throw new YearRefused(await this.#whoStopped());
    const end = await patiently(() =>
      this.client.workflow.getHandle<() => Promise<YearEnd>>(this.#root).result(),
    ).catch((error: unknown) => {
      throw new YearRefused(`${this.year} 年度未能关账：${innermostText(error)}`);
    });
    if (end.outcome !== 'closed') throw new YearRefused(end.note);
    return true;
  }
}

/** All dated workflows that a year may start. One that it does not start counts as ended. */
interface Parts {
  areas: readonly NamedArea[];
  adjustments: readonly AdjustmentPlan[];
  paid: Awaited<ReturnType<typeof fundsWithUnits>>;
}
const idsOf = (year: number, { areas, adjustments, paid }: Parts): Record<DatedKind, string[]> => ({
  collection: areas.filter(({ schemes }) => schemes.includes('resident')).map(({ area }) => collectionId(year, area)),
  budget: areas.flatMap(({ area, schemes }) => schemes.map((scheme) => budgetId(year, scheme, area))),
  'adjusted budget': adjustments.map(({ scheme, area, version }) => adjustedBudgetId(year, scheme, area, version)),
  clearing: paid.map(({ area, scheme }) => clearingId(year, scheme, area)),
  adjustment: SCHEMES.map((scheme) => adjustmentId(year, scheme)),
});

/** Whether an Update failed because its workflow is over. A refusal is an answer, so the workflow is not over. */
const hasEnded = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof WorkflowUpdateFailedError &&
    !(error.cause instanceof ApplicationFailure && error.cause.type === 'Refused'));
