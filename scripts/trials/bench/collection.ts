/**
 * Measures the resident collection of regions of growing size, each on a new PostgreSQL: the whole acceptance (read and judge, load,
 * open, decide and book, figures of every area) against a bare COPY of the same two files, in the same run on the same server. Then
 * the same files again, one more day of payments, and how long an approval takes while another day is imported.
 *
 * The acts are called in the order of the workflows, those of the areas as many at once as a worker performs, in this process: its
 * memory is that of command and worker.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import { type FundActivities, createActivities } from '../../../activities';
import { importPack } from '../../../activities/import';
import { inParallel } from '../../../activities/in-parallel';
import { type Database, connect, inTransaction } from '../../../db/connect';
import { importedBefore } from '../../../db/import-rows';
import { loadPack } from '../../../db/load-pack';
import { operatorsOf } from '../../../db/operators';
import { resultRows } from '../../../db/results';
import { selectOne } from '../../../db/rows';
import { openChains, waitingLink } from '../../../db/tasks';
import { type Pack, readPack } from '../../../pack';
import { collectionId, fundYearId } from '../../../rules/keys';
import { monthEnd } from '../../../rules/calendar-day';
import { ensureDatabase, release } from '../../../servers';
import { Home } from '../campaign/home';
import { Signers } from '../signers';
import { bareCopy } from './bare-copy';
import { type Written, writeRegion } from './collection-files';
import { secondsOf } from './timed-run';

const YEAR = 2028;
const SEED = 14;
const MOST_ROWS_OF_A_DAY = 100_000;
/** Approvals that are tried while a day is imported. */
const APPROVALS = 100;
const ACTS_AT_ONCE = 8; // of a worker
const MEBIBYTE = 1024 * 1024;

type Seconds = Record<string, number>;
interface Measured {
  rollRows: number;
  paymentRows: number;
  baseline: { roll: number; payments: number };
  phases: Seconds;
  memory: number; // MiB, the peak so far
  disk: number; // MiB
  again: number; // the same files once more
  day: { rows: number; importing: number; booking: number };
  approvals: { tried: number; p95: number };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const acceptance = ({ phases }: Measured): number => sum(Object.values(phases));
const bare = ({ baseline }: Measured): number => baseline.roll + baseline.payments;

/** One region, measured step by step. */
class CollectionTrial {
  readonly #fund: FundActivities;
  readonly #phases: Seconds = {};
  #areas: string[] = [];
  #bookings = 0;

  constructor(
    private readonly pool: Database,
    private readonly signers: Signers,
    private readonly written: Written,
  ) {
    this.#fund = createActivities(pool);
  }

