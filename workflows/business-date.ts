/**
 * The business date (业务日期): the only clock that rules and records know.
 *
 * In a compressed run the caller moves it: an `advance` Update answers when everything due by that date is done, so the
 * outcome never depends on how fast a machine is. In a live year it is the date in Shanghai, and the same waits are durable
 * timers. A workflow waits in one way only, through this class.
 */
import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { News } from '../activities/announce-imports';
import { beijingDate, endOfDay, startOfDay } from '../rules/beijing-time';
import { daysAfter, isRealDate } from '../rules/calendar-day';
import { fitting } from '../rules/text';
import { refused } from './refused';
import { ADVANCE_DESCRIPTION, NEWS_DESCRIPTION } from './wording';

/** Where a workflow stands once nothing more happens by itself. */
export interface Standing {
  today: string;
  /** The date on which it goes on by itself, including a deadline; null when it waits only for a person, or has ended. */
  next: string | null;
  /** The kinds of dated workflows it has started so far. Each of them needs an `advance` of its own. */
  started: DatedKind[];
}
/** Workflows that wait for dates of their own, in the order in which a run moves them to a date. */
export const DATED_KINDS = ['collection', 'budget', 'adjusted budget', 'clearing', 'adjustment'] as const;
export type DatedKind = (typeof DATED_KINDS)[number];

export const advance = defineUpdate<Standing, [{ date: string }]>('advance');
/**
 * 有新情况: files were imported, or another workflow has finished. A workflow that waits for this looks again. It says so where a figure
 * behind what persons decide on has changed.
 */
export const news = defineSignal<[News?]>('news');

/** How a workflow's clock starts: live, or, in a run, on the business date of the caller. */
export interface ClockStart {
  live: boolean;
  today: string;
}

/** Continues the workflow as new in the middle of a wait; `until` is the date of that wait. Never returns. */
type Renewal = (until: string) => Promise<never>;

const NEVER = '9999-12-31';

/** A real date of this millennium; the empty text asks where a workflow stands and moves nothing. */
const isBusinessDate = (text: string): boolean => text === '' || (text.startsWith('2') && isRealDate(text));

export class BusinessDate {
  #live: boolean;
  #today: string;
  /** The date that the workflow waits for; null while it is at work. */
  #parkedUntil: string | null = null;
  #isLeaving = false;
  /** Counts whatever may be a reason for a waiting workflow to look again. */
  #messages = 0;
  #heard = 0;
  #changesOfFigures = 0;
  #renew: Renewal | null = null;
  readonly #started: DatedKind[];

