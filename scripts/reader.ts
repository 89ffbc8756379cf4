/**
 * Reading the database from a command: nothing but Postgres is needed, nothing else is started, and nothing of Temporal is
 * loaded, because a figure is to be explained at once.
 */
import type { Pool } from 'pg';
import { connect } from '../db/connect';
import { onStop } from '../servers/signals';
import { ensureDatabase, release } from '../servers/system';

/** Runs `read` as the database's reader. A Postgres that this command started it stops, however it ends. */
export async function asReader(read: (db: Pool) => Promise<void>): Promise<void> {
  const say = (line: string): void => console.error(line);
  onStop(() => release(say));
  try {
    const { databaseUrl } = await ensureDatabase(say);
    const pool = connect(databaseUrl, 'reader', 2);
    await read(pool).finally(() => pool.end());
  } finally {
    await release();
  }
}
