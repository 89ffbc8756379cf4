/**
 * 导入: a live year accepts its files as they arrive. New rows are added, equal ones change nothing, and a row that differs is
 * refused, naming both values, unless a person corrects it by name and reason (CONTRACT 1). Books and monthly checks that rest
 * on changed rows are corrected in the same transaction.
 */
import { adjustmentFaults } from '../db/adjustments';
import { personAreas } from '../db/areas';
import { type Database, type Transaction, inTransactionUnless } from '../db/connect';
import { type Correction, TO_CORRECT } from '../db/corrections';
import { doneActs } from '../db/done';
import { type LiveYearRow, lockLiveYear, noteImport } from '../db/fund-year';
import {
  type Compared,
  type Differing,
  KEYED,
  type KeyedTable,
  addRows,
  compareRows,
  correctRow,
} from '../db/import-rows';
import { addPayments, addRoll } from '../db/import-collection';
import { type SetResult, addArrivals, setMedicalAid, setOverrides } from '../db/import-sets';
import { addPersons } from '../db/import-persons';
import { post } from '../db/journal';
import { PackRefused, tablesOf } from '../db/load-pack';
import type { ImportReceipt, Sender } from '../db/import-reports';
import { openingFaults } from '../db/opening';
import { areaOfCorrector } from '../db/operators';
import { enrolByFullAid, reconsiderPayments, refreshStatistics } from '../db/residents';
import { type PaidFund, fundsBeingCleared, fundsWithUnits, unitsBelowZero } from '../db/total-budgets';
import { type Actual, actualPosting, openingPosting } from '../figures/books';
import { type Fault, type Pack, type PersonFile, aboutName, negativeYear } from '../pack';
import { dateIn, monthEnd } from '../rules/calendar-day';
import { own } from '../rules/own';
import { actKey, reconciledArea } from '../rules/keys';
import { decimal } from '../rules/money';
import { type Part, REGION, SCHEMES, type Scheme } from '../rules/vocabulary';
import { agreeWithBank } from './agreement';
import { decideWaiting } from './collection/decide';
import { BEING_CLEARED, whyLawIsFixed } from './fixed-law';
import { correctionsToSign, filesToSign } from './imports/to-sign';
import { followConduct } from './levy';
import { monitorAgain } from './monitoring';
import { allotTotalBudget } from './payments/allot';
import { recheckMonths } from './reckoned-months';
import { BehindDecisions } from './behind-decisions';
import { reopenChanged } from './reopen';
import { recordProof } from './signed-act';

/** The acts of a year after any of which the rows of a table are fixed, and the message to a person then. */
interface Fixing {
  by: (year: number) => string[];
  why: string;
}
const ONCE_SHARED: Fixing = {
  by: (year) => SCHEMES.map((scheme) => actKey.gapsShared(year, scheme)),
  why: '分担方案已测算',
};
const FIXED: Partial<Record<KeyedTable, Fixing>> = {
  area: { by: (year) => [actKey.collectionOpened(year)], why: '征缴已开始，统筹区已固定' },
  banner: { by: (year) => [actKey.headsCounted(year)], why: '补助人数已核定' },
  history: ONCE_SHARED,
  opening: ONCE_SHARED,
  adjustment_fund: ONCE_SHARED,
  insured: ONCE_SHARED,
  actual: ONCE_SHARED,
  conduct: ONCE_SHARED,
  target: { by: (year) => [actKey.evaluated(year)], why: '绩效已评价' },
};

const SUBMITTED = '该版已报送并审核，请以新的 version 报送';
/** Rows of a fund that are frozen while its clearing table is being decided, and once it is in force. */
const CLEARED: readonly KeyedTable[] = ['payment_unit', 'unit_account'];
const CLEARINGS_BEGUN = '年度清算已开始，不再新增实行总额预算的统筹区和险种';

const RECONCILED = '征缴已对账，差异已由专人接受';
const ESTIMATED = '该统筹区预算已测算，因素已固定';

/** Their rows count from the first day of the year, whenever they come: every month's check rests on them. */
const COUNTS_FROM_THE_FIRST_DAY: readonly KeyedTable[] = ['opening', 'collection_total', 'conduct'];

/** What goes with an import. */
interface Along {
  /** Who brings the files, where somebody does. */
  sender?: Sender | undefined;
  /** Gives it up: nothing is taken. */
  signal?: AbortSignal;
  /** Recorded in its transaction. */
  record?: (trx: Transaction, receipt: ImportReceipt) => Promise<void>;
}

