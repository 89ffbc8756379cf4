/**
 * 总额预算与清算 of a live year: units that come late or are corrected split the total again; a clearing table stands still while it is
 * decided on, is corrected when it is returned, and is in force only with both approvals (RULES 11).
 */
import { createActivities } from '../../activities';
import { type Transaction, inTransaction } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import type { Act } from '../../db/decisions';
import { resultRows } from '../../db/results';
import { execute, insertRows, select } from '../../db/rows';
import { waitingLink } from '../../db/tasks';
import { chainKey, clearingId, fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { importInto, lines } from './live-files';

const YEAR = 2028;
const BY_AREA: Correction = { reason: '核对后更正', operator: 'sec-1' };
const FUND = { year: YEAR, scheme: 'employee', area: '1501' } as const;
const KEY = { fund_year: YEAR, scheme: 'employee', area: '1501' } as const;
const WORKFLOW = clearingId(YEAR, 'employee', '1501');
const clearing = (attempt: number) => ({ ...FUND, workflowId: WORKFLOW, attempt, dueOn: '2029-02-28' });

const units = (...rows: string[]): Record<string, string> => ({
  'payment_units.csv': lines('area,scheme,unit,name_zh,kind,weight', ...rows),
});
const accounts = (...rows: string[]): Record<string, string> => ({
  'unit_accounts.csv': lines('area,scheme,unit,month,incurred,paid', ...rows),
});
const FIRST = {
  'areas.csv': lines('area,name_zh,name_en,schemes,subsidy_class', '1501,甲市,Jia,employee;resident,2'),
  'operators.csv': lines(
    'operator,name,role,area',
    ...['sec-1,甲,area_security,1501', 'fin-1,乙,area_finance,1501', 'r-sec,丙,region_security,'],
    ...['r-fin,丁,region_finance,', 'r-gov,戊,region_government,'],
  ),
};
const [H1, M1] = ['1501,employee,H1,市医院,institution,3', '1501,employee,M1,县医共体,community,1'];

let database: TestDatabase;
let fund: ReturnType<typeof createActivities>;
afterEach(() => database.drop());

const take = (files: Record<string, string>, correction: Correction | null = null): Promise<unknown> =>
  importInto(database, YEAR, files, correction);

/** A live year with a budget of 1,000.00 for care, before its books open. */
beforeEach(async () => {
  database = await testDatabase();
  fund = createActivities(database.pool);
  await take(FIRST);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'first' });
  await inTransaction(database.as('owner'), async (trx) => {
    await execute(trx, 'set local session_replication_role = replica'); // no check of a submission that is not there
    await insertRows(trx, 'budget', [
      { ...KEY, origin: 'submitted', version: 1, in_force_from: `${YEAR}-01-01`, because: {} },
    ]);
    const items = { inpatient: '600.00', outpatient: '350.00', maternity: '50.00', premium: '1100.00' };
    await insertRows(
      trx,
      'budget_item',
      Object.entries(items).map(([item, amount]) => ({ ...KEY, part: 'pooled', item, amount })),
    );
  });
});
const openBooks = () => fund.openBooks({ year: YEAR, date: `${YEAR}-01-01` });

/** What each unit and the reserve have now. */
const budgets = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await resultRows(database.pool, 'total_budget.csv', YEAR)).map((row) => [String(row.unit), row.budget]),
  );

/** What an office decides on the link of a chain that waits for it. */
async function actOn(chain: string, operator: string, decision: Act['decision'], note?: string): Promise<Act> {
  const link = await waitingLink(database.pool, chain);
  const act = {
    ...{
      task: link?.task ?? '',
      operator,
      decision,
      figuresHash: link?.figures_hash ?? '',
      businessDate: '2029-02-01',
    },
    ...(note === undefined ? {} : { note }),
  };
  return database.signers.signed(YEAR, act);
}
const approve = async (attempt: number, operator: string) =>
  fund.decide({ year: YEAR, act: await actOn(chainKey.clearing(WORKFLOW, attempt), operator, 'approve') });

