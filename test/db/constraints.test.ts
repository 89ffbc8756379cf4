/** What must never be stored, whatever the code does: each refused by the constraint that names it. */
import type { Database, Transaction } from '../../db/connect';
import { type TestDatabase, openPersonTables, testDatabase } from '../database';
import { execute } from '../../db/rows';

type Cell = string | number | boolean | null | string[];
type Row = Record<string, Cell>;

const AREA = { fund_year: 2028, area: '150100' };
const EMPLOYEE = { ...AREA, scheme: 'employee', because: '{}' };

/** A good row of each table: the area of RULES 8, whose gap is G 148.38 = U 60 + F 43.79 + A 44.59. */
// prettier-ignore
const GOOD = {
  fund_year: { year: 2028, mode: 'run' },
  area: { ...AREA, name_zh: '东河盟', name_en: 'East', schemes: ['employee', 'resident'], subsidy_class: 2, line: 2 },
  operator: { ...AREA, operator: 'fin-150100', name: '赵建国', role: 'area_finance', line: 2 },
  parameter_override: { fund_year: 2028, name: 'levy.cap.value', value: '"2"', source: '办法' },
  actual: { ...AREA, scheme: 'employee', part: 'pooled', month: 1, item: 'premium', amount: '1.00', line: 2 },
  opening: { ...AREA, scheme: 'resident', part: 'pooled', accumulated_surplus: '1.00', line: 2 },
  position: { ...AREA, scheme: 'employee', part: 'pooled', account: '定期存款', date: '2028-06-30', balance: '1.00', line: 2 },
  bank_balance: { ...AREA, scheme: 'employee', part: 'pooled', account: '财政专户存款', date: '2028-06-29', balance: '1.00', line: 2 },
  agreement_reckoned: {
    ...EMPLOYEE, part: 'pooled', account: '财政专户存款', date: '2028-06-29', books: '3.00', bank: '1.00', difference: '-2.00', reckoning: 1,
  },
  resident_roll: { ...AREA, person: 'P1', group: 'ordinary', file: 'resident_roll.csv', line: 2 },
  resident_payment: {
    ...AREA, file: 'resident_payments.csv', line: 2, receipt: 'R1', person: 'P1', named_area: '150100', amount: '400.00',
    paid_instant: '1821571200', paid_on: '2027-09-22', kind: 'payment', original_receipt: '', outcome: 'accepted', aid: '0.00',
  },
  collection_term: {
    ...AREA, group: 'ordinary', standard: '400.00', aid: '0.00', due: '400.00', opens: '2027-09-01', closes: '2027-12-31',
    exempt: false, because: '{}',
  },
  full_aid_enrolment: { ...AREA, person: 'P1', aid: '400.00', enrolled_on: '2027-09-01' },
  collection: {
    ...AREA, by_person: true, registered: 2, paid: 1, due: '800.00', collected: '400.00', aid: '0.00', accepted_rows: 1,
    quarantined_rows: 0, quarantined_amount: '0.00', tax_rows: 1, tax_amount: '400.00', difference: '0.00', because: '{}',
  },
  finding: { ...AREA, code: 'heads_differ', scheme: 'resident', figure: '1', text: '' },
  budget_check: { ...EMPLOYEE, version: 1, check: 'no_deficit', result: 'pass', figure: '0.00' },
  budget: { ...EMPLOYEE, origin: 'submitted', version: 1, in_force_from: '2028-01-01' },
  budget_submission: {
    ...AREA, scheme: 'employee', version: 1, part: 'pooled', item: 'premium', amount: '1.00', reason: '', submitted_by: 'area_security', line: 2,
  },
  budget_adjustment: {
    ...AREA, scheme: 'employee', version: 2, date: '2028-05-20', part: 'pooled', item: 'premium', amount: '1.00', reason: '',
    submitted_by: 'area_security', line: 2,
  },
  adjustment_request: {
    ...AREA, scheme: 'employee', version: 2, date: '2028-05-20', submitted_on: '2028-05-20', workflow_id: 'w2', chain: 'adjusted',
  },
  adjusted_budget: { ...EMPLOYEE, version: 2, in_force_from: '2028-06-01' },
  adjusted_budget_item: { ...EMPLOYEE, version: 2, part: 'pooled', item: 'premium', amount: '1.00' },
  task: {
    fund_year: 2028, task: 'a', chain: 'c', position: 1, workflow_id: 'w', kind: 'approve', role: 'region_government',
    of_area: '150100', of_scheme: 'employee', subject: '预算', figures_hash: 'h', due_on: '2027-12-31',
  },
  budget_item: { ...AREA, scheme: 'employee', part: 'pooled', item: 'premium', amount: '1.00' },
  levy_estimate: { ...EMPLOYEE, estimate_base: '912.01', uncapped: '45.60', prepaid: '30.24' },
  levy: { ...EMPLOYEE, base: '880.00', rate: '0.05', uncapped: '44.00', levy: '28.38', true_up: '-1.86' },
  sharing: {
    ...EMPLOYEE, income: '880.00', expenditure: '1000.00', levy: '28.38', gap: '148.38', own_surplus: '60.00', residual: '88.38',
    managerial: '30.00', general: '58.38', alpha: '0.75', entitled: '43.79', fund_share: '43.79', area_share: '44.59', cause: 'dependency',
  },
} satisfies Record<string, Row>;