  constructor({ live, today }: ClockStart, started: readonly DatedKind[] = []) {
    this.#live = live;
    this.#today = today;
    this.#started = [...started];
    setHandler(
      news,
      (said) => {
        if (said?.figuresChanged === true) this.#changesOfFigures += 1;
        this.lookAgain();
      },
      { description: NEWS_DESCRIPTION },
    );
    if (live) return;
    setHandler(
      advance,
      async ({ date }) => {
        if (date > this.#today) this.#today = date;
        this.lookAgain();
        await this.settled();
        return this.standing;
      },
      {
        validator: ({ date }: { date: string }) => {
          if (!isBusinessDate(date)) throw refused(`“${date}” 不是日期（a date such as 2028-06-30）`);
        },
        description: ADVANCE_DESCRIPTION,
      },
    );
  }

  /** Sets how the workflow continues as new once the messages of a long wait have filled its history. */
  renewsBy(renewal: Renewal): void {
    this.#renew = renewal;
  }

  /** From now on the calendar moves the date, and nobody else: the Temporal UI offers no `advance` any more. */
  goLive(): void {
    this.#live = true;
    setHandler(advance, undefined);
  }

  get isLive(): boolean {
    return this.#live;
  }

  get today(): string {
    return this.#live ? beijingDate(new Date()) : this.#today;
  }

  /** The day before today. */
  get yesterday(): string {
    return daysAfter(this.today, -1);
  }

  get standing(): Standing {
    const next = this.#parkedUntil === NEVER ? null : this.#parkedUntil;
    return { today: this.today, next, started: [...this.#started] };
  }

  /** Waits until the workflow has done everything that is due by today. */
  settled(): Promise<void> {
    return condition(
      () => this.#isLeaving || (this.#parkedUntil !== null && (this.#live || this.#parkedUntil > this.#today)),
    );
  }

  /** Waits for the beginning of a date. (In a run a date is one moment.) The Temporal UI shows `waitsFor` beside the timer. */
  from(date: string, waitsFor: string): Promise<void> {
    return this.#parkOrRenew(date, () => this.#hasCome(date), startOfDay(date), waitsFor);
  }

  /** Waits for the end of a date, so that what is due on it may be done all day. */
  until(date: string, waitsFor: string): Promise<void> {
    return this.#parkOrRenew(date, () => this.#hasCome(date), endOfDay(date), waitsFor);
  }

  /** Waits for a person to do something, at most until the end of a date. True when it was done. */
  async untilDone(done: () => boolean, waitsFor: string, deadline: string = NEVER): Promise<boolean> {
    const ends = deadline === NEVER ? null : endOfDay(deadline);
    await this.#park(deadline, () => done() || this.#hasCome(deadline), ends, waitsFor);
    return done();
  }

  /** Waits for the end of a date, or for news before it; true when it was news. A run has no news. */
  async untilNews(waitsFor: string, deadline: string): Promise<boolean> {
    const before = this.#heard;
    const isNews = (): boolean => this.#live && this.#messages > before;
    await this.#parkOrRenew(deadline, () => isNews() || this.#hasCome(deadline), endOfDay(deadline), waitsFor);
    const arrived = isNews();
    this.#heard = this.#messages;
    return arrived;
  }

  /** Waits until there may be something new to look at: news, a moved date, or `isEnough`. */
  async untilChange(waitsFor: string, isEnough: () => boolean = () => false): Promise<void> {
    const before = this.#messages;
    await this.#parkOrRenew(NEVER, () => isEnough() || this.#messages > before, null, waitsFor);
  }

  /** Makes a workflow that waits for something new look again. */
  lookAgain(): void {
    this.#messages += 1;
  }

  /** The workflow is at work again: a person has acted. Until it waits anew, `settled` does not answer. */
  resume(): void {
    this.#parkedUntil = null;
  }

  /** How often figures have changed behind what this workflow asks. */
  get changesOfFigures(): number {
    return this.#changesOfFigures;
  }

  noteStarted(kind: DatedKind): void {
    if (!this.#started.includes(kind)) this.#started.push(kind);
  }

  /** Answers every caller, so that the workflow may continue as new; must be awaited before it does. */
  async leaveUntil(date: string): Promise<void> {
    this.#parkedUntil = date;
    this.#isLeaving = true;
    await condition(allHandlersFinished);
  }

  /** Answers every caller, because nothing is waited for any more; must be awaited before a workflow returns. */
  end(): Promise<void> {
    return this.leaveUntil(NEVER);
  }

  /** Whether a run has come to a date; a live year has timers instead. */
  #hasCome(date: string): boolean {
    return !this.#live && this.#today >= date;
  }

  /**
   * Every message is an event, and thousands of areas send many. When the server says that the history has grown long, the
   * workflow continues as new in this wait; but not while a single person is asked, whose answer belongs to the run that asked.
   */
  async #parkOrRenew(date: string, ready: () => boolean, ends: number | null, waitsFor: string): Promise<void> {
    const isLong = (): boolean => this.#renew !== null && workflowInfo().continueAsNewSuggested;
    await this.#park(date, () => ready() || isLong(), ends, waitsFor);
    // News is looked at first: the next run would not know of it.
    if (this.#renew !== null && isLong() && !ready()) await this.#renew(date);
  }

  async #park(date: string, ready: () => boolean, ends: number | null, waitsFor: string): Promise<void> {
    this.#parkedUntil = date;
    if (!this.#live || ends === null) await condition(ready);
    else if (ends > Date.now())
      await condition(() => ready(), ends - Date.now(), { summary: fitting(waitsFor, 'summary') });
    this.#parkedUntil = null;
  }
}