describe('分配', () => {
  test('on 1 January the total is split over the units that were reported, the reserve held back', async () => {
    await take(units(H1, M1));
    expect(await budgets()).toEqual({});
    await openBooks();
    expect(await budgets()).toEqual({ H1: '712.50', M1: '237.50', reserve: '50.00' });
  });

  test('units that come later, and corrected weights, split it again; the earlier allotment is kept', async () => {
    await openBooks();
    await take(units(H1));
    expect(await budgets()).toEqual({ H1: '950.00', reserve: '50.00' });
    await take(units(H1, M1));
    expect(await budgets()).toEqual({ H1: '712.50', M1: '237.50', reserve: '50.00' });
    await take(units(M1.replace(/1$/, '3')), BY_AREA);
    expect(await budgets()).toEqual({ H1: '475.00', M1: '475.00', reserve: '50.00' });
    await take(units(H1, M1.replace(/1$/, '3')));
    const allotments = await select<{ allotment: number }>(
      database.pool,
      'select allotment from fund.total_budget_allotted',
    );
    expect(allotments).toHaveLength(3);
  });

  test('weights that sum to 0, counting what was imported before, are refused', async () => {
    await take(units(H1));
    await expect(take(units(H1.replace(/3$/, '0')), BY_AREA)).rejects.toThrow('各单位权重合计大于 0');
    await take(units(M1));
    await take(units(H1.replace(/3$/, '0')), BY_AREA);
  });
});

test('a unit whose year falls below zero is refused, counting what was imported before', async () => {
  await take({ ...units(H1), ...accounts('1501,employee,H1,1,10.00,10.00') });
  await expect(take(accounts('1501,employee,H1,2,-10.01,0.00'))).rejects.toThrow('单位 H1 全年合计不小于 0');
  await take(accounts('1501,employee,H1,2,-10.00,0.00'));
});

