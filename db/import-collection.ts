/**
 * Files of the resident collection in a live year. A file is known by its SHA-256: the same one again changes nothing, under
 * whatever name. Rows are compared in sets, and reported by file and line, never by person.
 */
import type { Fault, Pack } from '../pack';
import { type NamedArea, areasOfYear } from './areas';
import type { Transaction } from './connect';
import { RECEIVED_COLUMNS, ROLL_COLUMNS, type Room, copyPayments, copyRoll } from './copy-rows';
import { MOST_FAULTS, type SetResult, fault } from './import-sets';
import { isTaken, noteFile, packFile } from './pack-files';
import { attachRoll, newPartition, roomFor } from './partitions';
import { execute, select, selectOne } from './rows';

/** 征缴已对账: the areas that accept no more rows of persons, and whether rows of no known area have been reconciled too. */
interface Reconciled {
  areas: string[];
  unknown: boolean;
}

/** By then the counts are agreed with the tax bureau: a later row would enter neither the reconciliation nor the books. */
const reconciledFault = (file: string, line: number, remedy: string): Fault =>
  fault(file, line, null, '征缴尚未对账的统筹区', `征缴已对账，不再增加明细：${remedy}`);

/** 参保登记: adds persons who are new in their area; reports those already registered with another group or banner, by line and never by name. */
export async function addRoll(trx: Transaction, pack: Pack, file: string, reconciled: Reconciled): Promise<SetResult> {
  const come = packFile(pack, file);
  if (await isTaken(trx, pack, come)) return { faults: [], added: 0, unchanged: come.rows };
  const first = await newPartition(trx, 'resident_roll', pack.year);
  const result =
    first === null ? await mergeRoll(trx, pack, file, reconciled) : await firstRoll(trx, pack, file, first, reconciled);
  if (result.faults.length === 0) await noteFile(trx, pack, file, come);
  return result;
}

/** The first file of a year: every person in it is new. */
async function firstRoll(
  trx: Transaction,
  pack: Pack,
  file: string,
  partition: Room,
  { areas }: Reconciled,
): Promise<SetResult> {
  const added = await copyRoll(trx, pack, file, partition);
  await attachRoll(trx, pack.year);
  const late = await select<{ line: number }>(
    trx,
    `select line from fund.resident_roll where fund_year = :year and area = any (:areas) order by line limit ${MOST_FAULTS}`,
    { year: pack.year, areas },
  );
  return { faults: late.map(({ line }) => lateOnRoll(file, line)), added, unchanged: 0 };
}

const lateOnRoll = (file: string, line: number): Fault => reconciledFault(file, line, '列入下一年度的参保登记');

async function mergeRoll(trx: Transaction, pack: Pack, file: string, { areas }: Reconciled): Promise<SetResult> {
  await execute(
    trx,
    `create temp table coming_roll on commit drop as select ${ROLL_COLUMNS} from fund.resident_roll where false`,
  );
  const rows = await copyRoll(trx, pack, file, { table: 'pg_temp.coming_roll', isNew: true });
  await execute(trx, 'analyze pg_temp.coming_roll');
  const other = await select<{ line: number; column: string }>(
    trx,
    `select c.line, case when c."group" <> r."group" then 'group' else 'banner' end as column
     from coming_roll c join fund.resident_roll r using (fund_year, person, area)
     where r.fund_year = :year and (c."group", c.banner) is distinct from (r."group", r.banner)
     order by c.line limit ${MOST_FAULTS}`,
    { year: pack.year },
  );
  const late = await select<{ line: number }>(
    trx,
    `select c.line from coming_roll c
     where area = any (:areas) and not exists (
       select from fund.resident_roll r where r.fund_year = :year and (r.person, r.area) = (c.person, c.area))
     order by c.line limit ${MOST_FAULTS}`,
    { areas, year: pack.year },
  );
  const counted = await selectOne<{ added: number }>(
    trx,
    `select fund.add_to_roll(:year, 'pg_temp.coming_roll'::regclass)::int as added`,
    { year: pack.year },
  );
  const added = counted?.added ?? 0;
  await execute(trx, 'drop table coming_roll');
  const faults = other.map(({ line, column }) =>
    fault(file, line, column, '与已登记的一致', '核对；登记变更不改已导入的行，请联系自治区医保局'),
  );
  return { faults: [...faults, ...late.map(({ line }) => lateOnRoll(file, line))], added, unchanged: rows - added };
}

/**
 * 缴费流水: each file is a batch (批次). A file that has grown at its end adds its new lines; any other file under a name already
 * used is a batch of its own, NAME#2.
 */
