/**
 * Reads an input pack (CONTRACT 2): every file and every fault, before anything is stored.
 */
import type { Override } from '../parameters';
import type { Scheme } from '../rules/vocabulary';
import { type Fault, FaultList } from './fault';
import { isPaymentFile, isRollFile, openFolder } from './folder';
import type { OnRead, Source } from './lines';
import { OVERRIDES_FILE, judgeNoOverrides, readOverrides } from './overrides';
import type { Imported, Pack } from './pack';
import { checkPaymentFile } from './payments';
import { PERSON_FILES, type PersonFile, personTable } from './person-tables';
import { type PackFile, readTable } from './read-table';
import { reportRepeatedPersons } from './repeated-persons';
import { judgeRoll } from './roll';
import type { Columns, Known, Row, Table } from './table';
import * as tables from './tables';
import { reportFaultsBetweenTables } from './whole-pack';

/**
 * The pack of a cycle, without the rows of other years, or everything that is wrong with it. With `imported` the folder is a
 * part of a pack, as a live year receives it, and no file counts as missing. `onRead` follows the reading.
 */
export async function readPack(
  directory: string,
  year: number,
  imported?: Imported,
  onRead?: OnRead,
): Promise<{ pack: Pack } | { faults: Fault[] }> {
  const faults = new FaultList();
  const folder = await openFolder(directory, faults, imported === undefined);
  if (folder === null) return { faults: faults.all() };

  const reading = new Reading({ directory, onRead }, year, folder.names, faults, imported);
  const all = await reading.smallTables();
  const rollFiles = await reading.roll();
  const personFiles = await reading.persons();
  const paymentFiles = await reading.payments();
  const overrides = await reading.overrides();
  reportFaultsBetweenTables(all, year, faults, { ...(imported && { imported }), overrides });
  if (!faults.isEmpty) return { faults: faults.all() };

  const { ignored } = folder;
  return {
    pack: {
      year,
      directory,
      onRead,
      files: reading.files,
      overrides,
      rollFiles,
      personFiles,
      paymentFiles,
      ignored,
      ownArea: imported?.ownArea,
      ...ofYear(all, year),
    },
  };
}

/** One reading of a pack, file by file: `areas.csv` comes first, because the others are checked against it. */
class Reading {
  readonly files: PackFile[] = [];
  /** Every area in a row of `areas.csv`, even one with another fault; its schemes, or null where these cannot be read. */
  readonly #areas = new Map<string, readonly Scheme[] | null>();

  constructor(
    private readonly folder: Omit<Source, 'file'>,
    private readonly year: number,
    private readonly names: readonly string[],
    private readonly faults: FaultList,
    private readonly imported?: Imported,
  ) {
    for (const { area, schemes } of imported?.areas ?? []) this.#areas.set(area, schemes);
  }

  /** What the rows are held against, once the areas have been read. */
  get #known(): Known {
    return { schemesOf: this.#knownAreas(), year: this.year, ownArea: this.imported?.ownArea };
  }

  async smallTables(): Promise<tables.SmallTables> {
    return {
      areas: await this.#table({ ...tables.AREAS, checks: [this.#rememberArea, ...tables.AREAS.checks] }),
      banners: await this.#table(tables.BANNERS),
      operators: await this.#table(tables.OPERATORS),
      history: await this.#table(tables.HISTORY),
      opening: await this.#table(tables.OPENING),
      adjustmentFund: await this.#table(tables.ADJUSTMENT_FUND),
      insured: await this.#table(tables.INSURED),
      collectionTotals: await this.#table(tables.COLLECTION_TOTALS),
      medicalAid: await this.#table(tables.MEDICAL_AID),
      budgetSubmissions: await this.#table(tables.BUDGET_SUBMISSIONS),
      budgetAdjustments: await this.#table(tables.BUDGET_ADJUSTMENTS),
      actuals: await this.#table(tables.ACTUALS),
      subsidyArrivals: await this.#table(tables.SUBSIDY_ARRIVALS),
      conduct: await this.#table(tables.CONDUCT),
      positions: await this.#table(tables.POSITIONS),
      bank: await this.#table(tables.BANK),
      premiumBasis: await this.#table(tables.PREMIUM_BASIS),
      benefitBasis: await this.#table(tables.BENEFIT_BASIS),
      paymentUnits: await this.#table(tables.PAYMENT_UNITS),
      unitAccounts: await this.#table(tables.UNIT_ACCOUNTS),
      targets: await this.#table(tables.TARGETS),
    };
  }

  /** Checks the other files of persons without keeping them. */
  async persons(): Promise<PersonFile[]> {
    const files = PERSON_FILES.filter((file) => this.names.includes(file));
    for (const file of files) await this.#file(personTable(file), () => undefined);
    return files;
  }

  async roll(): Promise<string[]> {
    const sources = this.names.filter(isRollFile).map(this.#source);
    for (const source of sources) this.files.push(await judgeRoll(source, this.#known, this.faults));
    await reportRepeatedPersons(sources, this.faults);
    return sources.map(({ file }) => file);
  }

  async payments(): Promise<string[]> {
    const files = this.names.filter(isPaymentFile);
    for (const file of files) this.files.push(await checkPaymentFile(this.#source(file), this.faults));
    return files;
  }

  /** An override may name any area of the pack, even one whose row has a fault. */
  async overrides(): Promise<Record<string, Override>> {
    const context = { year: this.year, areas: [...this.#areas.keys()] };
    if (!this.names.includes(OVERRIDES_FILE)) {
      judgeNoOverrides(context, this.faults);
      return {};
    }
    const { overrides, file } = await readOverrides(this.folder.directory, context, this.faults);
    this.files.push(file);
    return overrides;
  }

  /** A check that finds no fault, but sees the area of every row, in whatever state the rest of the row is. */
  #rememberArea = ({ area, schemes }: Partial<tables.SmallTables['areas'][number]>): null => {
    if (area !== undefined) this.#areas.set(area, schemes ?? null);
    return null;
  };

  /** Null where a row of `areas.csv` is unreadable in its area: each row of that area elsewhere would be reported as a fault. */
  #knownAreas(): ReadonlyMap<string, readonly Scheme[] | null> | null {
    const { file } = tables.AREAS;
    const hidesArea = ({ column }: Fault): boolean => column === null || column === 'area';
    return this.#areas.size === 0 || this.faults.in(file).some(hidesArea) ? null : this.#areas;
  }

  #source = (file: string): Source => ({ ...this.folder, file });

  async #table<C extends Columns>(table: Table<C>): Promise<Row<C>[]> {
    const rows: Row<C>[] = [];
    if (this.names.includes(table.file)) await this.#file(table, (row) => rows.push(row));
    return rows;
  }

  async #file<C extends Columns>(table: Table<C>, onRow: (row: Row<C>) => void): Promise<void> {
    const context = { known: this.#known, faults: this.faults, keys: new Map<string, string>() };
    this.files.push(await readTable(this.#source(table.file), table, context, onRow));
  }
}

/** Rows of other years stay in the pack for other cycles. */
function ofYear(all: tables.SmallTables, year: number): tables.SmallTables {
  const names = Object.keys(all) as (keyof tables.SmallTables)[];
  const kept = names.map((name) => {
    const isOf = tables.SMALL_TABLES[name].isOf as (row: unknown, year: number) => boolean;
    return [name, (all[name] as unknown[]).filter((row) => isOf(row, year))];
  });
  return Object.fromEntries(kept) as tables.SmallTables;
}
