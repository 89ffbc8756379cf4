/**
 * 所依数字已变: a figure behind an approval changes. What was approved so far counts no more, the version is judged again, and the same
 * offices are asked anew, without anybody resetting anything. A real live year on a real Temporal.
 */
import { announceImports } from '../../activities/announce-imports';
import { noticeText } from '../../activities/watch/offices';
import { inTransaction } from '../../db/connect';
import { pendingOfficeNotices } from '../../db/notices';
import { execute, select, selectOne } from '../../db/rows';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { trail } from '../../db/trail';
import { cycleStartOf } from '../../parameters';
import { budgetId } from '../../rules/keys';
import type { Scheme } from '../../rules/vocabulary';
import { type ActRequest, actOn } from '../../scripts/client/acting';
import { news } from '../../workflows/business-date';
import { importInto } from '../activities/live-files';
import type { TestDatabase } from '../database';
import { detailsOf } from '../workflows/page';
import { type Stage, stage } from '../workflows/stage';
import { beginBudget, waitingYear, waitsFor } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2057;
const DOCUMENT = '呼政函〔2056〕9号';
const RESIDENTS = { year: YEAR, scheme: 'resident', area: '150100' } as const;
const BY_AREA = { reason: '人数核对有误', operator: 'sec-150100' };
let database: TestDatabase;
let theatre: Stage;

