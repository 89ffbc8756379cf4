/** A command that only queries the database continues when the server cuts its session. */
import { type Database, inTransaction } from '../../db/connect';
import { execute, selectOne } from '../../db/rows';
import { onPool } from '../../scripts/client/with-database';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Asks for 1; the first `cuts` times its session is cut before. */
function asking(cuts: number): { ask: (pool: Database) => Promise<number | undefined>; times: () => number } {
  let times = 0;
  const ask = (pool: Database) =>
    inTransaction(pool, async (trx) => {
      const session = await selectOne<{ pid: number }>(trx, 'select pg_backend_pid() as pid');
      if (++times <= cuts) await execute(database.as('owner'), 'select pg_terminate_backend(:pid)', { ...session });
      return (await selectOne<{ one: number }>(trx, 'select 1 as one'))?.one;
    });
  return { ask, times: () => times };
}

test.each([1, 4])('cut %d times, it asks again each time', async (cuts) => {
  const { ask, times } = asking(cuts);
  expect(await onPool(database.url, 'reader', ask)).toBe(1);
  expect(times()).toBe(cuts + 1);
});

test('cut every time, it reports the fault in the end', async () => {
  await expect(onPool(database.url, 'reader', asking(Infinity).ask)).rejects.toMatchObject({
    message: expect.stringMatching(/terminat|not queryable|ECONNRESET/) as string,
  });
});

test('another fault is reported at once', async () => {
  let times = 0;
  const failing = onPool(database.url, 'reader', (pool) => {
    times++;
    return selectOne(pool, 'select 1 / 0');
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(times).toBe(1);
});
