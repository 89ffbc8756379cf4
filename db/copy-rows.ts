/**
 * Streams people and payments from their files into the database by COPY: no file is ever held in memory, and a plain row goes from
 * the bytes of the file to those of COPY.
 */
import { type Hash, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import {
  type Pack,
  type PaymentRow,
  type PersonFile,
  type PlainPayment,
  paymentRows,
  personRows,
  personTable,
  rollRows,
  sourceOf,
} from '../pack';
import type { Scheme } from '../rules/vocabulary';
import { type Transaction, connectionOf } from './connect';
import { CopyText } from './copy-text';

export const ROLL_COLUMNS = 'fund_year, person, area, banner, "group", file, line';
export const RECEIVED_COLUMNS =
  'fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt, reason';
const PAYMENT_CELLS = [
  'line',
  'receipt',
  'person',
  'named_area',
  'area',
  'amount',
  'paid_instant',
  'paid_on',
  'kind',
  'original_receipt',
] as const satisfies readonly (keyof PaymentRow)[];

/** A table for the rows of a file. */
export interface Room {
  table: string;
  /** Made by the same transaction: no other sees its rows before that ends. */
  isNew: boolean;
}

/** Streams a file of the roll into a table with the columns of the roll. */
export function copyRoll(trx: Transaction, pack: Pack, file: string, into: Room): Promise<number> {
  const { year } = pack;
  return copy(trx, pack, file, { ...into, columns: ROLL_COLUMNS }, async function* (text, onBytes) {
    const rows = rollRows(
      sourceOf(pack, file),
      year,
      ({ cells, places, line }) => {
        text.value(year);
        for (const column of ['person', 'area', 'banner', 'group'] as const) text.cell(cells, places[column]);
        text.value(file);
        text.value(line);
        text.endRow();
      },
      onBytes,
    );
    for await (const batch of rows) {
      for (const { person, area, banner, group, line } of batch) {
        for (const cell of [year, person, area, banner, group, file, line]) text.value(cell);
        text.endRow();
      }
      yield text.taken();
    }
  });
}

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
  into: Room = { table: `fund.${PERSONS_IN[file].table}`, isNew: false },
): Promise<number> {
  const { year } = pack;
  const columns: readonly string[] = PERSONS_IN[file].columns;
  return copy(trx, pack, file, { ...into, columns: personColumns(file) }, async function* (text, onBytes) {
    for await (const batch of personRows(personTable(file), sourceOf(pack, file), onBytes)) {
      for (const row of batch) {
        text.value(year);
        // An empty help cell means help of 0 (READINGS 70).
        for (const column of columns) text.value((row[column] as string | number | null) ?? '0');
        text.value(row.line);
        text.endRow();
      }
      yield text.taken();
    }
  });
}

/** Streams a file of payments into a table with the columns of `RECEIVED_COLUMNS`, as rows of the batch `name`. */
export function copyPayments(
  trx: Transaction,
  pack: Pack,
  file: string,
  areas: readonly { area: string; schemes: readonly Scheme[] }[],
  into: Room,
  name = file,
): Promise<number> {
  const { year } = pack;
  const residentAreas = new Set(areas.filter(({ schemes }) => schemes.includes('resident')).map(({ area }) => area));
  return copy(trx, pack, file, { ...into, columns: RECEIVED_COLUMNS }, async function* (text, onBytes) {
    const onPlain = (row: PlainPayment): void => {
      const { cells, places, line } = row;
      for (const value of [year, name, line]) text.value(value);
      for (const column of ['receipt', 'person', 'area'] as const) text.cell(cells, places[column]);
      if (row.isKnownArea) text.cell(cells, places.area);
      else text.value(null);
      text.cell(cells, places.amount);
      text.value(row.paidInstant);
      text.value(row.paidOn);
      for (const column of ['kind', 'original_receipt'] as const) text.cell(cells, places[column]);
      text.value(null);
      text.endRow();
    };
    for await (const batch of paymentRows(sourceOf(pack, file), { year, residentAreas }, onPlain, onBytes)) {
      for (const row of batch) {
        for (const value of [year, name, ...PAYMENT_CELLS.map((column) => row[column])]) text.value(value);
        text.value(row.malformed ? 'malformed' : null);
        text.endRow();
      }
      yield text.taken();
    }
  });
}

type WriteRows = (text: CopyText, onBytes: (bytes: Buffer) => void) => AsyncGenerator<Buffer>;

/** Streams the rows of a file into a table, and makes sure that the file is still the one that was checked. Returns how many rows. */
async function copy(
  trx: Transaction,
  pack: Pack,
  file: string,
  { table, isNew, columns }: Room & { columns: string },
  write: WriteRows,
): Promise<number> {
  const hash = createHash('sha256');
  const connection = await connectionOf(trx);
  // Frozen: whoever first reads the rows of a new table need not write each page again to note that they are committed.
  const target = connection.query(copyFrom(`copy ${table} (${columns}) from stdin${isNew ? ' (freeze)' : ''}`));
  await pipeline(Readable.from(write(new CopyText(), (bytes) => hash.update(bytes))), target);
  refuseChangedFile(pack, file, hash);
  return target.rowCount;
}

function refuseChangedFile(pack: Pack, file: string, hash: Hash): void {
  const checked = pack.files.find((packFile) => packFile.file === file)?.sha256;
  if (hash.digest('hex') !== checked)
    throw new Error(`${file} was changed while the pack was being loaded. Run again.`);
}
