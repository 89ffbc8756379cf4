/**
 * The database for a command that needs nothing else: nothing but Postgres is needed, nothing else is started, and nothing of
 * Temporal is loaded, because a figure is to be explained at once.
 */
import { type Database, type DatabaseRole, againIfCut, connect } from '../../db/connect';
import { execute } from '../../db/rows';
import { places } from '../../servers/places';
import { onStop } from '../../servers/signals';
import { ensureDatabase, release } from '../../servers/use';

/** Runs `work`, which may be repeated, on a database that answers. */
export function onPool<Result>(
  databaseUrl: string,
  role: DatabaseRole,
  work: (pool: Database) => Promise<Result>,
): Promise<Result> {
  const pool = connect(databaseUrl, role, 2);
  return againIfCut(() => work(pool)).finally(() => pool.destroy());
}

/**
 * Runs `work` on the database, which is kept up meanwhile. Where this command started Postgres, it also stops it, however
 * `work` ends.
 */
export async function withDatabase<Result>(
  role: DatabaseRole,
  work: (pool: Database) => Promise<Result>,
): Promise<Result> {
  const say = (line: string): void => console.error(line);
  onStop(() => release(say));
  try {
    return await onPool((await ensureDatabase(say)).databaseUrl, role, work);
  } finally {
    await release();
  }
}

/** Runs `work` on the database, which is started, and nothing else, where none answers. Needs no Temporal. */
export async function onDatabase<Result>(
  work: (pool: Database) => Promise<Result>,
  role: DatabaseRole = 'reader',
): Promise<Result> {
  const { databaseUrl } = places();
  if (databaseUrl !== null && (await answers(databaseUrl))) return onPool(databaseUrl, role, work);
  return withDatabase(role, work);
}

async function answers(databaseUrl: string): Promise<boolean> {
  const pool = connect(databaseUrl, 'reader', 1);
  return execute(pool, 'select').then(
    () => pool.destroy().then(() => true),
    () => pool.destroy().then(() => false),
  );
}