describe('清算', () => {
  beforeEach(async () => {
    await take({
      ...units(H1, M1),
      ...accounts('1501,employee,H1,6,700.00,680.00', '1501,employee,M1,6,300.00,240.00'),
    });
    await openBooks();
  });
  const rows = async () =>
    (await resultRows(database.pool, 'total_budget.csv', YEAR))
      .sort((a, b) => (String(a.unit) < String(b.unit) ? -1 : 1))
      .map(({ unit, retained, fund_share, payable, clearing: open }) => [unit, retained, fund_share, payable, open]);

  test('both offices of the area, in their order, and no document: then it is in force, with its findings', async () => {
    expect(await fund.fundsToClear({ year: YEAR, areas: ['1501'] })).toEqual([
      { area: '1501', name: '甲市', scheme: 'employee' },
    ]);
    const proposed = await fund.proposeClearing(clearing(1));
    expect(proposed).toMatchObject({
      units: 2,
      payable: '956.88',
      clearing: '36.88',
      retained: '7.50',
      fund_share: '11.88',
    });
    await expect(approve(1, 'fin-1')).rejects.toThrow('本事项须由');
    await expect(fund.adoptClearing({ ...FUND, attempt: 1, date: '2029-02-01' })).rejects.toThrow('审批未完成');
    await approve(1, 'sec-1');
    await approve(1, 'fin-1');
    expect(await rows()).toEqual([
      ['H1', null, null, null, null],
      ['M1', null, null, null, null],
      ['reserve', null, null, null, null],
    ]);
    await fund.adoptClearing({ ...FUND, attempt: 1, date: '2029-02-01' });
    expect(await rows()).toEqual([
      ['H1', '7.50', '0.00', '707.50', '27.50'],
      ['M1', '0.00', '11.88', '249.38', '9.38'],
      ['reserve', null, '11.88', null, null],
    ]);
    const findings = await select<{ code: string; figure: string }>(
      database.pool,
      'select code, figure from fund.current_finding order by code',
    );
    expect(findings).toEqual([
      { code: 'total_budget_over', figure: '62.50' },
      { code: 'units_paid_differ', figure: '920.00' },
      { code: 'unpaid_at_units', figure: '80.00' },
    ]);
  });

  test('the last approval brings it into force in the same act, or nothing is recorded of it', async () => {
    await fund.proposeClearing(clearing(1));
    const last = (operator: string) => actOn(chainKey.clearing(WORKFLOW, 1), operator, 'approve');
    const adopt = async (act: Act) => fund.adoptClearing({ ...FUND, attempt: 1, last: act });
    await expect(adopt(await last('sec-1'))).rejects.toThrow('审批未完成');
    await approve(1, 'sec-1');
    await expect(adopt(await last('sec-1'))).rejects.toThrow('本事项须由');
    const act = await last('fin-1');
    const adopted = await adopt(act);
    expect(await adopt({ ...act, businessDate: '2029-02-27' })).toEqual(adopted); // done once, whatever the day
    const [inForce] = await select<{ approved_on: string; decisions: string }>(
      database.pool,
      `select approved_on, (select count(*) from fund.decision d where d.chain = p.chain) as decisions
       from fund.clearing join fund.clearing_proposal p using (fund_year, area, scheme, attempt)`,
    );
    expect(inForce).toEqual({ approved_on: act.businessDate, decisions: '2' });
  });

  test('while it is being decided, and once it is in force, its units and accounts are frozen', async () => {
    await fund.proposeClearing(clearing(1));
    const refused = async (): Promise<void> => {
      await expect(take(accounts('1501,employee,H1,7,1.00,1.00'))).rejects.toThrow('清算表已提请审批或已生效');
      await expect(take(accounts('1501,employee,H1,6,701.00,680.00'), BY_AREA)).rejects.toThrow(
        '清算表已提请审批或已生效',
      );
      await expect(take(units('1501,employee,X1,异地,elsewhere,1'))).rejects.toThrow('清算表已提请审批或已生效');
      await expect(
        execute(
          database.pool,
          `insert into fund.unit_account (fund_year, area, scheme, unit, month, incurred, paid, line)
          values (${YEAR}, '1501', 'employee', 'H1', 7, 1, 1, 9)`,
        ),
      ).rejects.toThrow('单位与账目不能再改');
    };
    await refused();
    await approve(1, 'sec-1');
    await approve(1, 'fin-1');
    await fund.adoptClearing({ ...FUND, attempt: 1, date: '2029-02-01' });
    await refused();
    await take(accounts('1501,employee,H1,6,700.00,680.00')); // the same again
  });

  test('a returned table is proposed anew when its accounts have changed', async () => {
    await fund.proposeClearing(clearing(1));
    await approve(1, 'sec-1');
    const act = await actOn(chainKey.clearing(WORKFLOW, 1), 'fin-1', 'return', '六月费用有误');
    await fund.returnClearing({ ...clearing(1), act });
    expect(await waitingLink(database.pool, chainKey.clearingCorrection(WORKFLOW, 1))).toMatchObject({
      kind: 'import',
      role: 'area_security',
    });
    expect(await fund.isClearingCorrected(clearing(1))).toEqual({ corrected: false });
    await take(accounts('1501,employee,H1,6,650.00,680.00'), BY_AREA);
    expect(await fund.isClearingCorrected(clearing(1))).toEqual({ corrected: true });
    expect(await fund.proposeClearing(clearing(2))).toMatchObject({ retained: '37.50', clearing: '16.88' });
    expect(await waitingLink(database.pool, chainKey.clearingCorrection(WORKFLOW, 1))).toBeNull();
    await approve(2, 'sec-1');
    await approve(2, 'fin-1');
    await fund.adoptClearing({ ...FUND, attempt: 2, date: '2029-02-20' });
    expect((await rows())[0]).toEqual(['H1', '37.50', '0.00', '687.50', '7.50']);
  });

  test('or when the area says that they are right', async () => {
    await fund.proposeClearing(clearing(1));
    const act = await actOn(chainKey.clearing(WORKFLOW, 1), 'sec-1', 'return', '请核对');
    await fund.returnClearing({ ...clearing(1), act });
    const correction = chainKey.clearingCorrection(WORKFLOW, 1);
    await fund.decide({ year: YEAR, act: await actOn(correction, 'sec-1', 'accept') });
    expect(await fund.isClearingCorrected(clearing(1))).toEqual({ corrected: true });
    await expect(fund.adoptClearing({ ...FUND, attempt: 1, date: '2029-02-01' })).rejects.toThrow('审批未完成');
  });

  test('the gaps of the region and the close of the year wait for it', async () => {
    const left = async (what: 'accounts' | 'adjustments') => (await fund.whatIsLeft({ year: YEAR, what })).first;
    const ours = '甲市职工医保年度清算未生效';
    expect(await left('accounts')).toContain(ours);
    expect(await left('adjustments')).toEqual([ours]);
    await fund.proposeClearing(clearing(1));
    await approve(1, 'sec-1');
    await approve(1, 'fin-1');
    await fund.adoptClearing({ ...FUND, attempt: 1, date: '2029-02-01' });
    expect(await left('accounts')).not.toContain(ours);
    expect(await left('adjustments')).toEqual([]);
  });

  test('once the year’s clearings have begun, no further fund gets units', async () => {
    await fund.settleSubsidy({ year: YEAR, arrivedBy: `${YEAR}-09-30` });
    await expect(take(units('1501,resident,H1,市医院,institution,1'))).rejects.toThrow('年度清算已开始');
    await take(units(H1, M1, '1501,employee,X1,异地,elsewhere,1'));
  });
});

