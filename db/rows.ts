/** Statements in SQL, and many rows in one of them. */
import type { Knex } from 'knex';
import type { Queryable } from './connect';

/** Rows in one statement: the reasons of thousands of figures in a single text would take hundreds of megabytes. */
const PORTION = 500;

/**
 * Inserts rows into a table of the fund in few round trips. Keys are column names; values are text, small integers, booleans,
 * null, arrays or JSON. The database casts each by the type of its column, so money goes in as text.
 */
export async function insertRows(db: Queryable, table: string, rows: readonly object[]): Promise<void> {
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

/** What the names in a statement stand for: `:year` is `bindings.year`. (A list is on its way out: `$1` is its first.) */
type Bindings = Readonly<Record<string, unknown>> | readonly unknown[];

/** Runs a statement. Knex counts every `?` as a placeholder, and reads `:day::date` otherwise than we do. */
function run(db: Queryable, sql: string, bindings: Bindings): Promise<{ rows: unknown[]; rowCount: number | null }> {
  const named = Array.isArray(bindings) ? byPosition(bindings) : (bindings as Readonly<Record<string, unknown>>);
  const values: unknown[] = [];
  const text = sql.replaceAll('?', '\\?').replace(/::|:(\w+)|(\$\d+)/g, (match, name?: string, position?: string) => {
    const key = name ?? position ?? '';
    if (!Object.hasOwn(named, key)) return match;
    values.push(named[key]);
    return '?';
  });
  return db.raw(text, values as Knex.RawBinding[]);
}

const byPosition = (values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(values.map((value, index) => [`$${index + 1}`, value ?? null]));

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
