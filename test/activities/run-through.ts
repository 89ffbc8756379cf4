/**
 * Lives a whole fund year by calling its activities one after another in the order of the workflows, and playing the pack's
 * operators where something waits for a person. Without Temporal or a clock, a year takes a second.
 */
import type { Database } from '../../db/connect';
import { type FundActivities, createActivities } from '../../activities';
import type { AreaPlan, YearPlan } from '../../activities/open-year';
import type { AdjustmentPlan } from '../../db/adjustments';
import { nextSubmission } from '../../db/budgets';
import type { Act } from '../../db/decisions';
import { loadPack } from '../../db/load-pack';
import { type PackOperator, operatorsOf } from '../../db/operators';
import { type OpenTask, waitingLink } from '../../db/tasks';
import type { Pack } from '../../pack';
import { RunKeys } from '../../scripts/client/run-keys';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { monthEnd } from '../../rules/calendar-day';
import {
  adjustedBudgetId,
  adjustmentId,
  budgetId,
  chainKey,
  clearingId,
  collectionId,
  fundYearId,
} from '../../rules/keys';

/** Loads a pack and runs its year to the close. Throws when the year cannot be closed. */
export async function runThrough(
  pool: Database,
  pack: Pack,
  fund: FundActivities = createActivities(pool),
  afterMonth: (month: number) => Promise<void> = () => Promise.resolve(),
): Promise<YearPlan> {
  await loadPack(pool, pack, 'run');
  const { year } = pack;
  const plan = await fund.openYear({ year, workflowId: fundYearId(year), firstRunId: `run of ${year}` });
  if (plan.outcome !== 'opened') throw new Error(`${year}: ${plan.outcome}`);
  const operators = await operatorsOf(pool, year);
  const keys = await RunKeys.of(pool, year, operators);
  await new Life(pool, fund, { plan, operators, keys, afterMonth }).live();
  return plan;
}

class Life {
  readonly #year: number;
  /** The last booked day of each area's collection, and the number of its bookings. */
  readonly #booked = new Map<string, { after: string | null; bookings: number }>();

  constructor(
    private readonly pool: Database,
    private readonly fund: FundActivities,
    private readonly life: {
      plan: YearPlan;
      operators: readonly PackOperator[];
      keys: RunKeys;
      afterMonth: (month: number) => Promise<void>;
    },
  ) {
    this.#year = life.plan.year;
  }

  get plan(): YearPlan {
    return this.life.plan;
  }

  async live(): Promise<void> {
    const { fund, plan } = this;
    const { calendar, phases } = plan;
    const year = this.#year;
    const inPhase = SCHEMES.filter(
      (scheme) => phases[scheme] && plan.areas.some(({ schemes }) => schemes.includes(scheme)),
    );

    if (plan.recordsMethod) {
      const { chain } = await fund.requestMethod({
        year,
        workflowId: fundYearId(year),
        dueOn: calendar.closing,
        scheme: null,
      });
      await this.#decideAll(chain, 'record');
    }
    await fund.openCollection({ year });
    for (const month of [9, 10, 11, 12]) await this.#bookCollections(monthEnd(year - 1, month));

    for (const scheme of inPhase) await fund.estimateLevy({ year, scheme });
    for (const { area, schemes } of plan.areas) for (const scheme of schemes) await this.#compileBudget(area, scheme);
    await fund.summariseRegionBudget({ year });
    await fund.openBooks({ year, date: calendar.yearStart });
    await fund.stepUpRates({ year });

    for (let month = 1; month <= 12; month++) {
      await this.#month(month, inPhase);
      await this.life.afterMonth(month);
    }
    const stray = await fund.reconcileUnknownArea({
      year,
      workflowId: fundYearId(year),
      acceptBy: calendar.finalAccounts,
    });
    if ('findingsToAccept' in stray && stray.findingsToAccept !== null)
      await this.#decideAll(stray.findingsToAccept, 'accept');

    await fund.settleSubsidy({ year, arrivedBy: calendar.subsidyArrival });
    await this.#clear();
    for (const scheme of inPhase) await this.#settle(scheme);
    await fund.evaluateYear({ year, phases });
    const { closed, broken } = await fund.closeBooks({ year, date: calendar.closing });
    if (!closed) throw new Error(`${year} cannot be closed: ${JSON.stringify(broken)}`);
  }

