/** Later files of a live year that are compared as a whole: persons, payments, arrivals, aid and values of law. */
import type { Fault, Pack } from '../pack';
import { decimal } from '../rules/money';
import type { Transaction } from './connect';
import { PAYMENT_ROW_COLUMNS, ROLL_COLUMNS, copyPayments, copyRoll } from './copy-rows';
import { type Correction, noteCorrection } from './corrections';
import { insertInputs } from './load-pack';
import { execute, select, selectOne } from './rows';

export interface SetResult {
  faults: Fault[];
  added: number;
  unchanged: number;
  corrected?: number;
  /** What the person should look at, although the file was taken. */
  note?: string;
}

/** The most faults that are reported of one file. */
const MOST_FAULTS = 100;

/** 征缴已对账: the areas that take no more rows of persons, and whether rows of no known area are counted too. */
export interface Reconciled {
  areas: string[];
  unknown: boolean;
}

const fault = (file: string, line: number | null, column: string | null, expected: string, remedy: string): Fault => ({
  file,
  line,
  column,
  found: null,
  expected,
  remedy,
});

/** What counts was counted with the tax bureau and accepted: neither the reconciliation nor the books would follow a later row. */
const reconciledFault = (file: string, line: number, remedy: string): Fault =>
  fault(file, line, null, '征缴尚未对账的统筹区', `征缴已对账，不再增加明细：${remedy}`);

/** 参保登记: adds persons who are new in their area; reports those who are registered otherwise, by line and never by name. */
export async function addRoll(trx: Transaction, pack: Pack, file: string, { areas }: Reconciled): Promise<SetResult> {
  await execute(
    trx,
    `create temp table coming_roll on commit drop as select ${ROLL_COLUMNS} from fund.resident_roll where false`,
  );
  await copyRoll(trx, pack, file, 'pg_temp.coming_roll');
  const other = await select<{ line: number; column: string }>(
    trx,
    `select c.line, case when c."group" <> r."group" then 'group' else 'banner' end as column
     from coming_roll c join fund.resident_roll r using (fund_year, person, area)
     where (c."group", c.banner) is distinct from (r."group", r.banner) order by c.line limit ${MOST_FAULTS}`,
  );
  const late = await select<{ line: number }>(
    trx,
    `select c.line from coming_roll c left join fund.resident_roll r using (fund_year, person, area)
     where r.person is null and area = any (:areas) order by c.line limit ${MOST_FAULTS}`,
    { areas },
  );
  const added = await execute(
    trx,
    `insert into fund.resident_roll (${ROLL_COLUMNS}) select ${ROLL_COLUMNS} from coming_roll on conflict do nothing`,
  );
  const total = await selectOne<{ rows: number }>(trx, 'select count(*)::int as rows from coming_roll');
  await execute(trx, 'drop table coming_roll');
  const faults = other.map(({ line, column }) =>
    fault(file, line, column, '与已登记的一致', '核对；登记变更不改已导入的行，请联系自治区医保局'),
  );
  const tooLate = late.map(({ line }) => reconciledFault(file, line, '列入下一年度的参保登记'));
  return { faults: [...faults, ...tooLate], added, unchanged: (total?.rows ?? 0) - added };
}

/** Decides again on payments whose persons were unknown: they may be on the roll by now. */
export const reconsiderUnknownPersons = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, 'select fund.reconsider_unknown_persons(:year)', { year });

/**
 * 缴费流水: a file grows at its end. Lines that are stored already must be the same; a file that was imported under another name
 * changes nothing.
 */
