/**
 * Loads a pack into the database, whole and once, in one transaction: every table, the roll and the payments by COPY
 * from their files. The row of the fund year is the claim: two loads at once meet on its primary key, and the second
 * finds the pack loaded.
 */
import { type Hash, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Fault, type Pack, type PackFile, faultText, paymentRows, rollRows } from '../pack';
import { type Transaction, inTransaction } from './connect';
import { openingFaults } from './opening-faults';

export type Loaded = 'loaded' | 'already loaded';

/** The year was loaded from another pack: nothing was changed. */
export class OtherPack extends Error {
  override readonly name = 'OtherPack';
  constructor(
    readonly year: number,
    readonly differing: readonly string[],
    readonly missing: readonly string[], // loaded then, not in this pack
    readonly added: readonly string[], // in this pack, not loaded then
  ) {
    const told = [
      ...differing.map((file) => `${file} 不同 (differs)`),
      ...missing.map((file) => `${file} 缺少 (is missing)`),
      ...added.map((file) => `${file} 新增 (is new)`),
    ];
    super(
      `${year} 年度已用另一数据包运行：${told.join('，')}。请另设 FUND_HOME 运行此包 (use a new FUND_HOME for this pack).`,
    );
  }
}

/** The pack contradicts what the database holds: nothing was stored. */
export class PackRefused extends Error {
  override readonly name = 'PackRefused';
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(faultText).join('\n'));
  }
}

/** Loads the pack of a fund year, or finds that the same pack was loaded before. */
export function loadPack(pool: Pool, pack: Pack, mode: 'run' | 'live'): Promise<Loaded> {
  return inTransaction(pool, async (trx) => {
    const claim = await trx.query(
      'insert into fund.fund_year (year, mode) values ($1, $2) on conflict (year) do nothing returning year',
      [pack.year, mode],
    );
    if (claim.rowCount === 0) {
      await refuseOtherPack(trx, pack);
      return 'already loaded';
    }
    const faults = await openingFaults(trx, pack);
    if (faults.length > 0) throw new PackRefused(faults);
    await insertTables(trx, pack);
    await insertOverrides(trx, pack);
    for (const file of pack.rollFiles) await copyRoll(trx, pack, file);
    for (const file of pack.paymentFiles) await copyPayments(trx, pack, file);
    await trx.query('select fund.refresh_statistics()');
    return 'loaded';
  });
}

async function refuseOtherPack(trx: Transaction, pack: Pack): Promise<void> {
  const { rows } = await trx.query<Pick<PackFile, 'file' | 'sha256'>>(
    'select file, sha256 from fund.pack_file where fund_year = $1 order by file collate "C"',
    [pack.year],
  );
  const then = new Map(rows.map(({ file, sha256 }) => [file, sha256]));
  const now = new Map(pack.files.map(({ file, sha256 }) => [file, sha256]));
  const differing = [...now.keys()].filter((file) => then.has(file) && then.get(file) !== now.get(file));
  const missing = [...then.keys()].filter((file) => !now.has(file));
  const added = [...now.keys()].filter((file) => !then.has(file));
  if (differing.length + missing.length + added.length > 0) throw new OtherPack(pack.year, differing, missing, added);
}

/** The tables that fit in memory, parents before children. Names of columns are those of the files. */
const tablesOf = (pack: Pack): Record<string, readonly object[]> => ({
  pack_file: pack.files,
  area: pack.areas,
  banner: pack.banners,
  operator: pack.operators,
  history: pack.history,
  opening: pack.opening,
  adjustment_fund: pack.adjustmentFund,
  insured: pack.insured,
  medical_aid: pack.medicalAid,
  collection_total: pack.collectionTotals,
  budget_submission: pack.budgetSubmissions,
  actual: pack.actuals,
  subsidy_arrival: pack.subsidyArrivals,
  conduct: pack.conduct.map(storedConduct),
});

