/** The books: double entry, append-only, closed years shut (RULES 9). The database itself holds all of it. */
import { type Database, type Transaction, inTransaction } from '../../db/connect';
import { type Posting, post } from '../../db/journal';
import { pickRows } from '../../db/provenance';
import { execute, select, selectOne } from '../../db/rows';
import { journalKey, kindOfEntry } from '../../rules/keys';
import { decimal } from '../../rules/money';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const CLOSED = 2027;
let database: TestDatabase;
let owner: Database;
beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (:year, 'run')`, { year: YEAR });
  await execute(
    database.pool,
    `insert into fund.fund_year (year, mode, status, closed_on) values (:closed, 'run', 'closed', '2028-05-31')`,
    { closed: CLOSED },
  );
});
afterAll(() => database.drop());

const entryOf = (key: string, of: Partial<Omit<Posting, 'amount'>> & { amount?: string } = {}): Posting => ({
  date: '2028-01-31',
  entity: '150100',
  scheme: 'employee',
  part: 'pooled',
  basis: 'RULES 9(3)',
  debit: '财政专户存款',
  credit: '利息收入',
  because: { article: '测试', formula: '1', inputs: {} },
  ...of,
  key,
  amount: decimal(of.amount ?? '1.00'),
});
const posted = (...postings: Posting[]): Promise<void> =>
  inTransaction(database.pool, (trx) => post(trx, YEAR, postings));

/** The lines of an entry as `debit account amount`. */
async function linesOf(key: string): Promise<string[]> {
  const rows = await select<{ line: string }>(
    database.pool,
    `select concat_ws(' ', case when debit > 0 then 'debit' else 'credit' end, account, debit + credit) as line
     from fund.ledger where key = :key order by credit`,
    { key },
  );
  return rows.map(({ line }) => line);
}

/** An entry by hand, with whatever lines; its id. */
async function entry(
  trx: Transaction,
  key: string,
  lines: [side: 1 | -1, account: string, amount: string][],
): Promise<string> {
  const rows = await select<{ id: string }>(
    trx,
    `insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
     values (:year, '2028-01-31', '150100', 'employee', 'pooled', :key, '测试') returning id`,
    { year: YEAR, key },
  );
  const id = (rows[0] as { id: string }).id;
  for (const [side, account, amount] of lines) await line(trx, id, side, account, amount);
  return id;
}
const line = (trx: Transaction, id: string, side: 1 | -1, account: string, amount: string, scheme = 'employee') =>
  execute(
    trx,
    'insert into fund.journal_line (entry_id, side, scheme, account, amount) values (:id, :side, :scheme, :account, :amount)',
    { id, side, scheme, account, amount },
  );

describe('posting', () => {
  test('an amount appears on both sides', async () => {
    await posted(entryOf('plain'));
    expect(await linesOf('plain')).toEqual(['debit 财政专户存款 1.00', 'credit 利息收入 1.00']);
  });

  test('a negative amount is posted positive on swapped sides', async () => {
    await posted(entryOf('negative', { amount: '-0.01' }));
    expect(await linesOf('negative')).toEqual(['debit 利息收入 0.01', 'credit 财政专户存款 0.01']);
  });

  test('zero is not posted', async () => {
    await posted(entryOf('zero', { amount: '0.00' }), entryOf('beside zero'));
    expect([await linesOf('zero'), (await linesOf('beside zero')).length]).toEqual([[], 2]);
  });

  test('having nothing to post is not an error', async () => {
    await expect(posted()).resolves.toBeUndefined();
  });

  test('the same business fact twice is refused, also in one go', async () => {
    await posted(entryOf('fact'));
    await expect(posted(entryOf('fact', { amount: '2.00' }))).rejects.toThrow('journal_entry_fund_year_key_key');
    await expect(posted(entryOf('facts'), entryOf('facts'))).rejects.toThrow('duplicate key');
  });

  test('with one posting refused, none is posted', async () => {
    await expect(posted(entryOf('good'), entryOf('without basis', { basis: '' }))).rejects.toThrow('basis');
    expect(await linesOf('good')).toEqual([]);
  });
});

describe('an entry balances, or its transaction does not commit', () => {
  // prettier-ignore
  const entries: [what: string, lines: [1 | -1, string, string][], balances: boolean][] = [
    ['two equal sides',             [[1, '财政专户存款', '5.00'], [-1, '利息收入', '5.00']],                             true],
    ['one side in two accounts',    [[1, '财政专户存款', '5.00'], [-1, '利息收入', '2.00'], [-1, '其他收入', '3.00']],   true],
    ['a fen apart',                 [[1, '财政专户存款', '5.00'], [-1, '利息收入', '4.99']],                             false],
    ['one side alone',              [[1, '财政专户存款', '5.00']],                                                       false],
    ['both on one side',            [[1, '财政专户存款', '5.00'], [1, '利息收入', '5.00']],                              false],
    ['no lines',                    [],                                                                                  false],
  ];
  test.each(entries)('%s', async (what, lines, balances) => {
    const act = inTransaction(database.pool, (trx) => entry(trx, what, lines));
    await (balances ? expect(act).resolves.toBeDefined() : expect(act).rejects.toThrow('借贷不平'));
    expect(await linesOf(what)).toHaveLength(balances ? lines.length : 0);
  });

  test('it is checked at commit, not before: lines may come one by one', async () => {
    const act = inTransaction(database.pool, async (trx) => {
      const id = await entry(trx, 'one by one', [[1, '财政专户存款', '5.00']]);
      await execute(trx, 'select 1');
      await line(trx, id, -1, '利息收入', '5.00');
    });
    await expect(act).resolves.toBeUndefined();
  });
});

// prettier-ignore
test.each([
  ['an amount of 0',                'insert into fund.journal_line select id, 1, scheme, $$其他收入$$, 0 from fund.journal_entry limit 1', 'amount'],
  ['a negative amount',             'insert into fund.journal_line select id, 1, scheme, $$其他收入$$, -1 from fund.journal_entry limit 1', 'amount'],
  ['a third side',                  'insert into fund.journal_line select id, 2, scheme, $$其他收入$$, 1 from fund.journal_entry limit 1', 'side'],
  ['a year that is not open here',  "insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis) values (2099, '2099-01-01', 'a', 'employee', 'pooled', 'k', 'b')", 'fund_year'],
  ['a third scheme',                "insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis) values (2028, '2028-01-01', 'a', 'both', 'pooled', 'k', 'b')", 'scheme'],
  ['a third part',                  "insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis) values (2028, '2028-01-01', 'a', 'employee', 'all', 'k', 'b')", 'part'],
])('%s is refused', async (_what, statement, constraint) => {
  await posted(entryOf('any entry')).catch(() => undefined);
  await expect(execute(database.pool, statement)).rejects.toThrow(constraint);
});

test('the schemes never meet in one entry', async () => {
  const act = inTransaction(database.pool, async (trx) => {
    const id = await entry(trx, 'both schemes', [[1, '财政专户存款', '5.00']]);
    await line(trx, id, -1, '利息收入', '5.00', 'resident');
  });
  await expect(act).rejects.toThrow('journal_line_entry_id_scheme_fkey');
});

describe('what is posted stays as it is', () => {
  const CHANGES = [
    `update fund.journal_entry set date = '2028-02-01'`,
    'delete from fund.journal_entry',
    'update fund.journal_line set amount = amount + 1',
    'delete from fund.journal_line',
    'truncate fund.journal_line',
    'truncate fund.journal_entry cascade',
  ];

  test.each(CHANGES)('the worker may not: %s', async (change) => {
    await expect(execute(database.pool, change)).rejects.toThrow('permission denied');
  });

  test.each(CHANGES)('nor the owner: %s', async (change) => {
    await expect(execute(owner, change)).rejects.toThrow('账簿只增不改');
  });

  test('a line that comes later is refused, even in balance with another', async () => {
    const id = await inTransaction(database.pool, (trx) =>
      entry(trx, 'finished', [
        [1, '财政专户存款', '5.00'],
        [-1, '利息收入', '5.00'],
      ]),
    );
    const late = inTransaction(database.pool, async (trx) => {
      await line(trx, id, 1, '其他支出', '1.00');
      await line(trx, id, -1, '其他收入', '1.00');
    });
    await expect(late).rejects.toThrow('分录已入账');
    expect(await linesOf('finished')).toHaveLength(2);
  });
});

test('a closed year refuses entries of the worker and of the owner, and says which year', async () => {
  for (const pool of [database.pool, owner]) {
    const late = inTransaction(pool, (trx) => post(trx, CLOSED, [entryOf('late')]));
    await expect(late).rejects.toThrow('2027 年度已结账');
  }
});

test('a closing waits for what is being posted: every entry is in before the year is shut, or refused', async () => {
  const year = 2026;
  await execute(owner, `insert into fund.fund_year (year, mode) values (:year, 'run')`, { year });
  const posting = await database.pool.transaction();
  const closing = await database.pool.transaction();
  try {
    await post(posting, year, [entryOf('just in time')]);
    const pid = (await selectOne<{ pid: number }>(closing, 'select pg_backend_pid() as pid'))?.pid;
    const closed = execute(
      closing,
      `update fund.fund_year set status = 'closed', closed_on = '2027-05-31' where year = :year`,
      { year },
    );
    const waits = async (): Promise<boolean> =>
      (await execute(
        owner,
        'select from pg_stat_activity where pid = :pid and cardinality(pg_blocking_pids(pid)) > 0',
        { pid },
      )) === 1;
    while (!(await waits()));
    await posting.commit();
    await closed;
    await closing.commit();
    const late = inTransaction(database.pool, (trx) => post(trx, year, [entryOf('too late')]));
    await expect(late).rejects.toThrow(`${year} 年度已结账`);
  } finally {
    await posting.rollback();
    await closing.rollback();
  }
  expect(await linesOf('just in time')).toHaveLength(2);
});

test('a correction is a new entry that reverses the old one', async () => {
  await posted(entryOf('wrong', { entity: '150200', amount: '7.00' }));
  await posted(entryOf('wrong/reversed', { entity: '150200', amount: '-7.00' }));
  const rows = await select<{ balance: string }>(
    database.pool,
    `select account, sum(debit_less_credit) as balance from fund.ledger where entity = '150200' group by account order by 1`,
  );
  expect(rows.map(({ balance }) => balance)).toEqual(['0.00', '0.00']);
});

test('closing is the special account without the cash under review', async () => {
  const of = { entity: '150300' };
  await posted(
    entryOf('opening', { ...of, credit: '基金结余', amount: '100.00' }),
    entryOf('under review', { ...of, credit: '待核对款', amount: '8.00' }),
    entryOf('spent', { ...of, debit: '其他支出', credit: '财政专户存款', amount: '30.00' }),
  );
  const rows = await select(database.pool, `select amount from fund.closing where entity = '150300'`);
  expect(rows).toEqual([{ amount: '70.00' }]);
});

test('a reason that names what entries book finds them by the first word of their keys', async () => {
  const keys = [
    journalKey.opening('150900', 'employee', 'pooled'),
    journalKey.position('150900', 'employee', 'pooled', '定期存款', '2028-01-31'),
    journalKey.levy('employee', '150900', journalKey.instalment(1)),
  ];
  await posted(...keys.map((key) => entryOf(key, { entity: '150900' })));
  for (const key of keys) {
    const of = { entity: '150900', account: '财政专户存款', act: kindOfEntry(key) };
    const wanted = { file: 'journal.csv', of, not: {}, complete: [], column: 'debit' };
    const { lines } = await pickRows(database.pool, YEAR, wanted, 10);
    expect(lines.map(({ cells }) => cells.key)).toEqual([key]);
  }
});
