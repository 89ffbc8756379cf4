/** Moving many rows in one statement. */
import type { Knex } from 'knex';
import type { Queryable } from './connect';

/** Rows of one round trip: the reasons of thousands of figures in one text would take hundreds of megabytes. */
const PORTION = 500;

/**
 * Inserts rows into a table of the fund in few round trips. Keys are column names; values are text, numbers of rows or
 * months, booleans, null, arrays or JSON: every value is cast by the column's own type, so money goes in as text.
 */
export async function insertRows(db: Queryable, table: string, rows: readonly object[]): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  const insert = `insert into fund.${table} (${columns})
    select ${columns} from jsonb_populate_recordset(null::fund.${table}, :portion)`;
  for (let at = 0; at < rows.length; at += PORTION) {
    await execute(db, insert, { portion: JSON.stringify(rows.slice(at, at + PORTION)) });
  }
}

type Bindings = Record<string, unknown> | readonly unknown[];

/** Runs a statement; `:name` stands for the value of that name. */
function run(db: Queryable, sql: string, bindings: Bindings): Promise<{ rows: unknown[]; rowCount: number | null }> {
  if (Array.isArray(bindings)) {
    const named = Object.fromEntries(bindings.map((value: unknown, i) => [`p${i + 1}`, value ?? null]));
    return run(db, sql.replace(/\$(\d+)/g, ':p$1'), named);
  }
  // To knex `?` is a binding and `:day::date` the name of a column: it is to leave the first alone, and to see the cast apart.
  const text = sql.replaceAll('?', '\\?').replace(/:(\w+)::/g, ':$1 ::');
  return db.raw(text, bindings as Record<string, Knex.RawBinding>);
}

/** The rows of a query, typed by the caller: column names and the text of their values. */
export async function select<Row>(db: Queryable, sql: string, bindings: Bindings = {}): Promise<Row[]> {
  return (await run(db, sql, bindings)).rows as Row[];
}

/** The first row, or undefined. */
export async function selectOne<Row>(db: Queryable, sql: string, bindings: Bindings = {}): Promise<Row | undefined> {
  return (await select<Row>(db, sql, bindings))[0];
}

/** Runs a statement that changes something, and says how many rows it changed. */
export async function execute(db: Queryable, sql: string, bindings: Bindings = {}): Promise<number> {
  return (await run(db, sql, bindings)).rowCount ?? 0;
}
