/** A closed year takes no more rows and keeps those it has (RULES 9), whatever the code does: findings, figures, decisions, inputs. */
import { type Database, type Transaction, inTransaction } from '../../db/connect';
import { execute, insertRows, select, selectOne } from '../../db/rows';
import type { TestDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { finishedDatabase } from '../year/finished-year';

const CASE = caseNamed('two-areas-2028');
const YEAR = CASE.year;

let database: TestDatabase;
let owner: Database;
beforeAll(async () => {
  database = await finishedDatabase(CASE);
  owner = database.as('owner');
  await inTransaction(owner, async (trx) => {
    await execute(trx, 'set local session_replication_role = replica');
    for (const table of ['received_payment', 'enrolment_history']) {
      await execute(trx, `create table fund.${table}_${YEAR} partition of fund.${table} for values in (${YEAR})`);
    }
    await insertRows(trx, 'emergency_request', [{ ...emergency, ...request }]);
    await insertRows(trx, 'release_request', [{ ...ofArea, ...release }]);
    await insertRows(trx, 'payment_unit', [
      { ...paid, unit: 'H1', name_zh: '医院', kind: 'institution', weight: '1', line: 2 },
    ]);
    await insertRows(trx, 'unit_account', [{ ...paid, unit: 'H1', month: 1, incurred: '1.00', paid: '1.00', line: 2 }]);
    await insertRows(trx, 'total_budget_allotted', [
      { ...paid, allotment: 1, total: '0.00', reserve: '0.00', because: {} },
    ]);
    await insertRows(trx, 'unit_budget_allotted', [
      { ...paid, allotment: 1, unit: 'H1', kind: 'institution', weight: '1', budget: '0.00', because: {} },
    ]);
    await insertRows(trx, 'clearing_proposal', [
      { ...paid, attempt: 1, allotment: 1, fund_share: '0.00', workflow_id: 'w', chain: 'c', because: {} },
    ]);
    await insertRows(trx, 'unit_clearing', [{ ...paid, attempt: 1, unit: 'H1', ...nothing, because: {} }]);
    await insertRows(trx, 'clearing', [{ ...paid, attempt: 1, approved_on: '2029-01-31' }]);
    await insertRows(trx, 'bank_balance', [{ ...placed, balance: '1.00', line: 2 }]);
    await insertRows(trx, 'adjustment_request', [{ ...adjusted, ...submitted }]);
    await insertRows(trx, 'adjusted_budget', [{ ...adjusted, in_force_from: '2028-07-01', because: {} }]);
    await insertRows(trx, 'enrolment_history', [{ fund_year: YEAR, person: 'P', coverage_year: YEAR - 1, line: 2 }]);
    await insertRows(trx, 'enrolment', [{ ...ofArea, class: 'new', count: 0, persons: '1', because: {} }]);
    await insertRows(trx, 'burden', [{ ...burden, group: 'ordinary', self_paid: '2.00', line: 2 }]);
    await insertRows(trx, 'burden_flag', [{ ...burden, class: 'ordinary', self_paid: '2.00', threshold: '1' }]);
    await insertRows(trx, 'recognition', [{ ...ofArea, person: 'P', ...answer }]);
    await insertRows(trx, 'monitoring_reckoned', [{ ...ofArea, month: 1, class: 'ordinary', ...counts }]);
  });
});
afterAll(() => database.drop());

const emergency = { fund_year: YEAR, scheme: 'employee', area: '150100', number: 1, amount: '1.00' };
const paid = { fund_year: YEAR, scheme: 'employee', area: '150100' } as const;
const nothing = Object.fromEntries(
  ['incurred', 'paid', 'retained', 'entitled', 'fund_share', 'payable', 'clearing'].map((name) => [name, '0.00']),
) as Record<'incurred' | 'paid' | 'retained' | 'entitled' | 'fund_share' | 'payable' | 'clearing', string>;
const request = { cause: 'epidemic', document: '文', requested_on: '2028-06-01', workflow_id: 'w', chain: 'c' };

const release = {
  ...{ number: 1, file: 'resident_payments.csv', line: 2, reason: '原因', requested_on: '2028-01-20' },
  ...{ workflow_id: 'r', chain: 'r' },
};
const adjusted = { fund_year: YEAR, area: '150100', scheme: 'employee', version: 9 };
const submitted = { date: '2028-06-01', submitted_on: '2028-06-01', workflow_id: 'a', chain: 'a' };
const ofArea = { fund_year: YEAR, area: '150100' };
const burden = { ...ofArea, person: 'P', month: 1 };
const answer = { date: `${YEAR}-02-01`, outcome: 'recognised', help: '1.00', line: 2 };
const counts = {
  ...{ persons: '1', flagged: '1', flagged_to_date: '1', answered: '0', recognised: '0', help: '0.00', overdue: '0' },
  because: {},
};

const placed = { ...paid, part: 'pooled', account: '国库存款', date: '2028-01-31' } as const;

/** Rows of what does not happen in this year. */
const OTHERS: Record<string, object> = {
  position: { ...placed, balance: '1.00', line: 2 },
  agreement_reckoned: { ...placed, books: '1.00', bank: '1.00', difference: '0.00', reckoning: 1, because: {} },
  adjusted_budget_item: { ...adjusted, part: 'pooled', item: 'premium', amount: '1.00', because: {} },
  budget_adjustment: {
    ...adjusted,
    date: '2028-06-01',
    part: 'pooled',
    item: 'premium',
    amount: '1.00',
    reason: '',
    submitted_by: 'sec-150100',
    line: 2,
  },
  premium_basis: {
    ...{ fund_year: YEAR, area: '150100', part: 'pooled', class: 'unit', line: 2 },
    ...{ heads: '100', base: '90000', rate: '0.07', collection: '1' },
  },
  benefit_basis: {
    ...{ fund_year: YEAR, area: '150100', scheme: 'employee', item: 'inpatient', band: '60+', line: 2 },
    ...{ insured: '100', visits: '0.2', cost: '9000', pay_rate: '0.85', policy: '0' },
  },
  target: { fund_year: YEAR, area: '150100', scheme: 'employee', indicator: 'collection', target: '1', line: 2 },
  performance: {
    ...{ fund_year: YEAR, area: '150100', scheme: 'employee', indicator: 'collection' },
    ...{ target: '1', value: '1.0000', reached: 'yes', because: {} },
  },
  alert: { key: 'k', since: '2029-06-01', fund_year: YEAR, problem: '问题', remedy: '处理' },
  import_report: {
    fund_year: YEAR,
    key: 'run/1',
    receipt: null,
    faults: [],
    noted_at: '2029-06-01',
    only_check: false,
  },
  collection_extension: {
    fund_year: YEAR,
    area: '150100',
    until: '2028-02-28',
    closed_before: '2028-01-31',
    operator: 'nm-security',
    document: '文',
    decided_on: '2028-01-20',
    decided_at: '2028-01-20',
  },
  correction: {
    id: 1,
    fund_year: YEAR,
    file: 'actuals.csv',
    key: {},
    before: {},
    after: {},
    reason: '更正',
    operator: 'system',
    made_xid: '1',
    corrected_at: '2028-03-01',
  },
  reopened_chain: {
    ...{ fund_year: YEAR, voided: 'v', chain: null, why: '数字已变', receipt: {} },
    ...{ made_xid: '1', reopened_at: '2028-03-01' },
  },
  collection_quarantine: { ...ofArea, reason: 'malformed', rows: '1' },
  payment_release: {
    ...{ ...ofArea, number: 1, file: 'resident_payments.csv', line: 2 },
    ...{ quarantined_as: 'out_of_window', released_on: '2028-01-20' },
  },
  proof: {
    nonce: 'n'.repeat(16),
    fund_year: YEAR,
    operator: 'o',
    key: 'k',
    text: '{}',
    signature: 's',
    recorded_at: '2028-01-20',
  },
  appointment: {
    ...{
      fund_year: YEAR,
      matter: 'm',
      operator: 'nm-security',
      name: '娜仁',
      role: 'region_security',
      area: null,
      until: null,
    },
    made_at: '2028-01-20',
  },
  freeze: {
    ...{ fund_year: YEAR, from_day: '2028-12-31', until_day: '2028-12-31', reason: '年终', lifted_at: null },
    made_at: '2028-12-01',
  },
  emergency_advance: { ...emergency, paid_on: '2028-06-30', because: {} },
  parameter_override: { fund_year: YEAR, name: 'levy.rate', value: {}, source: '文' },
  received_payment: {
    ...{ fund_year: YEAR, file: 'resident_payments.csv', line: 2, receipt: 'R', person: 'P', named_area: '150100' },
    ...{ original_receipt: '', outcome: 'quarantined', reason: 'malformed', refunded: false },
  },
  archived_table: {
    ...{ fund_year: YEAR, name: 'resident_roll', columns: 'person', rows: 1, sha256: 'h', folder: 'host:/a' },
    ...{ archived_by: '档案', archived_at: '2030-01-05', login: 'owner' },
  },
  skipped_step: { fund_year: YEAR, step: 'levy', scheme: 'employee', reason: '未实施' },
};

/** Every table whose rows belong to a year, asked of the catalogue, so that a new one is tried too. */
async function tablesOfAYear(): Promise<string[]> {
  const rows = await select<{ name: string }>(
    owner,
    `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'fund'::regnamespace and relkind in ('r', 'p') and not relispartition and attname = 'fund_year' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A row of a table is taken out, or one is put in, past all triggers; after that no trigger but those of closed years speaks. */
async function prepare(trx: Transaction, table: string, sql: string, row: string): Promise<void> {
  await execute(trx, 'set local session_replication_role = replica');
  await execute(trx, sql, { row });
  await execute(trx, 'set local session_replication_role = origin');
  await execute(trx, 'alter table fund.proof drop constraint proof_key_fkey'); // a key belongs to no year
  const triggers = await select<{ name: string }>(
    trx,
    `select tgname as name from pg_trigger join pg_proc p on p.oid = tgfoid
     where tgrelid = ('fund.' || :table)::regclass and not tgisinternal and p.proname <> 'refuse_closed_year'`,
    { table },
  );
  for (const { name } of triggers) await execute(trx, `alter table fund.${table} disable trigger ${name}`);
}

const insertInto = (table: string): string =>
  `insert into fund.${table} overriding system value
   select * from jsonb_populate_record(null::fund.${table}, :row::jsonb)`;

/** What the database says to a new row of a table, and to a change of one that it has. */
async function answerTo(trx: Transaction, table: string, change: 'insert' | 'update'): Promise<string> {
  const stored = await selectOne<{ row: object }>(trx, `select to_jsonb(t) as row from fund.${table} t limit 1`);
  const row = JSON.stringify(stored?.row ?? OTHERS[table]);
  const takeOut = `delete from fund.${table} t where to_jsonb(t) = :row::jsonb`;
  const putIn = `${insertInto(table)} where not exists (select from fund.${table})`;
  await prepare(trx, table, change === 'insert' ? takeOut : putIn, row);
  const statement = change === 'insert' ? insertInto(table) : `update fund.${table} set fund_year = fund_year`;
  return execute(trx, statement, { row }).then(
    (rows) => (rows > 0 ? 'done' : 'no row'),
    (error: unknown) => (error as Error).message,
  );
}

/** What it says about each table, each in a transaction that is taken back. */
async function answers(
  change: 'insert' | 'update',
  before: (trx: Transaction) => Promise<unknown>,
): Promise<Record<string, string>> {
  const answered: Record<string, string> = {};
  for (const table of await tablesOfAYear()) {
    const trx = await owner.transaction();
    try {
      await before(trx);
      answered[table] = await answerTo(trx, table, change);
    } finally {
      await trx.rollback();
    }
  }
  return answered;
}

describe.each([
  ['a new row', 'insert', '增加'],
  ['a change of a row', 'update', '更改'],
] as const)('%s', (_what, change, zh) => {
  test('is refused by every table of a closed year; only the watchdog’s alerts, what is archived and refused imports are still stored', async () => {
    const answered = await answers(change, () => Promise.resolve());
    const expected = Object.keys(answered).map((table) => [
      table,
      ['alert', 'archived_table', 'import_report'].includes(table)
        ? 'done'
        : `${YEAR} 年度已结账，不能再${zh}记录 (fund year ${YEAR} is closed: ${table})`,
    ]);
    expect(answered).toEqual(Object.fromEntries(expected));
    expect(expected.length).toBeGreaterThan(35);
  });

  test('is taken while the year is open', async () => {
    const answered = await answers(change, (trx) =>
      execute(
        trx,
        `set local session_replication_role = replica;
         update fund.fund_year set status = 'open', closed_on = null`,
      ),
    );
    expect(new Set(Object.values(answered))).toEqual(new Set(['done']));
  });
});
