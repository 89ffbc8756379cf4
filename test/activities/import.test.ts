/** 导入: a live year takes its files as they come; rows that are there stay as they are, unless a person corrects them and says why. */
import { createActivities } from '../../activities';
import type { FigureOf, Node, RowsOf } from '../../explain/tree';
import { explainFigure } from '../../explain/explanation';
import { explanationText } from '../../scripts/words/explanation-text';
import type { ImportReceipt } from '../../db/import-reports';
import { PackRefused } from '../../db/load-pack';
import { execute, select, selectOne } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';
import { monthEnd } from '../../rules/calendar-day';
import { executionReportId, fundYearId } from '../../rules/keys';
import { importInto } from './live-files';

const YEAR = 2028;
const REASON = { reason: '核对后更正', operator: 'sec-1' };
const BY_REGION = { ...REASON, operator: 'r-sec' };

const AREAS = `area,name_zh,name_en,schemes,subsidy_class
1501,甲市,Jia,employee;resident,2
`;
const OPERATORS = `operator,name,role,area
sec-1,甲,area_security,1501
fin-1,乙,area_finance,1501
r-sec,丙,region_security,
r-fin,丁,region_finance,
r-gov,戊,region_government,
`;
const HISTORY = `area,scheme,part,year,item,amount
1501,employee,pooled,2027,premium,1200.00
1501,employee,pooled,2027,inpatient,900.00
1501,resident,pooled,2027,premium,800.00
`;
const ACTUALS = 'area,scheme,part,year,month,item,amount\n';
const ROLL = 'person,area,banner,group,coverage_year\n';
const PAYMENTS = 'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt\n';
const payment = (receipt: string, person: string, day = '2027-09-10', amount = '400.00'): string =>
  `${receipt},${person},1501,2028,${amount},${day}T09:00:00+08:00,payment,\n`;

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

/** Imports the files given by name, and returns what was done with each. */
async function take(
  files: Record<string, string>,
  correction: typeof REASON | null = null,
): Promise<ImportReceipt['files']> {
  return (await receiptOf(files, correction)).files;
}
const notesOf = async (files: Record<string, string>): Promise<ImportReceipt['notes']> =>
  (await receiptOf(files)).notes;

const receiptOf = (files: Record<string, string>, correction: typeof REASON | null = null): Promise<ImportReceipt> =>
  importInto(database, YEAR, files, correction);

const refusalOf = (taking: Promise<unknown>): Promise<string> =>
  taking.then(
    () => 'taken',
    (error: unknown) => (error instanceof PackRefused ? error.message : Promise.reject(error as Error)),
  );

/** How a figure is explained to an auditor, without any personal data. */
async function explained(
  figure: string,
  key: Record<string, string>,
): Promise<{ node: Node; from: FigureOf; text: string }> {
  const [node] = (await explainFigure(database.as('reader'), { year: YEAR, figure, key, depth: 9 })) as [Node];
  expect(JSON.stringify(node)).not.toMatch(/"P\d"/);
  const text = explanationText(node, { year: YEAR, simulation: false, names: new Map() });
  return { node, from: node.from as FigureOf, text };
}
const rowsOf = ({ inputs }: FigureOf, name: string): RowsOf =>
  inputs.find((input) => input.name === name)?.from as RowsOf;

const base = () => take({ 'areas.csv': AREAS, 'operators.csv': OPERATORS });
const opened = async () => {
  await base();
  const fund = createActivities(database.pool);
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'first' });
  await fund.openCollection({ year: YEAR });
  return fund;
};
const amounts = (table: string) =>
  select(database.pool, `select item, amount from fund.${table} where fund_year = ${YEAR} order by 1, 2`);

