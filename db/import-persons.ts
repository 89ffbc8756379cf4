/**
 * Later files about persons in a live year: earlier enrolment, burdens and what the departments answered. Rows are compared in
 * sets; they are named by file and line, never by person.
 */
import type { Fault, Pack, PersonFile } from '../pack';
import type { Transaction } from './connect';
import { PERSONS_IN, copyPersons, personColumns } from './copy-rows';
import { type Correction, TO_CORRECT } from './corrections';
import type { SetResult } from './import-sets';
import { noteFile, packFile } from './pack-files';
import { roomFor } from './partitions';
import { execute, select } from './rows';

/** The cells that a correction may change; the others are the key. */
const VALUES: Record<PersonFile, readonly string[]> = {
  'enrolment_history.csv': [],
  'burdens.csv': ['group', 'self_paid'],
  'recognitions.csv': ['outcome', 'help'],
};
const MOST_FAULTS = 100;

interface TakingPersons {
  /** Who corrects, and the area whose office does; null for none. */
  correction: Correction | null;
  correctingArea: string | null;
  /** Why new rows are no longer accepted; null while they are. */
  fixed: string | null;
}

/** Adds the rows that are new; a row that differs is corrected, or refused by its line number. */
export async function addPersons(
  trx: Transaction,
  pack: Pack,
  file: PersonFile,
  { correction, correctingArea, fixed }: TakingPersons,
): Promise<SetResult> {
  const { table } = PERSONS_IN[file];
  const columns = personColumns(file);
  if (file === 'enrolment_history.csv') await (await roomFor(trx, 'enrolment_history', pack.year)).attach();
  await execute(trx, `create temp table coming on commit drop as select ${columns} from fund.${table} where false`);
  const rows = await copyPersons(trx, pack, file, { table: 'pg_temp.coming', isNew: true });
  const faults = [
    ...(fixed === null ? [] : await newLines(trx, file, fixed)),
    ...(correction === null ? await differingLines(trx, file) : await linesOfOthers(trx, file, correctingArea)),
  ];
  const taken =
    faults.length > 0
      ? { added: 0, corrected: 0 }
      : {
          corrected: correction === null ? 0 : await correctPersons(trx, pack.year, file, correction),
          added: await execute(
            trx,
            `insert into fund.${table} (${columns}) select ${columns} from coming on conflict do nothing`,
          ),
        };
  // A file without a row says that everybody is enrolled for the first time.
  if (faults.length === 0) await noteFile(trx, pack, file, packFile(pack, file));
  await execute(trx, 'drop table coming');
  return { faults, ...taken, unchanged: rows - taken.added - taken.corrected };
}

const quoted = (name: string): string => `"${name}"`;
const joined = (file: PersonFile): string => {
  const { table, columns } = PERSONS_IN[file];
  const key = ['fund_year', ...columns.filter((name) => !VALUES[file].includes(name))];
  return `coming c join fund.${table} t using (${key.map(quoted).join(', ')})`;
};
/** Stored and given cells differ. */
const differ = (file: PersonFile): string => {
  const cells = (of: string): string => VALUES[file].map((name) => `${of}.${quoted(name)}`).join(', ');
  return VALUES[file].length === 0 ? 'false' : `(${cells('c')}) is distinct from (${cells('t')})`;
};

const faultOf = (file: PersonFile, line: number, expected: string, remedy: string): Fault => ({
  ...{ file, line, column: null, found: null, expected, remedy },
});

async function differingLines(trx: Transaction, file: PersonFile): Promise<Fault[]> {
  const rows = await select<{ line: number; stored: number }>(
    trx,
    `select c.line, t.line as stored from ${joined(file)} where ${differ(file)} order by c.line limit ${MOST_FAULTS}`,
  );
  return rows.map(({ line, stored }) => ({
    ...faultOf(file, line, `与已导入的一致（原文件第 ${stored} 行）(as imported)`, TO_CORRECT),
    correctable: true,
  }));
}

/** An area's office corrects rows of its own area only. */
async function linesOfOthers(trx: Transaction, file: PersonFile, area: string | null): Promise<Fault[]> {
  if (area === null || VALUES[file].length === 0) return [];
  const rows = await select<{ line: number }>(
    trx,
    `select c.line from ${joined(file)} where ${differ(file)} and area <> :area order by c.line limit ${MOST_FAULTS}`,
    { area },
  );
  return rows.map(({ line }) =>
    faultOf(file, line, `统筹区 ${area} 的行 (of ${area})`, '由该行统筹区或自治区的工号更正'),
  );
}

async function newLines(trx: Transaction, file: PersonFile, why: string): Promise<Fault[]> {
  const rows = await select<{ line: number }>(
    trx,
    `select c.line from coming c where not exists (select from ${joined(file).replace('coming c', 'coming o')} where o.line = c.line)
     order by c.line limit ${MOST_FAULTS}`,
  );
  return rows.map(({ line }) => faultOf(file, line, `不再新增的数据：${why}`, '差错在下一开放年度更正'));
}

/** One correction for each row that differs: it names the row by its line, so that it contains no person. */
async function correctPersons(
  trx: Transaction,
  year: number,
  file: PersonFile,
  { reason, operator, proof }: Correction,
): Promise<number> {
  if (VALUES[file].length === 0) return 0;
  const cells = (of: string): string =>
    `jsonb_build_object(${VALUES[file].map((name) => `'${name}', ${of}.${quoted(name)}::text`).join(', ')})`;
  const month = file === 'burdens.csv' ? `'month', month::text,` : `'date', date::text,`;
  const corrected = await execute(
    trx,
    `insert into fund.correction (fund_year, file, key, before, after, reason, operator, proof)
     select :year, :file, jsonb_build_object('area', area, ${month} 'line', t.line::text), ${cells('t')}, ${cells('c')}, :reason, :operator, :proof
     from ${joined(file)} where ${differ(file)} order by t.line`,
    { year, file, reason, operator, proof: proof?.nonce ?? null },
  );
  if (corrected === 0) return 0;
  const { table, columns } = PERSONS_IN[file];
  const key = ['fund_year', ...columns.filter((name) => !VALUES[file].includes(name))].map(quoted);
  const changed = [...VALUES[file], 'line'].map(quoted);
  await execute(
    trx,
    `update fund.${table} t set (${changed.join(', ')}) = row(${changed.map((name) => `c.${name}`).join(', ')})
     from coming c where (${key.map((name) => `c.${name}`).join(', ')}) = (${key.map((name) => `t.${name}`).join(', ')})
       and ${differ(file)}`,
  );
  return corrected;
}
