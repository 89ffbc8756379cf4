/**
 * The business date (业务日期): the only clock that rules and records know.
 *
 * In a compressed run the caller moves it: an `advance` Update answers when everything due by that date is done, so the
 * outcome never depends on how fast a machine is. A workflow waits in one way only, through this class.
 */
import { ApplicationFailure, allHandlersFinished, condition, defineUpdate, setHandler } from '@temporalio/workflow';

/** Where a workflow stands once nothing more happens by itself. */
export interface Standing {
  today: string;
  /** The date at which it goes on by itself, a deadline too; null when only a person can move it, or when it has ended. */
  next: string | null;
  /** Workflows it has started so far that wait for dates of their own: each is moved by its own `advance`. */
  children: string[];
}

export const advance = defineUpdate<Standing, [{ date: string }]>('advance');

const NEVER = '9999-12-31';

/** A real date before the end of time; the empty one asks where a workflow stands and moves nothing. */
function isBusinessDate(text: string): boolean {
  if (text === '') return true;
  const [year, month, day] = /^(2\d{3})-(\d{2})-(\d{2})$/.exec(text)?.slice(1) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export class BusinessDate {
  #today: string;
  /** The date at which the story goes on; null while it is going on. */
  #parkedUntil: string | null = null;
  readonly #children: string[] = [];

  /** `today` is the date on which the workflow was started; the year itself starts before any date. */
  constructor(today = '') {
    this.#today = today;
    setHandler(
      advance,
      async ({ date }) => {
        if (date > this.#today) this.#today = date;
        await this.settled();
        return this.standing;
      },
      {
        validator: ({ date }: { date: string }) => {
          if (!isBusinessDate(date))
            throw ApplicationFailure.nonRetryable(`“${date}” 不是日期（a date such as 2028-06-30）`, 'Refused');
        },
        description: '推进业务日期（模拟运行）：{"date":"2028-06-30"}；到该日应办事项全部办完后返回',
      },
    );
  }

  get today(): string {
    return this.#today;
  }

  get standing(): Standing {
    const next = this.#parkedUntil === NEVER ? null : this.#parkedUntil;
    return { today: this.#today, next, children: [...this.#children] };
  }

  /** Waits until nothing more happens by itself on this date. */
  settled(): Promise<void> {
    return condition(() => this.#parkedUntil !== null && this.#parkedUntil > this.#today);
  }

  /** Waits for a date. */
  async until(date: string): Promise<void> {
    await this.#park(date, () => this.#today >= date);
  }

  /** Waits for something a person does, at most until a date. True when it was done. */
  async untilDone(done: () => boolean, deadline: string = NEVER): Promise<boolean> {
    await this.#park(deadline, () => done() || this.#today >= deadline);
    return done();
  }

  /** The story goes on: what a person did is being carried out. */
  goOn(): void {
    this.#parkedUntil = null;
  }

  started(child: string): void {
    this.#children.push(child);
  }

  /** Nothing is waited for any more: answers every caller, and must be awaited before a workflow returns. */
  async end(): Promise<void> {
    this.#parkedUntil = NEVER;
    await condition(allHandlersFinished);
  }

  async #park(date: string, ready: () => boolean): Promise<void> {
    this.#parkedUntil = date;
    await condition(ready);
    this.#parkedUntil = null;
  }
}