describe('any part of a pack, as it arrives', () => {
  test('a later list of arrivals that omits stored ones is reported', async () => {
    await base();
    const header = 'area,banner,level,date,amount\n';
    const [first, second] = ['1501,,central,2028-03-01,100.00\n', '1501,,central,2028-04-01,100.00\n'];
    expect(await notesOf({ 'subsidy_arrivals.csv': header + first })).toBeUndefined();
    expect(await notesOf({ 'subsidy_arrivals.csv': header + first + second })).toBeUndefined();
    expect(await notesOf({ 'history.csv': HISTORY })).toBeUndefined();
    // The second of two equal transfers of a day, alone: it looks like the one that is stored.
    expect(await notesOf({ 'subsidy_arrivals.csv': header + first })).toEqual([
      expect.stringMatching(/^subsidy_arrivals\.csv：已导入的到位中有 1 行不在此文件内.*列出本年度至今的全部到位/),
    ]);
    expect(await notesOf({ 'subsidy_arrivals.csv': header + first + first + second })).toBeUndefined();
  });

  test.each([
    [
      'budget_submissions.csv',
      'area,scheme,year,version,part,item,amount,reason,submitted_by',
      '1501,employee,2028,1',
      'version',
    ],
    [
      'budget_adjustments.csv',
      'area,scheme,version,date,part,item,amount,reason,submitted_by',
      '1501,employee,1,2028-03-10',
      'adjustment',
    ],
  ])('%s: a version that was submitted takes no line more', async (file, header, version, act) => {
    await base();
    const premium = `${header}\n${version},pooled,premium,870.00,,sec-1\n`;
    await take({ [file]: premium });
    // What its submission leaves behind.
    const key = `fund-year-2028/budget/employee/1501/${act}/1`;
    await execute(database.pool, `insert into fund.act (key, input_hash, input) values (:key, 'h', '{}')`, { key });
    expect(await take({ [file]: premium })).toEqual({ [file]: { added: 0, corrected: 0, unchanged: 1 } });
    const more = take({ [file]: `${premium}${version},pooled,inpatient,600.00,,sec-1\n` });
    await expect(more).rejects.toThrow(/第 3 行.*该版已报送并审核/);
  });

  test('new rows are added, equal ones change nothing', async () => {
    expect(await base()).toEqual({
      'areas.csv': { added: 1, corrected: 0, unchanged: 0 },
      'operators.csv': { added: 5, corrected: 0, unchanged: 0 },
    });
    const [header, first, ...others] = HISTORY.split('\n');
    await take({ 'history.csv': `${header}\n${first}\n` });
    expect(await take({ 'history.csv': `${header}\n${first}\n${others.join('\n')}` })).toEqual({
      'history.csv': { added: 2, corrected: 0, unchanged: 1 },
    });
    expect(await take({ 'history.csv': HISTORY.replace('1200.00', '1200') })).toEqual({
      'history.csv': { added: 0, corrected: 0, unchanged: 3 },
    });
  });

  test('the first file must say which areas there are', async () => {
    expect(await refusalOf(take({ 'history.csv': HISTORY }))).toContain('areas.csv');
  });

  test('an empty cell is filled, and the change is recorded', async () => {
    await base();
    const insured =
      'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid\n';
    await take({ 'insured.csv': `${insured}1501,resident,2028,,,,,100,,\n` });
    await take({ 'insured.csv': `${insured}1501,resident,2028,98,,,30,100,,\n` });
    expect(await select(database.pool, 'select insured, aged_60_plus from fund.insured')).toEqual([
      { insured: '98', aged_60_plus: '30' },
    ]);
    expect(await select(database.pool, 'select file, before, after, operator from fund.correction')).toEqual([
      {
        file: 'insured.csv',
        before: { insured: null, aged_60_plus: null },
        after: { insured: '98', aged_60_plus: '30' },
        operator: 'system',
      },
    ]);
  });

  test('neither the year of a run nor a closed year takes an import', async () => {
    await execute(database.pool, `insert into fund.fund_year (year, mode) values (${YEAR}, 'run')`);
    expect(await refusalOf(base())).toContain('模拟运行');
  });
});