  async measure(baseline: Measured['baseline']): Promise<Measured> {
    const { written, pool } = this;
    await this.#accept();
    const memory = process.resourceUsage().maxRSS / 1024;
    const again = await secondsOf(async () => {
      if ((await loadPack(pool, await this.#read(written.pack), 'live')) !== 'already loaded')
        throw new Error('The same files were loaded a second time.');
    });
    const importing = await secondsOf(() => this.#import(written.days[0]));
    const booking = await secondsOf(() => this.#book('infinity', null));
    const approvals = await this.#approveDuring(written.days[1], importing);
    await this.#phase('figures', () => this.#reconcile());
    await this.#refuseUnlikelyFigures();
    const size = await selectOne<{ bytes: string }>(pool, 'select pg_database_size(current_database()) as bytes');
    return {
      rollRows: written.rollRows,
      paymentRows: written.paymentRows,
      baseline,
      phases: this.#phases,
      memory,
      disk: Number(size?.bytes) / MEBIBYTE,
      again,
      day: { rows: written.rowsOfDays[0], importing, booking },
      approvals,
    };
  }

  /** Everything except the figures of the areas: an area that has been reconciled accepts no further day. */
  async #accept(): Promise<void> {
    const fund = this.#fund;
    const pack = await this.#phase('read', () => this.#read(this.written.pack));
    this.#areas = pack.areas.filter(({ schemes }) => schemes.includes('resident')).map(({ area }) => area);
    await this.#phase('load', () => loadPack(this.pool, pack, 'live'));
    await this.signers.appoint(YEAR);
    await this.#phase('open', async () => {
      await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'the trial' });
      await fund.openCollection({ year: YEAR });
    });
    await this.#phase('book', async () => {
      const days = [9, 10, 11, 12].map((month) => monthEnd(YEAR - 1, month));
      for (const [i, day] of [...days, 'infinity'].entries()) await this.#book(day, days[i - 1] ?? null);
    });
  }

  /** Decides the rows that are due, and books them area by area; without `after` every day is looked at, as in a live year. */
  async #book(through: string, after: string | null): Promise<void> {
    this.#bookings += 1;
    const booking = this.#bookings;
    await this.#inAllAreas((area) => this.#fund.bookCollection({ year: YEAR, area, after, through, booking }));
  }

  async #reconcile(): Promise<void> {
    const acceptBy = `${YEAR + 1}-01-31`;
    await this.#inAllAreas((area) =>
      this.#fund.reconcileCollection({ year: YEAR, area, workflowId: collectionId(YEAR, area), acceptBy }),
    );
    await this.#fund.reconcileUnknownArea({ year: YEAR, workflowId: fundYearId(YEAR), acceptBy });
  }

  #inAllAreas = (act: (area: string) => Promise<unknown>): Promise<unknown> =>
    inParallel(ACTS_AT_ONCE, this.#areas, act);

  /**
   * A figure that is fast and wrong is worth nothing: every row is counted, and about as many in quarantine as were written to
   * be.
   */
  async #refuseUnlikelyFigures(): Promise<void> {
    const rows = await resultRows(this.pool, 'collection.csv', YEAR);
    const total = (column: string): number => sum(rows.map((row) => Number(row[column])));
    const [accepted, quarantined] = [total('accepted_rows'), total('quarantined_rows')];
    const expected = this.written.paymentRows + sum(this.written.rowsOfDays);
    const share = quarantined / expected;
    if (accepted + quarantined !== expected || share < 0.01 || share > 0.03)
      throw new Error(`Of ${expected} payment rows ${accepted} were accepted and ${quarantined} quarantined.`);
  }

  async #import(folder: string): Promise<void> {
    const read = await this.#read(folder, await importedBefore(this.pool, YEAR));
    await importPack(this.pool, read, null);
  }

  async #read(folder: string, imported?: Awaited<ReturnType<typeof importedBefore>>): Promise<Pack> {
    const read = await readPack(folder, YEAR, imported);
    if ('faults' in read) throw new Error(`${folder} has faults: ${JSON.stringify(read.faults.slice(0, 3))}`);
    return read.pack;
  }

  /** Approves tasks, one after the other, spread over as many seconds as the import will take, until it has ended. */
  async #approveDuring(folder: string, expected: number): Promise<Measured['approvals']> {
    const tasks = await this.#openTasks();
    const pause = (1000 * expected) / APPROVALS;
    const importing = this.#import(folder);
    const standing = { isOver: false };
    const over = importing.finally(() => (standing.isOver = true));
    over.catch(() => undefined); // awaited below, once the approval under way has ended
    const seconds: number[] = [];
    for (const act of tasks) {
      if (standing.isOver) break;
      seconds.push(await secondsOf(() => this.#fund.decide({ year: YEAR, act })));
      await sleep(pause);
    }
    await over;
    const sorted = seconds.sort((a, b) => a - b);
    return { tried: sorted.length, p95: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0 };
  }

  async #openTasks() {
    const area = this.#areas[0] as string;
    const chains = Array.from({ length: APPROVALS }, (_, i) => `trial/${i}`);
    await inTransaction(this.pool, (trx) =>
      openChains(
        trx,
        chains.map((chain) => ({
          ...{ fundYear: YEAR, chain, workflowId: 'trial', kind: 'accept_finding' as const, area },
          ...{ scheme: 'resident' as const, subject: chain, figures: {}, dueOn: `${YEAR}-01-01` },
          roles: ['area_finance' as const],
        })),
      ),
    );
    const operators = await operatorsOf(this.pool, YEAR);
    const operator = operators.find((person) => person.role === 'area_finance' && person.area === area)?.operator ?? '';
    const links = await Promise.all(chains.map((chain) => waitingLink(this.pool, chain)));
    return Promise.all(
      links.map((link) =>
        this.signers.signed(YEAR, {
          ...{ task: link?.task ?? '', operator, decision: 'accept' as const, document: '基准测试' },
          ...{ figuresHash: link?.figures_hash ?? '', businessDate: `${YEAR}-01-01` },
        }),
      ),
    );
  }

  async #phase<T>(name: string, work: () => Promise<T>): Promise<T> {
    let result: T | undefined;
    const seconds = await secondsOf(async () => {
      result = await work();
    });
    this.#phases[name] = seconds;
    console.log(`  ${name.padEnd(10)} ${seconds.toFixed(1)} s`);
    return result as T;
  }
}

