/** Who may act on what, and when: the database refuses the rest, whatever the code does (RULES 6). */
import { inTransaction } from '../../db/connect';
import { type Act, recordDecision } from '../../db/decisions';
import { type OpenTask, openChain, openTasks, voidChain, waitingLink } from '../../db/tasks';
import { execute, select } from '../../db/rows';
import { DECISIONS_OF, DECISION_NAMES, type Decision, type TaskKind, answers } from '../../rules/decisions';
import { decimal } from '../../rules/money';
import type { Role } from '../../rules/vocabulary';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const QUESTION = {
  fundYear: YEAR,
  area: '150100',
  scheme: 'employee',
  subject: '150100 2028 年度预算',
  figures: { surplus: '10.00' },
  dueOn: '2027-12-31',
} as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (:year, 'run')`, { year: YEAR });
  await execute(
    database.pool,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line)
     select :year, area, area, area, array['employee'], 2 from unnest(array['150100', '150200']) as area`,
    { year: YEAR },
  );
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, area, line) values
       (:year, 'sec-150100', '乌云', 'area_security', '150100', 2), (:year, 'fin-150100', '赵建国', 'area_finance', '150100', 3),
       (:year, 'fin-150200', '李秀英', 'area_finance', '150200', 4), (:year, 'nm-security', '娜仁', 'region_security', null, 5),
       (:year, 'nm-security-2', '萨仁', 'region_security', null, 6), (:year, 'nm-finance', '高志远', 'region_finance', null, 7)`,
    { year: YEAR },
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
    openChain(trx, { ...QUESTION, chain, workflowId: chain, kind: 'approve', roles, position: 0 }),
  );
  return chain;
}

/** Acts on the link of a chain that waits, or on the one named. */
async function act(chain: string, operator: string, of: Partial<Act> = {}): Promise<void> {
  const waiting = await waitingLink(database.pool, chain);
  await inTransaction(database.pool, (trx) => recordDecision(trx, YEAR, { ...actOf(waiting, operator), ...of }));
}
const actOf = (waiting: OpenTask | null, operator: string): Act => ({
  task: waiting?.task ?? '',
  operator,
  decision: 'approve',
  document: '东政函〔2027〕8号',
  figuresHash: waiting?.figures_hash ?? '',
  businessDate: '2027-11-01',
});
/** Sends a version back as the product does: the chain ends, and in the same transaction the area is asked again. */
async function sendBack(chain: string, operator: string, of: Partial<Act> = {}): Promise<void> {
  const waiting = await waitingLink(database.pool, chain);
  await inTransaction(database.pool, async (trx) => {
    await recordDecision(trx, YEAR, { ...actOf(waiting, operator), decision: 'return', ...of });
    await voidChain(trx, chain);
    await openChain(trx, {
      ...QUESTION,
      chain: `${chain}/again`,
      workflowId: chain,
      kind: 'submit',
      roles: ['area_security'],
    });
  });
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
  ['the finance office of another area',    'fin-150200', '工号 fin-150200 属150200 统筹区财政局，本事项须由150100 统筹区财政局办理'],
  ['the region’s finance office',           'nm-finance', '工号 nm-finance 属自治区财政厅，本事项须由150100 统筹区财政局办理'],
  ['the area’s own security bureau',        'sec-150100', '工号 sec-150100 属150100 统筹区医保局，本事项须由150100 统筹区财政局办理'],
  ['a person nobody knows',                 'nobody',     '2028 年度没有工号 nobody'],
])('the wrong office is refused: %s', async (_who, operator, words) => {
  const chain = await budgetChain(['area_finance']);
  await expect(act(chain, operator)).rejects.toThrow(words);
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
    ['approve', ' ', false],
    ['approve', '\u3000', false],
    ['approve', '\u200b', false],
    ['approve', '—', false],
  ] as const)('%s with “%s”', async (decision, document, isTaken) => {
    const chain = await budgetChain(['area_finance']);
    const acted = act(chain, 'fin-150100', { decision, document });
    await (isTaken ? expect(acted).resolves.toBeUndefined() : expect(acted).rejects.toThrow('批准文号'));
  });

  test('to send it back it needs none', async () => {
    const chain = await budgetChain(['area_finance']);
    await expect(sendBack(chain, 'fin-150100', { document: '' })).resolves.toBeUndefined();
  });

  test('the region’s offices need none, and a blank does not pass as none', async () => {
    const chain = await budgetChain(['region_security']);
    await expect(act(chain, 'nm-security', { document: '\u3000' })).rejects.toThrow('须含文字或数字');
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

describe('a decision fits its question', () => {
  const DECISIONS = Object.keys(DECISION_NAMES) as Decision[];
  // The trigger's list against that of rules/decisions.
  test.each(Object.entries(DECISIONS_OF))('%s takes %s and nothing else', async (name, open) => {
    const kind = name as TaskKind;
    const fits = open.join('、');
    const chain = `${kind}-${++chains}`;
    await inTransaction(database.pool, (trx) =>
      openChain(trx, { ...QUESTION, chain, workflowId: chain, kind, roles: ['area_security'] }),
    );
    for (const decision of DECISIONS.filter((known) => !answers(known, kind))) {
      await expect(act(chain, 'sec-150100', { decision })).rejects.toThrow(`可办理：${fits}；收到 ${decision}`);
    }
    await expect(act(chain, 'sec-150100', { decision: open[0] })).resolves.toBeUndefined();
  });

  test('the method is recorded by its document number', async () => {
    const chain = `method-${++chains}`;
    await inTransaction(database.pool, (trx) =>
      openChain(trx, { ...QUESTION, chain, workflowId: chain, kind: 'record_method', roles: ['region_finance'] }),
    );
    for (const document of ['', ' ', '\u200b', '。']) {
      await expect(act(chain, 'nm-finance', { decision: 'record', document })).rejects.toThrow('须填写办法文号');
    }
  });
});

describe('a return ends its chain and asks the area again, or it is refused', () => {
  test('the last link cannot return what nobody would be asked for again: it would count as done', async () => {
    const chain = await budgetChain(['region_finance']);
    await expect(act(chain, 'nm-finance', { decision: 'return' })).rejects.toThrow('不能退回');
    expect(await waitsFor(chain)).toBe('region_finance');
  });

  test('a blank is not a reason', async () => {
    const chain = await budgetChain(['region_finance']);
    await expect(act(chain, 'nm-finance', { decision: 'return', note: '\u00a0' })).rejects.toThrow('须含文字或数字');
  });

  test('nor may a link before it leave the others open', async () => {
    const chain = await budgetChain(['region_security', 'region_finance']);
    await expect(act(chain, 'nm-security', { decision: 'return' })).rejects.toThrow('不能退回');
  });

  test('its reason is kept', async () => {
    const chain = await budgetChain(['region_security', 'region_finance']);
    await sendBack(chain, 'nm-security', { note: '住院支出偏高' });
    expect(await waitsFor(`${chain}/again`)).toBe('area_security');
    const rows = await select(database.pool, `select decision, note from fund.decision where chain = :chain`, {
      chain,
    });
    expect(rows).toEqual([{ decision: 'return', note: '住院支出偏高' }]);
  });
});

test('what a person sees is kept with the question: amounts as text, without the reasons', async () => {
  const chain = `figures-${++chains}`;
  const figures = {
    rows: [{ item: 'premium', amount: decimal('870.10'), because: { article: 'A(五)' } }],
    surplus: '10.00',
  };
  await inTransaction(database.pool, (trx) =>
    openChain(trx, { ...QUESTION, figures, chain, workflowId: chain, kind: 'approve', roles: ['region_finance'] }),
  );
  const rows = await select(
    database.pool,
    `select figures, of_area, of_scheme, opened_at <= now() as opened from fund.task where chain = :chain`,
    { chain },
  );
  expect(rows).toEqual([
    {
      figures: { rows: [{ item: 'premium', amount: '870.10' }], surplus: '10.00' },
      of_area: '150100',
      of_scheme: 'employee',
      opened: true,
    },
  ]);
});