/** Imports the files of a folder into a live year: all of them or, when one has a fault, none. */
export function importPack(
  database: Database,
  pack: Pack,
  correction: Correction | null,
  { sender, signal = new AbortController().signal, record }: Along = {},
): Promise<ImportReceipt> {
  return inTransactionUnless(signal, database, async (trx) => {
    refuseUnlessOpenAndLive(pack, await lockLiveYear(trx, pack.year));
    if (sender?.proof) await recordProof(trx, filesToSign(pack, sender), sender.proof);
    const receipt = await new Import(trx, pack, correction, await doneActs(trx, pack.year)).take();
    await noteImport(trx, pack.year);
    await record?.(trx, receipt);
    return receipt;
  });
}

/** Why a year takes no files; null when it does. */
function whyNoFiles(year: number, row: LiveYearRow): string | null {
  if ('unfinished' in row) {
    const runs = row.unfinished.join('、');
    return `此数据库中 ${runs} 年度的模拟运行尚未完成，不接受正式年度的数据：请另设 FUND_HOME，或先把它运行到关账（npm start）`;
  }
  if (row.mode === 'run') return `${year} 年度是模拟运行（fund run）的年度，不接受导入：请另设 FUND_HOME`;
  if (row.status === 'abandoned') return `${year} 年度已作废，不再接受数据：请核对 --year`;
  return row.status === 'closed' ? `${year} 年度已关账：差错在开放年度更正` : null;
}