/** An empty cell of conduct means 0 days, false, 0, like a missing row (READINGS 7). */
function storedConduct(row: Pack['conduct'][number]): object {
  const isUnpaid = row.levy_days_late === 'unpaid';
  return {
    ...row,
    levy_unpaid: isUnpaid,
    levy_days_late: isUnpaid ? null : row.levy_days_late,
    own_policy_above: row.own_policy_above ?? false,
    audit_refused: row.audit_refused ?? false,
    irregular_expenditure: row.irregular_expenditure ?? '0',
  };
}

/** One statement for each table: the database reads each cell by the type of its column, and leaves other names aside. */
async function insertTables(trx: Transaction, pack: Pack): Promise<void> {
  for (const [table, rows] of Object.entries(tablesOf(pack))) {
    if (rows.length === 0) continue;
    const records = JSON.stringify(rows.map((row) => ({ ...row, fund_year: pack.year })));
    await trx.query(
      `insert into fund.${table} select * from jsonb_populate_recordset(null::fund.${table}, $1::jsonb)`,
      [records],
    );
  }
}

/** A value may be JSON null, which is not SQL null: no extension is a value too. */
async function insertOverrides(trx: Transaction, pack: Pack): Promise<void> {
  await trx.query(
    `insert into fund.parameter_override (fund_year, name, value, source)
     select $1, name, entry -> 'value', entry ->> 'source' from jsonb_each($2::jsonb) as override (name, entry)`,
    [pack.year, JSON.stringify(pack.overrides)],
  );
}

const copyRoll = (trx: Transaction, pack: Pack, file: string): Promise<void> =>
  copy(trx, pack, file, {
    columns: 'resident_roll (fund_year, person, area, banner, "group", file, line)',
    rows: (onBytes) => rollRows({ directory: pack.directory, file }, pack.year, onBytes),
    cells: (row) => [pack.year, row.person, row.area, row.banner, row.group, file, row.line],
  });

function copyPayments(trx: Transaction, pack: Pack, file: string): Promise<void> {
  const residentAreas = new Set(
    pack.areas.filter(({ schemes }) => schemes.includes('resident')).map(({ area }) => area),
  );
  return copy(trx, pack, file, {
    columns:
      'resident_payment (fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind,' +
      ' original_receipt, malformed)',
    rows: (onBytes) => paymentRows({ directory: pack.directory, file }, { year: pack.year, residentAreas }, onBytes),
    cells: (row) => [
      pack.year,
      file,
      row.line,
      row.receipt,
      row.person,
      row.named_area,
      row.area,
      row.amount,
      row.paid_instant,
      row.paid_on,
      row.kind,
      row.original_receipt,
      row.malformed,
    ],
  });
}

type Cell = string | number | boolean | null;
interface CopyOf<Row> {
  columns: string;
  rows: (onBytes: (bytes: Buffer) => void) => AsyncIterable<Row[]>;
  cells: (row: Row) => Cell[];
}

/** Streams the rows of a file into a table, and makes sure that it is still the file that was judged. */
async function copy<Row>(
  trx: Transaction,
  pack: Pack,
  file: string,
  { columns, rows, cells }: CopyOf<Row>,
): Promise<void> {
  const hash = createHash('sha256');
  const batches = rows((bytes) => hash.update(bytes));
  const target = trx.query(copyFrom(`copy fund.${columns} from stdin`));
  await pipeline(Readable.from(copyText(batches, cells)), target);
  refuseChangedFile(pack, file, hash);
}

function refuseChangedFile(pack: Pack, file: string, hash: Hash): void {
  const judged = pack.files.find((one) => one.file === file)?.sha256;
  if (hash.digest('hex') !== judged) throw new Error(`${file} was changed while the pack was being loaded. Run again.`);
}

async function* copyText<Row>(batches: AsyncIterable<Row[]>, cells: (row: Row) => Cell[]): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((row) => `${cells(row).map(copyCell).join('\t')}\n`).join('');
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** A cell in the text format of COPY. */
const copyCell = (cell: Cell): string =>
  cell === null ? '\\N' : String(cell).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
