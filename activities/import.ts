/**
 * 导入: a live year takes its files as they come. New rows are added, equal ones change nothing, and a row that says
 * something else is refused, naming both, unless a person corrects it by name and reason (CONTRACT 1). What the books and
 * the months' checks rest on is put right in the same transaction.
 */
import { execute } from '../db/rows';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import type { Correction } from '../db/corrections';
import { doneActs } from '../db/done';
import { type YearRow, lockYear, noteImport } from '../db/fund-year';
import {
  type Compared,
  type Differing,
  KEYED,
  type KeyedTable,
  addRows,
  compareRows,
  correctRow,
} from '../db/import-rows';
import {
  addArrivals,
  addPayments,
  addRoll,
  reconsiderUnknownPersons,
  setMedicalAid,
  setOverrides,
} from '../db/import-sets';
import { post } from '../db/journal';
import { PackRefused, tablesOf } from '../db/load-pack';
import { openingFaults } from '../db/opening';
import { areaOfCorrector } from '../db/operators';
import { enrolByFullAid } from '../db/residents';
import { type Actual, actualPosting, openingPosting } from '../figures/books';
import type { Fault, Pack } from '../pack';
import { decimal } from '../rules/money';
import { type Part, REGION, SCHEMES, type Scheme } from '../rules/vocabulary';
import { recheckMonths } from './monthly-check';

export interface ImportReceipt {
  /** Rows by file: added, corrected, and those that were there already. */
  files: Record<string, { added: number; corrected: number; unchanged: number }>;
}

/** The act after which the rows of a table are fixed, and what is to be done with an error then. */
const FIXED_BY: Partial<Record<KeyedTable, { act: string; why: string }>> = {
  area: { act: 'collection/open', why: '征缴已开始，统筹区已固定' },
  banner: { act: 'subsidy/heads', why: '补助人数已核定' },
  history: { act: 'sharing', why: '分担方案已测算' },
  opening: { act: 'sharing', why: '分担方案已测算' },
  adjustment_fund: { act: 'sharing', why: '分担方案已测算' },
  insured: { act: 'sharing', why: '分担方案已测算' },
  actual: { act: 'sharing', why: '分担方案已测算' },
  conduct: { act: 'sharing', why: '分担方案已测算' },
};

/** Takes the files of a folder into a live year, all of them or, where one has a fault, none. */
export function importPack(pool: Database, pack: Pack, correction: Correction | null): Promise<ImportReceipt> {
  return inTransaction(pool, async (trx) => {
    const row = await lockYear(trx, pack.year);
    if (row === undefined)
      await execute(trx, `insert into fund.fund_year (year, mode) values (:year, 'live')`, { year: pack.year });
    refuseOtherThanLive(pack, row);
    const receipt = await new Import(trx, pack, correction, await doneActs(trx, pack.year)).take();
    await noteImport(trx, pack.year);
    return receipt;
  });
}

function refuseOtherThanLive({ year }: Pack, row: YearRow | undefined): void {
  const why =
    row?.mode === 'run'
      ? `${year} 年度是模拟运行（fund run）的年度，不接受导入：请另设 FUND_HOME`
      : row?.status === 'closed'
        ? `${year} 年度已关账：差错在开放年度更正`
        : null;
  if (why === null) return;
  throw new PackRefused([
    {
      file: 'areas.csv',
      line: null,
      column: null,
      found: null,
      expected: `${year} 正式年度 (a live year)`,
      remedy: why,
    },
  ]);
}

class Import {
  readonly #faults: Fault[] = [];
  readonly #files: ImportReceipt['files'] = {};
  /** The first month whose check rests on something that has changed; 13: none. */
  #reckonFrom = 13;
  /** The area whose office corrects; null where it is the region's, or nobody corrects. */
  #correctingArea: string | null = null;

  constructor(
    private readonly trx: Transaction,
    private readonly pack: Pack,
    private readonly correction: Correction | null,
    private readonly acts: ReadonlySet<string>,
  ) {}

