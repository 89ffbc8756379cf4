/**
 * The audit of a year: on two closed years every invariant holds; each is then broken as only the owner of the database could
 * break it, and exactly that one fails. What was broken is rolled back.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { createActivities } from '../../activities';
import { INVARIANTS, type InvariantResult, checkInvariants } from '../../audit/invariants';
import { loadPack } from '../../db/load-pack';
import { execute, select } from '../../db/rows';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, testDatabase } from '../database';
import { type PackFiles, packOf, removePacks } from '../pack/builder';
import { caseNamed } from '../year/cases';

const FIRST = 2028;
const YEAR = 2029;
const SUBMITTED = `fund-year-${YEAR}-budget-employee-150100/1/0-area_security`;
const APPROVED = `fund-year-${YEAR}-adjustment-employee/settlement/1-region_security`;

let database: TestDatabase;
let owner: Database;

/** The two areas of 2028, all their years moved on. */
function packIn(year: number): Record<string, string> {
  const folder = caseNamed('two-areas-2028').pack;
  const moved = (text: string): string =>
    text.replaceAll(/\b202[4-8]\b/g, (found) => String(Number(found) + year - FIRST));
  const files = readdirSync(folder).map((file) => [file, moved(readFileSync(join(folder, file), 'utf8'))] as const);
  return {
    ...(Object.fromEntries(files) as Record<string, string>),
    'targets.csv': `area,scheme,indicator,target\n150100,employee,collection,0.98\n`,
    'enrolment_history.csv': 'person,coverage_year\n',
    'burdens.csv': 'person,area,group,month,self_paid\nW,150100,ordinary,5,26000.00\nW,150100,ordinary,6,0.01\n',
    ...UNITS,
  };
}

/** Two units of one fund; H1 has overspent its budget, and the fund bears a part of that. */
const UNITS = {
  'payment_units.csv': [
    'area,scheme,unit,name_zh,kind,weight',
    '150100,employee,H1,盟医院,institution,1',
    '150100,employee,M1,东河左旗医共体,community,1',
    '',
  ].join('\n'),
  'unit_accounts.csv': [
    'area,scheme,unit,month,incurred,paid',
    '150100,employee,H1,6,500.00,400.00',
    '150100,employee,M1,6,300.00,300.00',
    '',
  ].join('\n'),
};

/** The pack of the year after: it opens with what the first one closed with. */
async function packOfNextYear(): Promise<PackFiles> {
  const closings = await select<{ entity: string; scheme: string; part: string; amount: string }>(
    database.pool,
    'select * from fund.closing where fund_year = :first',
    { first: FIRST },
  );
  const lines = (header: string, rows: string[][]): string => [header, ...rows.map((row) => row.join(','))].join('\n');
  const year = String(YEAR);
  return {
    ...packIn(YEAR),
    'opening.csv': lines(
      'area,scheme,part,year,accumulated_surplus',
      closings
        .filter(({ entity }) => entity !== 'region')
        .map((closing) => [closing.entity, closing.scheme, closing.part, year, closing.amount]),
    ),
    'adjustment_fund.csv': lines(
      'scheme,year,opening_balance,interest',
      closings
        .filter(({ entity }) => entity === 'region')
        .map((closing) => [closing.scheme, year, closing.amount, '1.00']),
    ),
    'positions.csv': lines('area,scheme,part,account,date,balance', [
      ['150200', 'employee', 'pooled', '定期存款', `${YEAR}-06-30`, '100.00'],
      ['150200', 'employee', 'pooled', '定期存款', `${YEAR}-12-31`, '150.00'],
      ['region', 'employee', 'pooled', '定期存款', `${FIRST}-12-31`, '60.00'],
    ]),
    'bank.csv': lines('area,scheme,part,account,date,balance', [
      ['150200', 'employee', 'pooled', '定期存款', `${YEAR}-06-30`, '100.00'],
      ['150100', 'resident', 'pooled', '财政专户存款', `${YEAR}-03-31`, '1.23'],
    ]),
  };
}

beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  await runThrough(database.pool, await packOf(packIn(FIRST), FIRST));
  await runThrough(database.pool, await packOf(await packOfNextYear(), YEAR));
});
afterAll(async () => {
  await database.drop();
  removePacks();
});

