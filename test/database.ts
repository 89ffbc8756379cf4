/** A database of its own for a suite, on the tests' Postgres: migrated, and dropped at the end. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type DatabaseRole, connect } from '../db/connect';
import { migrate } from '../db/migrate';

export interface TestDatabase {
  url: string;
  /** Acts as the worker, as the product does. */
  pool: Pool;
  as(role: DatabaseRole): Pool;
  drop(): Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.FUND_TEST_DATABASE as string;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(server, 'owner', 1);
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const pools: Pool[] = [];
  const as = (role: DatabaseRole): Pool => {
    const pool = connect(url.href, role, 6);
    pools.push(pool);
    return pool;
  };
  return {
    url: url.href,
    pool: as('worker'),
    as,
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