export async function addPayments(
  trx: Transaction,
  pack: Pack,
  file: string,
  reconciled: Reconciled,
): Promise<SetResult> {
  const { sha256, rows } = pack.files.find((known) => known.file === file) ?? { sha256: '', rows: 0 };
  const same = await selectOne(trx, 'select from fund.pack_file where fund_year = :year and sha256 = :sha256', {
    year: pack.year,
    sha256,
  });
  if (same !== undefined) return { faults: [], added: 0, unchanged: rows };
  const areas = await select<{ area: string; schemes: ('employee' | 'resident')[] }>(
    trx,
    'select area, to_jsonb(schemes) as schemes from fund.area where fund_year = :year',
    { year: pack.year },
  );
  await execute(
    trx,
    `create temp table coming_payment on commit drop as select ${PAYMENT_ROW_COLUMNS} from fund.resident_payment where false`,
  );
  await copyPayments(trx, pack, file, areas, 'pg_temp.coming_payment');
  const compared = 'receipt, person, named_area, amount, paid_instant, kind, original_receipt, malformed';
  const prefixed = (table: string): string =>
    compared
      .split(', ')
      .map((name) => `${table}.${name}`)
      .join(', ');
  const other = await select<{ line: number }>(
    trx,
    `select c.line from coming_payment c join fund.resident_payment p using (fund_year, file, line)
     where (${prefixed('c')}) is distinct from (${prefixed('p')}) order by c.line limit ${MOST_FAULTS}`,
  );
  const late = await select<{ line: number }>(
    trx,
    `select c.line from coming_payment c left join fund.resident_payment p using (fund_year, file, line)
     where p.line is null and (c.area = any (:areas) or :unknown and c.area is null) order by c.line limit ${MOST_FAULTS}`,
    { ...reconciled },
  );
  const added = await execute(
    trx,
    `insert into fund.resident_payment (${PAYMENT_ROW_COLUMNS}) select ${PAYMENT_ROW_COLUMNS} from coming_payment
     on conflict (fund_year, file, line) do nothing`,
  );
  await execute(
    trx,
    `insert into fund.pack_file (fund_year, file, sha256, rows) values (:year, :file, :sha256, :rows)
     on conflict (fund_year, file) do update set sha256 = excluded.sha256, rows = excluded.rows`,
    { year: pack.year, file, sha256, rows },
  );
  const total = await selectOne<{ rows: number }>(trx, 'select count(*)::int as rows from coming_payment');
  await execute(trx, 'drop table coming_payment');
  const faults = other.map(({ line }) =>
    fault(file, line, null, '与已导入的同一行相同', '流水只增不改：错账以退费行更正；新的流水另用文件名'),
  );
  const tooLate = late.map(({ line }) =>
    reconciledFault(file, line, '对账后才到的缴费、退费是差错，记入开放月份的 actuals.csv（premium）'),
  );
  return { faults: [...faults, ...tooLate], added, unchanged: (total?.rows ?? 0) - added };
}

const fewerArrivals = (left: number): string =>
  `已导入的到位中有 ${left} 行不在此文件内，仍然保留：此文件须列出本年度至今的全部到位；同一天同额的两笔须各列一行，少列的一笔不会记入` +
  ` (${left} stored rows are not in this file, which is to list all arrivals so far; a second equal one counts only beside the first)`;

/** 补助到位: a file lists all arrivals so far. Of equal rows, as many are new as the file has more than the database. */
export async function addArrivals(trx: Transaction, pack: Pack, isSettled: boolean): Promise<SetResult> {
  const stored = await trx('subsidy_arrival')
    .where({ fund_year: pack.year })
    .select('area', 'banner', 'level', 'date', 'amount');
  const keyOf = (row: (typeof stored)[number]): string =>
    JSON.stringify([row.area, row.banner, row.level, row.date, decimal(row.amount).toFixed(2)]);
  const counts = new Map<string, number>();
  for (const row of stored) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const added = pack.subsidyArrivals.filter((row) => {
    const left = counts.get(keyOf(row)) ?? 0;
    counts.set(keyOf(row), left - 1);
    return left <= 0;
  });
  const faults = isSettled
    ? added.map(({ line }) =>
        fault('subsidy_arrivals.csv', line, null, '补助结算前的到位', '补助已结算：记入下一开放年度'),
      )
    : [];
  if (faults.length === 0) await insertInputs(trx, 'subsidy_arrival', added, pack.year);
  const unchanged = pack.subsidyArrivals.length - added.length;
  const left = stored.length - unchanged;
  const isGiven = pack.subsidyArrivals.length > 0;
  return { faults, added: added.length, unchanged, ...(isGiven && left > 0 ? { note: fewerArrivals(left) } : {}) };
}