  async #month(month: number, inPhase: readonly Scheme[]): Promise<void> {
    const { calendar } = this.plan;
    const year = this.#year;
    const date = monthEnd(year, month);
    for (const [i, due] of calendar.prepayments.entries()) {
      if (due.slice(0, 7) !== date.slice(0, 7)) continue;
      for (const scheme of inPhase) await this.fund.payInstalment({ year, scheme, quarter: i + 1, date: due });
    }
    if (month < 12) await this.#bookCollections(date);
    else await this.#closeCollections();
    if (date === calendar.headCount) await this.fund.countHeads({ year });
    if (date === calendar.subsidyArrival) await this.fund.checkSubsidyArrival({ year, date });
    if (date === calendar.yearEnd) await this.fund.creditInterest({ year, date });
    for (const adjustment of this.plan.adjustments ?? []) {
      if (adjustment.date.slice(0, 7) === date.slice(0, 7)) await this.#adjustBudget(adjustment);
    }
    await this.fund.checkMonth({ year, month, date });
  }

  /** Submitted and approved on its date; one that fails has no effect. */
  async #adjustBudget({ area, scheme, version, date, submittedBy: operator }: AdjustmentPlan): Promise<void> {
    const of = { year: this.#year, scheme, area, version };
    const { approvable } = await this.fund.submitAdjustment({ ...of, operator, on: date });
    if (!approvable) return;
    const chain = chainKey.budgetAdjustment(adjustedBudgetId(of.year, scheme, area, version));
    for (let link; (link = await waitingLink(this.pool, chain)) !== null;) {
      const act = { ...this.#actOn(link, 'approve'), businessDate: date };
      await this.fund.decideAdjustment({ ...of, act });
    }
  }

  get #collecting(): AreaPlan[] {
    return this.plan.areas.filter(({ schemes }) => schemes.includes('resident'));
  }

  /** An area without person rows has one sum to book, dated 31 December. */
  async #bookCollections(through: string): Promise<void> {
    const due = this.#collecting.filter(({ byPerson }) => byPerson || through === this.plan.calendar.budgetDeadline);
    for (const { area } of due) {
      await this.#book(area, through);
    }
  }

  async #book(area: string, through: string): Promise<void> {
    const { after, bookings } = this.#booked.get(area) ?? { after: null, bookings: 0 };
    await this.fund.bookCollection({ year: this.#year, area, after, through, booking: bookings + 1 });
    this.#booked.set(area, { after: through, bookings: bookings + 1 });
  }

  async #closeCollections(): Promise<void> {
    const year = this.#year;
    for (const { area } of this.#collecting) {
      await this.#book(area, 'infinity');
      const of = { year, area, workflowId: collectionId(year, area), acceptBy: this.plan.calendar.collectionEnd };
      const { findingsToAccept } = await this.fund.reconcileCollection(of);
      if (findingsToAccept !== null) await this.#decideAll(findingsToAccept, 'accept');
    }
  }

  /** Versions are submitted until one is approvable; without one income decides. */
  async #compileBudget(area: string, scheme: Scheme): Promise<void> {
    const { calendar } = this.plan;
    const workflowId = budgetId(this.#year, scheme, area);
    const of = { year: this.#year, scheme, area };
    const compilation = { ...of, workflowId, deadline: calendar.budgetDeadline };
    await this.fund.estimateBudget(compilation);
    for (let attempt = 1; ; attempt++) {
      const chain = `${workflowId}/${attempt}`;
      const next = await nextSubmission(this.pool, chain);
      if (next === null) {
        const { version } = await this.fund.proposeDirectedBudget({ ...compilation, attempt });
        await this.#decideAll(`${workflowId}/directed`, 'approve');
        await this.fund.adoptBudget({ ...of, origin: 'directed', version, from: calendar.yearStart });
        return;
      }
      const { version: submitted } = next;
      const link = (await waitingLink(this.pool, chain)) as OpenTask;
      const act = { ...this.#actOn(link, 'submit', submitted), version: submitted };
      const { approvable, version } = await this.fund.submitBudget({ ...compilation, attempt, act });
      if (!approvable) continue;
      await this.#decideAll(chain, 'approve');
      await this.fund.adoptBudget({ ...of, origin: 'submitted', version, from: calendar.yearStart });
      return;
    }
  }

  /** 年度清算 of every fund that has units. */
  async #clear(): Promise<void> {
    const { areas, calendar } = this.plan;
    const year = this.#year;
    const funds = await this.fund.fundsToClear({ year, areas: areas.map(({ area }) => area) });
    for (const { area, scheme } of funds) {
      const of = { year, scheme, area };
      const workflowId = clearingId(year, scheme, area);
      await this.fund.proposeClearing({ ...of, workflowId, attempt: 1, dueOn: calendar.regionReview });
      await this.#decideAll(chainKey.clearing(workflowId, 1), 'approve');
      await this.fund.adoptClearing({ ...of, attempt: 1, date: calendar.finalAccounts });
    }
  }

  async #settle(scheme: Scheme): Promise<void> {
    const { calendar } = this.plan;
    const of = { year: this.#year, scheme };
    await this.fund.trueUpLevy(of);
    const workflowId = adjustmentId(this.#year, scheme);
    const { settlementTask } = await this.fund.shareGaps({ ...of, approveBy: calendar.settlementApproval, workflowId });
    await this.#decideAll(settlementTask, 'approve');
    await this.fund.paySettlement({ ...of, date: calendar.closing });
  }

  /** Every link of a chain, each by the operator whose office it is. */
  async #decideAll(chain: string, decision: Act['decision']): Promise<void> {
    for (let link; (link = await waitingLink(this.pool, chain)) !== null;) {
      await this.fund.decide({ year: this.#year, act: this.#actOn(link, decision) });
    }
  }

  #actOn(link: OpenTask, decision: Act['decision'], version?: number): Act {
    const operator = this.life.operators.find(
      ({ role, area }) => role === link.role && area === link.area,
    ) as PackOperator;
    return this.life.keys.signed({
      task: link.task,
      operator: operator.operator,
      decision,
      ...(version === undefined ? {} : { version }),
      document: `模拟〔${this.#year}〕${link.role}`,
      figuresHash: link.figures_hash,
      businessDate: link.due_on,
    });
  }
}
