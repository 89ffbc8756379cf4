/** 冻结期: while a live year is frozen nothing is booked and nobody decides; postings wait, and a person gets a refusal that says why. */
import { type Database, inTransaction } from '../../db/connect';
import { freeze, unfreeze } from '../../activities/joint-acts';
import { decide } from '../../activities/people';
import { frozenBecause } from '../../db/freezes';
import { post } from '../../db/journal';
import { refusalOf } from '../../db/refusals';
import { execute, select } from '../../db/rows';
import { openChain, waitingLink } from '../../db/tasks';
import { openingPosting } from '../../figures/books';
import { beijingDate } from '../../rules/beijing-time';
import { daysAfter } from '../../rules/calendar-day';
import { decimal } from '../../rules/money';
import { RefusalInterceptor } from '../../worker/refusals';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const TODAY = beijingDate(new Date());

let database: TestDatabase;
let owner: Database;
beforeEach(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  for (const year of [YEAR, YEAR + 1]) {
    await execute(owner, `insert into fund.fund_year (year, mode) values (:year, 'live')`, { year });
    await execute(
      owner,
      `insert into fund.operator (fund_year, operator, name, role, line)
       select :year, operator, operator, 'region_security', 2 from unnest(array['r-1', 'r-2', 'r-3']) as operator`,
      { year },
    );
    await database.signers.appoint(year);
  }
});
afterEach(() => database.drop());

const days = (from: string, until: string) => ({ year: YEAR, from, until, reason: '年终审计' });
async function frozen(from = TODAY, until = TODAY): Promise<void> {
  for (const operator of ['r-1', 'r-2'])
    await freeze(database.pool, { ...days(from, until), operator }, database.signers.sign);
}
let entries = 0;
const booking = (year = YEAR) =>
  inTransaction(database.pool, (trx) =>
    post(trx, year, [
      openingPosting(
        { entity: 'region', scheme: 'employee', part: 'pooled' },
        `${year}-01-01`,
        decimal('1.00'),
        String((entries += 1)),
      ),
    ]),
  );
const deciding = async () => {
  const chain = `chain-${(entries += 1)}`;
  const question = { fundYear: YEAR, area: null, scheme: null, subject: '事项', figures: {}, dueOn: '2027-12-31' };
  await inTransaction(database.pool, (trx) =>
    openChain(trx, { ...question, chain, workflowId: chain, kind: 'approve', roles: ['region_security'] }),
  );
  const { task, figures_hash: figuresHash } = (await waitingLink(database.pool, chain))!;
  const act = { task, figuresHash, operator: 'r-3', decision: 'approve' as const, businessDate: '2027-12-01' };
  return decide(database.pool, { year: YEAR, act: await database.signers.signed(YEAR, act) });
};
const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error) ?? String(error),
  );

test('it begins with the second signature, and is lifted by two', async () => {
  await freeze(database.pool, { ...days(TODAY, TODAY), operator: 'r-1' }, database.signers.sign);
  expect(await said(booking())).toBe('done');
  await freeze(database.pool, { ...days(TODAY, TODAY), operator: 'r-2' }, database.signers.sign);
  expect(await frozenBecause(database.pool, YEAR)).toBe(`2028 年度 ${TODAY} 至 ${TODAY} 冻结：年终审计`);
  expect(await said(booking())).toMatch(/冻结：年终审计，暂不入账，期满自动继续/);
  expect(await said(deciding())).toMatch(/冻结：年终审计，期满后再办理/);

  const lift = (operator: string) =>
    unfreeze(database.pool, { ...days(TODAY, TODAY), operator }, database.signers.sign);
  await lift('r-3');
  expect(await said(booking())).toMatch(/冻结/);
  await lift('r-1');
  expect([await said(booking()), await said(deciding())]).toEqual(['done', 'done']);
});

test('another year, and the days before and after, go on', async () => {
  await frozen(daysAfter(TODAY, 1), daysAfter(TODAY, 9));
  await frozen(daysAfter(TODAY, -9), daysAfter(TODAY, -1));
  expect([await said(booking()), await said(deciding())]).toEqual(['done', 'done']);
  await frozen();
  expect(await said(booking(YEAR + 1))).toBe('done');
});

test('a worker tries a posting again, and gives a person his answer at once', async () => {
  await frozen();
  const outcome = (work: () => Promise<unknown>) =>
    new RefusalInterceptor().execute({} as never, work).then(
      () => 'done',
      (error: unknown) => (error as Error).name,
    );
  expect(await outcome(() => booking())).toBe('error'); // of the database: retried
  expect(await outcome(deciding)).toBe('ApplicationFailure'); // refused for good
  expect(await select(database.pool, 'select from fund.journal_entry')).toHaveLength(0);
});

test('nobody freezes a year by himself, whatever the code does', async () => {
  const alone = execute(database.pool, `select fund.freeze_year(2028, :today, :today)`, { today: TODAY });
  await alone;
  expect(await frozenBecause(database.pool, YEAR)).toBeNull();
  const row = execute(
    database.pool,
    `insert into fund.freeze (fund_year, from_day, until_day, reason) values (2028, :today, :today, '年终')`,
    {
      today: TODAY,
    },
  );
  await expect(row).rejects.toThrow('permission denied');
});
