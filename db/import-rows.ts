/** Later files of a live year, compared row by row with what is stored: new rows, equal rows, and rows that differ. */
import type { Imported } from '../pack';
import type { Queryable, Transaction } from './connect';
import { type Correction, noteCorrection } from './corrections';
import { insertInputs } from './load-pack';
import { overriddenValues } from './parameters';
import { execute, select } from './rows';

/** The areas, operators, units and values of law that a year already has: later files may refer to them. */
export const importedBefore = async (db: Queryable, year: number): Promise<Imported> => ({
  areas: await select(db, 'select area, to_jsonb(schemes) as schemes from fund.area where fund_year = :year', { year }),
  operators: await db('operator').where({ fund_year: year }).select('operator', 'role', 'area'),
  units: await db('payment_unit').where({ fund_year: year }).select('area', 'scheme', 'unit', 'weight'),
  overrides: await overriddenValues(db, year),
});

/** The tables whose rows have a key, with the file they come from. */
export const KEYED = {
  area: { file: 'areas.csv', key: ['area'] },
  banner: { file: 'banners.csv', key: ['area', 'banner'] },
  operator: { file: 'operators.csv', key: ['operator'] },
  history: { file: 'history.csv', key: ['area', 'scheme', 'part', 'year', 'item'] },
  opening: { file: 'opening.csv', key: ['area', 'scheme', 'part'] },
  adjustment_fund: { file: 'adjustment_fund.csv', key: ['scheme'] },
  insured: { file: 'insured.csv', key: ['area', 'scheme'] },
  collection_total: { file: 'collection_totals.csv', key: ['area'] },
  budget_submission: { file: 'budget_submissions.csv', key: ['area', 'scheme', 'version', 'part', 'item'] },
  budget_adjustment: { file: 'budget_adjustments.csv', key: ['area', 'scheme', 'version', 'part', 'item'] },
  actual: { file: 'actuals.csv', key: ['area', 'scheme', 'part', 'month', 'item'] },
  conduct: { file: 'conduct.csv', key: ['area', 'scheme'] },
  position: { file: 'positions.csv', key: ['area', 'scheme', 'part', 'account', 'date'] },
  bank_balance: { file: 'bank.csv', key: ['area', 'scheme', 'part', 'account', 'date'] },
  premium_basis: { file: 'premium_basis.csv', key: ['area', 'part', 'class'] },
  benefit_basis: { file: 'benefit_basis.csv', key: ['area', 'scheme', 'item', 'band'] },
  payment_unit: { file: 'payment_units.csv', key: ['area', 'scheme', 'unit'] },
  unit_account: { file: 'unit_accounts.csv', key: ['area', 'scheme', 'unit', 'month'] },
  target: { file: 'targets.csv', key: ['area', 'scheme', 'indicator'] },
} as const;

export type KeyedTable = keyof typeof KEYED;

export interface Differing {
  table: KeyedTable;
  line: number;
  /** The key, by column. */
  key: Record<string, string>;
  /** Cells that differ: as stored, as given; null is an empty cell. */
  changed: Record<string, { stored: string | null; given: string | null }>;
  /** Nobody gave the stored value: it follows the books of the year before. */
  provisional: boolean;
}

export interface Compared {
  /** Lines of rows that are not stored yet. */
  added: number[];
  differing: Differing[];
}

/** Compares the rows of a file with the stored ones. */
export async function compareRows(
  trx: Transaction,
  table: KeyedTable,
  rows: readonly object[],
  year: number,
): Promise<Compared> {
  if (rows.length === 0) return { added: [], differing: [] };
  const key: readonly string[] = KEYED[table].key;
  const names = ['fund_year', ...key];
  const found = await select<{
    line: number;
    key: Record<string, string>;
    stored: boolean;
    provisional: boolean;
    changed: Differing['changed'] | null;
  }>(
    trx,
    `with given as (
       select g.line, to_jsonb(g) as j, ${names.map((name) => `g.${name}`).join(', ')}
       from jsonb_populate_recordset(null::fund.${table}, :rows::jsonb) g
     ), stored as (select to_jsonb(t) as j, ${names.map((name) => `t.${name}`).join(', ')} from fund.${table} t where fund_year = :year)
     select given.line, stored.j is not null as stored,
       coalesce((stored.j ->> 'provisional')::boolean, false) as provisional,
       (select jsonb_object_agg(k, given.j ->> k) from unnest(:key::text[]) k) as key,
       (select jsonb_object_agg(e.key, jsonb_build_object('stored', stored.j ->> e.key, 'given', given.j ->> e.key))
        from jsonb_each(given.j) e
        where e.key not in ('line', 'provisional') and e.value is distinct from stored.j -> e.key) as changed
     from given left join stored using (${names.join(', ')})
     order by given.line`,
    { rows: JSON.stringify(rows.map((row) => ({ ...row, fund_year: year }))), year, key },
  );
  return {
    added: found.filter(({ stored }) => !stored).map(({ line }) => line),
    differing: found.flatMap(({ stored, changed, ...row }) =>
      stored && changed !== null ? [{ table, changed, ...row }] : [],
    ),
  };
}

/** Stores the rows that are new. */
export const addRows = (
  trx: Transaction,
  table: string,
  rows: readonly { line: number }[],
  lines: readonly number[],
  year: number,
): Promise<void> => {
  const added = new Set(lines);
  return insertInputs(
    trx,
    table,
    rows.filter(({ line }) => added.has(line)),
    year,
  );
};

/** Changes one stored row to the given values, and records the old ones. Returns the number of the correction. */
export async function correctRow(
  trx: Transaction,
  year: number,
  { table, key, changed, line, provisional }: Differing,
  by: Correction,
): Promise<string> {
  const cells = (side: 'stored' | 'given') =>
    Object.fromEntries(Object.entries(changed).map(([column, cell]) => [column, cell[side]]));
  const given = cells('given');
  const what = { file: KEYED[table].file, key, before: cells('stored'), after: given };
  const correction = await noteCorrection(trx, year, what, by);
  const columns = [...Object.keys(changed), 'line', ...(provisional ? ['provisional'] : [])].map((name) => `"${name}"`);
  const where = Object.keys(key).map((name) => `t."${name}" = g."${name}"`);
  await execute(
    trx,
    `update fund.${table} t set (${columns.join(', ')}) = row(${columns.map((name) => `g.${name}`).join(', ')})
     from jsonb_populate_record(null::fund.${table}, :json::jsonb) g
     where t.fund_year = :year and ${where.join(' and ')}`,
    { json: JSON.stringify({ ...key, ...given, line }), year },
  );
  return correction;
}