describe('what must never be stored', () => {
  beforeEach(async () => {
    await take(units(H1, M1));
    await openBooks();
  });
  const stored = (act: (trx: Transaction) => Promise<void>): Promise<void> => inTransaction(database.pool, act);
  const allotted = { ...KEY, allotment: 2 };
  const unit = { unit: 'H1', kind: 'institution', weight: '1', because: {} };
  const nothing = { incurred: '0.00', paid: '0.00', retained: '0.00', payable: '0.00', clearing: '0.00', because: {} };
  const proposal = { ...KEY, attempt: 1, allotment: 1, workflow_id: 'w', chain: 'c', because: {} };

  test('an allotment that does not add up, or a unit added to one that does', async () => {
    const short = stored(async (trx) => {
      await insertRows(trx, 'total_budget_allotted', [{ ...allotted, total: '10.00', reserve: '1.00', because: {} }]);
      await insertRows(trx, 'unit_budget_allotted', [{ ...allotted, ...unit, budget: '8.99' }]);
    });
    await expect(short).rejects.toThrow('各单位预算 8.99 元与预留 1.00 元合计不是总额 10.00 元');
    const added = stored(async (trx) => {
      const late = { unit: 'X1', kind: 'elsewhere', weight: '1' } as const;
      await insertRows(trx, 'payment_unit', [{ ...KEY, ...late, name_zh: '异地', line: 4 }]);
      await insertRows(trx, 'unit_budget_allotted', [{ ...KEY, allotment: 1, ...late, budget: '0.01', because: {} }]);
    });
    await expect(added).rejects.toThrow('各单位预算 950.01 元');
  });

  test('a fund that bears more than was held back', async () => {
    const tooMuch = stored(async (trx) => {
      await insertRows(trx, 'clearing_proposal', [{ ...proposal, fund_share: '50.01' }]);
      await insertRows(trx, 'unit_clearing', [
        { ...KEY, attempt: 1, unit: 'H1', ...nothing, entitled: '60.00', fund_share: '50.01' },
      ]);
    });
    await expect(tooMuch).rejects.toThrow('基金分担超支合计 50.01 元，应为 50.01 元且不超过预留 50.00 元');
  });

  test('a unit named like the reserve, and a clearing that is not payable less paid', async () => {
    const reserve = stored((trx) =>
      insertRows(trx, 'payment_unit', [
        { ...KEY, unit: 'reserve', name_zh: '预留', kind: 'institution', weight: '1', line: 2 },
      ]),
    );
    await expect(reserve).rejects.toThrow('payment_unit_unit_check');
    const wrong = stored(async (trx) => {
      await insertRows(trx, 'clearing_proposal', [{ ...proposal, fund_share: '0.00' }]);
      await insertRows(trx, 'unit_clearing', [
        { ...KEY, attempt: 1, unit: 'H1', ...nothing, entitled: '0.00', fund_share: '0.00', clearing: '1.00' },
      ]);
    });
    await expect(wrong).rejects.toThrow('unit_clearing');
  });
});