const literal = (cell: Cell): string => {
  if (Array.isArray(cell)) return `array[${cell.map(literal).join(', ')}]`;
  return typeof cell === 'string' ? `'${cell}'` : String(cell);
};
/** Adds the good row of a table, but for these cells. */
function add(table: keyof typeof GOOD, changed: Row = {}): string {
  const row: Row = { ...GOOD[table], ...changed };
  const columns = Object.keys(row).map((name) => `"${name}"`);
  return `insert into fund.${table} (${columns.join(', ')}) values (${Object.values(row).map(literal).join(', ')});`;
}

const pay = (line: number, of: Row): string => add('resident_payment', { line, ...of });
/** An accepted refund of the payment of line 2. */
const refund = (line: number, receipt: string, of: Row = {}): string =>
  pay(line, {
    receipt,
    kind: 'refund',
    original_receipt: 'R1',
    refund_file: 'resident_payments.csv',
    refund_line: 2,
    ...of,
  });
const quarantined = { outcome: 'quarantined', aid: null };
const refunded = `update fund.resident_payment set refunded = true where line = 2;`;

type Role = 'area_security' | 'area_finance' | 'region_security' | 'region_finance' | 'region_government';
/** One person of each office. */
const PERSONS = ['area_security', 'area_finance', 'region_security', 'region_finance', 'region_government'].map(
  (role) => add('operator', { operator: role, name: role, role, area: role.startsWith('area') ? '150100' : null }),
);
/** What one office decides on a question of a chain, as the product stores it: asked, decided, done. */
function decided(
  role: Role,
  position: number,
  {
    decision = 'approve',
    chain = 'c',
    version = null,
    of_area = '150100',
    day = '2027-11-01',
  }: { decision?: string; chain?: string; version?: number | null; of_area?: string | null; day?: string } = {},
): string {
  const task = `${chain}/${position}`;
  const kind = decision === 'submit' ? 'submit' : 'approve';
  const area = role.startsWith('area') ? '150100' : null;
  const values = [2028, task, chain, role, decision, version, '文号', 'h', day].map(literal).join(', ');
  return `${add('task', { task, chain, position, kind, role, area, of_area })}
    insert into fund.decision (fund_year, task, chain, operator, decision, version, document, figures_hash, business_date) values (${values});
    update fund.task set state = 'done' where task = '${task}';`;
}
const REGION = ['region_security', 'region_finance', 'region_government'] as const;
const APPROVERS = ['area_finance', 'region_security', 'region_finance', 'region_government'] as const;
/** A version submitted and approved by these offices. */
const approved = (version = 1, offices: readonly Role[] = APPROVERS): string =>
  [
    decided('area_security', 0, { decision: 'submit', version }),
    ...offices.map((role, i) => decided(role, i + 1)),
  ].join('\n');