  async take(): Promise<ImportReceipt> {
    const { trx, pack } = this;
    if (this.correction !== null)
      this.#correctingArea = await areaOfCorrector(trx, pack.year, this.correction.operator);
    // A part of a pack need not hold every opening: only those that it gives are held against the year before.
    this.#faults.push(...(await openingFaults(trx, pack)).filter(({ line }) => line !== null));
    const tables = tablesOf(pack);
    const compared: [KeyedTable, readonly { line: number }[], Compared][] = [];
    for (const table of Object.keys(KEYED) as KeyedTable[]) {
      const rows = tables[table];
      const found = await compareRows(trx, table, rows, pack.year);
      this.#judge(table, found);
      compared.push([table, rows, found]);
    }
    if (this.#faults.length > 0) throw new PackRefused(this.#faults);
    for (const [table, rows, found] of compared) await this.#takeTable(table, rows, found);
    await this.#tell('medical_aid.csv', setMedicalAid(trx, pack, this.#isDone('collection/open')));
    await this.#tell('subsidy_arrivals.csv', addArrivals(trx, pack, this.#isDone('subsidy/settlement')));
    // A value of law is nobody's but the region's.
    const byRegion = this.#correctingArea === null ? this.correction : null;
    await this.#tell('parameters.json', setOverrides(trx, pack, byRegion));
    await this.#takePersons();
    if (this.#faults.length > 0) throw new PackRefused(this.#faults);
    if (this.#reckonFrom <= 12) await recheckMonths(trx, pack.year, this.#reckonFrom);
    return { files: this.#files };
  }

  /** An act of the year; one that is done scheme by scheme counts when it is done for any. */
  #isDone = (act: string): boolean =>
    [act, ...SCHEMES.map((scheme) => `${act}/${scheme}`)].some((one) =>
      this.acts.has(`fund-year-${this.pack.year}/${one}`),
    );

  async #takeTable(table: KeyedTable, rows: readonly { line: number }[], compared: Compared): Promise<void> {
    if (rows.length === 0) return;
    const { trx, pack } = this;
    await addRows(trx, table, rows, compared.added, pack.year);
    if (table === 'actual') await this.#bookLate(rows as ActualRow[], new Set(compared.added));
    for (const differing of compared.differing) await this.#correct(differing);
    const [added, corrected] = [compared.added.length, compared.differing.length];
    this.#files[KEYED[table].file] = { added, corrected, unchanged: rows.length - added - corrected };
  }

  /** Tells every row that may not be taken. */
  #judge(table: KeyedTable, { added, differing }: Compared): void {
    const fixed = FIXED_BY[table];
    const why = fixed !== undefined && this.#isDone(fixed.act) ? fixed.why : null;
    if (why !== null) {
      const expected = `不再新增的数据：${why}`;
      for (const line of added) this.#refuse(KEYED[table].file, line, null, null, expected, '差错在下一开放年度更正');
    }
    for (const one of differing) this.#judgeChange(one, why);
  }

  #judgeChange({ table, line, key, changed, provisional }: Differing, fixedBy: string | null): void {
    const { file } = KEYED[table];
    const isFilling = Object.values(changed).every(({ stored }) => stored === null);
    const never = fixedBy ?? this.#neverChanges(table, changed) ?? this.#notTheirs(key);
    if (never === null && (isFilling || provisional || this.correction !== null)) return;
    for (const [column, { stored, given }] of Object.entries(changed)) {
      const remedy = never ?? '核对；确需更正的，加 --correct 理由 --as 工号';
      this.#refuse(file, line, column, given, `与已导入的 ${stored ?? '（空）'} 一致`, remedy);
    }
  }

  /** What no correction reaches: it would change what persons have acted on. */
  #neverChanges(table: KeyedTable, changed: Differing['changed']): string | null {
    if (table === 'budget_submission') return '已报送的版本不改：请以新的 version 报送';
    if (table === 'area' && 'schemes' in changed) return '年度内不改险种';
    if (table === 'collection_total' && [...this.acts].some((act) => act.endsWith('/reconciled')))
      return '征缴已对账，差异已由专人接受';
    return null;
  }

