/** Least privilege: the worker adds facts and takes none back, the reader reads, and only the owner builds. */
import { type Database, type DatabaseRole, connect } from '../../db/connect';
import { migrate, schemaState } from '../../db/migrate';
import { execute, select } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
let owner: Database;
let pools: Record<'worker' | 'reader', Database>;
beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  pools = { worker: database.pool, reader: database.as('reader') };
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (2028, 'run')`);
});
afterAll(() => database.drop());

/** What a role may do with whole tables and views of the fund, and with single columns, as `right table (column)`. */
async function rightsOf(role: DatabaseRole): Promise<string[]> {
  const rows = await select<{ granted: string }>(
    owner,
    `select lower(privilege_type) || ' ' || relname as granted
     from pg_class, aclexplode(relacl)
     where relnamespace = 'fund'::regnamespace and grantee = :role::regrole and relkind in ('r', 'p', 'v')
     union all
     select format('%s %s (%s)', lower(privilege_type), relname, attname)
     from pg_class join pg_attribute on attrelid = pg_class.oid, aclexplode(attacl)
     where relnamespace = 'fund'::regnamespace and grantee = :role::regrole
     order by 1`,
    { role: `fund_${role}` },
  );
  return rows.map(({ granted }) => granted);
}
async function relations(type: 'BASE TABLE' | 'VIEW'): Promise<string[]> {
  const rows = await select<{ name: string }>(
    owner,
    `select table_name as name from information_schema.tables where table_schema = 'fund' and table_type = :type`,
    { type },
  );
  return rows.map(({ name }) => name);
}

test('the reader may read everything, and nothing else', async () => {
  const all = [...(await relations('BASE TABLE')), ...(await relations('VIEW'))];
  expect(await rightsOf('reader')).toEqual(all.map((name) => `select ${name}`).sort());
});

/** What the worker may change, column by column: what comes later, and imported cells, which a correction alone may touch. */
const CHANGES = [
  'update act (receipt)',
  'update actual (amount)',
  'update actual (line)',
  'update adjustment_fund (interest)',
  'update adjustment_fund (line)',
  'update adjustment_fund (opening_balance)',
  'update adjustment_fund (provisional)',
  'update alert (last_told)',
  'update alert (problem)',
  'update alert (remedy)',
  'update alert (solved_at)',
  'update area (employer_rate)',
  'update area (line)',
  'update area (name_en)',
  'update area (name_zh)',
  'update area (schemes)',
  'update area (subsidy_class)',
  'update bank_balance (balance)',
  'update bank_balance (line)',
  'update banner (insured_resident)',
  'update banner (league_share)',
  'update banner (line)',
  'update banner (name_zh)',
  ...['cost', 'insured', 'line', 'pay_rate', 'policy', 'visits'].map((cell) => `update benefit_basis (${cell})`),
  ...['because', 'figure', 'result'].map((cell) => `update budget_check (${cell})`),
  'update burden (group)',
  'update burden (line)',
  'update burden (self_paid)',
  'update burden_flag (withdrawn)',
  'update collection_total (amount)',
  'update collection_total (line)',
  'update collection_total (rows)',
  'update conduct (audit_refused)',
  'update conduct (cause)',
  'update conduct (irregular_expenditure)',
  'update conduct (levy_days_late)',
  'update conduct (levy_unpaid)',
  'update conduct (line)',
  'update conduct (own_policy_above)',
  'update conduct (performance_score)',
  'update conduct (policy_reimbursement)',
  'update conduct (transition_document)',
  'update conduct (unpaid_claims)',
  'update fund_year (abandoned_on)',
  'update fund_year (closed_on)',
  'update fund_year (first_run_id)',
  'update fund_year (imported_at)',
  'update fund_year (shown_waits)',
  'update fund_year (simulation)',
  'update fund_year (status)',
  'update fund_year (told_at)',
  'update fund_year (workflow_id)',
  'update history (amount)',
  'update history (line)',
  'update insured (aged_60_plus)',
  'update insured (in_service)',
  'update insured (insured)',
  'update insured (line)',
  'update insured (low_income_paid)',
  'update insured (low_income_registered)',
  'update insured (retired)',
  'update insured (target_insured)',
  'update opening (accumulated_surplus)',
  'update opening (basis)',
  'update opening (line)',
  'update opening (provisional)',
  'update operator (area)',
  'update operator (line)',
  'update operator (name)',
  'update operator (role)',
  'update pack_file (rows)',
  'update pack_file (sha256)',
  'update parameter_in_force (assumed)',
  'update parameter_in_force (from)',
  'update parameter_in_force (source)',
  'update parameter_in_force (until)',
  'update parameter_in_force (value)',
  'update parameter_override (source)',
  'update parameter_override (value)',
  'update payment_unit (kind)',
  'update payment_unit (line)',
  'update payment_unit (name_zh)',
  'update payment_unit (weight)',
  'update position (balance)',
  'update position (line)',
  ...['base', 'collection', 'heads', 'line', 'rate'].map((cell) => `update premium_basis (${cell})`),
  'update recognition (help)',
  'update recognition (line)',
  'update recognition (outcome)',
  'update target (line)',
  'update target (target)',
  'update task (state)',
  'update unit_account (incurred)',
  'update unit_account (line)',
  'update unit_account (paid)',
  'update unit_account (paid_earlier_years)',
];

test('the worker may read everything and add to every table; what it may change is this, column by column', async () => {
  const rights = await rightsOf('worker');
  const tables = await relations('BASE TABLE');
  const expected = tables.flatMap((name) => [
    `select ${name}`,
    ...(NOT_BY_THE_WORKER.includes(name) ? [] : [`insert ${name}`]),
  ]);
  expect(rights).toEqual(expect.arrayContaining(expected));
  expect(rights.filter((right) => NOT_BY_THE_WORKER.some((name) => right === `insert ${name}`))).toEqual([]);
  const changes = rights.filter((right) => !/^(select|insert) /.test(right));
  expect(changes).toEqual(CHANGES);
});

/** Filled by functions alone, which decide rows, count them, register keys and appoint, and by the owner, who archives. */
const NOT_BY_THE_WORKER = [
  'archived_table',
  ...['operator_key', 'appointment', 'freeze'],
  ...['resident_roll', 'resident_payment', 'full_aid_enrolment'],
  ...['collection_day', 'collection_group', 'collection_count', 'collection_quarantine', 'payment_release'],
];

// prettier-ignore
const REFUSED: [role: 'worker' | 'reader', statement: string][] = [
  ['worker', 'update fund.levy set levy = 0'],
  ['worker', 'update fund.sharing set fund_share = 0'],
  ['worker', `update fund.risk_reckoned set level = 'green'`],
  ['worker', 'delete from fund.finding'],
  ['worker', 'delete from fund.decision'],
  ['worker', 'update fund.act set input_hash = $$other$$'],
  ['worker', 'update fund.operator set appointed_at = now()'],
  ['worker', 'update fund.operator_key set valid_until = now()'],
  ['worker', 'update fund.proof set text = $$other$$'],
  ['worker', 'delete from fund.joint_act'],
  ['worker', 'select fund.appoint_first(2028, $$me$$)'],
  ['worker', 'update fund.actual set month = 1'],
  ['worker', 'delete from fund.actual'],
  ['worker', 'update fund.correction set reason = $$other$$'],
  ['worker', 'update fund.fund_year set year = 2029'],
  ['worker', 'delete from fund.fund_year'],
  ['worker', 'truncate fund.resident_payment'],
  ['worker', `insert into fund.resident_payment (fund_year) values (2028)`],
  ['worker', `update fund.resident_payment set reason = null`],
  ['worker', 'update fund.collection_count set collected = 0'],
  ['worker', 'select fund.add_to_counts(2028)'],
  ['worker', 'insert into fund.payment_release (fund_year) values (2028)'],
  ['worker', 'create table fund.another (id int)'],
  ['worker', 'create table public.another (id int)'],
  ['worker', 'alter table fund.journal_line disable trigger all'],
  ['worker', 'drop trigger append_only on fund.journal_line'],
  ['worker', 'drop table fund.levy'],
  ['reader', `insert into fund.fund_year (year, mode) values (2029, 'run')`],
  ['reader', `update fund.task set state = 'done'`],
  ['reader', 'delete from fund.fund_year'],
  ['reader', 'create table fund.another (id int)'],
];
test.each(REFUSED)('the %s may not: %s', async (role, statement) => {
  await expect(execute(pools[role], statement)).rejects.toThrow(/permission denied|must be owner/);
});

describe('what may be changed only moves forward', () => {
  // what was settled, and what would take it back
  // prettier-ignore
  test.each([
    ['a closed year stays closed',     `insert into fund.fund_year (year, mode, status, closed_on) values (2025, 'run', 'closed', '2026-05-31')`,
      `update fund.fund_year set status = 'open', closed_on = null where year = 2025`],
    ['a task that is done stays done', `insert into fund.task (fund_year, task, chain, position, workflow_id, kind, role, subject, figures_hash, due_on, state)
        values (2028, 't', 'c', 1, 'w', 'approve', 'region_finance', 's', 'h', '2028-01-01', 'done')`,
      `update fund.task set state = 'open' where task = 't'`],
    ['a receipt stays as it is',       `insert into fund.act (key, input_hash, input, receipt) values ('k', 'h', '{}', '{"done": true}')`,
      `update fund.act set receipt = '{}' where key = 'k'`],
  ])('%s', async (_what, settled, takenBack) => {
    await execute(database.pool, settled);
    for (const pool of [database.pool, owner]) await expect(execute(pool, takenBack)).rejects.toThrow('只能向前变更');
  });
});

test('nobody adds to a view', async () => {
  const views = await relations('VIEW');
  const rights = await rightsOf('worker');
  expect(rights.filter((right) => views.some((view) => right === `insert ${view}`))).toEqual([]);
});

test('functions that run as the owner look up a caller’s temporary objects last', async () => {
  const rows = await select<{ name: string; path: string }>(
    owner,
    `select proname as name, array_to_string(proconfig, e'\n') as path from pg_proc
     where prosecdef and pronamespace = 'fund'::regnamespace`,
  );
  expect(rows.map(({ name }) => name)).toContain('refresh_statistics');
  for (const { path } of rows) expect(path).toMatch(/search_path=pg_catalog, .*pg_temp(\n|$)/);
});

test('a login that is only a member works and reads, and asks which migrations there are', async () => {
  await execute(owner, 'drop role if exists fund_app_test');
  await execute(owner, `create role fund_app_test login password 'test' in role fund_worker, fund_reader`);
  const url = new URL(database.url);
  [url.username, url.password] = ['fund_app_test', 'test'];
  await migrate(url.href);
  const pool = connect(url.href, 'worker', 1);
  try {
    expect(await schemaState(pool)).toBe('current');
    await expect(execute(pool, 'create table fund.mine (x int)')).rejects.toThrow(/permission denied/);
    await expect(execute(pool, 'reset role; create table fund.mine (x int)')).rejects.toThrow(/permission denied/);
  } finally {
    await pool.destroy();
    await execute(owner, 'drop role fund_app_test');
  }
});
