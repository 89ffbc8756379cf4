/** Every figure is stored with its reason. Asked of the catalogue of a migrated database, so that a new table cannot be overlooked. */
import { select } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Tables that hold no figure of the fund's own. */
const WITHOUT_REASON = [
  // what others report, and its corrections
  ...[
    'actual',
    'adjustment_fund',
    'area',
    'banner',
    'budget_adjustment',
    'budget_submission',
    'collection_total',
    'conduct',
    'correction',
  ],
  ...['history', 'insured', 'medical_aid', 'opening', 'operator', 'pack_file', 'parameter_override'],
  ...[
    'received_payment',
    'resident_payment',
    'resident_roll',
    'subsidy_arrival',
    'premium_basis',
    'benefit_basis',
    'target',
  ],
  ...['bank_balance', 'position'],
  ...['payment_unit', 'unit_account'],
  // acts, tasks and decisions, and where a year stands
  ...[
    'act',
    'alert',
    'archived_table',
    'clearing',
    'collection_extension',
    'decision',
    'adjustment_request',
    'emergency_request',
    'payment_release',
    'release_request',
    'freeze',
    'fund_year',
    'import_report',
    'notice',
    'reopened_chain', // says why itself
    'skipped_step',
    'task',
  ],
  ...['appointment', 'invitation', 'joint_act', 'operator_key', 'proof'],
  'parameter_in_force', // has its source
  ...['collection_count', 'collection_day', 'collection_group', 'collection_quarantine'], // counted from the rows; entries and collection say how
  'journal_line', // its entry has it
  ...['burden', 'enrolment_history', 'recognition'],
  'burden_flag', // a fact that follows from the burdens and the thresholds
  'full_aid_enrolment', // a fact that follows from the roll and the terms
];

test('every table of figures has a reason that is never empty: give a new one `because jsonb not null`', async () => {
  const rows = await select<{ name: string; reason: string | null }>(
    database.pool,
    `select t.table_name as name, c.data_type || case c.is_nullable when 'NO' then ' not null' else '' end as reason
     from information_schema.tables t
     left join information_schema.columns c
       on c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'because'
     where t.table_schema = 'fund' and t.table_type = 'BASE TABLE' order by 1`,
  );
  const silent = rows.filter(({ name, reason }) => reason !== 'jsonb not null' && !WITHOUT_REASON.includes(name));
  expect(silent).toEqual([]);
  const listed = WITHOUT_REASON.filter((name) => !rows.some((row) => row.name === name && row.reason === null));
  expect(listed).toEqual([]);
});
