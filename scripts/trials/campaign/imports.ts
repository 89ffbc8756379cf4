/**
 * A large import, killed at random moments: the command, the worker, Temporal or PostgreSQL, alone or together with the command. The
 * same command once more must end with the same rows and the same journal as an import that nobody disturbed.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createActivities } from '../../../activities';
import { type Database, connect } from '../../../db/connect';
import { loadPack } from '../../../db/load-pack';
import { selectOne } from '../../../db/rows';
import { readPack } from '../../../pack';
import { fundYearId } from '../../../rules/keys';
import { postgresPort, postgresUrl } from '../../../servers/postgres';
import { writeRegion } from '../bench/collection-files';
import type { Command } from './command';
import { Home, type Server } from './home';
import { type Random, seeded } from './random';

const YEAR = 2028;
const TRIALS = 10;
const VICTIMS: readonly ('import' | Server)[] = ['import', 'worker', 'temporal', 'postgres'];
/** An import that is not done after this many commands counts as failed. */
const MOST_COMMANDS = 4;
const FILES_OF_PERSONS = ['resident_roll.csv', 'resident_payments.csv'];

/** The files of the region: what comes first, and what is imported under fire. */
interface Files {
  before: string;
  persons: string;
}

interface Kill {
  victim: (typeof VICTIMS)[number];
  after: number; // milliseconds since the command began
  withImport: boolean;
}

const killText = ({ victim, after, withImport }: Kill): string =>
  `${withImport && victim !== 'import' ? `${victim} + import` : victim} @ ${(after / 1000).toFixed(2)} s`;

/** What an import of roll and payments changes, as one hash for each table, without the times of writing. */
const DIGESTS: Record<string, string> = {
  roll: 'select person, area, banner, "group", file, line from fund.resident_roll where fund_year = :year',
  payments: `select to_jsonb(p) - 'decided_at' from fund.resident_payment p where fund_year = :year`,
  waiting: 'select receipt, file, line from fund.received_payment where fund_year = :year',
  days: 'select to_jsonb(d) from fund.collection_day d where fund_year = :year',
  groups: 'select to_jsonb(g) from fund.collection_group g where fund_year = :year',
  reasons: 'select to_jsonb(q) from fund.collection_quarantine q where fund_year = :year',
  aided: 'select to_jsonb(e) from fund.full_aid_enrolment e where fund_year = :year',
  counts: 'select to_jsonb(c) from fund.collection_count c where fund_year = :year',
  journal: `select e.date, e.entity, e.scheme, e.part, e.key, l.side, l.account, l.amount
            from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id where e.fund_year = :year`,
};

async function digests(database: Database): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, rows] of Object.entries(DIGESTS)) {
    // The sum of the rows' hashes does not depend on their order, and needs no sorting of millions of rows.
    const row = await selectOne<{ digest: string }>(
      database,
      `select count(*) || '/' || coalesce(sum(('x' || substr(md5(r::text), 1, 15))::bit(60)::bigint::numeric), 0) as digest
       from (${rows}) r`,
      { year: YEAR },
    );
    found[name] = row?.digest ?? '';
  }
  return found;
}

/** A system of its own, with a year whose collection is open. */
class Region {
  readonly #home = new Home();

  constructor(private readonly files: Files) {}

