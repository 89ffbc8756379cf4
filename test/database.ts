/** A database of its own for each suite, on the tests' PostgreSQL: migrated, and dropped at the end. */
import { randomUUID } from 'node:crypto';
import { type Database, type DatabaseRole, connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { execute } from '../db/rows';

export interface TestDatabase {
  url: string;
  /** Acts as the worker, as the product does. */
  pool: Database;
  as(role: DatabaseRole): Database;
  drop(): Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.FUND_TEST_DATABASE as string;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(server, 'owner', 1);
  await execute(admin, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const pools: Database[] = [];
  const as = (role: DatabaseRole): Database => {
    const pool = connect(url.href, role, 6);
    pools.push(pool);
    return pool;
  };
  return {
    url: url.href,
    pool: as('worker'),
    as,
    async drop() {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await execute(admin, `drop database ${name} with (force)`);
      await admin.destroy();
    },
  };
}