beforeAll(async () => {
  const year = await waitingYear('budgets-2027', 30, 'live');
  database = year.database;
  theatre = await stage(year.fund);
  await beginBudget(theatre, YEAR, 'resident', '150100', true);
  await beginBudget(theatre, YEAR, 'employee', '150100', true);
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

const handleOf = (scheme: Scheme) => theatre.client.workflow.getHandle(budgetId(YEAR, scheme, '150100'));
const acting = (as: string, of: Partial<ActRequest>) =>
  actOn(
    { client: theatre.client, pool: database.as('reader') },
    { as, decision: 'approve', ...RESIDENTS, document: DOCUMENT, ...of },
    database.signers.sign,
  );
const announce = () => announceImports(database.pool, theatre.client, news.name);
const waiting = async (scheme: Scheme): Promise<WaitingTask> =>
  (await waitingTasks(database.pool, cycleStartOf, YEAR)).find(
    (task) => task.workflow_id === budgetId(YEAR, scheme, '150100'),
  ) as WaitingTask;
const statesOf = async (chain: string) =>
  (
    await select<{ state: string }>(
      database.pool,
      'select state from fund.task where chain = :chain order by position',
      {
        chain,
      },
    )
  ).map(({ state }) => state);

const HEADS =
  'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid\n';
/** The heads of an area's residents, as they are stored, with another number to be insured. */
async function heads(area: string, target: string): Promise<Record<string, string>> {
  const row = await selectOne<Record<string, string | null>>(
    database.pool,
    `select * from fund.insured where (fund_year, area, scheme) = (:year, :area, 'resident')`,
    { year: YEAR, area },
  );
  const cells: Record<string, string | null> = { ...row, year: String(YEAR), target_insured: target };
  const names = HEADS.trim().split(',');
  return { 'insured.csv': `${HEADS}${names.map((name) => cells[name]).join(',')}\n` };
}

describe('a correction between the second and the third approval', () => {
  const [FIRST, SECOND] = [1, 2].map((attempt) => `${budgetId(YEAR, 'resident', '150100')}/${attempt}`) as [
    string,
    string,
  ];

  test('voids the chain and asks all four again, of the version as it is judged now', async () => {
    const other = { decision: 'submit', version: 1, rows: '0'.repeat(64) } as const;
    await expect(acting('sec-150100', other)).rejects.toThrow('第 1 版现有各行与签名时所见不同');
    await acting('sec-150100', { decision: 'submit', version: 1 });
    await acting('fin-150100', {});
    await acting('nm-security', {});
    const before = await waiting('resident');
    await importInto(database, YEAR, await heads('150100', '10100'), BY_AREA);

    expect(await statesOf(FIRST)).toEqual(['done', 'done', 'done', 'void', 'void']);
    expect(await statesOf(SECOND)).toEqual(['open', 'open', 'open', 'open']);
    const now = await waiting('resident');
    expect(now).toMatchObject({ chain: SECOND, role: 'area_finance' });
    expect(now.figures_hash).not.toBe(before.figures_hash);
    expect(checkIn(before, 'subsidy_equals_due')).not.toEqual(checkIn(now, 'subsidy_equals_due'));
    // What the checks say now is what is on file.
    expect(
      await selectOne(
        database.pool,
        `select result, figure from fund.budget_check where (fund_year, area, scheme, version, "check") = (:year, :area, :scheme, 1, 'subsidy_equals_due')`,
        RESIDENTS,
      ),
    ).toEqual(checkIn(now, 'subsidy_equals_due'));
  });

  test('killed before the workflow heard of it, it is told when the worker is back, and asks by itself', async () => {
    // The third office still has the old figures before it.
    await expect(acting('nm-finance', { task: `${FIRST}/3-region_finance` })).rejects.toThrow('已作废');
    expect(await announce()).toBeGreaterThan(0);
    await waitsFor(handleOf('resident'), '统筹区财政局');
    expect(await announce()).toBe(0);
    expect((await detailsOf(handleOf('resident'))).重新提请).toBe(
      '所依数字已变，此前的审批已作废：insured.csv（150100 居民医保）target_insured 由 10000 改为 10100（工号 sec-150100：人数核对有误）',
    );
  });

  test('the old approvals bring nothing into force, together with new ones either', async () => {
    const forge = () =>
      execute(
        database.pool,
        `insert into fund.budget (fund_year, area, scheme, origin, version, in_force_from, because)
         values (:year, :area, :scheme, 'submitted', 1, '2057-01-01', '{}')`,
        RESIDENTS,
      );
    await expect(forge()).rejects.toThrow('预算第 1 版审批未完成');
    await acting('fin-150100', {});
    await acting('nm-security', {});
    await expect(forge()).rejects.toThrow('预算第 1 版审批未完成');
    // Nor do the approvals of a submitted version pass for that of a directed budget.
    await acting('nm-finance', {});
    await expect(acting('nm-finance', { task: `${SECOND}/4-region_government` })).rejects.toThrow('自治区人民政府');
  });

  test('the last approval of the new figures brings the version into force', async () => {
    await acting('nm-government', {});
    expect(await handleOf('resident').result()).toEqual({ origin: 'submitted', version: 1 });
    const { origin } = (await selectOne<{ origin: string }>(
      database.pool,
      'select origin from fund.budget where (fund_year, area, scheme) = (:year, :area, :scheme)',
      RESIDENTS,
    ))!;
    expect(origin).toBe('submitted');
  });
});

test('both are told: the offices that acted on the old figures, and the one that acts next', async () => {
  const offices = ['area_security/150100', 'area_finance/150100', 'region_security'];
  const notices = await inTransaction(database.pool, (trx) => pendingOfficeNotices(trx, offices, [], '2056-10-01'));
  expect(
    notices
      .filter(({ kind }) => kind === 'voided')
      .map(({ office }) => office)
      .sort(),
  ).toEqual([...offices].sort());
  expect(noticeText(notices)).toContain(
    '此前的办理已作废，所依数字已变：insured.csv（150100 居民医保）target_insured 由 10000 改为 10100',
  );
  const lines = await trail(
    database.as('reader'),
    { year: YEAR, workflow: budgetId(YEAR, 'resident', '150100') },
    { most: 20 },
  );
  expect(lines.filter(({ voided }) => voided !== null).map(({ operator }) => operator)).toEqual([
    'nm-security',
    'fin-150100',
  ]);
});

describe('a change that does not touch what was shown', () => {
  const chainNow = async () => (await waiting('employee')).chain;
  const before = `${budgetId(YEAR, 'employee', '150100')}/1`;

  test('reopens nothing: another area, another scheme, a number that no check looks at', async () => {
    await acting('sec-150100', { scheme: 'employee', decision: 'submit', version: 1 });
    await acting('fin-150100', { scheme: 'employee' });
    await importInto(database, YEAR, await heads('150200', '10101'), { ...BY_AREA, operator: 'sec-150200' });
    await importInto(database, YEAR, await heads('150100', '10102'), BY_AREA);
    expect(await chainNow()).toBe(before);
  });

  test('but a target that its approvers see does, also where it comes late; and a value of law', async () => {
    await importInto(database, YEAR, {
      'targets.csv': 'area,scheme,indicator,target\n150100,employee,collection,0.97\n',
    });
    expect(await chainNow()).toBe(`${budgetId(YEAR, 'employee', '150100')}/2`);
    expect(
      await select(database.pool, `select why from fund.reopened_chain where voided = :before`, { before }),
    ).toEqual([{ why: 'targets.csv 补报 1 行' }]);
  });

  test('two changes before the workflow hears of the first: it asks about the last', async () => {
    const law = { 'budget.slight_surplus': { value: '0.9', source: '内财社〔2056〕1号' } };
    const byRegion = { reason: '文件已印发', operator: 'nm-security' };
    await importInto(database, YEAR, { 'parameters.json': JSON.stringify(law) }, byRegion);
    // Judged by the new law the version fails: it comes back to the area with its gap and its ways out.
    expect(await waiting('employee')).toMatchObject({
      ...{ chain: `${budgetId(YEAR, 'employee', '150100')}/3`, kind: 'submit', role: 'area_security' },
      subject: expect.stringContaining('第 1 版未通过审核（未做到略有结余）') as string,
    });
    await announce();
    await waitsFor(handleOf('employee'), '预算报送');
    expect((await detailsOf(handleOf('employee'))).重新提请).toContain(
      'targets.csv 补报 1 行；parameters.json（budget.slight_surplus）',
    );
    await expect(acting('sec-150100', { scheme: 'employee', decision: 'submit', version: 1 })).rejects.toThrow(
      '报送过',
    );
  });
});

const checkIn = ({ figures }: WaitingTask, name: string) => {
  const { checks } = figures as { checks: { check: string; result: string; figure: string }[] };
  const { result, figure } = checks.find(({ check }) => check === name)!;
  return { result, figure };
};