describe('a row that differs from the one that is there', () => {
  const other = HISTORY.replace('1200.00', '1250.00').replace('800.00', '850.00');

  test('is refused with both values, every such row at once, and nothing is imported', async () => {
    await base();
    await take({ 'history.csv': HISTORY });
    const before = await amounts('history');
    const refusal = await refusalOf(take({ 'history.csv': `${other}1501,resident,pooled,2026,premium,1.00\n` }));
    expect(refusal).toMatch(/history\.csv 第 2 行 amount 列：“1250.00”；应为与已导入的 1200.00 一致/);
    expect(refusal).toMatch(/history\.csv 第 4 行 amount 列：“850.00”；应为与已导入的 800.00 一致/);
    expect(await amounts('history')).toEqual(before);
  });

  test('is accepted as a correction that names the person, the reason and both values', async () => {
    await base();
    await take({ 'history.csv': HISTORY });
    expect(await take({ 'history.csv': other }, REASON)).toEqual({
      'history.csv': { added: 0, corrected: 2, unchanged: 1 },
    });
    expect(
      await select(database.pool, `select before, after, reason, operator from fund.correction order by id limit 1`),
    ).toEqual([
      { before: { amount: '1200.00' }, after: { amount: '1250.00' }, reason: REASON.reason, operator: REASON.operator },
    ]);
  });

  test('is corrected by its own area or by the region, never by another area', async () => {
    await take({
      'areas.csv': `${AREAS}1502,乙市,Yi,employee,\n`,
      'operators.csv': `${OPERATORS}sec-2,己,area_security,1502\nfin-2,庚,area_finance,1502\n`,
    });
    await take({ 'history.csv': HISTORY });
    const byOther = { ...REASON, operator: 'sec-2' };
    expect(await refusalOf(take({ 'history.csv': other }, byOther))).toMatch(
      /history\.csv 第 2 行 amount 列：“1250\.00”.*工号 sec-2 属统筹区 1502：由本统筹区或自治区的工号更正/,
    );
    const forged = `insert into fund.correction (fund_year, file, key, before, after, reason, operator)
      values (${YEAR}, 'history.csv', '{"area":"1501"}', '{}', '{}', 'x', :operator)`;
    await expect(execute(database.pool, forged, { operator: 'sec-2' })).rejects.toThrow(/不能更正/);
    await expect(execute(database.pool, forged, { operator: 'nobody' })).rejects.toThrow(/没有在任的工号 nobody/);
    expect(await take({ 'history.csv': other }, BY_REGION)).toMatchObject({ 'history.csv': { corrected: 2 } });
  });

  test('cannot be changed without a correction: the database refuses it', async () => {
    await base();
    await take({ 'history.csv': HISTORY });
    await expect(execute(database.pool, 'update fund.history set amount = 1')).rejects.toThrow(/更正记录/);
  });
});