/** What fails after the owner broke something, as `invariant: place: difference`; `view` is replaced first. All is rolled back. */
async function broken(statements: string[], view?: string): Promise<string[]> {
  const trx = await owner.transaction();
  try {
    await execute(trx, `set local session_replication_role = replica`); // no triggers, no foreign keys
    await execute(
      trx,
      `do $$ declare one record; begin
      for one in select conrelid::regclass as of, conname from pg_constraint where conrelid in ('fund.sharing'::regclass, 'fund.unit_clearing'::regclass) and contype = 'c'
      loop execute format('alter table %s drop constraint %I', one.of, one.conname); end loop; end $$`,
    );
    await execute(trx, 'drop index fund.one_flag_per_person');
    if (view !== undefined) await execute(trx, view);
    for (const statement of statements) expect(await execute(trx, statement)).toBeGreaterThan(0);
    return listed(await checkInvariants(trx, YEAR, true));
  } finally {
    await trx.rollback();
  }
}
const listed = (results: readonly InvariantResult[]): string[] =>
  results.flatMap(({ name, broken: places }) => places.map((place) => `${name}: ${place}`));

/** One more yuan on the lines of an entry: on both sides, or of one account. */
function oneMore(key: string, { account = '%', yuan = '1', year = YEAR } = {}): string {
  return `update fund.journal_line l set amount = amount + ${yuan} from fund.journal_entry e
    where e.id = l.entry_id and e.fund_year = ${year} and e.key = '${key}' and l.account like '${account}'`;
}
const moveAccount = (key: string, from: string, to: string): string =>
  `update fund.journal_line l set account = '${to}' from fund.journal_entry e
   where e.id = l.entry_id and e.fund_year = ${YEAR} and e.key = '${key}' and l.account = '${from}'`;
const ofEmployees = `where fund_year = ${YEAR} and scheme = 'employee' and area = '150100'`;

const JUNE = 'actual/150100/employee/pooled/06/premium';
const DECEMBER = 'actual/150100/employee/pooled/12/interest';

test('on a closed year, and on the one before, nothing fails', async () => {
  for (const year of [FIRST, YEAR]) expect(listed(await checkInvariants(database.pool, year, true))).toEqual([]);
  expect(await broken([])).toEqual([]);
});

