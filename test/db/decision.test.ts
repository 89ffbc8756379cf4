/** Who may act on what, and when: the database refuses the rest, whatever the code does (RULES 6). */
import { inTransaction } from '../../db/connect';
import { type Act, openChain, openTasks, recordDecision, voidChain, waitingLink } from '../../db/tasks';
import type { Role } from '../../rules/vocabulary';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const FIGURES = { surplus: '10.00' };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(`insert into fund.fund_year (year, mode) values ($1, 'run')`, [YEAR]);
  await database.pool.query(
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line)
     select $1, area, area, area, array['employee'], 2 from unnest(array['150100', '150200']) as area`,
    [YEAR],
  );
  await database.pool.query(
    `insert into fund.operator (fund_year, operator, name, role, area, line) values
       ($1, 'sec-150100', '乌云', 'area_security', '150100', 2), ($1, 'fin-150100', '赵建国', 'area_finance', '150100', 3),
       ($1, 'fin-150200', '李秀英', 'area_finance', '150200', 4), ($1, 'nm-security', '娜仁', 'region_security', null, 5),
       ($1, 'nm-security-2', '萨仁', 'region_security', null, 6), ($1, 'nm-finance', '高志远', 'region_finance', null, 7)`,
    [YEAR],
  );
});
afterAll(() => database.drop());

let chains = 0;
/** A budget's chain: submitted by the area's security bureau, then finance, then the region's two. Returns its name. */
async function budgetChain(
  roles: readonly Role[] = ['area_security', 'area_finance', 'region_security', 'region_finance'],
): Promise<string> {
  const chain = `budget-${++chains}`;
  await inTransaction(database.pool, (trx) =>
    openChain(trx, {
      fundYear: YEAR,
      chain,
      workflowId: chain,
      kind: 'approve',
      area: '150100',
      subject: '150100 2028 年度预算',
      figures: FIGURES,
      dueOn: '2027-12-31',
      roles,
      position: 0,
    }),
  );
  return chain;
}

/** Acts on the link of a chain that waits, or on the one named. */
async function act(chain: string, operator: string, of: Partial<Act> = {}): Promise<void> {
  const waiting = await waitingLink(database.pool, chain);
  await inTransaction(database.pool, (trx) =>
    recordDecision(trx, YEAR, {
      task: waiting?.task ?? '',
      operator,
      decision: 'approve',
      document: '东政函〔2027〕8号',
      figuresHash: waiting?.figures_hash ?? '',
      businessDate: '2027-11-01',
      ...of,
    }),
  );
}
const waitsFor = async (chain: string): Promise<string | undefined> => (await waitingLink(database.pool, chain))?.role;

test('a chain is acted on link by link, each by its own office', async () => {
  const chain = await budgetChain();
  const waited: (string | undefined)[] = [await waitsFor(chain)];
  for (const operator of ['sec-150100', 'fin-150100', 'nm-security', 'nm-finance']) {
    await act(chain, operator);
    waited.push(await waitsFor(chain));
  }
  expect(waited).toEqual(['area_security', 'area_finance', 'region_security', 'region_finance', undefined]);
});

test('only the first open link of a chain is shown as a task', async () => {
  const chain = await budgetChain();
  const shown = (await openTasks(database.pool, YEAR)).filter((task) => task.chain === chain);
  expect(shown.map(({ task }) => task)).toEqual([`${chain}/0-area_security`]);
});

// who tries to approve for area finance of 150100, and why not
// prettier-ignore
test.each([
  ['the finance office of another area',    'fin-150200'],
  ['the region’s finance office',           'nm-finance'],
  ['the area’s own security bureau',        'sec-150100'],
  ['a person nobody knows',                 'nobody'],
])('the wrong office is refused: %s', async (_who, operator) => {
  const chain = await budgetChain(['area_finance']);
  await expect(act(chain, operator)).rejects.toThrow(`${operator} 不是任务 ${chain}/0-area_finance 的办理人`);
  expect(await waitsFor(chain)).toBe('area_finance');
});

test('the wrong order is refused: a link waits for the one before it', async () => {
  const chain = await budgetChain();
  const early = act(chain, 'fin-150100', { task: `${chain}/1-area_finance` });
  await expect(early).rejects.toThrow('上一环节尚未办理');
  expect(await waitsFor(chain)).toBe('area_security');
});

test('maker is not checker: one person, one link of a chain', async () => {
  const chain = await budgetChain(['region_security', 'region_security']);
  await act(chain, 'nm-security');
  await expect(act(chain, 'nm-security')).rejects.toThrow('decision_chain_operator_key');
  await expect(act(chain, 'nm-security-2')).resolves.toBeUndefined();
});

test('the same person may act in another chain', async () => {
  await act(await budgetChain(['region_security']), 'nm-security');
  await expect(act(await budgetChain(['region_security']), 'nm-security')).resolves.toBeUndefined();
});

test('an act is bound to the figures that were seen: when they have changed it is refused', async () => {
  const chain = await budgetChain();
  const unseen = act(chain, 'sec-150100', { figuresHash: 'of other figures' });
  await expect(unseen).rejects.toThrow('数字已变');
});

test('what is done is done: no second act on a task', async () => {
  const chain = await budgetChain();
  const waiting = await waitingLink(database.pool, chain);
  await act(chain, 'sec-150100');
  const again = act(chain, 'sec-150100', {
    task: `${chain}/0-area_security`,
    figuresHash: waiting?.figures_hash as string,
  });
  await expect(again).rejects.toThrow('已办结或作废');
});

describe('area finance approves with the document number of its government’s approval', () => {
  // decision, document, whether it is taken
  test.each([
    ['approve', '东政函〔2027〕8号', true],
    ['approve', '', false],
    ['return', '', true],
  ] as const)('%s with “%s”', async (decision, document, isTaken) => {
    const chain = await budgetChain(['area_finance']);
    const acted = act(chain, 'fin-150100', { decision, document });
    await (isTaken ? expect(acted).resolves.toBeUndefined() : expect(acted).rejects.toThrow('批准文号'));
  });

  test('the region’s offices need none', async () => {
    const chain = await budgetChain(['region_security']);
    await expect(act(chain, 'nm-security', { document: '' })).resolves.toBeUndefined();
  });
});

test('a void task takes no act', async () => {
  const chain = await budgetChain();
  const waiting = await waitingLink(database.pool, chain);
  await inTransaction(database.pool, (trx) => voidChain(trx, chain));
  const late = act(chain, 'sec-150100', {
    task: `${chain}/0-area_security`,
    figuresHash: waiting?.figures_hash as string,
  });
  await expect(late).rejects.toThrow('已办结或作废');
  expect(await waitsFor(chain)).toBeUndefined();
});

test('a task that does not exist takes no act', async () => {
  await expect(act('no such chain', 'sec-150100', { task: 'no such task' })).rejects.toThrow('query returned no rows');
});

test('five at once: one act, the others are refused', async () => {
  const chain = await budgetChain();
  const waiting = await waitingLink(database.pool, chain);
  const of = { task: `${chain}/0-area_security`, figuresHash: waiting?.figures_hash as string };
  const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(() => act(chain, 'sec-150100', of)));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await waitsFor(chain)).toBe('area_finance');
});
