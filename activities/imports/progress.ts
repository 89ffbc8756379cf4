/** How far an import is. Every file is read to be judged, those with persons again to be loaded; then payments are decided. */
import type { BytesRead } from '../../pack';

/** For a person who waits: the part that is done, from 0 to 1, and a line. */
export interface Progress {
  share: number; // of the expected time: a plain number, as it is not money
  text: string;
}

type Step = 'judging' | 'loading' | 'deciding';
const STEPS: Record<Step, { name: string; weight: number }> = {
  judging: { name: '核对', weight: 1 },
  loading: { name: '装载', weight: 2 },
  deciding: { name: '受理', weight: 2 },
};
const WHOLE = 5; // the sum of the weights: how long the steps take for large files
const LINE_FEED = 0x0a;

export class ImportProgress {
  #step: Step = 'judging';
  #before = 0; // the weights of the steps that are over
  #read = 0; // bytes, in this step
  #rows = 0; // in this step
  readonly #began: number;
  #stepBegan: number;
  /** Milliseconds for the whole import; known when the decisions begin, which no bytes measure. */
  #expected: number | null = null;

  constructor(
    private readonly bytes: BytesRead,
    private readonly now: () => number = Date.now,
  ) {
    this.#began = this.#stepBegan = now();
  }

  onRead = (chunk: Buffer): void => {
    this.#read += chunk.length;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) this.#rows += 1;
    if (this.#step === 'loading' && this.#read >= this.bytes.loading) this.#enter('deciding');
  };

  /** The files are in order, and are read again. */
  beginLoading(): void {
    this.#enter('loading');
  }

  #enter(step: Step): void {
    this.#before += STEPS[this.#step].weight;
    this.#step = step;
    [this.#read, this.#stepBegan] = [0, this.now()];
    if (step === 'deciding') this.#expected = (this.#stepBegan - this.#began) * (WHOLE / this.#before);
    else this.#rows = 0;
  }

  get state(): Progress {
    const { name, weight } = STEPS[this.#step];
    const took = this.now() - this.#began;
    const part = this.#step === 'deciding' ? 0 : Math.min(1, this.#read / Math.max(1, this.bytes[this.#step]));
    const done = (this.#before + weight * part) / WHOLE;
    const expected = this.#expected ?? (done > 0 ? took / done : null);
    const share = expected === null ? 0 : Math.max(done, Math.min(0.99, took / Math.max(1, expected)));
    const seconds = (this.now() - this.#stepBegan) / 1000;
    const rate = this.#step === 'deciding' || seconds < 1 ? '' : `，每秒 ${grouped(this.#rows / seconds)} 行`;
    const left = expected === null ? '' : `，约余 ${durationText((expected - took) / 1000)}`;
    return { share, text: `${name} ${grouped(this.#rows)} 行${rate}${left}` };
  }
}

const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');

function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} 秒` : `${Math.round(whole / 60)} 分钟`;
}