/** An adjustment of the directed budget, submitted, checked and approved by these offices on a day. */
const adjusted = (offices: readonly Role[] = APPROVERS, day = '2028-05-20', result = 'pass'): string =>
  [
    add('budget', { origin: 'directed', version: 0 }),
    add('budget_adjustment'),
    add('adjustment_request'),
    add('budget_check', { version: 2, result }),
    decided('area_security', 0, { decision: 'submit', version: 2, chain: 'adjusted', day }),
    ...offices.map((role, i) => decided(role, i + 1, { chain: 'adjusted', day })),
  ].join('\n');
const directed = decided('region_government', 1, { chain: 'directed' });
/** An entry in the books, both sides. */
const entry = (debit: string, credit: string, date = '2029-05-31'): string =>
  `with e as (insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
     values (2028, '${date}', '150100', 'employee', 'pooled', 'k', 'A(六)') returning id)
   insert into fund.journal_line select id, side, 'employee', account, 1 from e, (values (1, '${debit}'), (-1, '${credit}')) s(side, account);`;
const settlement = (offices: readonly Role[]): string =>
  offices.map((role, i) => decided(role, i + 1, { chain: 'settlement', of_area: null })).join('\n');

let database: TestDatabase;
let owner: Database;
let trx: Transaction;
beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  await openPersonTables(owner, 2028);
});
afterAll(() => database.drop());

// A year with one area, two persons on its roll, an accepted payment of the first, and an estimated levy; each test adds
// to it in a transaction that is rolled back.
beforeEach(async () => {
  trx = await owner.transaction();
  const year = [
    add('fund_year'),
    add('area'),
    add('resident_roll'),
    add('resident_roll', { person: 'P2', line: 3 }),
    ...PERSONS,
  ];
  await execute(trx, [...year, pay(2, {}), add('levy_estimate')].join('\n'));
});
afterEach(() => trx.rollback());

describe('stored', () => {
  // prettier-ignore
  test.each<[string, string[]]>([
    ['another person pays',                      [pay(3, { receipt: 'R2', person: 'P2' })]],
    ['a person pays again after a refund',       [refund(3, 'R2'), refunded, pay(4, { receipt: 'R3' })]],
    ['a quarantined row repeats a receipt',      [pay(3, { ...quarantined, reason: 'duplicate_receipt' })]],
    ['a reconciled collection',                  [add('collection')]],
    ['the levy and the sharing of RULES 8',      [add('levy'), add('sharing')]],
    ['a budget whose checks pass or warn',       [add('budget_check'), add('budget_check', { check: 'deviation', result: 'warn' }), approved(), add('budget')]],
    ['a budget after a version that failed',     [add('budget_check', { result: 'fail' }), add('budget_check', { version: 2 }), approved(2), add('budget', { version: 2 })]],
    ['an adjustment from the month after its day', [directed, adjusted(), add('adjusted_budget'), add('adjusted_budget_item')]],
    ['an adjustment approved in a later month',  [directed, adjusted(APPROVERS, '2028-07-03'), add('adjusted_budget', { in_force_from: '2028-08-01' })]],
    ['a directed budget, whatever failed',       [add('budget_check', { result: 'fail' }), directed, add('budget', { origin: 'directed' })]],
    ['a settlement that the region approved',    [settlement(REGION), entry('财政专户存款', '上级补助收入')]],
    ['a balance of the bank beside the books',    [add('position'), add('bank_balance'), add('agreement_reckoned')]],
    ['balances of the region, before the year',   [add('position', { area: 'region', date: '2027-12-31' }), add('bank_balance', { area: 'region', date: '2027-12-31' })]],
    ['a levy prepaid in the year, unasked',      [entry('上解上级支出', '财政专户存款', '2028-12-31')]],
  ])('%s', async (_what, statements) => {
    await expect(execute(trx, statements.join('\n'))).resolves.toBeDefined();
  });
});

