/** Later files of a live year that are compared as a whole: arrivals, aid and values of law. */
import type { Fault, Pack } from '../pack';
import { decimal } from '../rules/money';
import type { Transaction } from './connect';
import { type Correction, TO_CORRECT, noteCorrection } from './corrections';
import { insertInputs } from './load-pack';
import { execute, select, selectOne } from './rows';

export interface SetResult {
  faults: Fault[];
  added: number;
  unchanged: number;
  corrected?: number;
  /** What the person should look at, although the file was accepted. */
  note?: string;
}

/** The most faults that are reported of one file. */
export const MOST_FAULTS = 100;

export const fault = (
  file: string,
  line: number | null,
  column: string | null,
  expected: string,
  remedy: string,
): Fault => ({
  file,
  line,
  column,
  found: null,
  expected,
  remedy,
});

const fewerArrivals = (left: number): string =>
  `已导入的到位中有 ${left} 行不在此文件内，仍然保留：此文件须列出本年度至今的全部到位；同一天同额的两笔须各列一行，少列的一笔不会记入` +
  ` (${left} stored rows are not in this file, which must list all arrivals so far; a second equal one counts only if both are listed)`;

/** 补助到位: a file lists all arrivals so far. Of equal rows, those that the file has in excess of the database are new. */
export async function addArrivals(trx: Transaction, pack: Pack, isSettled: boolean): Promise<SetResult> {
  const stored = await trx('subsidy_arrival')
    .where({ fund_year: pack.year, ...(pack.ownArea !== undefined && { area: pack.ownArea }) })
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

/** A value of law that a pack sets, and the one in force before. */
interface Override {
  name: string;
  value: unknown;
  source: string;
  stored: boolean;
  before: object;
  changed: boolean;
}

/**
 * 参数: before the year is opened they are simply stored. Afterwards a value of law changes only by a correction: figures already
 * computed stay, later ones rest on the new value. `whyFixed` says why a value may not change any more.
 */
export async function setOverrides(
  trx: Transaction,
  pack: Pack,
  correction: Correction | null,
  whyFixed: (name: string) => string | null,
): Promise<SetResult> {
  const given = Object.entries(pack.overrides);
  if (given.length === 0) return { faults: [], added: 0, unchanged: 0 };
  const news = await select<Override>(
    trx,
    `select p.value is distinct from e.value -> 'value' as changed, e.key as name, e.value -> 'value' as value, e.value ->> 'source' as source, o.name is not null as stored,
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
    const faults = news.map(({ name }) => ({
      ...fault('parameters.json', null, name, '与年度启动时公布的一致', `有文件确定新值的，${TO_CORRECT}`),
      correctable: true as const,
    }));
    return { faults, added: 0, unchanged: 0 };
  }
  const fixed = news.flatMap(({ name, changed }) => {
    const why = isOpen && changed ? whyFixed(name) : null;
    return why === null ? [] : [fault('parameters.json', null, name, '与年度现行的值一致', why)];
  });
  if (fixed.length > 0) return { faults: fixed, added: 0, unchanged: 0 };
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
