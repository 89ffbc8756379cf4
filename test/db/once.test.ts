/** An act is done once: whoever asks, how often, and whatever fails between (db/once). */
import type { Transaction } from '../../db/connect';
import { KeyConflict, hashOf, once } from '../../db/once';
import { execute, selectOne } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** The act of these tests: one more fund year in the books, the next that is free. Its receipt names it. */
async function openNextYear(trx: Transaction): Promise<{ year: number }> {
  const row = await selectOne<{ year: number }>(
    trx,
    `insert into fund.fund_year (year, mode) select coalesce(max(year), 2000) + 1, 'run' from fund.fund_year returning year`,
  );
  return row as { year: number };
}
const years = (): Promise<number> => execute(database.pool, 'select from fund.fund_year');
const receiptOf = async (key: string): Promise<unknown> =>
  (await selectOne<{ receipt: unknown }>(database.pool, 'select receipt from fund.act where key = :key', { key }))
    ?.receipt;

/** Does it, and says how many years it opened. */
async function opened(act: () => Promise<unknown>): Promise<number> {
  const before = await years();
  await act();
  return (await years()) - before;
}

test('called twice: the second time nothing is done and the first receipt is returned', async () => {
  const act = { key: 'twice', input: { area: '150100' } };
  const first = await once(database.pool, act, openNextYear);
  expect(await opened(async () => expect(await once(database.pool, act, openNextYear)).toEqual(first))).toBe(0);
  expect(await receiptOf('twice')).toEqual(first);
});

test('the order in which an input names its parts does not matter', async () => {
  const first = await once(database.pool, { key: 'order', input: { a: 1, b: { c: [1, 2], d: null } } }, openNextYear);
  const again = { key: 'order', input: { b: { d: null, c: [1, 2] }, a: 1 } };
  expect(await once(database.pool, again, openNextYear)).toEqual(first);
});

test('five at once: one act, five equal receipts', async () => {
  const act = { key: 'five', input: {} };
  const receipts: { year: number }[] = [];
  const all = async (): Promise<void> => {
    receipts.push(...(await Promise.all([1, 2, 3, 4, 5].map(() => once(database.pool, act, openNextYear)))));
  };
  expect(await opened(all)).toBe(1);
  expect(receipts).toEqual(Array(5).fill(receipts[0]));
});

test('an act that fails leaves nothing, and can be done again', async () => {
  const act = { key: 'failing', input: {} };
  const failing = async (trx: Transaction): Promise<never> => {
    await openNextYear(trx);
    throw new Error('the power went out');
  };
  expect(await opened(() => expect(once(database.pool, act, failing)).rejects.toThrow('the power went out'))).toBe(0);
  expect(await receiptOf('failing')).toBeUndefined();
  expect(await opened(() => once(database.pool, act, openNextYear))).toBe(1);
});

test('an act that the database refuses only at its commit leaves nothing either', async () => {
  const unbalanced = async (trx: Transaction): Promise<{ year: number }> => {
    const { year } = await openNextYear(trx);
    await execute(
      trx,
      `insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
       values (:year, '2028-01-01', '150100', 'employee', 'pooled', 'half an entry', '测试')`,
      { year },
    );
    return { year };
  };
  const act = { key: 'refused at commit', input: {} };
  expect(await opened(() => expect(once(database.pool, act, unbalanced)).rejects.toThrow('借贷不平'))).toBe(0);
  expect(await receiptOf(act.key)).toBeUndefined();
});

test('five at once, and the first fails: the next one does it, the others get its receipt', async () => {
  let calls = 0;
  const failingFirst = async (trx: Transaction): Promise<{ year: number }> => {
    calls += 1;
    if (calls === 1) throw new Error('the power went out');
    return openNextYear(trx);
  };
  const act = { key: 'five, one fails', input: {} };
  const before = await years();
  const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(() => once(database.pool, act, failingFirst)));
  const receipts = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  expect(receipts).toEqual(Array(4).fill(await receiptOf(act.key)));
  expect([calls, (await years()) - before]).toEqual([2, 1]);
});

test('the same key for another input is a conflict that names both', async () => {
  await once(database.pool, { key: 'conflict', input: { quarter: 1 } }, openNextYear);
  const other = (): Promise<unknown> => once(database.pool, { key: 'conflict', input: { quarter: 2 } }, openNextYear);
  expect(await opened(() => expect(other()).rejects.toThrow(KeyConflict))).toBe(0);
  await expect(other()).rejects.toThrow(/“conflict”.*\{"quarter": ?1\}.*\{"quarter": ?2\}/);
});

test('five different inputs at once: one is done, four are conflicts', async () => {
  const before = await years();
  const ends = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((quarter) => once(database.pool, { key: 'race', input: { quarter } }, openNextYear)),
  );
  const conflicts = ends.filter((end) => end.status === 'rejected' && end.reason instanceof KeyConflict);
  expect([conflicts.length, (await years()) - before]).toEqual([4, 1]);
});

// inputs that must be told apart
test.each([
  [{ a: 1 }, { a: '1' }],
  [{ a: null }, {}],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: { b: 1 } }, { a: { b: 2 } }],
])('%j is another input than %j', (one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other));
});
