/** Runs SQL statements with named bindings, and inserts many rows per statement. */
import type { Knex } from 'knex';
import type { Queryable } from './connect';
import type { NewRow, TableName } from './tables';

/** Rows per statement: the reasons of thousands of figures in a single text would take hundreds of megabytes. */
const PORTION = 500;

/** A new row, keyed by column. Its values are not typed here: the database casts them. */
type Cells<Name extends TableName> = { [Column in keyof NewRow<Name>]: unknown };

/**
 * Inserts rows into a table of the fund in few round trips. Keys are column names; values are text, small integers, booleans,
 * null, arrays or JSON. The database casts each by the type of its column, so money goes in as text.
 */
export async function insertRows<Name extends TableName>(
  db: Queryable,
  table: Name,
  rows: readonly Cells<Name>[],
): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  const insert = `insert into fund.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::fund.${table}, :rows)`;
  for (let at = 0; at < rows.length; at += PORTION) {
    await execute(db, insert, { rows: JSON.stringify(rows.slice(at, at + PORTION)) });
  }
}

/** What the names in a statement stand for: `:year` is `bindings.year`. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Runs a statement. Knex takes every `?` for a placeholder and would break the cast in `:day::date`, so names are bound here. */
function run(db: Queryable, sql: string, bindings: Bindings): Promise<{ rows: unknown[]; rowCount: number | null }> {
  const values: unknown[] = [];
  const text = sql.replaceAll('?', '\\?').replace(/::|:(\w+)/g, (match, name: string = '') => {
    if (!Object.hasOwn(bindings, name)) return match;
    values.push(bindings[name]);
    return '?';
  });
  return db.raw(text, values as Knex.RawBinding[]);
}

/** The rows of a query, typed by the caller. Booleans, small integers and JSON are parsed; everything else is text. */
export async function select<Row>(db: Queryable, sql: string, bindings: Bindings = {}): Promise<Row[]> {
  return (await run(db, sql, bindings)).rows as Row[];
}

/** The first row, or undefined. */
export async function selectOne<Row>(db: Queryable, sql: string, bindings: Bindings = {}): Promise<Row | undefined> {
  return (await select<Row>(db, sql, bindings))[0];
}

/** Runs a statement that changes something, and returns how many rows it changed. */
export async function execute(db: Queryable, sql: string, bindings: Bindings = {}): Promise<number> {
  return (await run(db, sql, bindings)).rowCount ?? 0;
}