  /** An area's office corrects rows of its own area. */
  #notTheirs(key: Differing['key']): string | null {
    const area = this.#correctingArea;
    if (area === null || key.area === area) return null;
    return `工号 ${this.correction?.operator} 属统筹区 ${area}：由本统筹区或自治区的工号更正`;
  }

  #refuse(
    file: string,
    line: number | null,
    column: string | null,
    found: string | null,
    expected: string,
    remedy: string,
  ): void {
    this.#faults.push({ file, line, column, found, expected, remedy });
  }

  async #correct(differing: Differing): Promise<void> {
    const isFilling = Object.values(differing.changed).every(({ stored }) => stored === null);
    const by = this.correction ?? { operator: 'system', reason: isFilling ? '补填空缺' : '以报送数替换暂定数' };
    const correction = await correctRow(this.trx, this.pack.year, differing, by);
    await this.#followInBooks(differing, correction);
  }

  /** A corrected figure that is booked is reversed and booked anew; months that rest on it are reckoned again. */
  async #followInBooks({ table, key, changed }: Differing, correction: string): Promise<void> {
    const { year } = this.pack;
    const change = (column: string) => {
      const cell = changed[column];
      return cell && { stored: decimal(cell.stored ?? '0'), given: decimal(cell.given ?? '0') };
    };
    if (table === 'actual') {
      const amount = change('amount');
      // A key comes as text.
      const row = { ...key, month: Number.parseInt(key.month ?? '', 10) } as Actual;
      if (amount === undefined || !this.#isDone(`month/${row.month}`)) return;
      await post(this.trx, year, [
        actualPosting(year, row, amount.stored.negated(), { suffix: `/${correction}/reversed`, correction }),
        actualPosting(year, row, amount.given, { suffix: `/${correction}`, correction }),
      ]);
      this.#reckonFrom = Math.min(this.#reckonFrom, row.month);
    }
    const opening =
      table === 'opening'
        ? change('accumulated_surplus')
        : table === 'adjustment_fund'
          ? change('opening_balance')
          : undefined;
    if (opening !== undefined && this.#isDone('books/open')) {
      const fund = { entity: key.area ?? REGION, scheme: key.scheme as Scheme, part: (key.part ?? 'pooled') as Part };
      await post(this.trx, year, [
        openingPosting(fund, `${year}-01-01`, opening.given.minus(opening.stored), correction),
      ]);
      this.#reckonFrom = 1;
    }
  }

  /** Actuals of a month that has been checked already come late: they are booked at once. */
  async #bookLate(rows: readonly ActualRow[], added: ReadonlySet<number>): Promise<void> {
    const late = rows.filter((row) => added.has(row.line) && this.#isDone(`month/${row.month}`));
    if (late.length === 0) return;
    await post(
      this.trx,
      this.pack.year,
      late.map((row) => actualPosting(this.pack.year, row, decimal(row.amount))),
    );
    this.#reckonFrom = Math.min(this.#reckonFrom, ...late.map(({ month }) => month));
  }

  async #takePersons(): Promise<void> {
    const { trx, pack } = this;
    for (const file of pack.rollFiles) await this.#tell(file, addRoll(trx, pack, file));
    for (const file of pack.paymentFiles) await this.#tell(file, addPayments(trx, pack, file));
    if (pack.rollFiles.length > 0 && this.#isDone('collection/open')) {
      await enrolByFullAid(trx, pack.year);
      await reconsiderUnknownPersons(trx, pack.year);
    }
    if (pack.rollFiles.length + pack.paymentFiles.length > 0) await execute(trx, 'select fund.refresh_statistics()');
  }

  async #tell(
    file: string,
    taking: Promise<{ faults: Fault[]; added: number; unchanged: number; corrected?: number }>,
  ): Promise<void> {
    const { faults, added, unchanged, corrected = 0 } = await taking;
    this.#faults.push(...faults);
    if (added + unchanged + corrected > 0) this.#files[file] = { added, corrected, unchanged };
  }
}

interface ActualRow extends Actual {
  line: number;
  amount: string;
}