// invariant, what was broken, how, and what the audit finds
// prettier-ignore
const BREAKS: [name: string, what: string, statements: string[], found: string[]][] = [
  ['entries_balance', 'two entries a yuan apart, one up, one down: the fund as a whole still balances',
    [oneMore(JUNE, { account: '财政专户存款' }), oneMore(DECEMBER, { account: '财政专户存款', yuan: '-1' })],
    [`${JUNE}: 1.00`, `${DECEMBER}: -1.00`]],
  ['entries_balance', 'an entry that lost its lines, and was worth nothing',
    [`insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis) values (${YEAR}, '${YEAR}-12-31', '150100', 'employee', 'pooled', 'empty', '测试')`],
    ['empty: 0']],
  ['special_account', 'an amount moved to an account that the books do not have',
    [moveAccount(DECEMBER, '利息收入', '往来款')],
    ['150100 employee pooled: 30.00']],
  ['levies_match', 'the region received a yuan more than the areas paid',
    [oneMore('levy/employee/150100/prepayment/1/region')],
    ['employee: -1.00']],
  ['levies_match', 'residents paid it, the employees’ fund is not asked',
    [oneMore('levy/resident/150200/prepayment/4/region', { yuan: '-0.01' })],
    ['resident: 0.01']],
  ['grants_match', 'the region granted a yuan more than the area received',
    [oneMore('settlement/employee/150100/grant/region')],
    ['employee: -1.00']],
  ['adjustment_fund', 'the adjustment fund opened with a yuan more than its file says',
    [oneMore('opening/region/resident/pooled')],
    ['resident: 1.00']],
  ['adjustment_fund', 'it was credited interest that nobody reported',
    [oneMore('interest/region/employee')],
    ['employee: 1.00']],
  ['schemes_apart', 'lines of an entry that name the other scheme',
    [`update fund.journal_line l set scheme = 'resident' from fund.journal_entry e where e.id = l.entry_id and e.fund_year = ${YEAR} and e.key = '${JUNE}'`],
    [`${JUNE}: resident`]],
  ['closing', 'an area opened with a yuan more than its file says',
    [oneMore('opening/150200/employee/pooled')],
    ['employee 150200: 1.00']],
  ['closing', 'an actual is not in the books as it was reported',
    [oneMore('actual/150200/resident/pooled/12/major_illness', { yuan: '0.01' })],
    ['resident 150200: -0.01']],
  ['closing', 'less of its own surplus used than the figures say: U and G a yuan less',
    [`update fund.sharing set own_surplus = own_surplus - 1, gap = gap - 1 where fund_year = ${YEAR} and scheme = 'resident' and area = '150100'`],
    ['resident 150100 S−U: -1.00']],
  ['opening', 'the year before closed with a yuan more',
    [oneMore('actual/150200/employee/pooled/12/interest', { year: FIRST })],
    ['150200 employee pooled: -1.00']],
  ['opening', 'so did its adjustment fund',
    [oneMore('interest/region/employee', { year: FIRST })],
    ['region employee pooled: -1.00']],
  ['gap_borne', 'a fen of the gap that nobody bears',
    [`update fund.sharing set gap = gap + 0.01 ${ofEmployees}`],
    ['employee 150100: -0.01']],
  ['rows_counted', 'a row counted that is not there',
    [`update fund.collection set accepted_rows = accepted_rows + 1 where fund_year = ${YEAR} and area = '150100'`],
    ['150100: 1']],
  ['rows_counted', 'a row that nobody counted',
    [`insert into fund.resident_payment (fund_year, file, line, receipt, person, named_area, area, original_receipt, outcome, reason) values (${YEAR}, 'x', 1, '', '', '150100', '150100', '', 'quarantined', 'malformed')`],
    ['150100: -1']],
  ['premium_sources', 'a yuan more paid by persons than was collected',
    [`update fund.premium_source set amount = amount + 1 where fund_year = ${YEAR} and area = '150100' and source = 'individual'`],
    ['150100 collected: 1.00']],
  ['premium_sources', 'a fen of the aid that nobody bears',
    [`update fund.premium_source set amount = amount - 0.01 where fund_year = ${YEAR} and area = '150100' and source = 'medical_aid'`],
    ['150100 aid: -0.01']],
  ['enrolment', 'a person paid who is in no class',
    [`update fund.enrolment set persons = persons + 1 where fund_year = ${YEAR} and area = '150100' and class = 'new'`],
    ['150100: 1']],
  ['burdens', 'a person whose flag is gone',
    [`delete from fund.burden_flag where fund_year = ${YEAR}`],
    ['150100 6 ordinary: -1', '150100 6 ordinary counted: 1']],
  ['burdens', 'a person flagged twice',
    [`insert into fund.burden_flag (fund_year, person, area, month, class, self_paid, threshold)
      select fund_year, person, area, 5, class, self_paid, threshold from fund.burden_flag where fund_year = ${YEAR}`],
    ['150100 5 ordinary: 1', '150100 5 ordinary counted: -1', '150100 twice: 1']],
  ['burdens', 'a row that came past the checks, and moves the month',
    [`update fund.burden set self_paid = 26000.01 where fund_year = ${YEAR} and month = 5`],
    ['150100 5 ordinary: -1', '150100 6 ordinary: 1']],
  ['budgets_in_force', 'a levy in force that is not the one to prepay',
    [`update fund.budget_item set amount = amount - 1 ${ofEmployees} and item = 'levy_to_superior'`],
    ['employee 150100 levy_included: -1.00']],
  ['budgets_in_force', 'a deficit in force, by an item far off its estimate',
    [`update fund.budget_item set amount = amount + 2000 where fund_year = ${YEAR} and scheme = 'resident' and area = '150200' and item = 'inpatient'`,
     // Its months are measured by the budget too.
     `delete from fund.risk_reckoned where fund_year = ${YEAR} and scheme = 'resident' and area = '150200'`],
    ['resident 150200 no_deficit: -1322.00', 'resident 150200 slight_surplus: -0.1176', 'resident 150200 deviation: 1']],
  ['positions', 'a balance that nobody booked',
    [`update fund.position set balance = balance + 1 where fund_year = ${YEAR} and area = 'region'`],
    [`region employee pooled 定期存款 ${FIRST}-12-31: -1.00`]],
  ['positions', 'a change that was booked on another account',
    [moveAccount(`position/150200/employee/pooled/定期存款/${YEAR}-12-31`, '定期存款', '债券投资')],
    [`150200 employee pooled 债券投资 ${YEAR}-12-31: 50.00`, `150200 employee pooled 定期存款 ${YEAR}-12-31: -50.00`]],
  ['agreement', 'a difference that the books do not have',
    [`update fund.agreement_reckoned set books = books - 1, difference = difference + 1 where fund_year = ${YEAR} and area = '150200'`],
    [`150200 employee pooled 定期存款 ${YEAR}-06-30: -1.00`]],
  ['agreement', 'a finding of another difference',
    [`update fund.finding set figure = '0.01' where fund_year = ${YEAR} and code = 'bank_difference'`],
    [`150100 resident pooled 财政专户存款 ${YEAR}-03-31: -2314.48`]],
  ['total_budget_split', 'a unit that was given a yuan more than there is',
    [`update fund.unit_budget_allotted set budget = budget + 1 ${ofEmployees} and unit = 'M1'`],
    ['employee 150100: 1.00']],
  ['total_budget_split', 'a total that is not what the budget in force has for care',
    [`update fund.budget_item set amount = amount - 1 ${ofEmployees} and item = 'inpatient'`,
     // The yuan goes to an item that is no care and does not deviate, so that the budget as a whole stays as it was.
     `insert into fund.budget_item (fund_year, area, scheme, part, item, amount) values (${YEAR}, '150100', 'employee', 'pooled', 'transfer_out', 1)`,
     `update fund.budget_estimate set amount = 1 ${ofEmployees} and part = 'pooled' and item = 'transfer_out'`],
    ['employee 150100: 1.00']],
  ['reserve_kept', 'the fund bears a fen more than was held back',
    [`update fund.unit_clearing c set fund_share = t.reserve + 0.01 from fund.total_budget_allotted t
      where (t.fund_year, t.area, t.scheme) = (c.fund_year, c.area, c.scheme) and c.fund_year = ${YEAR} and c.unit = 'H1'`],
    ['employee 150100: 0.01']],
  ['months_reckoned', 'a surplus that is a yuan higher than the rows give',
    [`update fund.risk_reckoned set accumulated_surplus = accumulated_surplus + 1 ${ofEmployees} and month = 7`],
    ['employee 150100 7 accumulated_surplus: 139.87 → 138.87']],
  ['months_reckoned', 'a reckoning of a month that was done again, and says less of it than the first',
    [`insert into fund.risk_reckoned select fund_year, area, scheme, month, accumulated_surplus, '0.00', '0.0000', 'red', action, action_due, 2, because
      from fund.risk_reckoned ${ofEmployees} and month = 7`],
    ['employee 150100 7 months_payable_4: 0.0000 → 1.5746']],
  ['rates', 'a rate that goes up by more than a step leads to',
    [`update fund.rate_step set next_rate = 0.08 where fund_year = ${YEAR} and area = '150100'`],
    ['150100 next_rate: 0.08 → 0.07']],
  ['rates', 'a rate that no area has reported',
    [`update fund.rate_step set employer_rate = 0.066 where fund_year = ${YEAR} and area = '150100'`],
    ['150100 employer_rate: 0.066 → 0.065']],
  ['rates', 'an area whose rate was left out',
    [`delete from fund.rate_step where fund_year = ${YEAR} and area = '150200'`],
    ['150200 employer_rate:  → 0.07']],
  ['rates', 'a rate below the floor that is not said to be',
    [`update fund.rate_step set grounds = 'ratio;tight' where fund_year = ${YEAR} and area = '150100'`],
    ['150100 grounds: ratio;tight']],
  ['rates', 'a finding of another rate',
    [`update fund.finding set figure = '0.08' where fund_year = ${YEAR} and code = 'rate_step_up'`],
    ['150100 rate_step_up: 0.08 → 0.07']],
  ['targets', 'an area held to another target than the one that it has set itself',
    [`update fund.performance set target = 0.95 where fund_year = ${YEAR} and area = '150100' and scheme = 'employee' and indicator = 'collection'`,
     `update fund.performance set reached = 'yes' where fund_year = ${YEAR} and area = '150100' and scheme = 'employee' and indicator = 'collection'`],
    ['employee 150100 collection: 0.95 → 0.98']],
  ['targets', 'and to another than the law sets',
    [`update fund.performance set target = 1.01 where fund_year = ${YEAR} and area = '150100' and scheme = 'employee' and indicator = 'expansion'`],
    ['employee 150100 expansion: 1.01 → 1']],
  ['performance', 'a target that is said to be reached',
    [`update fund.performance set reached = 'yes' where fund_year = ${YEAR} and area = '150100' and scheme = 'employee' and indicator = 'budget_expenditure'`],
    ['employee 150100 budget_expenditure: yes → no']],
  ['performance', 'another value than the evaluation has',
    [`update fund.performance set value = '0.9999' where fund_year = ${YEAR} and area = '150200' and scheme = 'resident' and indicator = 'expansion'`],
    ['resident 150200 expansion: 0.9999 → 1.0000']],
  ['performance', 'an indicator that was held against no target',
    [`delete from fund.performance where fund_year = ${YEAR} and area = '150200' and scheme = 'resident' and indicator = 'low_income'`],
    ['resident 150200 low_income: 1.0000 → ']],
  ['signatures', 'a decision that is another than the one that was signed',
    [`update fund.proof set text = replace(text, '"decision":"approve"', '"decision":"return"')
      where nonce = (select proof from fund.decision where task = '${APPROVED}')`],
    [`decision on ${APPROVED}: its signature does not fit its text and key`]],
  ['signatures', 'a version with other rows than those that were signed',
    [`update fund.decision set rows_hash = repeat('0', 64) where task = '${SUBMITTED}'`],
    [`decision on ${SUBMITTED}: signed with another rowsHash: undefined`,
     `decision on ${SUBMITTED}: the version has other rows than were signed`]],
  ['signatures', 'an operator in whose name another has signed',
    [`update fund.decision set operator = 'sec-150100' where task = '${APPROVED}'`],
    [`decision on ${APPROVED}: signed with another operator: nm-security`]],
];
test.each(BREAKS)('%s fails alone: %s', async (name, _what, statements, places) => {
  expect(await broken(statements)).toEqual(places.map((place) => `${name}: ${place}`));
});

