/** Live progress of a compressed run: business date, step, areas done, money moved, time left. */
import { SingleBar } from 'cli-progress';
import type { Pool } from 'pg';
import { type YearProgress, yearProgress } from '../db/year';
import { calendarOf } from '../parameters';
import { decimal } from '../rules/money';
import type { RunWatcher } from './year-run';

const DAY = 24 * 60 * 60 * 1000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
/** 亿元 with two decimals, for the eye only. */
const hundredMillions = (yuan: string): string => decimal(yuan).div('100000000').toFixed(2);

export class Progress implements RunWatcher {
  readonly #start: string;
  readonly #days: number;
  readonly #bar: SingleBar | null;
  /** Without a terminal: the line of the month that is going on, told when the month is over. */
  #month: { month: string; line: string } | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly year: number,
    until: string | undefined,
    private readonly silent: boolean,
  ) {
    const calendar = calendarOf(year);
    this.#start = calendar.cycleStart;
    this.#days = daysBetween(this.#start, until ?? calendar.closing);
    this.#bar =
      silent || !process.stdout.isTTY ? null : new SingleBar({ format: FORMAT, hideCursor: true, etaBuffer: 30 });
  }

  following(cycle: string): void {
    if (this.silent) return;
    console.log(`${this.year} 年度流程 ${cycle} 已在进行，随其办理 (following the running cycle ${cycle})`);
  }

  async progress(date: string): Promise<void> {
    if (this.silent) return;
    const done = await yearProgress(this.pool, this.year);
    const shown = { date, step: stepOf(this.year, date), ...told(done) };
    const days = Math.max(0, daysBetween(this.#start, date));
    if (this.#bar) {
      if (!this.#bar.isActive) this.#bar.start(this.#days, days, shown);
      this.#bar.update(days, shown);
      return;
    }
    const month = date.slice(0, 7);
    if (this.#month !== null && this.#month.month !== month) console.log(this.#month.line);
    const line = `${date}  ${shown.step}  预算 ${done.budgets}  征缴已结 ${done.reconciled}  入账 ${shown.money} 亿元`;
    this.#month = { month, line };
  }

  end(): void {
    this.#bar?.stop();
    if (this.#month !== null) console.log(this.#month.line);
  }
}

const FORMAT = '{bar} {date} {step} | 预算 {budgets} | 征缴已结 {reconciled} | 入账 {money} 亿元 | 余 {eta_formatted}';

const told = (done: YearProgress) => ({ ...done, money: hundredMillions(done.money) });

/** The step of the calendar that a date belongs to, in a few words. */
function stepOf(year: number, date: string): string {
  const calendar = calendarOf(year);
  if (date < calendar.budgetStart) return '居民征缴';
  if (date < calendar.yearStart) return '征缴与预算';
  if (date <= calendar.yearEnd) return '年度运行';
  if (date < calendar.settlementProposal) return '年度决算';
  return date < calendar.closing ? '分担审批' : '清算关账';
}