async function measure(persons: number): Promise<Measured> {
  const home = new Home();
  process.env.FUND_HOME = home.folder;
  try {
    console.log(`${persons.toLocaleString('en')} persons`);
    const ofOneDay = Math.min(MOST_ROWS_OF_A_DAY, Math.round(persons / 10));
    const written = writeRegion({ folder: home.folder, year: YEAR, persons, ofOneDay, seed: SEED });
    const { databaseUrl } = await ensureDatabase(() => undefined);
    const baseline = await bareCopy(databaseUrl, written.pack);
    console.log(`  bare COPY  ${(baseline.roll + baseline.payments).toFixed(1)} s`);
    const pool = connect(databaseUrl, 'worker', ACTS_AT_ONCE + 2);
    const owner = connect(databaseUrl, 'owner', 1);
    try {
      return await new CollectionTrial(pool, new Signers(owner), written).measure(baseline);
    } finally {
      await pool.destroy();
      await owner.destroy();
    }
  } finally {
    await release();
    await home.remove();
  }
}

const ROWS: readonly [name: string, value: (of: Measured) => string][] = [
  ['登记行 roll rows', ({ rollRows }) => rollRows.toLocaleString('en')],
  ['缴费行 payment rows', ({ paymentRows }) => paymentRows.toLocaleString('en')],
  ['仅 COPY bare COPY (s)', (of) => bare(of).toFixed(1)],
  ['读取 read and judge (s)', ({ phases }) => (phases.read ?? 0).toFixed(1)],
  ['装载 load (s)', ({ phases }) => (phases.load ?? 0).toFixed(1)],
  ['开始 open (s)', ({ phases }) => (phases.open ?? 0).toFixed(1)],
  ['受理入账 decide and book (s)', ({ phases }) => (phases.book ?? 0).toFixed(1)],
  ['各区数 figures of areas (s)', ({ phases }) => (phases.figures ?? 0).toFixed(1)],
  ['合计 together (s)', (of) => acceptance(of).toFixed(1)],
  ['每秒行数 rows a second', (of) => Math.round((of.rollRows + of.paymentRows) / acceptance(of)).toLocaleString('en')],
  ['与仅 COPY 之比 against bare COPY', (of) => (bare(of) / acceptance(of)).toFixed(3)],
  ['峰值内存 peak memory (MiB)', ({ memory }) => memory.toFixed(0)],
  ['数据库 database (MiB)', ({ disk }) => disk.toFixed(0)],
  ['同一文件再次 same files again (s)', ({ again }) => again.toFixed(2)],
  ['再次与首次之比 again against first', (of) => (of.again / acceptance(of)).toFixed(3)],
  ['日文件行数 rows of one more day', ({ day }) => day.rows.toLocaleString('en')],
  ['导入日文件 importing it (s)', ({ day }) => day.importing.toFixed(1)],
  ['受理入账 deciding and booking it (s)', ({ day }) => day.booking.toFixed(1)],
  ['导入时审批数 approvals during import', ({ approvals }) => String(approvals.tried)],
  ['审批 p95 (s)', ({ approvals }) => approvals.p95.toFixed(3)],
];

/** Measures regions with these numbers of persons on the roll, smallest first. */
export async function collections(of: readonly number[]): Promise<void> {
  const measured: Measured[] = [];
  for (const persons of [...of].sort((a, b) => a - b)) measured.push(await measure(persons));
  const table = new Table({ style: { head: [], border: [] } });
  for (const [name, value] of ROWS) table.push([name, ...measured.map(value)]);
  console.log(table.toString());
}
