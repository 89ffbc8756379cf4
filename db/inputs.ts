/** Reading the input rows of a fund year. Amounts arrive as Decimal, counts as Decimal or null where a cell is empty. */
import { AreaItems, type ItemRow } from '../rules/item-amounts';
import type { AidRow } from '../rules/medical-aid';
import { type Decimal, decimal, zero } from '../rules/money';
import { type Item, type Part, REGION, SCHEMES, type Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

/** Final accounts (决算) of one closed year, pooled, of every area. */
export async function historyItems(db: Queryable, fundYear: number, scheme: Scheme, year: number) {
  return new AreaItems(
    await select<ItemRow>(
      db,
      `select area, item, amount from fund.history where fund_year = $1 and scheme = $2 and part = 'pooled' and year = $3`,
      [fundYear, scheme, year],
    ),
  );
}

/** Final accounts of one area and part: amount of an item in a year. */
export async function areaHistory(db: Queryable, fundYear: number, scheme: Scheme, area: string, part: Part) {
  const rows = await select<{ year: number; item: string; amount: string }>(
    db,
    'select year, item, amount from fund.history where fund_year = $1 and area = $2 and scheme = $3 and part = $4',
    [fundYear, area, scheme, part],
  );
  const amounts = new Map(rows.map(({ year, item, amount }) => [`${year}/${item}`, decimal(amount)]));
  return (year: number, item: string): Decimal => amounts.get(`${year}/${item}`) ?? zero;
}

/** Actuals of January to `month`, pooled. */
export async function actualItems(db: Queryable, fundYear: number, scheme: Scheme, month = 12) {
  return new AreaItems(
    await select<ItemRow>(
      db,
      `select area, item, sum(amount) as amount from fund.actual
       where fund_year = $1 and scheme = $2 and part = 'pooled' and month <= $3 group by area, item`,
      [fundYear, scheme, month],
    ),
  );
}

/** Every actual of one month, row by row: each is booked as it was reported. */
export async function actualsOfMonth(db: Queryable, fundYear: number, month: number) {
  const rows = await select<{ area: string; scheme: Scheme; part: Part; item: Item; amount: string }>(
    db,
    'select area, scheme, part, item, amount from fund.actual where fund_year = $1 and month = $2',
    [fundYear, month],
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/** Items of the budgets in force, pooled. */
export async function budgetItems(db: Queryable, fundYear: number, scheme: Scheme) {
  return new AreaItems(
    await select<ItemRow>(
      db,
      `select area, item, amount from fund.budget_item where fund_year = $1 and scheme = $2 and part = 'pooled'`,
      [fundYear, scheme],
    ),
  );
}

/** Areas of a scheme in order of their code: the order in which missing fen are given out. */
export async function areasOf(db: Queryable, fundYear: number, scheme: Scheme): Promise<string[]> {
  const rows = await select<{ area: string }>(
    db,
    `select area from fund.area where fund_year = $1 and $2 = any (schemes) order by area collate "C"`,
    [fundYear, scheme],
  );
  return rows.map(({ area }) => area);
}

/** A table of one amount per area; a missing row is 0. */
async function amounts(db: Queryable, sql: string, values: unknown[]): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(db, sql, values);
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? zero;
}

/** Pooled accumulated surplus on 1 January. */
export const openingSurplus = (db: Queryable, fundYear: number, scheme: Scheme) =>
  amounts(
    db,
    `select area, accumulated_surplus as amount from fund.opening where fund_year = $1 and scheme = $2 and part = 'pooled'`,
    [fundYear, scheme],
  );

/** What every fund holds on 1 January, by part; the adjustment funds are those of the region. */
export async function openingBalances(db: Queryable, fundYear: number) {
  const rows = await select<{ entity: string; scheme: Scheme; part: Part; amount: string }>(
    db,
    `select area as entity, scheme, part, accumulated_surplus as amount from fund.opening where fund_year = $1
     union all
     select $2, scheme, 'pooled', opening_balance from fund.adjustment_fund where fund_year = $1`,
    [fundYear, REGION],
  );
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

/**
 * Premium of the resident collection that is income on or before `through`: accepted payments less refunds, with their
 * aid; areas without person rows have the tax bureau's amount, dated 31 December of the year before.
 */
export const collectedPremium = (db: Queryable, fundYear: number, through: string) =>
  amounts(
    db,
    `select b.area, coalesce(
         case when b.by_person then
           (select sum(case kind when 'payments' then amount when 'refunds' then -amount end)
            from fund.collection_day d where d.fund_year = b.fund_year and d.area = b.area and d.day <= $2)
         when $2::date >= make_date($1 - 1, 12, 31) then
           (select amount from fund.collection_total t where t.fund_year = b.fund_year and t.area = b.area)
         end, 0) as amount
     from fund.area_by_person b where b.fund_year = $1`,
    [fundYear, through],
  );

/** Areas whose collection is counted person by person. */
export async function personAreas(db: Queryable, fundYear: number): Promise<ReadonlySet<string>> {
  const rows = await select<{ area: string }>(
    db,
    'select area from fund.area_by_person where fund_year = $1 and by_person',
    [fundYear],
  );
  return new Set(rows.map(({ area }) => area));
}

export interface InsuredRow {
  insured: Decimal | null;
  in_service: Decimal | null;
  retired: Decimal | null;
  aged_60_plus: Decimal | null;
  target_insured: Decimal | null;
  low_income_registered: Decimal | null;
  low_income_paid: Decimal | null;
}
const NOBODY: InsuredRow = {
  insured: null,
  in_service: null,
  retired: null,
  aged_60_plus: null,
  target_insured: null,
  low_income_registered: null,
  low_income_paid: null,
};
/** Head counts of 30 June, of every area or of one; an empty cell or a missing row is a missing value. */
export async function insuredRows(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
  area: string | null = null,
): Promise<(area: string) => InsuredRow> {
  const rows = await select<{ area: string } & Record<keyof InsuredRow, string | null>>(
    db,
    'select * from fund.insured where fund_year = $1 and scheme = $2 and ($3::text is null or area = $3)',
    [fundYear, scheme, area],
  );
  const count = (text: string | null): Decimal | null => (text === null ? null : decimal(text));
  const byArea = new Map(
    rows.map((row) => [
      row.area,
      Object.fromEntries(
        Object.keys(NOBODY).map((name) => [name, count(row[name as keyof InsuredRow])]),
      ) as unknown as InsuredRow,
    ]),
  );
  return (area) => byArea.get(area) ?? NOBODY;
}

export interface ConductRow {
  unpaid: boolean;
  days_late: Decimal;
  own_policy_above: boolean;
  audit_refused: boolean;
  irregular_expenditure: Decimal;
  cause: string | null;
  unpaid_claims: Decimal | null;
  policy_reimbursement: Decimal | null;
}
/** Conduct of the areas of a scheme; a missing row is 0 days, false, 0. */
export async function conductRows(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
): Promise<(area: string) => ConductRow> {
  const rows = await select<{
    area: string;
    levy_unpaid: boolean;
    levy_days_late: number | null;
    own_policy_above: boolean;
    audit_refused: boolean;
    irregular_expenditure: string;
    cause: string | null;
    unpaid_claims: string | null;
    policy_reimbursement: string | null;
  }>(db, 'select * from fund.conduct where fund_year = $1 and scheme = $2', [fundYear, scheme]);
  const byArea = new Map(
    rows.map((row): [string, ConductRow] => [
      row.area,
      {
        unpaid: row.levy_unpaid,
        days_late: decimal(String(row.levy_days_late ?? 0)),
        own_policy_above: row.own_policy_above,
        audit_refused: row.audit_refused,
        irregular_expenditure: decimal(row.irregular_expenditure),
        cause: row.cause,
        unpaid_claims: row.unpaid_claims === null ? null : decimal(row.unpaid_claims),
        policy_reimbursement: row.policy_reimbursement === null ? null : decimal(row.policy_reimbursement),
      },
    ]),
  );
  return (area) =>
    byArea.get(area) ?? {
      unpaid: false,
      days_late: zero,
      own_policy_above: false,
      audit_refused: false,
      irregular_expenditure: zero,
      cause: null,
      unpaid_claims: null,
      policy_reimbursement: null,
    };
}

/** The adjustment fund on 1 January and its interest of the year; null where the file has no row. */
export async function adjustmentFund(db: Queryable, fundYear: number, scheme: Scheme) {
  const [row] = await select<{ opening_balance: string; interest: string }>(
    db,
    'select opening_balance, interest from fund.adjustment_fund where fund_year = $1 and scheme = $2',
    [fundYear, scheme],
  );
  return row ? { opening: decimal(row.opening_balance), interest: decimal(row.interest) } : null;
}

/** The adjustment funds that the pack knows of. */
export async function adjustmentFunds(db: Queryable, fundYear: number) {
  const funds = await Promise.all(
    SCHEMES.map(async (scheme) => ({ scheme, fund: await adjustmentFund(db, fundYear, scheme) })),
  );
  return funds.flatMap(({ scheme, fund }) => (fund === null ? [] : [{ scheme, ...fund }]));
}

/** The aid table; `area` is null in the default rows. */
export async function aidRows(db: Queryable, fundYear: number) {
  const rows = await select<{
    area: string | null;
    group: string;
    kind: AidRow['kind'];
    value: string | null;
    line: number;
  }>(db, 'select area, "group", kind, value, line from fund.medical_aid where fund_year = $1 order by line', [
    fundYear,
  ]);
  return rows.map((row) => ({ ...row, value: row.value === null ? null : decimal(row.value) }));
}