/** 资助标准: imported once, before the collection opens and its terms are fixed. */
export async function setMedicalAid(trx: Transaction, pack: Pack, hasOpened: boolean): Promise<SetResult> {
  const rows = pack.medicalAid;
  if (rows.length === 0) return { faults: [], added: 0, unchanged: 0 };
  const stored = await select<{ row: string }>(
    trx,
    `select jsonb_build_array(area, "group", kind, value, funding)::text as row from fund.medical_aid where fund_year = :year order by 1`,
    { year: pack.year },
  );
  const given = await select<{ row: string }>(
    trx,
    `select jsonb_build_array(area, "group", kind, value, funding)::text as row
     from jsonb_populate_recordset(null::fund.medical_aid, :rows) order by 1`,
    { rows: JSON.stringify(rows) },
  );
  if (JSON.stringify(stored) === JSON.stringify(given)) return { faults: [], added: 0, unchanged: rows.length };
  if (hasOpened || stored.length > 0) {
    const why = hasOpened ? '征缴已开始，应缴额已固定' : '资助标准已导入，整表只导入一次';
    return { faults: [fault('medical_aid.csv', null, null, '与已导入的一致', why)], added: 0, unchanged: 0 };
  }
  await insertInputs(trx, 'medical_aid', rows, pack.year);
  return { faults: [], added: rows.length, unchanged: 0 };
}

/**
 * 参数: before the year is opened they are simply stored. Afterwards a value of law changes only by a correction: figures already
 * computed stay, later ones rest on the new value.
 */
export async function setOverrides(trx: Transaction, pack: Pack, correction: Correction | null): Promise<SetResult> {
  const given = Object.entries(pack.overrides);
  if (given.length === 0) return { faults: [], added: 0, unchanged: 0 };
  const news = await select<{ name: string; value: unknown; source: string; stored: boolean; before: object }>(
    trx,
    `select e.key as name, e.value -> 'value' as value, e.value ->> 'source' as source, o.name is not null as stored,
       case when p.name is null then '{}' else jsonb_build_object('value', p.value, 'source', p.source) end as before
     from jsonb_each(:overrides::jsonb) e left join fund.parameter_override o on o.fund_year = :year and o.name = e.key
       left join fund.parameter_in_force p on p.fund_year = :year and p.name = e.key
     where o.name is null or o.value is distinct from e.value -> 'value' or o.source <> e.value ->> 'source'`,
    { year: pack.year, overrides: JSON.stringify(pack.overrides) },
  );
  const isOpen =
    (await selectOne(trx, 'select from fund.parameter_in_force where fund_year = :year limit 1', {
      year: pack.year,
    })) !== undefined;
  if (news.length > 0 && correction === null && (isOpen || news.some(({ stored }) => stored))) {
    const faults = news.map(({ name }) =>
      fault('parameters.json', null, name, '与年度启动时公布的一致', '有文件确定新值的，加 --correct 理由 --as 工号'),
    );
    return { faults, added: 0, unchanged: 0 };
  }
  for (const { name, value, source, before } of news) {
    if (correction !== null) {
      const what = { file: 'parameters.json', key: { name }, before, after: { value, source } };
      await noteCorrection(trx, pack.year, what, correction);
    }
    await execute(
      trx,
      `insert into fund.parameter_override (fund_year, name, value, source) values (:year, :name, :value, :source)
       on conflict (fund_year, name) do update set value = excluded.value, source = excluded.source`,
      { year: pack.year, name, value: JSON.stringify(value), source },
    );
    await trx('parameter_in_force')
      .where({ fund_year: pack.year, name })
      .update({ value: JSON.stringify(value), source, assumed: false });
  }
  return { faults: [], added: news.length, unchanged: given.length - news.length };
}
