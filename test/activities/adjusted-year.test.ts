/**
 * A year in which budgets are adjusted, beside the same year without: months and quarters are judged with the budget in force,
 * everything else stays as it was, every invariant holds, and every new figure is explained.
 */
import { checkInvariants } from '../../audit/invariants';
import { execute } from '../../db/rows';
import { explainFigure } from '../../explain/explanation';
import type { FigureOf } from '../../explain/tree';
import { type Pack } from '../../pack';
import { FILES, RESULT_FILES, sortedRows } from '../../scripts/client/result-files';
import type { ResultFile, ResultRow } from '../../db/results';
import { type TestDatabase, testDatabase } from '../database';
import { evaluate, quantity } from '../rules/evaluate';
import { yuanText } from '../../rules/money';
import { ITEM_NAMES, type Item, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { adjustedWorkbooks } from '../../web/forms/adjusted-forms';
import type { Form } from '../../web/forms/form';
import { regionWorkbooks } from '../../web/forms/region-forms';
import { caseNamed } from '../year/cases';
import { runThrough } from './run-through';
import { packFrom } from '../pack/builder';

jest.setTimeout(120_000);

const { pack: folder, year: YEAR } = caseNamed('two-areas-2028');
type Items = Record<string, string>;
/** The budget of 150100's employees on 1 January, with its levy to prepay. */
const BUDGET: Items = {
  premium: '870.00',
  interest: '32.01',
  inpatient: '600.00',
  outpatient: '260.00',
  levy_to_superior: '30.24',
};
const adjusted = (version: number, date: string, changed: Items, reason = ''): Pack['budgetAdjustments'] =>
  Object.entries({ ...BUDGET, ...changed }).map(([item, amount], i) => ({
    ...{ area: '150100', scheme: 'employee' as const, version, date, part: 'pooled' as const, item, amount },
    ...{ reason, submitted_by: 'sec-150100', line: 100 * version + i },
  }));
const ADJUSTMENTS = [
  ...adjusted(2, `${YEAR}-02-10`, { inpatient: '610.00' }),
  // In deficit: no effect.
  ...adjusted(3, `${YEAR}-04-01`, { inpatient: '710.00' }, '住院人次增加'),
  // Compared with what is in force by then, which is no longer the budget of 1 January.
  ...adjusted(4, `${YEAR}-07-31`, { outpatient: '230.00', inpatient: '630.00' }),
  // Two from one day: the later one holds.
  ...adjusted(6, `${YEAR}-09-20`, { inpatient: '605.00' }),
  ...adjusted(5, `${YEAR}-09-02`, { inpatient: '602.00' }),
];

async function yearWith(budgetAdjustments: Pack['budgetAdjustments']) {
  const database = await testDatabase();
  await runThrough(database.pool, { ...(await packFrom(folder, YEAR)), budgetAdjustments });
  const results = {} as Record<ResultFile, ResultRow[]>;
  for (const file of RESULT_FILES) results[file] = await sortedRows(database.pool, file, YEAR);
  return { database, results };
}

let plain: Awaited<ReturnType<typeof yearWith>>;
let changed: Awaited<ReturnType<typeof yearWith>>;
let databases: TestDatabase[] = [];
beforeAll(async () => {
  plain = await yearWith([]);
  changed = await yearWith(ADJUSTMENTS);
  databases = [plain.database, changed.database];
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

const of150100 = (file: ResultFile): ResultRow[] =>
  changed.results[file].filter(({ area, scheme }) => area === '150100' && scheme === 'employee');

test('versions that pass are in force from the next month, one in deficit is not', () => {
  const inpatient = of150100('adjusted_budgets.csv').filter(({ item }) => item === 'inpatient');
  expect(inpatient.map(({ version, amount, from }) => `${version} ${amount} ${from}`)).toEqual([
    `2 610.00 ${YEAR}-03-01`,
    `4 630.00 ${YEAR}-08-01`,
    `5 602.00 ${YEAR}-10-01`,
    `6 605.00 ${YEAR}-10-01`,
  ]);
  const failed = of150100('budget_checks.csv').filter(({ version, result }) => version === 3 && result !== 'pass');
  expect(failed.map(({ check, result }) => `${check} ${result}`)).toEqual([
    'deviation warn',
    'no_deficit fail',
    'slight_surplus fail',
  ]);
});

test('each quarter is compared with the budget in force on its last day', () => {
  const inpatient = of150100('execution.csv').filter(({ item }) => item === 'inpatient');
  expect(inpatient.map(({ budget, budget_in_force }) => `${budget} ${budget_in_force}`)).toEqual([
    '600.00 610.00',
    '600.00 610.00',
    '600.00 630.00',
    '600.00 605.00',
  ]);
});

test('nothing else changes: levy, sharing, books and evaluation use the budget of 1 January', () => {
  const MOVED: ResultFile[] = [
    'budget_checks.csv',
    'adjusted_budgets.csv',
    'execution.csv',
    'risk.csv',
    'findings.csv',
    'final_accounts.csv',
  ];
  // December's months payable are those of the actuals alone, so that they do not move either.
  for (const file of RESULT_FILES.filter((resultFile) => !MOVED.includes(resultFile))) {
    expect([file, changed.results[file]]).toEqual([file, plain.results[file]]);
  }
  const months = (rows: readonly ResultRow[]) =>
    rows.filter(({ area, scheme }) => area === '150100' && scheme === 'employee');
  const moved = months(changed.results['risk.csv']).filter(
    ({ months_payable }, i) => months_payable !== months(plain.results['risk.csv'])[i]?.months_payable,
  );
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.every(({ month }) => Number(month) >= 3 && Number(month) < 12)).toBe(true);
});

test('the form of an adjusted budget shows the budget in force beside the earlier one; the region’s form shows the sums', async () => {
  const reader = changed.database.as('reader');
  const [book, ...others] = await adjustedWorkbooks(reader, YEAR);
  expect([book?.file, others]).toEqual(['150100-adjusted-budget.xlsx', []]);
  expect(await adjustedWorkbooks(plain.database.as('reader'), YEAR)).toEqual([]);
  const cells = (form: Form, item: string): string[] =>
    form.lines
      .filter(({ name }) => name.endsWith(`、${item}`))
      .flatMap(({ amounts }) => amounts.map((amount) => (amount ? yuanText(amount) : '×')));
  // Both parts, pooled, personal account: adjusted, then of 1 January.
  expect(cells(book!.sheets[0]!.form, ITEM_NAMES.inpatient)).toEqual([
    '605.00',
    '605.00',
    '0.00',
    '600.00',
    '600.00',
    '0.00',
  ]);

  const [region] = await regionWorkbooks(reader, YEAR);
  for (const { scheme, part, item, amount } of changed.results['region_budget.csv']) {
    const sheet = region!.sheets.find(({ name }) => name === SCHEME_NAMES[scheme as Scheme]);
    const at = scheme === 'resident' ? 0 : part === 'pooled' ? 1 : 2;
    expect([item, cells(sheet!.form, ITEM_NAMES[item as Item])[at]]).toEqual([item, amount]);
  }
});

test('every invariant holds; an adjusted amount that was tampered with is noticed', async () => {
  const broken = async (db: Parameters<typeof checkInvariants>[0]) =>
    (await checkInvariants(db, YEAR, true)).filter((invariant) => invariant.broken.length > 0).map(({ name }) => name);
  expect(await broken(changed.database.pool)).toEqual([]);
  const trx = await changed.database.as('owner').transaction();
  await execute(trx, 'set local session_replication_role = replica');
  await execute(trx, `update fund.adjusted_budget_item set amount = 900 where item = 'inpatient' and version = 4`);
  expect(await broken(trx)).toEqual(['budgets_in_force', 'months_reckoned']);
  await trx.rollback();
});

test('every figure of an adjusted budget, its checks and the quarters is what its formula gives', async () => {
  const reader = changed.database.as('reader');
  const KEYS = {
    'adjusted_budgets.csv': ['area', 'scheme', 'version', 'part', 'item'],
    'execution.csv': ['area', 'scheme', 'quarter', 'part', 'item'],
    'budget_checks.csv': ['area', 'scheme', 'version', 'check'],
  } as const;
  let explained = 0;
  for (const [file, names] of Object.entries(KEYS) as [keyof typeof KEYS, readonly string[]][]) {
    for (const row of of150100(file)) {
      const key = Object.fromEntries(names.map((name) => [name, String(row[name])]));
      for (const column of FILES[file].columns.split(',').filter((name) => !names.includes(name))) {
        const figure = `${file.replace('.csv', '')}.${column}`;
        const [node] = await explainFigure(reader, { year: YEAR, figure, key, depth: 0 });
        const { formula, inputs, now } = node!.from as FigureOf;
        const scope = Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
        expect([figure, key, evaluate(formula, scope)]).toEqual([figure, key, quantity(String(row[column] ?? ''))]);
        expect(now).toBeUndefined();
        explained += 1;
      }
    }
  }
  expect(explained).toBeGreaterThan(100);
});