// The acts read the books through these views; here each hides a yuan that is missing.
// prettier-ignore
test.each<[hidden: string, view: string, statements: string[], found: string]>([
  ['a closing',
   `create or replace view fund.closing as select fund_year, entity, scheme, part,
      sum(debit_less_credit) - case when (fund_year, entity, scheme) = (${YEAR}, '150200', 'employee') then 1 else 0 end as amount
    from fund.ledger where account in ('财政专户存款', '定期存款', '待核对款') group by fund_year, entity, scheme, part`,
   [oneMore('opening/150200/employee/pooled')],
   'closing: employee 150200: 1.00'],
  ['a line of the books',
   `create or replace view fund.ledger as select e.fund_year, e.id as entry_id, e.date, e.entity, e.scheme, e.part, e.key, e.basis, l.account,
      case when l.side = 1 then l.amount else 0 end as debit, case when l.side = -1 then l.amount else 0 end as credit,
      l.side * (l.amount - case when e.key = 'interest/region/employee' then 1 else 0 end) as debit_less_credit
    from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id`,
   [oneMore('interest/region/employee')],
   'adjustment_fund: employee: 1.00'],
])('a wrong view that hides %s from the acts does not hide it from the audit', async (_, view, statements, found) => {
  expect(await broken(statements, view)).toEqual([found]);
});

