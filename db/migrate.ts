/** Forward-only migrations: each SQL file once, in name order, in one transaction; an applied file never changes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, inTransaction } from './connect';
import { select } from './rows';

const FOLDER = join(__dirname, 'migrations');

/** Brings the database to the newest migration. Safe to call by many at once: an advisory lock makes them take turns. */
export async function migrate(databaseUrl: string): Promise<void> {
  const pool = connect(databaseUrl, 'owner', 1);
  try {
    await inTransaction(pool, async (trx) => {
      await trx.query(`select pg_advisory_xact_lock(hashtextextended('fund migrations', 0))`);
      await trx.query(
        `create table if not exists public.fund_migration (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
      );
      const rows = await select<{ name: string; sha256: string }>(
        trx,
        'select name, sha256 from public.fund_migration',
      );
      const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
      for (const name of readdirSync(FOLDER)
        .filter((file) => file.endsWith('.sql'))
        .sort()) {
        const sql = readFileSync(join(FOLDER, name), 'utf8');
        const sha256 = createHash('sha256').update(sql).digest('hex');
        const before = applied.get(name);
        if (before === sha256) continue;
        if (before !== undefined) {
          throw new Error(`Migration ${name} was applied with other content. Write a new migration, never edit one.`);
        }
        await trx.query(sql);
        await trx.query('insert into public.fund_migration (name, sha256) values ($1, $2)', [name, sha256]);
      }
    });
  } finally {
    await pool.end();
  }
}