describe('what has been acted on', () => {
  test('areas are fixed once the collection has begun', async () => {
    await opened();
    expect(await refusalOf(take({ 'areas.csv': `${AREAS}1502,乙市,Yi,employee,\n` }))).toMatch(/统筹区已固定|经办人/);
  });

  test('a corrected actual of a checked month is reversed and booked anew, and the month is checked again', async () => {
    const fund = await opened();
    await take({ 'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,1,premium,100.00\n` });
    await fund.checkMonth({ year: YEAR, month: 1, date: '2028-01-31' });
    await take({ 'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,1,premium,130.00\n` }, REASON);
    const ledger = await selectOne<{ income: string; entries: number }>(
      database.pool,
      `select sum(credit - debit) as income, count(*)::int as entries from fund.ledger where account = '基本医疗保险费收入'`,
    );
    expect(ledger).toEqual({ income: '130.00', entries: 3 });
    expect(
      await select(
        database.pool,
        `select reckoning, accumulated_surplus from fund.risk_reckoned where scheme = 'employee' order by reckoning`,
      ),
    ).toEqual([
      { reckoning: 1, accumulated_surplus: '100.00' },
      { reckoning: 2, accumulated_surplus: '130.00' },
    ]);
    expect(
      await selectOne(database.pool, `select accumulated_surplus from fund.risk where scheme = 'employee'`),
    ).toEqual({
      accumulated_surplus: '130.00',
    });

    const correction = {
      ...{ id: '1', file: 'actuals.csv', operator: REASON.operator, reason: REASON.reason },
      key: { area: '1501', scheme: 'employee', part: 'pooled', month: '1', item: 'premium' },
      ...{ before: { amount: '100.00' }, after: { amount: '130.00' } },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) as string,
    };
    const booked = await explained('journal.credit', {
      ...{ key: 'actual/1501/employee/pooled/01/premium/1', account: '基本医疗保险费收入' },
    });
    expect(booked.node.value).toBe('130.00');
    expect(booked.from.inputs[0]?.from).toEqual({ kind: 'correction', correction });
    const income = await explained('risk.income', { area: '1501', scheme: 'employee', month: '1' });
    expect(rowsOf(income.from, 'rows').corrections).toEqual([correction]);
    expect(income.text).toMatch(
      /更正 1：\S+ \S+ sec-1，actuals\.csv（1501 职工医保 统筹基金 1 月 基本医疗保险费收入）amount 100\.00 改为 130\.00；理由：核对后更正/,
    );
    const spent = await explained('risk.accumulated_surplus', { area: '1501', scheme: 'employee', month: '1' });
    expect(rowsOf(spent.from, 'expenditure').corrections).toBeUndefined();
  });

  test('a late actual of a checked month is booked at once', async () => {
    const fund = await opened();
    await fund.checkMonth({ year: YEAR, month: 1, date: '2028-01-31' });
    await take({ 'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,1,premium,100.00\n` });
    expect(
      await selectOne(database.pool, `select accumulated_surplus from fund.risk where scheme = 'employee'`),
    ).toEqual({
      accumulated_surplus: '100.00',
    });
  });
});

test('a correction behind a quarterly report that is still wanted asks for it anew, on the figures of now', async () => {
  const fund = await opened();
  const premium = (amount: string) => ({
    'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,3,premium,${amount}\n`,
  });
  await take(premium('100.00'));
  for (const month of [1, 2, 3]) await fund.checkMonth({ year: YEAR, month, date: monthEnd(YEAR, month) });
  const request = () => fund.requestReports({ year: YEAR, quarter: 1, workflowId: executionReportId(YEAR, 1) });
  await request();
  await take(premium('130.00'), REASON);
  const reports = () =>
    select<{ chain: string; state: string; actual: string }>(
      database.pool,
      `select chain, state, figures #>> '{rows,0,actual}' as actual from fund.task where kind = 'report' order by chain`,
    );
  const chain = 'fund-year-2028/execution/1/1501';
  const expected = [
    { chain, state: 'void', actual: '100.00' },
    { chain: `${chain}/2`, state: 'open', actual: '130.00' },
  ];
  expect(await reports()).toEqual(expected);
  // Whoever asks again finds what is asked, and what is not in the report changes nothing.
  expect(await request()).toMatchObject({ left: 1 });
  await take({ 'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,4,premium,9.00\n` });
  expect(await reports()).toEqual(expected);
});

test('once the gaps are shared, a value behind them takes the document that decides it, and no other value', async () => {
  await opened();
  const key = 'fund-year-2028/sharing/employee';
  await execute(database.pool, `insert into fund.act (key, input_hash, input) values (:key, 'h', '{}')`, { key });
  const rate = (value: string) => ({
    'parameters.json': JSON.stringify({ 'levy.rate.employee': { value, source: '内医保发〔2028〕1号' } }),
  });
  expect(await refusalOf(take(rate('0.06'), BY_REGION))).toMatch(
    /levy\.rate\.employee.*只能补登确定此值的文件，不能改值/,
  );
  expect(await take(rate('0.05'), BY_REGION)).toMatchObject({ 'parameters.json': { added: 1 } });
});

test('once the year is open a value of law changes only by a correction, and the old value is kept', async () => {
  await opened();
  const decided = JSON.stringify({ 'levy.rate.employee': { value: '0.06', source: '内医保发〔2028〕1号' } });
  expect(await refusalOf(take({ 'parameters.json': decided }))).toMatch(/levy\.rate\.employee.*--correct/);
  expect(await refusalOf(take({ 'parameters.json': decided }, REASON))).toMatch(/levy\.rate\.employee/);
  await take({ 'parameters.json': decided }, BY_REGION);
  const inForce = `select value, source, assumed from fund.parameter_in_force where name = 'levy.rate.employee'`;
  expect(await selectOne(database.pool, inForce)).toEqual({
    ...{ value: '0.06', source: '内医保发〔2028〕1号', assumed: false },
  });
  expect(await selectOne(database.pool, 'select key, before, after, operator from fund.correction')).toMatchObject({
    key: { name: 'levy.rate.employee' },
    before: { value: '0.05' },
    after: { value: '0.06', source: '内医保发〔2028〕1号' },
    operator: BY_REGION.operator,
  });
  const { text } = await explained('cycle.levy.rate.employee', {});
  expect(text).toMatch(
    /更正 1：.* r-sec，parameters\.json（levy\.rate\.employee）value 0\.05 改为 0\.06，source .*；理由：核对后更正/,
  );
});

describe('persons and payments', () => {
  const collected = async () =>
    (
      await select<{ day: string; account: string; amount: string }>(
        database.pool,
        `select date as day, account, sum(credit - debit) as amount from fund.ledger
         where account in ('暂收款', '待核对款', '基本医疗保险费收入') group by 1, 2 having sum(credit - debit) <> 0 order by 1, 2`,
      )
    ).map(({ day, account, amount }) => `${day} ${account} ${amount}`);
  const book = (fund: ReturnType<typeof createActivities>, through: string, booking: number) =>
    fund.bookCollection({ year: YEAR, area: '1501', after: null, through, booking });

  test('a file grows at its end; the same file under another name adds nothing; another one under its name is a batch of its own', async () => {
    await opened();
    await take({ 'resident_roll.csv': `${ROLL}P1,1501,,ordinary,2028\nP2,1501,,ordinary,2028\n` });
    await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') });
    const grown = PAYMENTS + payment('R1', 'P1') + payment('R2', 'P2');
    expect(await take({ 'resident_payments.csv': grown })).toEqual({
      'resident_payments.csv': { added: 1, corrected: 0, unchanged: 1 },
    });
    expect(await take({ 'resident_payments_2.csv': grown })).toEqual({
      'resident_payments_2.csv': { added: 0, corrected: 0, unchanged: 2 },
    });
    // The file as it was before it grew says nothing new either, and the longer one stays known.
    for (const [file, unchanged] of [
      [PAYMENTS + payment('R1', 'P1'), 1],
      [grown, 2],
    ] as const) {
      expect(await take({ 'resident_payments.csv': file })).toEqual({
        'resident_payments.csv': { added: 0, corrected: 0, unchanged },
      });
    }
    const other = PAYMENTS + payment('R9', 'P2');
    expect(await receiptOf({ 'resident_payments.csv': other })).toEqual({
      files: { 'resident_payments.csv': { added: 1, corrected: 0, unchanged: 0 } },
      notes: [expect.stringContaining('resident_payments.csv#2')],
    });
    expect(await take({ 'resident_payments.csv': other })).toEqual({
      'resident_payments.csv': { added: 0, corrected: 0, unchanged: 1 },
    });
    const decided = await select(database.pool, 'select file, line, reason from fund.resident_payment order by 1, 2');
    expect(decided).toEqual([
      { file: 'resident_payments.csv', line: 2, reason: null },
      { file: 'resident_payments.csv', line: 3, reason: null },
      { file: 'resident_payments.csv#2', line: 2, reason: 'duplicate_enrolment' },
    ]);
  });

  test('while rows wait for the collection to open, only the new lines of a file that grows are counted', async () => {
    await base();
    const first = PAYMENTS + payment('R1', 'P1');
    const files: [file: string, added: number, unchanged: number][] = [
      [first, 1, 0],
      [first + payment('R2', 'P2'), 1, 1],
      [first, 0, 1],
    ];
    for (const [file, added, unchanged] of files) {
      expect(await take({ 'resident_payments.csv': file })).toEqual({
        'resident_payments.csv': { added, corrected: 0, unchanged },
      });
    }
  });

  test('factors come before the estimate of their area, not after it', async () => {
    const fund = await opened();
    const factors = 'area,scheme,item,band,insured,visits,cost,pay_rate,policy\n1501,resident,';
    expect(await take({ 'benefit_basis.csv': `${factors}inpatient,全部,100,0.1,5000,0.6,0\n` })).toEqual({
      'benefit_basis.csv': { added: 1, corrected: 0, unchanged: 0 },
    });
    const budget = { year: YEAR, scheme: 'resident', area: '1501' } as const;
    await fund.estimateBudget({ ...budget, workflowId: 'w', deadline: '2027-12-31' });
    const late = take({ 'benefit_basis.csv': `${factors}outpatient,全部,100,1,80,0.5,0\n` });
    expect(await refusalOf(late)).toMatch(/第 2 行.*预算已测算/);
  });

  test('a late payment is booked on its own day, and becomes income of 1 January like the rest', async () => {
    const fund = await opened();
    await take({ 'resident_roll.csv': `${ROLL}P1,1501,,ordinary,2028\nP2,1501,,ordinary,2028\n` });
    await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') });
    await book(fund, '2027-12-31', 1);
    await fund.openBooks({ year: YEAR, date: '2028-01-01' });
    await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') + payment('R2', 'P2') });
    await book(fund, '2028-01-05', 2);
    expect(await collected()).toEqual([
      '2027-09-10 暂收款 800.00',
      '2028-01-01 基本医疗保险费收入 800.00',
      '2028-01-01 暂收款 -800.00',
    ]);

    const entry = (key: string, account = '财政专户存款') => ({ key: `collection/1501/${key}`, account });
    const late = await explained('journal.debit', entry('2027-09-10/payments/2'));
    expect(late.node.value).toBe('400.00');
    expect(late.from.now).toBeUndefined();
    expect(late.from.formula).toBe('abs(paid + aid + enrolled - booked_before)');
    expect(rowsOf(late.from, 'paid')).toMatchObject({
      lines: [
        { file: 'resident_payments.csv', line: 2, value: '400.00' },
        { file: 'resident_payments.csv', line: 3, value: '400.00' },
      ],
    });
    const before = rowsOf(late.from, 'booked_before');
    expect(before).toMatchObject({ file: 'journal.csv', count: '1', sum: '400.00' });
    expect(before.figures?.map(({ name, value }) => [name, value])).toEqual([
      ['collection/1501/2027-09-10/payments', '400.00'],
    ]);
    const income = await explained('journal.credit', entry('advance-to-income/2', '基本医疗保险费收入'));
    expect(income.node.value).toBe('400.00');
    expect(rowsOf(income.from, 'received').figures?.map(({ name }) => name)).toEqual([
      'collection/1501/2027-09-10/payments/2',
    ]);
    // The first entry counted fewer rows than there are now, and its explanation says so.
    const first = await explained('journal.debit', entry('2027-09-10/payments'));
    expect([first.node.value, first.from.now]).toEqual(['400.00', '800.00']);
    expect(first.text).toContain('【注意】按现有明细算得 800.00，与当时不同');
  });

  describe('a booking whose answer was lost', () => {
    const bookings = () =>
      select<{ key: string }>(database.pool, `select key from fund.act where key like '%/booked/%' order by key`);

    test('gives its first receipt when it is asked for again, and is booked once', async () => {
      const fund = await opened();
      await take({ 'resident_roll.csv': `${ROLL}P1,1501,,ordinary,2028\nP2,1501,,ordinary,2028\n` });
      await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') });
      const first = await book(fund, '2027-12-31', 1);
      expect(first).toMatchObject({ days: 1, amount: '400.00', today: { 应参保: '2 人', 已缴费: '1 人' } });
      expect(await book(fund, '2027-12-31', 1)).toEqual(first);
      // The repetition does not even book a row that has arrived in between.
      await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') + payment('R2', 'P2') });
      expect(await book(fund, '2027-12-31', 1)).toEqual(first);
      expect(await collected()).toEqual(['2027-09-10 暂收款 400.00']);
      expect(await bookings()).toHaveLength(1);
    });

    test('is counted anew after a restore of Temporal: then it books what is new, under a number of its own', async () => {
      const fund = await opened();
      await take({
        'resident_roll.csv': `${ROLL}P1,1501,,ordinary,2028\nP2,1501,,ordinary,2028\nP3,1501,,ordinary,2028\n`,
      });
      const rows = [payment('R1', 'P1'), payment('R2', 'P2'), payment('R3', 'P3')];
      for (const [i, through] of ['2027-10-31', '2027-11-30'].entries()) {
        await take({ 'resident_payments.csv': PAYMENTS + rows.slice(0, i + 1).join('') });
        await book(fund, through, i + 1);
      }
      await take({ 'resident_payments.csv': PAYMENTS + rows.join('') });
      expect(await book(fund, '2027-12-31', 2)).toMatchObject({ days: 1, amount: '400.00' });
      expect(await collected()).toEqual(['2027-09-10 暂收款 1200.00']);
      expect(await bookings()).toHaveLength(3);
    });
  });

  test('a payment leaves quarantine when its person is added to the roll', async () => {
    const fund = await opened();
    await take({ 'resident_payments.csv': PAYMENTS + payment('R1', 'P1') });
    await book(fund, '2027-09-30', 1);
    expect(await collected()).toEqual(['2027-09-10 待核对款 400.00']);
    await take({ 'resident_roll.csv': `${ROLL}P1,1501,,ordinary,2028\n` });
    await book(fund, '2027-09-30', 2);
    expect(await collected()).toEqual(['2027-09-10 暂收款 400.00']);
  });
});

describe('暂定年初余额', () => {
  test('follows the year before as long as that is open: changes are posted, and the months checked again', async () => {
    await execute(database.pool, `insert into fund.fund_year (year, mode) values (${YEAR - 1}, 'live')`);
    await execute(
      database.pool,
      `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line) values (${YEAR - 1}, '1501', '甲市', 'Jia', '{employee}', 2)`,
    );
    const earlier = async (key: string, amount: string): Promise<void> => {
      await execute(
        database.as('owner'),
        `with entry as (insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
           values (${YEAR - 1}, '2027-12-31', '1501', 'employee', 'pooled', :key, '试验') returning id)
         insert into fund.journal_line (entry_id, side, scheme, account, amount)
         select id, side, 'employee', account, :amount::numeric from entry, (values (1, '财政专户存款'), (-1, '基金结余')) as l (side, account)`,
        { key, amount },
      );
    };
    await earlier('one', '500.00');
    const fund = await opened();
    expect(await fund.carryOpening({ year: YEAR })).toEqual({ changed: 1, provisional: true });
    await fund.openBooks({ year: YEAR, date: '2028-01-01' });
    await fund.checkMonth({ year: YEAR, month: 1, date: '2028-01-31' });
    await earlier('two', '40.00');
    expect(await fund.carryOpening({ year: YEAR })).toEqual({ changed: 1, provisional: true });
    expect(await fund.carryOpening({ year: YEAR })).toEqual({ changed: 0, provisional: true });
    expect(
      await selectOne(
        database.pool,
        `select accumulated_surplus, provisional from fund.opening where fund_year = ${YEAR}`,
      ),
    ).toEqual({
      accumulated_surplus: '540.00',
      provisional: true,
    });
    expect(
      await selectOne(
        database.pool,
        `select sum(credit - debit) as opening from fund.ledger where fund_year = ${YEAR} and account = '基金结余'`,
      ),
    ).toEqual({ opening: '540.00' });
    expect(
      await selectOne(database.pool, `select accumulated_surplus from fund.risk where scheme = 'employee'`),
    ).toEqual({
      accumulated_surplus: '540.00',
    });
  });
});

describe('where the money lies', () => {
  const HEADER = 'area,scheme,part,account,date,balance\n';
  const place = (date: string, balance: string): string => `1501,employee,pooled,定期存款,${date},${balance}\n`;
  const bankOf = (date: string, balance: string): string => `1501,employee,pooled,财政专户存款,${date},${balance}\n`;
  const onDeposit = async () =>
    (
      await select<{ date: string; amount: string }>(
        database.pool,
        `select date, sum(debit_less_credit) as amount from fund.ledger where account = '定期存款' group by date having sum(debit_less_credit) <> 0 order by 1`,
      )
    ).map(({ date, amount }) => [date, amount]);
  const agreed = () =>
    select(database.pool, `select date, books, bank, difference from fund.agreement where area = '1501' order by date`);
  const found = async () =>
    (
      await select<{ figure: string }>(
        database.pool,
        `select figure from fund.current_finding where code = 'bank_difference'`,
      )
    ).map(({ figure }) => figure);
  const march = async () => {
    const fund = await opened();
    await fund.openBooks({ year: YEAR, date: '2028-01-01' });
    for (const [month, date] of [
      [1, '2028-01-31'],
      [2, '2028-02-29'],
      [3, '2028-03-31'],
    ] as const)
      await fund.checkMonth({ year: YEAR, month, date });
    return fund;
  };

  test('balances of months that were checked are booked at once; one in between takes its part of a later change', async () => {
    await march();
    await take({ 'positions.csv': HEADER + place('2028-03-31', '100.00') });
    expect(await onDeposit()).toEqual([['2028-03-31', '100.00']]);
    await take({ 'positions.csv': HEADER + place('2028-01-31', '40.00') });
    expect(await onDeposit()).toEqual([
      ['2028-01-31', '40.00'],
      ['2028-03-31', '60.00'],
    ]);
    await take({ 'positions.csv': HEADER + place('2028-01-31', '25.00') }, REASON);
    expect(await onDeposit()).toEqual([
      ['2028-01-31', '25.00'],
      ['2028-03-31', '75.00'],
    ]);
    // A month that was not checked yet is booked by its check.
    await take({ 'positions.csv': HEADER + place('2028-04-30', '0.00') });
    expect(await onDeposit()).toHaveLength(2);
    const key = { key: 'position/1501/employee/pooled/定期存款/2028-01-31/2', account: '定期存款' };
    expect((await explained('journal.credit', key)).node.value).toBe('15.00');
  });

  test('a bank balance is compared with the books when it arrives, and again when either is corrected', async () => {
    await march();
    await take({ 'bank.csv': HEADER + bankOf('2028-02-29', '7.00') });
    expect(await agreed()).toEqual([{ date: '2028-02-29', books: '0.00', bank: '7.00', difference: '7.00' }]);
    expect(await found()).toEqual(['7.00']);
    expect(await refusalOf(take({ 'bank.csv': HEADER + bankOf('2028-02-29', '8.00') }))).toMatch(/bank\.csv.*7\.00/);
    await take({ 'bank.csv': HEADER + bankOf('2028-02-29', '8.00') }, REASON);
    expect(await found()).toEqual(['8.00']);
    await take({ 'actuals.csv': `${ACTUALS}1501,employee,pooled,2028,1,premium,8.00\n` });
    expect(await agreed()).toEqual([{ date: '2028-02-29', books: '8.00', bank: '8.00', difference: '0.00' }]);
    expect(await found()).toEqual([]);
  });

  test('the finance office is asked about a difference once, until it is accepted or gone', async () => {
    const fund = await march();
    await take({ 'bank.csv': HEADER + bankOf('2028-02-29', '7.00') + bankOf('2028-03-31', '9.00') });
    const workflowId = `${fundYearId(YEAR)}-agreement-03`;
    const ask = () => fund.requestAcceptance({ year: YEAR, workflowId, date: '2028-03-31' });
    expect(await ask()).toMatchObject({ open: 2, role: 'area_finance', dueOn: '2028-04-15' });
    expect(await ask()).toMatchObject({ open: 2 });
    const [task] = await select<{ task: string; figures_hash: string }>(
      database.pool,
      `select task, figures_hash from fund.task where kind = 'accept_finding' and state = 'open' order by chain collate "C"`,
    );
    const act = { operator: 'fin-1', decision: 'accept' as const, businessDate: '2028-04-01' };
    const accepting = { ...act, task: task?.task ?? '', figuresHash: task?.figures_hash ?? '' };
    await fund.decide({ year: YEAR, act: await database.signers.signed(YEAR, accepting) });
    expect(await ask()).toMatchObject({ open: 1 });
    // The other difference becomes another one, and then goes.
    await take({ 'bank.csv': HEADER + bankOf('2028-03-31', '5.00') }, REASON);
    expect(await ask()).toMatchObject({ open: 1, first: [expect.stringContaining('5.00')] });
    await take({ 'bank.csv': HEADER + bankOf('2028-03-31', '0.00') }, REASON);
    expect(await ask()).toMatchObject({ open: 0 });
    const states = await select<{ state: string; tasks: number }>(
      database.pool,
      `select state, count(*)::int as tasks from fund.task where kind = 'accept_finding' group by state order by state`,
    );
    expect(states).toEqual([
      { state: 'done', tasks: 1 },
      { state: 'void', tasks: 2 },
    ]);
  });
});