  async open(): Promise<void> {
    await this.#up();
    await this.#asWorker(async (database) => {
      const read = await readPack(this.files.before, YEAR);
      if ('faults' in read) throw new Error(`${this.files.before} has faults.`);
      await loadPack(database, read.pack, 'live');
      const fund = createActivities(database);
      await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'the trial' });
      await fund.openCollection({ year: YEAR });
    });
  }

  async #up(): Promise<void> {
    const { code, stderr } = await this.#home.fund('up');
    if (code !== 0) throw new Error(`The servers did not start: ${stderr}`);
  }

  import = (): Command => this.#home.start('import', this.files.persons, '--year', String(YEAR));

  /** Imports with one kill; null when the kill came too late. Else how many commands it took, or why it failed. */
  async importWith({ victim, after, withImport }: Kill): Promise<{ commands: number } | { trouble: string } | null> {
    let command = this.import();
    await pause(after);
    if (victim === 'import' ? command.isOver : !(await this.#home.kill(victim, command))) return null;
    if (victim === 'import' || withImport) command.signal('SIGKILL');
    for (let commands = 1; ; commands++) {
      // A server that is gone does not come back by itself.
      if (victim !== 'import') await this.#up();
      const { code, stderr } = await command.ended;
      if (code === 0) return { commands };
      if (commands === MOST_COMMANDS) return { trouble: stderr.split('\n').at(-1) ?? '' };
      command = this.import();
    }
  }

  /** Books what was decided, and reads everything back. */
  async booked(): Promise<Record<string, string>> {
    return this.#asWorker(async (database) => {
      const fund = createActivities(database);
      const areas = await database('area').where({ fund_year: YEAR }).select('area', 'schemes');
      for (const { area, schemes } of areas) {
        if (!schemes.includes('resident')) continue;
        await fund.bookCollection({ year: YEAR, area, after: null, through: 'infinity', booking: 1 });
      }
      return digests(database);
    });
  }

  async #asWorker<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { folder } = this.#home;
    const database = connect(postgresUrl(folder, postgresPort(folder) ?? 0), 'worker', 2);
    try {
      return await work(database);
    } finally {
      await database.destroy();
    }
  }

  remove = (): Promise<void> => this.#home.remove();
}

const TOO_LATE = Symbol('the import was over');

const drawKill = (victim: Kill['victim'], length: number, random: Random): Kill => ({
  victim,
  after: Math.round(random() * 0.9 * length),
  withImport: victim === 'import' || random() < 0.5,
});

/** One trial: the failure in words, null for success, or that the import was over before the kill. */
async function trial(
  files: Files,
  reference: Record<string, string>,
  kill: Kill,
): Promise<string | null | typeof TOO_LATE> {
  const region = new Region(files);
  try {
    await region.open();
    const end = await region.importWith(kill);
    if (end === null) return TOO_LATE;
    if ('trouble' in end) return `导入未完成 (not imported): ${end.trouble}`;
    const found = await region.booked();
    const differing = Object.keys(reference).filter((name) => found[name] !== reference[name]);
    return differing.length > 0 ? `结果不同 (results differ): ${differing.join(', ')}` : null;
  } finally {
    await region.remove();
  }
}

async function undisturbed(files: Files): Promise<{ reference: Record<string, string>; length: number }> {
  const region = new Region(files);
  try {
    await region.open();
    const start = Date.now();
    const { code, stderr } = await region.import().ended;
    if (code !== 0) throw new Error(`The undisturbed import ended with ${code}: ${stderr}`);
    const length = Date.now() - start;
    return { reference: await region.booked(), length };
  } finally {
    await region.remove();
  }
}

/** Runs all trials with a roll of so many rows; false when one failed. */
export async function imports(rows: number, seed: number): Promise<boolean> {
  const random = seeded(seed);
  const folder = mkdtempSync(join(tmpdir(), 'fund-imports-'));
  let failed = 0;
  try {
    const written = writeRegion({ folder, year: YEAR, persons: rows, ofOneDay: 1000, seed });
    const files = { before: written.pack, persons: join(folder, 'persons') };
    mkdirSync(files.persons);
    for (const file of FILES_OF_PERSONS) renameSync(join(files.before, file), join(files.persons, file));
    const { reference, length } = await undisturbed(files);
    console.log(
      `${written.rollRows} + ${written.paymentRows} rows, undisturbed in ${(length / 1000).toFixed(1)} s: ${JSON.stringify(reference)}`,
    );
    for (let i = 0; i < TRIALS;) {
      const kill = drawKill(VICTIMS[i % VICTIMS.length] ?? 'worker', length, random);
      const trouble = await trial(files, reference, kill);
      if (trouble === TOO_LATE) continue; // it proves nothing: another moment is drawn
      i += 1;
      if (trouble !== null) failed += 1;
      console.log(`${i}/${TRIALS} ${trouble === null ? '✓' : '✗'} ${killText(kill)} ${trouble ?? ''}`);
    }
    console.log(`imports, seed ${seed}: ${TRIALS - failed} passed, ${failed} failed`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return failed === 0;
}
