/**
 * The business date (业务日期): the only clock that rules and records know.
 *
 * In a compressed run the caller moves it: an `advance` Update answers when everything due by that date is done, so the
 * outcome never depends on how fast a machine is. In a live year it is the date in Shanghai, and the same waits are durable
 * timers. A workflow waits in one way only, through this class.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { beijingDate, endOfDay, startOfDay } from '../rules/beijing-time';
import { daysAfter, isRealDate } from '../rules/calendar-day';
import { ADVANCE_DESCRIPTION, NEWS_DESCRIPTION } from './wording';

/** Where a workflow stands once nothing more happens by itself. */
export interface Standing {
  today: string;
  /** The date at which it goes on by itself, a deadline too; null when only a person can move it, or when it has ended. */
  next: string | null;
  /** The kinds of workflows it has started so far that wait for dates of their own: each is moved by its own `advance`. */
  started: DatedKind[];
}
/** Workflows with dates of their own, in the order in which they go on one date. */
export const DATED_KINDS = ['collection', 'budget', 'adjustment'] as const;
export type DatedKind = (typeof DATED_KINDS)[number];

export const advance = defineUpdate<Standing, [{ date: string }]>('advance');
/** 有新情况: files were imported, or another workflow has ended. Whoever waits for such a thing looks again. */
export const news = defineSignal('news');

/** How a workflow's clock starts: live, or in a run on the date to which the caller has come. */
export interface ClockStart {
  live: boolean;
  today: string;
}

/** Continues the workflow as new at the wait it stands in; `until` is the date of that wait. Never returns. */
export type Renewal = (until: string) => Promise<never>;

const NEVER = '9999-12-31';

/** A real date of this millennium; the empty text asks where a workflow stands and moves nothing. */
const isBusinessDate = (text: string): boolean => text === '' || (text.startsWith('2') && isRealDate(text));

export class BusinessDate {
  #live: boolean;
  #today: string;
  /** The date at which the story goes on; null while it is going on. */
  #parkedUntil: string | null = null;
  #isLeaving = false;
  /** Grows with everything that a waiting workflow may want to look at again. */
  #messages = 0;
  #heard = 0;
  #renew: Renewal | null = null;
  readonly #started: DatedKind[];

  constructor({ live, today }: ClockStart, started: readonly DatedKind[] = []) {
    this.#live = live;
    this.#today = today;
    this.#started = [...started];
    setHandler(news, () => this.lookAgain(), { description: NEWS_DESCRIPTION });
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
          if (this.#live) throw refused('正式年度按实际日期办理，不能推进（a live year follows the calendar）');
          if (!isBusinessDate(date)) throw refused(`“${date}” 不是日期（a date such as 2028-06-30）`);
        },
        description: ADVANCE_DESCRIPTION,
      },
    );
  }

  /** How the workflow goes on as new when what it heard while it waited has made its history long. */
  renewsBy(renewal: Renewal): void {
    this.#renew = renewal;
  }

  /** From now on the calendar moves the date. */
  goLive(): void {
    this.#live = true;
  }

  get isLive(): boolean {
    return this.#live;
  }

  get today(): string {
    return this.#live ? beijingDate(new Date()) : this.#today;
  }

  /** The last day that is over. */
  get yesterday(): string {
    return daysAfter(this.today, -1);
  }

  get standing(): Standing {
    const next = this.#parkedUntil === NEVER ? null : this.#parkedUntil;
    return { today: this.today, next, started: [...this.#started] };
  }

  /** Waits until nothing more happens by itself on this date. */
  settled(): Promise<void> {
    return condition(
      () => this.#isLeaving || (this.#parkedUntil !== null && (this.#live || this.#parkedUntil > this.#today)),
    );
  }

  /** Waits for the beginning of a date; in a run a date has no beginning and no end. `waitsFor` is what the Temporal UI shows. */
  from(date: string, waitsFor: string): Promise<void> {
    return this.#parkOrRenew(date, () => this.#hasCome(date), startOfDay(date), waitsFor);
  }

  /** Waits for the end of a date: what is due on it may be done all day. */
  until(date: string, waitsFor: string): Promise<void> {
    return this.#parkOrRenew(date, () => this.#hasCome(date), endOfDay(date), waitsFor);
  }

  /** Waits for a person to do something, at most until the end of a date. True when it was done. */
  async untilDone(done: () => boolean, waitsFor: string, deadline: string = NEVER): Promise<boolean> {
    const ends = deadline === NEVER ? null : endOfDay(deadline);
    await this.#park(deadline, () => done() || this.#hasCome(deadline), ends, waitsFor);
    return done();
  }

  /** Waits for the end of a date, or for news before it. True when there is news. In a run there is none. */
  async untilNews(waitsFor: string, deadline: string): Promise<boolean> {
    const before = this.#heard;
    const isNews = (): boolean => this.#live && this.#messages > before;
    await this.#parkOrRenew(deadline, () => isNews() || this.#hasCome(deadline), endOfDay(deadline), waitsFor);
    const arrived = isNews();
    this.#heard = this.#messages;
    return arrived;
  }

  /** Waits until there may be something new to look at: news, a moved date, or what `isEnough` says. */
  async awhile(waitsFor: string, isEnough: () => boolean = () => false): Promise<void> {
    const before = this.#messages;
    await this.#parkOrRenew(NEVER, () => isEnough() || this.#messages > before, null, waitsFor);
  }

  /** There may be something new: who waits for such a thing looks. */
  lookAgain(): void {
    this.#messages += 1;
  }

  /** The story goes on: what a person did is being carried out. */
  goOn(): void {
    this.#parkedUntil = null;
  }

  startedAll(kind: DatedKind): void {
    this.#started.push(kind);
  }

  /** Answers every caller, so that the workflow may continue as new; must be awaited before it does. */
  async leaveUntil(date: string): Promise<void> {
    this.#parkedUntil = date;
    this.#isLeaving = true;
    await condition(allHandlersFinished);
  }

  /** Nothing is waited for any more: answers every caller, and must be awaited before a workflow returns. */
  end(): Promise<void> {
    return this.leaveUntil(NEVER);
  }

  /** In a run; in a live year the timers of the waits say so. */
  #hasCome(date: string): boolean {
    return !this.#live && this.#today >= date;
  }

  /**
   * Every message that a waiting workflow hears is an event, and thousands of areas have much to tell: when the server says that
   * the history has grown long, the workflow goes on as new at this wait. Not while it waits for one person's answer, which
   * belongs to the run that asked.
   */
  async #parkOrRenew(date: string, ready: () => boolean, ends: number | null, waitsFor: string): Promise<void> {
    const isLong = (): boolean => this.#renew !== null && workflowInfo().continueAsNewSuggested;
    await this.#park(date, () => ready() || isLong(), ends, waitsFor);
    // What has been heard is looked at first; a run that follows would not know of it.
    if (this.#renew !== null && isLong() && !ready()) await this.#renew(date);
  }

  async #park(date: string, ready: () => boolean, ends: number | null, waitsFor: string): Promise<void> {
    this.#parkedUntil = date;
    if (!this.#live || ends === null) await condition(ready);
    else if (ends > Date.now()) await condition(() => ready(), ends - Date.now(), { summary: waitsFor });
    this.#parkedUntil = null;
  }
}

const refused = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, 'Refused');
