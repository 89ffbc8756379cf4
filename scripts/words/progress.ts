/** The progress of a compressed run while it goes on: business date, step, areas done, money booked, time left. */
import { SingleBar } from 'cli-progress';
import type { Database } from '../../db/connect';
import { type YearProgress, yearProgress } from '../../db/overview';
import { calendarOf } from '../../parameters/index';
import { daysBetween } from '../../rules/calendar-day';
import { decimal } from '../../rules/money';

/** 亿元 with two decimals, for display only. */
const hundredMillions = (yuan: string): string => decimal(yuan).div('100000000').toFixed(2);

/** What a run reports its dates to (`RunWatcher` of scripts/client/year-run.ts). */
export class Progress {
  readonly #start: string;
  readonly #days: number;
  readonly #bar: SingleBar | null;
  /** Without a terminal, one line is printed for each month: this is the last date reached in the current one. */
  #date: string | null = null;
  #counted: { done: YearProgress; at: number; took: number } | null = null;

  constructor(
    private readonly pool: Database,
    private readonly year: number,
    until: string | undefined,
    private readonly silent: boolean,
  ) {
    const calendar = calendarOf(year);
    this.#start = calendar.cycleStart;
    this.#days = daysBetween(this.#start, until ?? calendar.closing);
    this.#bar =
      silent || !process.stdout.isTTY ? null : new SingleBar({ format: FORMAT, ...inBlocks(process.stdout.columns) });
  }

  following(cycle: string): void {
    if (this.silent) return;
    console.log(`${this.year} 年度流程 ${cycle} 已在进行，随其办理 (following the running cycle ${cycle})`);
  }

  async progress(date: string): Promise<void> {
    if (this.silent) return;
    if (this.#bar) return this.#draw(this.#bar, date);
    if (this.#date !== null && this.#date.slice(0, 7) !== date.slice(0, 7)) await this.#printMonth(this.#date);
    this.#date = date;
  }

  async end(): Promise<void> {
    this.#bar?.stop();
    // The run itself reports what stopped it; a count that fails afterwards adds nothing.
    if (this.#date !== null) await this.#printMonth(this.#date).catch(() => undefined);
  }

  async #draw(bar: SingleBar, date: string): Promise<void> {
    const done = await this.#countNowAndThen();
    const shown = { date, step: stepOf(this.year, date), ...done, money: hundredMillions(done.money) };
    const days = Math.max(0, daysBetween(this.#start, date));
    if (!bar.isActive) bar.start(this.#days, days, shown);
    bar.update(days, shown);
  }

  /** Counting reads the whole journal, so it is done only so often that it takes a twentieth of the time. */
  async #countNowAndThen(): Promise<YearProgress> {
    const start = Date.now();
    const last = this.#counted;
    if (last !== null && start - last.at < 20 * last.took) return last.done;
    const done = await yearProgress(this.pool, this.year);
    this.#counted = { done, at: Date.now(), took: Date.now() - start };
    return done;
  }

  async #printMonth(date: string): Promise<void> {
    const done = await yearProgress(this.pool, this.year);
    const step = stepOf(this.year, date);
    console.log(
      `${date}  ${step}  预算 ${done.budgets}  征缴已结 ${done.reconciled}  入账 ${hundredMillions(done.money)} 亿元`,
    );
  }
}

const FORMAT = '{bar} {date} {step}  预算 {budgets}  征缴已结 {reconciled}  入账 {money} 亿元  尚需 {eta_formatted}';
export const BLOCKS = { barCompleteChar: '█', barIncompleteChar: '░' };
/** The columns that the words beside the bar take at most. */
const WORDS = 76;

/** The bar takes what the words leave of a line; how long it takes is not known at first. */
const inBlocks = (columns: number) => ({
  hideCursor: true,
  etaBuffer: 30,
  barsize: Math.max(0, Math.min(40, columns - WORDS)),
  ...BLOCKS,
  formatTime: timeText,
});

/** 1m20s, 45s; … where it is not known, which the bar says in letters. */
export function timeText(seconds: number | string): string {
  const whole = typeof seconds === 'number' ? Math.round(seconds) : Number.parseInt(seconds, 10);
  if (!Number.isFinite(whole)) return '…';
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`;
}

/** The step of the calendar that a date falls into. */
function stepOf(year: number, date: string): string {
  const calendar = calendarOf(year);
  if (date < calendar.budgetStart) return '居民征缴';
  if (date < calendar.yearStart) return '征缴与预算';
  if (date <= calendar.yearEnd) return '年度运行';
  if (date < calendar.settlementProposal) return '年度决算';
  return date < calendar.closing ? '分担审批' : '清算关账';
}