function refuseUnlessOpenAndLive({ year }: Pack, row: LiveYearRow): void {
  const why = whyNoFiles(year, row);
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
  readonly #notes: string[] = [];
  /** The first day whose income or expenditure has changed; null for none. */
  #changedSince: string | null = null;
  readonly #behind = new BehindDecisions('导入的数据有变动');
  /** The funds whose units and accounts are frozen, and those that already have units. */
  #cleared: ReadonlySet<string> = new Set();
  #paid: ReadonlySet<string> = new Set();
  /** The area whose office corrects; null when the region's office does, or nobody. */
  #correctingArea: string | null = null;

  constructor(
    private readonly trx: Transaction,
    private readonly pack: Pack,
    private readonly correction: Correction | null,
    private readonly acts: ReadonlySet<string>,
  ) {}

  async take(): Promise<ImportReceipt> {
    const { trx, pack, correction } = this;
    if (correction !== null) {
      this.#correctingArea = await areaOfCorrector(trx, pack.year, correction.operator);
      if (correction.proof) await recordProof(trx, correctionsToSign(pack, correction), correction.proof);
    }
    // Part of a pack need not hold every opening: only those that it gives are compared with the year before.
    this.#faults.push(...(await openingFaults(trx, pack)).filter(({ line }) => line !== null));
    this.#cleared = new Set((await fundsBeingCleared(trx, pack.year)).map(fundKey));
    this.#paid = new Set((await fundsWithUnits(trx, pack.year)).map(fundKey));
    this.#faults.push(...(await adjustmentFaults(trx, pack)));
    this.#notes.push(...pack.ignored.map((name) => `未读 ${name}：${aboutName(name)}`));
    const tables = tablesOf(pack);
    const compared: [KeyedTable, readonly { line: number }[], Compared][] = [];
    for (const table of Object.keys(KEYED) as KeyedTable[]) {
      const rows = tables[table];
      const found = await compareRows(trx, table, rows, pack.year);
      this.#judge(table, rows, found);
      compared.push([table, rows, found]);
    }
    if (this.#faults.length > 0) throw new PackRefused(this.#faults);
    for (const [table, rows, found] of compared) await this.#takeTable(table, rows, found);
    await this.#refuseNegativeYears(pack.unitAccounts);
    await this.#count('medical_aid.csv', setMedicalAid(trx, pack, this.#isDone(actKey.collectionOpened(pack.year))));
    await this.#count('subsidy_arrivals.csv', addArrivals(trx, pack, this.#isDone(actKey.subsidySettled(pack.year))));
    // Only the region corrects a value of law.
    const whyFixed = whyLawIsFixed(pack.year, this.#isDone, this.#cleared.size > 0);
    const byRegion = this.#correctingArea === null ? this.correction : null;
    await this.#count('parameters.json', setOverrides(trx, pack, byRegion, whyFixed));
    await this.#takePersons();
    if (this.#faults.length > 0) throw new PackRefused(this.#faults);
    if (this.#changedSince !== null) await recheckMonths(trx, pack.year, this.#changedSince);
    if (this.#touchesMonitoring) await monitorAgain(trx, pack.year);
    await this.#agreeWithBank();
    if (this.#hasTaken('parameters.json')) this.#behind.isLawChanged = true;
    await reopenChanged(trx, pack.year, this.#behind);
    return { files: this.#files, ...(this.#notes.length > 0 ? { notes: this.#notes } : {}) };
  }

  /** The months already booked are compared with the bank again: entries, positions or balances may have arrived. */
  async #agreeWithBank(): Promise<void> {
    const { year } = this.pack;
    if (!this.#isDone(actKey.booksOpened(year))) return;
    const months = Array.from({ length: 12 }, (_, i) => i + 1);
    const last = months.filter((month) => this.#isDone(actKey.monthChecked(year, month))).at(-1);
    await agreeWithBank(this.trx, year, last === undefined ? this.#firstDay : monthEnd(year, last));
  }

  /** Burdens, answers to pushes, or a value of law that either is judged by. */
  get #touchesMonitoring(): boolean {
    const isChanged = ['burdens.csv', 'recognitions.csv'].some(this.#hasTaken);
    return isChanged || Object.keys(this.pack.overrides).some((name) => name.startsWith('monitoring.'));
  }

  /** Whether a file brought anything new. */
  #hasTaken = (file: string): boolean => (this.#files[file]?.added ?? 0) + (this.#files[file]?.corrected ?? 0) > 0;

  #isDone = (act: string): boolean => this.acts.has(act);

  async #takeTable(table: KeyedTable, rows: readonly { line: number }[], compared: Compared): Promise<void> {
    if (rows.length === 0) return;
    const { trx, pack } = this;
    await addRows(trx, table, rows, compared.added, pack.year);
    if (table === 'actual') await this.#bookLate(rows as ActualRow[], new Set(compared.added));
    if (table === 'opening') await this.#bookLateOpenings(rows as OpeningRow[], new Set(compared.added));
    for (const differing of compared.differing) await this.#correct(differing);
    if (table === 'payment_unit') await this.#allotAnew(rows, compared);
    const [added, corrected] = [compared.added.length, compared.differing.length];
    this.#behind.note(table, rows, compared);
    if (added + corrected > 0 && table === 'conduct') await followConduct(trx, pack.year, this.#isDone);
    if (added + corrected > 0 && COUNTS_FROM_THE_FIRST_DAY.includes(table)) this.#hasChanged(this.#firstDay);
    this.#files[KEYED[table].file] = { added, corrected, unchanged: rows.length - added - corrected };
  }

  /** Refuses every row that may not be taken. */
  #judge(table: KeyedTable, rows: readonly KeyedRow[], { added, differing }: Compared): void {
    const fixed = FIXED[table];
    const why = fixed?.by(this.pack.year).some(this.#isDone) ? fixed.why : null;
    const isNew = new Set(added);
    for (const row of rows.filter(({ line }) => isNew.has(line))) {
      const reason = why ?? this.#fixedInArea(table, row);
      if (reason === null) continue;
      this.#refuse(KEYED[table].file, row.line, null, null, `不再新增的数据：${reason}`, '差错在下一开放年度更正');
    }
    for (const row of differing) this.#judgeChange(row, why);
  }

  /** Why an act in its own area has fixed a row: the books, or a budget under way, would not follow it. */
  #fixedInArea(table: KeyedTable, { area: named, scheme, version }: Omit<KeyedRow, 'line'>): string | null {
    const { year } = this.pack;
    const area = named ?? '';
    if (scheme !== undefined && version !== undefined) {
      const submitted = { budget_submission: actKey.budgetSubmitted, budget_adjustment: actKey.adjustmentSubmitted };
      const key = own(submitted, table)?.(year, scheme, area, version);
      if (key !== undefined && this.#isDone(key)) return SUBMITTED;
    }
    if (table === 'collection_total' && this.#isDone(actKey.collectionReconciled(year, area))) return RECONCILED;
    if (CLEARED.includes(table)) return this.#fixedByClearing(fundKey({ area, scheme }));
    const isFactor = table === 'premium_basis' || table === 'benefit_basis';
    return isFactor && this.#isDone(actKey.budgetEstimated(year, scheme ?? 'employee', area)) ? ESTIMATED : null;
  }

  /** Units and accounts behind a clearing table are frozen; once the clearings have begun, none waits for a further fund. */
  #fixedByClearing(fund: string): string | null {
    if (this.#cleared.has(fund)) return BEING_CLEARED;
    return this.#isDone(actKey.subsidySettled(this.pack.year)) && !this.#paid.has(fund) ? CLEARINGS_BEGUN : null;
  }

  #judgeChange({ table, line, key, changed, provisional }: Differing, fixedBy: string | null): void {
    const { file } = KEYED[table];
    const isFilling = Object.values(changed).every(({ stored }) => stored === null);
    const inArea = this.#fixedInArea(table, { area: key.area, scheme: key.scheme as Scheme | undefined });
    const never = fixedBy ?? inArea ?? this.#neverChanges(table, key, changed) ?? this.#ofAnotherArea(key);
    if (never === null && (isFilling || provisional || this.correction !== null)) return;
    for (const [column, { stored, given }] of Object.entries(changed)) {
      const expected = `与已导入的 ${stored ?? '（空）'} 一致`;
      if (never !== null) this.#refuse(file, line, column, given, expected, never);
      else this.#faults.push({ file, line, column, found: given, expected, remedy: TO_CORRECT, correctable: true });
    }
  }

  /** Why no correction reaches a row: it would change what persons have acted on. */
  #neverChanges(table: KeyedTable, key: Differing['key'], changed: Differing['changed']): string | null {
    if (table === 'budget_submission' || table === 'budget_adjustment')
      return '已报送的版本不改：请以新的 version 报送';
    if (table === 'area' && 'schemes' in changed) return '年度内不改险种';
    if (CLEARED.includes(table) && this.#cleared.has(fundKey(key))) return BEING_CLEARED;
    const isReconciled = this.#isDone(actKey.collectionReconciled(this.pack.year, key.area ?? ''));
    if (table === 'opening' && 'basis' in changed && isReconciled) return RECONCILED;
    return null;
  }

  /** An area's office corrects rows of its own area only. */
  #ofAnotherArea(key: Differing['key']): string | null {
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

  /** A corrected figure that is booked is reversed and booked anew; months that rest on it are checked again. */
  async #followInBooks({ table, key, changed }: Differing, correction: string): Promise<void> {
    const { year } = this.pack;
    const change = (column: string) => {
      const cell = changed[column];
      return cell && { stored: decimal(cell.stored ?? '0'), given: decimal(cell.given ?? '0') };
    };
    if (table === 'actual') {
      const amount = change('amount');
      const row = { ...key, month: Number.parseInt(key.month ?? '', 10) } as Actual;
      if (amount === undefined || !this.#isDone(actKey.monthChecked(year, row.month))) return;
      await post(this.trx, year, [
        actualPosting(year, row, amount.stored.negated(), { suffix: `/${correction}/reversed`, correction }),
        actualPosting(year, row, amount.given, { suffix: `/${correction}`, correction }),
      ]);
      this.#hasChanged(monthEnd(year, row.month));
    }
    const opening =
      table === 'opening'
        ? change('accumulated_surplus')
        : table === 'adjustment_fund'
          ? change('opening_balance')
          : undefined;
    if (opening !== undefined && this.#isDone(actKey.booksOpened(year))) {
      const fund = { entity: key.area ?? REGION, scheme: key.scheme as Scheme, part: (key.part ?? 'pooled') as Part };
      await post(this.trx, year, [
        openingPosting(fund, this.#firstDay, opening.given.minus(opening.stored), correction),
      ]);
    }
  }

  /** Actuals of a month that has already been checked are late: they are booked at once. */
  async #bookLate(rows: readonly ActualRow[], added: ReadonlySet<number>): Promise<void> {
    const late = rows.filter(
      (row) => added.has(row.line) && this.#isDone(actKey.monthChecked(this.pack.year, row.month)),
    );
    if (late.length === 0) return;
    await post(
      this.trx,
      this.pack.year,
      late.map((row) => actualPosting(this.pack.year, row, decimal(row.amount))),
    );
    for (const { month } of late) this.#hasChanged(monthEnd(this.pack.year, month));
  }

  /** Openings that come after the books were opened are booked at once. */
  async #bookLateOpenings(rows: readonly OpeningRow[], added: ReadonlySet<number>): Promise<void> {
    if (!this.#isDone(actKey.booksOpened(this.pack.year))) return;
    const late = rows.filter(({ line }) => added.has(line));
    await post(
      this.trx,
      this.pack.year,
      late.map(({ area, scheme, part, accumulated_surplus }) =>
        openingPosting({ entity: area, scheme, part }, this.#firstDay, decimal(accumulated_surplus)),
      ),
    );
  }

  get #firstDay(): string {
    return dateIn(this.pack.year, '01-01');
  }

  #hasChanged(day: string): void {
    if (this.#changedSince === null || day < this.#changedSince) this.#changedSince = day;
  }

  /** Units that come late, or are corrected, split the total of their fund again. */
  async #allotAnew(rows: readonly { line: number }[], { added, differing }: Compared): Promise<void> {
    const { trx, pack } = this;
    if (!this.#isDone(actKey.booksOpened(pack.year))) return;
    const come = rows.filter(({ line }) => added.includes(line)) as unknown as readonly PaidFund[];
    const corrected = differing.map(({ key }) => key as unknown as PaidFund);
    const funds = new Map([...come, ...corrected].map((fund) => [fundKey(fund), fund]));
    for (const { area, scheme } of funds.values()) await allotTotalBudget(trx, { year: pack.year, area, scheme });
  }

  async #refuseNegativeYears(accounts: Pack['unitAccounts']): Promise<void> {
    if (accounts.length === 0) return;
    for (const { column, amount, line, ...unit } of await unitsBelowZero(this.trx, this.pack.year)) {
      const { expected, remedy } = negativeYear(unit);
      this.#refuse(KEYED.unit_account.file, line, column, amount, expected, remedy);
    }
  }

  async #takePersons(): Promise<void> {
    const { trx, pack } = this;
    for (const file of pack.personFiles) await this.#takePersonFile(file);
    if (pack.personFiles.length > 0) await refreshStatistics(trx);
    if (pack.rollFiles.length + pack.paymentFiles.length === 0) return;
    const before = await personAreas(trx, pack.year);
    const reconciled = {
      areas: [...this.acts].map(reconciledArea).filter((area) => area !== null),
      unknown: this.#isDone(actKey.unknownAreaReconciled(pack.year)),
    };
    for (const file of pack.rollFiles) await this.#count(file, addRoll(trx, pack, file, reconciled));
    for (const file of pack.paymentFiles) await this.#count(file, addPayments(trx, pack, file, reconciled));
    if (this.#isDone(actKey.collectionOpened(pack.year))) await this.#decide();
    // An area with its first persons is no longer counted by the tax bureau's total.
    if ((await personAreas(trx, pack.year)).size > before.size) this.#hasChanged(this.#firstDay);
  }

  /** 受理: once the collection is open, rows are decided as they come, and count from their own day on. */
  async #decide(): Promise<void> {
    const { trx, pack } = this;
    if (pack.rollFiles.length > 0) {
      // The aid of those who owe nothing is income at once.
      if ((await enrolByFullAid(trx, pack.year)) !== '0') this.#hasChanged(this.#firstDay);
      await reconsiderPayments(trx, pack.year);
    }
    const first = await decideWaiting(trx, pack.year);
    if (first !== null) this.#hasChanged(first);
  }

  /** Earlier enrolment is counted when a collection is reconciled; later rows of it would change nothing. */
  #takePersonFile(file: PersonFile): Promise<void> {
    const isCounted = [...this.acts].some((act) => reconciledArea(act) !== null);
    const fixed = file === 'enrolment_history.csv' && isCounted ? RECONCILED : null;
    const by = { correction: this.correction, correctingArea: this.#correctingArea, fixed };
    return this.#count(file, addPersons(this.trx, this.pack, file, by));
  }

  /** Notes the faults of a file, or how many of its rows were taken. */
  async #count(file: string, taking: Promise<SetResult>): Promise<void> {
    const { faults, added, unchanged, corrected = 0, note } = await taking;
    this.#faults.push(...faults);
    if (note !== undefined) this.#notes.push(`${file}：${note}`);
    if (added + unchanged + corrected > 0) this.#files[file] = { added, corrected, unchanged };
  }
}

/** Most of their rows name an area and a scheme. */
interface KeyedRow {
  line: number;
  area?: string | null | undefined;
  scheme?: Scheme | undefined;
  version?: number | undefined;
}
const fundKey = ({ area, scheme }: { area?: unknown; scheme?: unknown }): string => `${String(area)}/${String(scheme)}`;

interface ActualRow extends Actual {
  line: number;
  amount: string;
}
interface OpeningRow {
  line: number;
  area: string;
  scheme: Scheme;
  part: Part;
  accumulated_surplus: string;
}
