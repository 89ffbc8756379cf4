/** Streams people and payments from their files into the database by COPY: no file is ever held in memory. */
import { type Hash, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { type Pack, type PersonFile, ROLL, paymentRows, personRows, personTable } from '../pack';
import type { Scheme } from '../rules/vocabulary';
import { type Transaction, connectionOf } from './connect';

export const ROLL_COLUMNS = 'fund_year, person, area, banner, "group", file, line';
export const PAYMENT_ROW_COLUMNS =
  'fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt, malformed';

/** Streams a file of the roll into a table with the columns of the roll. */
export const copyRoll = (trx: Transaction, pack: Pack, file: string, into = 'fund.resident_roll'): Promise<void> =>
  copy(trx, pack, file, {
    into: `${into} (${ROLL_COLUMNS})`,
    rows: (onBytes) => personRows(ROLL, { directory: pack.directory, file }, pack.year, onBytes),
    cells: (row) => [pack.year, row.person, row.area, row.banner, row.group, file, row.line],
  });

/** Where the rows of the other files of persons go: their table, with its columns but year and line. */
export const PERSONS_IN = {
  'enrolment_history.csv': { table: 'enrolment_history', columns: ['person', 'coverage_year'] },
  'burdens.csv': { table: 'burden', columns: ['person', 'area', 'group', 'month', 'self_paid'] },
  'recognitions.csv': { table: 'recognition', columns: ['person', 'area', 'date', 'outcome', 'help'] },
} as const satisfies Record<PersonFile, { table: string; columns: readonly string[] }>;
export const personColumns = (file: PersonFile): string =>
  ['fund_year', ...PERSONS_IN[file].columns, 'line'].map((name) => `"${name}"`).join(', ');

/** Streams one of these files into a table with such columns. */
export function copyPersons(
  trx: Transaction,
  pack: Pack,
  file: PersonFile,
  into = `fund.${PERSONS_IN[file].table}`,
): Promise<void> {
  const columns: readonly string[] = PERSONS_IN[file].columns;
  return copy(trx, pack, file, {
    into: `${into} (${personColumns(file)})`,
    rows: (onBytes) => personRows(personTable(file), { directory: pack.directory, file }, pack.year, onBytes),
    cells: (row) => {
      // No help is help of 0 (READINGS 70).
      const cells: Record<string, Cell> = { ...row, ...('help' in row ? { help: (row.help as Cell) ?? '0' } : {}) };
      return [pack.year, ...columns.map((name) => cells[name] as Cell), row.line];
    },
  });
}

/** Streams a file of payments into a table with the columns of `fund.resident_payment`. */
export function copyPayments(
  trx: Transaction,
  pack: Pack,
  file: string,
  areas: readonly { area: string; schemes: readonly Scheme[] }[],
  into = 'fund.resident_payment',
): Promise<void> {
  const residentAreas = new Set(areas.filter(({ schemes }) => schemes.includes('resident')).map(({ area }) => area));
  return copy(trx, pack, file, {
    into: `${into} (${PAYMENT_ROW_COLUMNS})`,
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
  into: string; // table and columns
  rows: (onBytes: (bytes: Buffer) => void) => AsyncIterable<Row[]>;
  cells: (row: Row) => Cell[];
}

/** Streams the rows of a file into a table, and makes sure that the file is still the one that was checked. */
async function copy<Row>(
  trx: Transaction,
  pack: Pack,
  file: string,
  { into, rows, cells }: CopyOf<Row>,
): Promise<void> {
  const hash = createHash('sha256');
  const batches = rows((bytes) => hash.update(bytes));
  const connection = await connectionOf(trx);
  const target = connection.query(copyFrom(`copy ${into} from stdin`));
  await pipeline(Readable.from(copyText(batches, cells)), target);
  refuseChangedFile(pack, file, hash);
}

function refuseChangedFile(pack: Pack, file: string, hash: Hash): void {
  const checked = pack.files.find((one) => one.file === file)?.sha256;
  if (hash.digest('hex') !== checked)
    throw new Error(`${file} was changed while the pack was being loaded. Run again.`);
}

async function* copyText<Row>(batches: AsyncIterable<Row[]>, cells: (row: Row) => Cell[]): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((row) => `${cells(row).map(copyCell).join('\t')}\n`).join('');
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** A cell in the text format of COPY. */
const copyCell = (cell: Cell): string =>
  cell === null ? '\\N' : String(cell).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
