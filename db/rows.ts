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
  const insert = `insert into fund.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::fund.${table}, $1)`;
  for (let at = 0; at < rows.length; at += PORTION) {
    await execute(db, insert, [JSON.stringify(rows.slice(at, at + PORTION))]);
  }
}

type Values = readonly unknown[];

/** Runs a statement; `$1`, `$2` … stand for the values. */
function run(db: Queryable, sql: string, values: Values): Promise<{ rows: unknown[]; rowCount: number | null }> {
  const bindings: unknown[] = [];
  const text = sql.replaceAll('?', '\\?').replace(/\$(\d+)/g, (_, position: string) => {
    bindings.push(values[Number(position) - 1] ?? null);
    return '?';
  });
  return db.raw(text, bindings as Knex.RawBinding[]);
}

/** The rows of a query, typed by the caller: column names and the text of their values. */
export async function select<Row>(db: Queryable, sql: string, values: Values = []): Promise<Row[]> {
  return (await run(db, sql, values)).rows as Row[];
}

/** The first row, or undefined. */
export async function selectOne<Row>(db: Queryable, sql: string, values: Values = []): Promise<Row | undefined> {
  return (await select<Row>(db, sql, values))[0];
}

/** Runs a statement that changes something, and says how many rows it changed. */
export async function execute(db: Queryable, sql: string, values: Values = []): Promise<number> {
  return (await run(db, sql, values)).rowCount ?? 0;
}