test('each invariant has been broken', () => {
  expect([...new Set(BREAKS.map(([name]) => name))]).toEqual(INVARIANTS.map(({ name }) => name));
});

test('before the settlement is posted, closings are not checked', async () => {
  const checked = (await checkInvariants(database.pool, YEAR, false)).map(({ name }) => name);
  expect(INVARIANTS.map(({ name }) => name).filter((name) => !checked.includes(name))).toEqual([
    'adjustment_fund',
    'closing',
    'agreement',
  ]);
});

test('without the year before in the database, openings are compared with nothing', async () => {
  const opening = INVARIANTS.find(({ name }) => name === 'opening');
  expect(await opening?.check(database.pool, FIRST)).toEqual([]);
});

test('a year that breaks an invariant is not closed: here nothing has been posted yet', async () => {
  const year = 2031;
  await loadPack(database.pool, await packOf(packIn(year), year), 'run');
  const fund = createActivities(database.pool);
  await fund.openYear({ year, workflowId: `fund-year-${year}`, firstRunId: 'a run' });
  const { closed, broken: places } = await fund.closeBooks({ year, date: '2032-05-31' });
  expect([closed, places.map(({ name }) => name)]).toEqual([false, ['adjustment_fund', 'closing']]);
  expect(await select(database.pool, 'select status from fund.fund_year where year = :year', { year })).toEqual([
    { status: 'open' },
  ]);
});
