/** Forward-only migrations: each SQL file once, in name order, in one transaction; an applied file never changes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, inTransaction, type Queryable } from './connect';
import { execute, select, selectOne } from './rows';

const FOLDER = join(__dirname, 'migrations');

interface Migration {
  name: string;
  sha256: string;
}

/** The migrations of this program, oldest first. */
const ours = (): (Migration & { sql: string })[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(FOLDER, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });

/**
 * How the database stands to this program: it has just our migrations; also later ones, of a newer release; not yet all; or one
 * of another content. Any role of the fund may ask.
 */
export async function schemaState(db: Queryable): Promise<'current' | 'newer' | 'behind' | 'changed'> {
  const known = await selectOne<{ table: string | null }>(db, `select to_regclass('public.fund_migration') as table`);
  if (known?.table == null) return 'behind';
  const applied = new Map(
    (await select<Migration>(db, 'select name, sha256 from public.fund_migration')).map((row) => [
      row.name,
      row.sha256,
    ]),
  );
  const wanted = ours();
  if (wanted.some(({ name }) => !applied.has(name))) return 'behind';
  if (wanted.some(({ name, sha256 }) => applied.get(name) !== sha256)) return 'changed';
  return applied.size > wanted.length ? 'newer' : 'current';
}

/**
 * Brings the database to the newest migration. Safe to call by many at once: an advisory lock makes them take turns. Where
 * nothing is to be done, a login that may not do it can call it too.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const pool = connect(databaseUrl, 'owner', 1);
  try {
    if (['current', 'newer'].includes(await schemaState(pool))) return;
    await inTransaction(pool, async (trx) => {
      await execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund migrations', 0))`);
      await execute(
        trx,
        `create table if not exists public.fund_migration (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
      );
      const rows = await select<Migration>(trx, 'select name, sha256 from public.fund_migration');
      const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
      for (const { name, sql, sha256 } of ours()) {
        const before = applied.get(name);
        if (before === sha256) continue;
        if (before !== undefined) {
          throw new Error(`Migration ${name} was applied with other content. Write a new migration, never edit one.`);
        }
        await execute(trx, sql);
        await execute(trx, 'insert into public.fund_migration (name, sha256) values (:name, :sha256)', {
          name,
          sha256,
        });
      }
    });
  } finally {
    await pool.destroy();
  }
}