export async function addPayments(
  trx: Transaction,
  pack: Pack,
  file: string,
  reconciled: Reconciled,
): Promise<SetResult> {
  const { year } = pack;
  const come = packFile(pack, file);
  if (await isTaken(trx, pack, come)) return { faults: [], added: 0, unchanged: come.rows };
  const areas = await areasOfYear(trx, year);
  const { room, attach } = await roomFor(trx, 'received_payment', year);
  const earlier = await batchesNamed(trx, year, file);
  const { batch, added, unchanged } =
    earlier.length === 0
      ? { batch: file, added: await copyPayments(trx, pack, file, areas, room), unchanged: 0 }
      : await receiveBeside(trx, pack, file, areas, { earlier, into: room.table });
  await attach();
  const late = await select<{ line: number }>(
    trx,
    `select line from fund.received_payment
     where fund_year = :year and file = :batch and (area = any (:areas) or :unknown and area is null)
     order by line limit ${MOST_FAULTS}`,
    { year, batch, ...reconciled },
  );
  // An earlier, shorter state of a file brings nothing new.
  if (added > 0 || earlier.length === 0) await noteFile(trx, pack, batch, come);
  return {
    faults: late.map(({ line }) =>
      reconciledFault(file, line, '对账后才到的缴费、退费是差错，记入开放月份的 actuals.csv（premium）'),
    ),
    added,
    unchanged,
    ...(batch === file || earlier.includes(batch)
      ? {}
      : { note: `同名文件内容不同，作为新批次 ${batch} 受理 (taken as another batch)` }),
  };
}

/** The batches that came under a name, the latest first. */
async function batchesNamed(trx: Transaction, year: number, file: string): Promise<string[]> {
  const rows = await select<{ file: string }>(
    trx,
    `select file from fund.pack_file
     where fund_year = :year and (file = :file or starts_with(file, :file || '#')) order by length(file) desc, file desc`,
    { year, file },
  );
  return rows.map(({ file: name }) => name);
}

const COMPARED = ['receipt', 'person', 'named_area', 'amount', 'paid_instant', 'kind', 'original_receipt'];
const compared = (table: string): string => COMPARED.map((name) => `${table}.${name}`).join(', ');

/** Receives a file whose name was used before: only its new lines where it continues a batch, else all of it as a new batch. */
async function receiveBeside(
  trx: Transaction,
  pack: Pack,
  file: string,
  areas: readonly NamedArea[],
  { earlier, into }: { earlier: readonly string[]; into: string },
): Promise<{ batch: string; added: number; unchanged: number }> {
  await execute(
    trx,
    `create temp table coming_payment on commit drop as select ${RECEIVED_COLUMNS} from fund.received_payment where false`,
  );
  const rows = await copyPayments(trx, pack, file, areas, { table: 'pg_temp.coming_payment', isNew: true });
  await execute(trx, 'analyze pg_temp.coming_payment');
  const continued = await firstContinued(trx, pack.year, earlier);
  const batch = continued ?? `${file}#${earlier.length + 1}`;
  const added = await execute(
    trx,
    `insert into ${into} (${RECEIVED_COLUMNS})
     select ${RECEIVED_COLUMNS.replace('file', ':batch')} from coming_payment c
     where not exists (select from (${STORED}) s where s.line = c.line)`,
    { year: pack.year, batch },
  );
  await execute(trx, 'drop table coming_payment');
  return { batch, added, unchanged: rows - added };
}

/** The rows of a batch, decided or not. */
const STORED = `
  select line, ${COMPARED.join(', ')} from fund.resident_payment where fund_year = :year and file = :batch
  union all
  select line, ${COMPARED.join(', ')} from fund.received_payment where fund_year = :year and file = :batch`;

/** The first of these batches that the coming file continues, or that it is the beginning of: no line of both differs. */
async function firstContinued(trx: Transaction, year: number, batches: readonly string[]): Promise<string | undefined> {
  for (const batch of batches) {
    const { differing, missing, fresh } = (await selectOne<Record<'differing' | 'missing' | 'fresh', number>>(
      trx,
      `select
         (count(*) filter (where s.line is not null and c.line is not null
           and (${compared('c')}) is distinct from (${compared('s')})))::int as differing,
         (count(*) filter (where c.line is null))::int as missing,
         (count(*) filter (where s.line is null))::int as fresh
       from (${STORED}) s full join coming_payment c using (line)`,
      { year, batch },
    )) ?? { differing: 1, missing: 0, fresh: 0 };
    if (differing === 0 && (missing === 0 || fresh === 0)) return batch;
  }
  return undefined;
}
