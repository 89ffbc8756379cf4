/**
 * Loads a pack into the database, whole and once, in one transaction; the roll and the payments by COPY from their files. The
 * row of the fund year is the claim: when two loads run at once, one of them waits on its primary key and then finds the pack
 * loaded.
 */
import { execute, select } from './rows';
import { type Fault, type Pack, type PersonFile, faultText } from '../pack';
import { type Database, type Transaction, inTransaction } from './connect';
import { copyPayments, copyPersons, copyRoll } from './copy-rows';
import { openingFaults } from './opening';
import { attachRoll, newPartition, roomFor } from './partitions';
import { refreshStatistics } from './residents';

export type Loaded = 'loaded' | 'already loaded';

/** The year was loaded from another pack; nothing was changed. */
export class OtherPack extends Error {
  override readonly name = 'OtherPack';
  constructor(
    readonly year: number,
    readonly differing: readonly string[],
    readonly missing: readonly string[], // loaded then, not in this pack
    readonly added: readonly string[], // in this pack, not loaded then
  ) {
    super(`${year} was loaded from another pack: ${[...differing, ...missing, ...added].join(', ')}`);
  }
}

/** The pack contradicts what the database holds; nothing was stored. */
export class PackRefused extends Error {
  override readonly name = 'PackRefused';
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(faultText).join('\n'));
  }
}

/** Loads the pack of a fund year, or finds that the same pack was loaded before. */
export function loadPack(pool: Database, pack: Pack, mode: 'run' | 'live'): Promise<Loaded> {
  return inTransaction(pool, async (trx) => {
    const claimed = await execute(
      trx,
      'insert into fund.fund_year (year, mode) values (:year, :mode) on conflict (year) do nothing returning year',
      { year: pack.year, mode },
    );
    if (claimed === 0) {
      await refuseOtherPack(trx, pack);
      return 'already loaded';
    }
    const faults = await openingFaults(trx, pack);
    if (faults.length > 0) throw new PackRefused(faults);
    await insertTables(trx, pack);
    await insertOverrides(trx, pack);
    await loadRoll(trx, pack);
    for (const file of pack.personFiles) await loadPersons(trx, pack, file);
    await receivePayments(trx, pack);
    await refreshStatistics(trx);
    return 'loaded';
  });
}

async function loadRoll(trx: Transaction, pack: Pack): Promise<void> {
  if (pack.rollFiles.length === 0) return;
  const partition = await newPartition(trx, 'resident_roll', pack.year);
  if (partition === null) throw new Error(`The roll of ${pack.year} exists already.`);
  for (const file of pack.rollFiles) await copyRoll(trx, pack, file, partition);
  await attachRoll(trx, pack.year);
}

async function loadPersons(trx: Transaction, pack: Pack, file: PersonFile): Promise<void> {
  if (file !== 'enrolment_history.csv') {
    await copyPersons(trx, pack, file);
    return;
  }
  const { room, attach } = await roomFor(trx, 'enrolment_history', pack.year);
  await copyPersons(trx, pack, file, room);
  await attach();
}

/** The payments wait until the collection opens: only then are the amounts due fixed. */
async function receivePayments(trx: Transaction, pack: Pack): Promise<void> {
  if (pack.paymentFiles.length === 0) return;
  const { room, attach } = await roomFor(trx, 'received_payment', pack.year);
  for (const file of pack.paymentFiles) await copyPayments(trx, pack, file, pack.areas, room);
  await attach();
}

async function refuseOtherPack(trx: Transaction, pack: Pack): Promise<void> {
  const rows = await trx('pack_file')
    .where({ fund_year: pack.year })
    .orderByRaw('file collate "C"')
    .select('file', 'sha256');
  const then = new Map(rows.map(({ file, sha256 }) => [file, sha256]));
  const now = new Map(pack.files.map(({ file, sha256 }) => [file, sha256]));
  const differing = [...now.keys()].filter((file) => then.has(file) && then.get(file) !== now.get(file));
  const missing = [...then.keys()].filter((file) => !now.has(file));
  const added = [...now.keys()].filter((file) => !then.has(file));
  if (differing.length + missing.length + added.length > 0) throw new OtherPack(pack.year, differing, missing, added);
}

/** The tables that fit in memory, referenced ones first. Columns are named as in the files. */
export const tablesOf = (pack: Pack) => ({
  pack_file: pack.files,
  area: pack.areas,
  banner: pack.banners,
  operator: pack.operators,
  history: pack.history,
  opening: pack.opening,
  adjustment_fund: pack.adjustmentFund,
  insured: pack.insured,
  medical_aid: pack.medicalAid,
  collection_total: pack.collectionTotals,
  budget_submission: pack.budgetSubmissions,
  budget_adjustment: pack.budgetAdjustments,
  actual: pack.actuals,
  subsidy_arrival: pack.subsidyArrivals,
  conduct: pack.conduct.map(storedConduct),
  position: pack.positions,
  bank_balance: pack.bank,
  premium_basis: pack.premiumBasis,
  benefit_basis: pack.benefitBasis,
  payment_unit: pack.paymentUnits,
  unit_account: pack.unitAccounts.map(storedAccount),
  target: pack.targets,
});

/** An empty cell of conduct means 0 days, false, 0, like a missing row (READINGS 7). */
function storedConduct(row: Pack['conduct'][number]) {
  const isUnpaid = row.levy_days_late === 'unpaid';
  return {
    ...row,
    levy_unpaid: isUnpaid,
    levy_days_late: isUnpaid ? null : row.levy_days_late,
    own_policy_above: row.own_policy_above ?? false,
    audit_refused: row.audit_refused ?? false,
    irregular_expenditure: row.irregular_expenditure ?? '0',
  };
}

/** An empty cell of the payments for earlier years means that there were none. */
const storedAccount = (row: Pack['unitAccounts'][number]) => ({
  ...row,
  paid_earlier_years: row.paid_earlier_years ?? '0',
});

async function insertTables(trx: Transaction, pack: Pack): Promise<void> {
  for (const [table, rows] of Object.entries(tablesOf(pack))) await insertInputs(trx, table, rows, pack.year);
}

/** Inserts rows in one statement: the database reads each cell by the type of its column; cells without a column are left out. */
export async function insertInputs(
  trx: Transaction,
  table: string,
  rows: readonly object[],
  year: number,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const known = await select<{ name: string }>(
    trx,
    `select attname as name from pg_attribute where attrelid = ('fund.' || :table)::regclass and attnum > 0 and not attisdropped`,
    { table },
  );
  const named = new Set([...Object.keys(first), 'fund_year']);
  const columns = known
    .filter(({ name }) => named.has(name))
    .map(({ name }) => `"${name}"`)
    .join(', ');
  const records = JSON.stringify(rows.map((row) => ({ ...row, fund_year: year })));
  await execute(
    trx,
    `insert into fund.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::fund.${table}, :records::jsonb)`,
    { records },
  );
}

/** A value may be JSON null, which is not SQL null: ‘no extension’ is a value too. */
async function insertOverrides(trx: Transaction, pack: Pack): Promise<void> {
  await execute(
    trx,
    `insert into fund.parameter_override (fund_year, name, value, source)
     select :year, name, entry -> 'value', entry ->> 'source' from jsonb_each(:overrides::jsonb) as override (name, entry)`,
    { year: pack.year, overrides: JSON.stringify(pack.overrides) },
  );
}