// what must never be, what is tried, the constraint
// prettier-ignore
const REFUSED: [what: string, statements: string[], constraint: string][] = [
  ['one person, two enrolments',                [pay(3, { receipt: 'R2' })],                                'resident_payment_2028_person_fund_year_idx'],
  ['one receipt, accepted twice',               [pay(3, { person: 'P2' })],                                 'resident_payment_2028_receipt_fund_year_idx'],
  ['one payment, refunded twice',               [refund(3, 'R2'), refund(4, 'R3')],                         'resident_payment_2028_refund_line_refund_file_fund_year_idx'],
  ['an accepted refund of nothing',             [refund(3, 'R2', { refund_file: null, refund_line: null })], 'resident_payment_check'],
  ['a quarantine without a reason',             [pay(3, { ...quarantined, receipt: 'R2' })],                'resident_payment_check'],
  ['an accepted row with a reason',             [pay(3, { receipt: 'R2', person: 'P2', reason: 'malformed' })], 'resident_payment_check'],
  ['a refund of a row that is not there',       [refund(3, 'R2', { refund_line: 9 })],                      'resident_payment_2028_fund_year_refund_file_refund_line_fkey'],
  ['an amount of 0 that is not malformed',      [pay(3, { amount: '0.00', receipt: 'R2', person: 'P2' })],                               'resident_payment_check'],
  ['one line of a file, twice',                 [pay(2, { receipt: 'R2', person: 'P2' })],                  'resident_payment_2028_pkey'],
  ['one person twice on one roll',              [add('resident_roll', { group: 'student' })],               'resident_roll_2028_pkey'],
  ['full aid off the roll',                     [add('full_aid_enrolment', { person: 'P9' })],              'full_aid_enrolment_2028_fund_year_person_area_fkey'],
  ['full aid twice',                            [add('full_aid_enrolment'), add('full_aid_enrolment')],     'full_aid_enrolment_2028_pkey'],
  ['aid and due that miss the standard',        [add('collection_term', { aid: '0.01' })],                  'collection_term_check'],
  ['a difference that is none',                 [add('collection', { difference: '0.01' })],                'collection_check'],

  ['more levied than uncapped',                 [add('levy', { levy: '44.01' })],                           'levy_check'],
  ['a negative levy',                           [add('levy', { levy: '-0.01' })],                           'levy_check'],
  ['a rate above 1',                            [add('levy', { rate: '1.01' })],                            'levy_rate_check'],
  ['a levy without its estimate',               [add('levy', { scheme: 'resident' })],                      'levy_fund_year_scheme_area_fkey'],
  ['more prepaid than uncapped',                [add('levy_estimate', { scheme: 'resident', prepaid: '45.61' })], 'levy_estimate_check'],
  ['U + F + A a fen less than G',               [add('levy'), add('sharing', { area_share: '44.58' })],     'every_gap_is_borne'],
  ['U + F + A a fen more than G',               [add('levy'), add('sharing', { area_share: '44.60' })],     'every_gap_is_borne'],
  ['a negative own surplus',                    [add('levy'), add('sharing', { own_surplus: '-0.01', residual: '148.39', area_share: '104.60' })], 'sharing_check'],
  ['a residual that is not G − U',              [add('levy'), add('sharing', { residual: '88.39' })],       'sharing_check'],
  ['a managerial part above R',                 [add('levy'), add('sharing', { managerial: '88.39', general: '0.00' })], 'sharing_check'],
  ['N above R − M',                             [add('levy'), add('sharing', { general: '58.39' })],        'sharing_check'],
  ['more entitled than N',                      [add('levy'), add('sharing', { general: '43.78' })],        'sharing_check'],
  ['more paid than entitled',                   [add('levy'), add('sharing', { entitled: '43.78' })],       'sharing_check'],
  ['α above 1',                                 [add('levy'), add('sharing', { alpha: '1.01' })],           'sharing_alpha_check'],
  ['a gap without a cause',                     [add('levy'), add('sharing', { cause: null })],             'sharing_check'],
  ['a sharing without its levy',                [add('sharing')],                                           'sharing_fund_year_scheme_area_fkey'],

  ['a budget in force while a check fails',     [add('budget_check'), add('budget_check', { check: 'identity', result: 'fail' }), add('budget')], '预算第 1 版未通过审核'],
  ['a budget in force that nobody checked',     [add('budget')],                                            '预算第 1 版未通过审核'],
  ['a budget on another version’s checks',      [add('budget_check', { version: 2 }), add('budget')],       '预算第 1 版未通过审核'],
  ['two budgets in force',                      [directed, add('budget', { origin: 'directed' }), add('budget', { origin: 'directed', version: 2 })], 'budget_pkey'],
  ['a budget that nobody approved',             [add('budget_check'), add('budget')],                       '预算第 1 版审批未完成'],
  ['a budget that one office did not approve',  [add('budget_check'), approved(1, APPROVERS.slice(0, 3)), add('budget')], '预算第 1 版审批未完成'],
  ['a budget of another version’s approvals',   [add('budget_check', { version: 2 }), approved(1), add('budget', { version: 2 })], '预算第 2 版审批未完成'],
  ['a budget approved but for a link still open', [add('budget_check'), approved(), add('task', { position: 5 }), add('budget')], '预算第 1 版审批未完成'],
  ['a directed budget that nobody approved',    [add('budget', { origin: 'directed' })],                    '以收定支预算未经自治区人民政府批准'],
  ['a directed budget by a submitted one’s approvals', [add('budget_check'), approved(), add('budget', { origin: 'directed' })], '以收定支预算未经自治区人民政府批准'],
  ['a grant of an unapproved settlement',       [entry('财政专户存款', '上级补助收入')],                    '分担方案审批未完成'],
  ['its side in the region’s books',            [entry('补助下级支出', '财政专户存款')],                    '分担方案审批未完成'],
  ['a government’s share before the approval',  [entry('财政专户存款', '财政补贴收入—缺口补助')],           '分担方案审批未完成'],
  ['a levy trued up before the approval',       [entry('上解上级支出', '财政专户存款')],                    '分担方案审批未完成'],
  ['a settlement that the government did not approve', [settlement(REGION.slice(0, 2)), entry('财政专户存款', '上级补助收入')], '分担方案审批未完成'],
  ['a settlement by a budget’s approvals',      [approved(), entry('财政专户存款', '上级补助收入')],        '分担方案审批未完成'],
  ['an adjustment below a submitted version',   [add('budget_submission', { version: 2 }), add('budget_adjustment')], '预算调整第 2 版应高于已报送的各版'],
  ['a submitted version above an adjustment',   [add('budget_adjustment'), add('budget_submission', { version: 2 })], '预算第 2 版应低于各次预算调整的版本'],
  ['an adjustment of two days',                 [add('budget_adjustment'), add('budget_adjustment', { item: 'interest', date: '2028-05-21' })], '预算调整第 2 版各行日期不一'],
  ['an adjustment in December',                 [add('budget_adjustment', { date: '2028-12-01' })],         'budget_adjustment_check'],
  ['a line more of an adjustment that was submitted', [directed, adjusted(), add('budget_adjustment', { item: 'interest' })], '预算调整第 2 版已报送，不能再增加科目'],
  ['an adjustment before there is a budget',    [add('budget_adjustment'), add('adjustment_request')],      '年初预算尚未批复，不能调整'],
  ['an adjustment that is in no file',          [directed, add('budget', { origin: 'directed' }), add('adjustment_request')], '没有日期为 2028-05-20 的预算调整第 2 版'],
  ['an adjustment submitted before its day',    [directed, add('budget', { origin: 'directed' }), add('budget_adjustment'), add('adjustment_request', { submitted_on: '2028-05-19' })], '应在 2028-05-20 至 2028-11-30 报送'],
  ['an adjustment in force while a check fails', [directed, adjusted(APPROVERS, '2028-05-20', 'fail'), add('adjusted_budget')], '预算调整第 2 版未通过审核'],
  ['an adjustment in force without its last approval', [directed, adjusted(APPROVERS.slice(0, 3)), add('adjusted_budget')], '预算调整第 2 版审批未完成'],
  ['an adjustment in force that nobody approved', [directed, adjusted([]), add('adjusted_budget')],        '预算调整第 2 版审批未完成'],
  ['an adjustment in force from its own month', [directed, adjusted(), add('adjusted_budget', { in_force_from: '2028-05-01' })], '次月首日起'],
  ['an adjustment in force before its approval', [directed, adjusted(APPROVERS, '2028-07-03'), add('adjusted_budget')], '次月首日起'],
  ['an adjustment in force in the next year',   [directed, adjusted(APPROVERS, '2028-12-02'), add('adjusted_budget', { in_force_from: '2029-01-01' })], '次月首日起'],
  ['items of an adjustment that is not in force', [directed, adjusted(), add('adjusted_budget_item')],     'adjusted_budget_item_fund_year_area_scheme_version_fkey'],
  ['items of a budget that is not in force',    [add('budget_item')],                                       'budget_item_fund_year_area_scheme_fkey'],

  ['a position within a month',                 [add('position', { date: '2028-06-29' })],                  'end_of_month'],
  ['a position of the special account',         [add('position', { account: '财政专户存款' })],             'position_account_check'],
  ['a position of the year after',              [add('position', { date: '2029-01-31' })],                  'position_check'],
  ['a personal account of the region',          [add('bank_balance', { area: 'region', part: 'personal_account' })], 'bank_balance_check'],
  ['a balance of before the books',             [add('bank_balance', { date: '2027-12-30' })],              'bank_balance_check'],
  ['a difference that is not bank less books',  [add('bank_balance'), add('agreement_reckoned', { difference: '2.00' })], 'agreement_reckoned_check'],
  ['an agreement about no line of the bank',    [add('agreement_reckoned')],                                'agreement_reckoned_fund_year'],
  ['a basis of employees',                      [add('opening', { scheme: 'employee', basis: 'receipt_year' })], 'basis_of_residents'],

  ['a level item among the actuals',            [add('actual', { item: 'levy_to_superior' })],              'actual_item_check'],
  ['a thirteenth month',                        [add('actual', { month: 13 })],                             'actual_month_check'],
  ['an override without a source',              [add('parameter_override', { source: '' })],                'parameter_override_source_check'],
  ['residents without a subsidy class',         [add('area', { area: '150200', subsidy_class: null })],     'area_check'],
  ['an area without a scheme',                  [add('area', { area: '150200', schemes: ['both'] })],       'area_schemes_check'],
  ['an area called region',                     [add('area', { area: 'region' })],                          'area_area_check'],
  ['an area’s officer without an area',         [add('operator', { area: null })],                          'operator_check'],
  ['two rows of one fund year',                 [add('fund_year', { mode: 'live' })],                       'fund_year_pkey'],
  ['a year that is closed on no date',          [`update fund.fund_year set status = 'closed';`],           'fund_year_check'],
  ['one finding told twice',                    [add('finding'), add('finding')],                           'finding_told_once'],
];
describe('refused', () => {
  test.each(REFUSED)('%s', async (_what, statements, constraint) => {
    await expect(execute(trx, statements.join('\n'))).rejects.toThrow(constraint);
  });
});
