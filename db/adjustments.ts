/** Budget adjustments (预算调整): the versions of the files, those that were submitted, and the budget in force on a day. */
import type { Fault, Pack } from '../pack';
import { versionAbove } from '../pack/adjustments';
import { AreaItems } from '../rules/item-amounts';
import { decimal } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';
import { select, selectOne } from './rows';
import type { Row } from './tables';

/** One adjustment, as the year plans it. */
export interface AdjustmentPlan {
  area: string;
  name: string;
  scheme: Scheme;
  version: number;
  date: string;
  submittedBy: string;
}

/** Every adjustment that was imported for a year, in the order of its day and version. */
export const adjustmentPlans = (db: Queryable, year: number): Promise<AdjustmentPlan[]> =>
  select(
    db,
    `select b.area, a.name_zh as name, b.scheme, b.version, min(b.date) as date, min(b.submitted_by) as "submittedBy"
     from fund.budget_adjustment b join fund.area a using (fund_year, area)
     where b.fund_year = :year group by b.area, a.name_zh, b.scheme, b.version
     order by min(b.date), b.version, b.area collate "C", b.scheme`,
    { year },
  );

/** The adjustments of open years that a person may mean by area, scheme and version. */
export const adjustmentsNamed = (
  db: Queryable,
  of: { year?: number | undefined; area: string; scheme: Scheme; version: number },
): Promise<(AdjustmentPlan & { year: number; mode: 'run' | 'live' })[]> =>
  select(
    db,
    `select y.year, y.mode, b.area, a.name_zh as name, b.scheme, b.version, min(b.date) as date, min(b.submitted_by) as "submittedBy"
     from fund.budget_adjustment b join fund.area a using (fund_year, area) join fund.fund_year y on y.year = b.fund_year
     where y.status = 'open' and (:year::int is null or y.year = :year)
       and b.area = :area and b.scheme = :scheme and b.version = :version
     group by y.year, b.area, a.name_zh, b.scheme, b.version order by y.year`,
    { ...of, year: of.year ?? null },
  );

/** The rows of one adjustment, with its rows of totals and unknown items. */
export async function adjustmentRows(db: Queryable, { year, scheme, area }: AreaSchemeYear, version: number) {
  const rows = await db('budget_adjustment')
    .where({ fund_year: year, scheme, area, version })
    .orderByRaw('part, item collate "C"')
    .select('part', 'item', 'amount', 'reason', 'date');
  return rows.map((row) => ({ ...row, amount: decimal(row.amount) }));
}

export type AdjustmentRequest = Pick<Row<'adjustment_request'>, 'date' | 'submitted_on' | 'workflow_id' | 'chain'>;

/** The adjustment that was submitted, by whom, and the chain that asks about it now; undefined when it was not submitted. */
export const adjustmentRequest = (
  db: Queryable,
  { year, scheme, area }: AreaSchemeYear,
  version: number,
): Promise<(AdjustmentRequest & { operator: string }) | undefined> =>
  selectOne(
    db,
    `select r.date, r.submitted_on, r.workflow_id, fund.asks_now(r.chain) as chain, d.operator
     from fund.adjustment_request r join fund.decision d on d.chain = r.chain and d.decision = 'submit'
     where r.fund_year = :year and r.scheme = :scheme and r.area = :area and r.version = :version`,
    { year, scheme, area, version },
  );

/** The version and the date of the adjustment that a chain decides on; undefined where it decides on something else. */
export const adjustmentRequestOf = (
  db: Queryable,
  chain: string,
): Promise<{ version: number; date: string } | undefined> =>
  selectOne(db, 'select version, date from fund.adjustment_request where chain = fund.submitted_in(:chain)', { chain });

/** From when an adjusted budget is in force; null when it is not. */
export async function inForceFrom(db: Queryable, { year, scheme, area }: AreaSchemeYear, version: number) {
  const row = await db('adjusted_budget').where({ fund_year: year, scheme, area, version }).first('in_force_from');
  return row?.in_force_from ?? null;
}

/** The adjusted budgets of a year, in the order in which they came into force. */
export const adjustedBudgets = (
  db: Queryable,
  year: number,
): Promise<{ area: string; scheme: Scheme; version: number; date: string; from: string }[]> =>
  select(
    db,
    `select b.area, b.scheme, b.version, r.date, b.in_force_from as "from"
     from fund.adjusted_budget b join fund.adjustment_request r using (fund_year, area, scheme, version)
     where b.fund_year = :year order by b.area collate "C", b.scheme, b.in_force_from, r.date, b.version`,
    { year },
  );

/** An adjustment of an open live year that is not decided yet, and who submitted it. */
export type WaitingAdjustment = AreaSchemeYear & { version: number; workflow_id: string; operator: string };
export const waitingAdjustments = (db: Queryable): Promise<WaitingAdjustment[]> =>
  select(
    db,
    `select r.fund_year as year, r.scheme, r.area, r.version, r.workflow_id, d.operator
     from fund.adjustment_request r
     join fund.fund_year y on y.year = r.fund_year and y.mode = 'live' and y.status = 'open'
     join fund.decision d on d.chain = r.chain and d.decision = 'submit'
     where exists (select from fund.task t where t.chain = fund.asks_now(r.chain) and t.state = 'open')
     order by r.workflow_id collate "C"`,
  );

/** The budgets of a scheme in force on a day, pooled. `adjustment` is the version of an area's adjustment, null before the first. */
export async function budgetsOn(db: Queryable, year: number, scheme: Scheme, day: string) {
  const rows = await select<{ area: string; item: Item; amount: string; adjustment: number | null }>(
    db,
    `select area, item, amount, adjustment from fund.budget_on(:year, :day) where scheme = :scheme and part = 'pooled'`,
    { year, scheme, day },
  );
  const adjustments = new Map(rows.map(({ area, adjustment }) => [area, adjustment]));
  return { items: new AreaItems(rows), adjustment: (area: string): number | null => adjustments.get(area) ?? null };
}

/** The items of one budget in force on a day, and the version of the adjustment that it is; null for the budget of 1 January. */
export async function budgetOn(db: Queryable, { year, scheme, area }: AreaSchemeYear, day: string) {
  const rows = await select<{ part: Part; item: Item; amount: string; adjustment: number | null }>(
    db,
    `select part, item, amount, adjustment from fund.budget_on(:year, :day) where scheme = :scheme and area = :area`,
    { year, scheme, area, day },
  );
  return {
    adjustment: rows[0]?.adjustment ?? null,
    items: rows.map(({ part, item, amount }) => ({ part, item, amount: decimal(amount) })),
  };
}

/** Rows of a pack whose version does not fit the versions that a live year already has. */
export async function adjustmentFaults(db: Queryable, pack: Pack): Promise<Fault[]> {
  const stored = await select<{ area: string; scheme: Scheme; submitted: number | null; adjusted: number | null }>(
    db,
    `select area, scheme, max(version) filter (where submitted) as submitted, min(version) filter (where not submitted) as adjusted
     from (select area, scheme, version, true as submitted from fund.budget_submission where fund_year = :year
           union all select area, scheme, version, false from fund.budget_adjustment where fund_year = :year) versions
     group by area, scheme`,
    { year: pack.year },
  );
  const of = new Map(stored.map((row) => [`${row.area} ${row.scheme}`, row]));
  const fault = (file: string, line: number, version: number, words: { expected: string; remedy: string }): Fault => ({
    file,
    line,
    column: 'version',
    found: String(version),
    ...words,
  });
  return [
    ...pack.budgetAdjustments.flatMap(({ area, scheme, version, line }) => {
      const last = of.get(`${area} ${scheme}`)?.submitted ?? 0;
      return version > last ? [] : [fault('budget_adjustments.csv', line, version, versionAbove(last))];
    }),
    ...pack.budgetSubmissions.flatMap(({ area, scheme, version, line }) => {
      const first = of.get(`${area} ${scheme}`)?.adjusted ?? null;
      if (first === null || version < first) return [];
      const expected = `低于已导入的预算调整第 ${first} 版的版本 (a version below the adjustments)`;
      return [
        fault('budget_submissions.csv', line, version, { expected, remedy: '年度内改预算，报 budget_adjustments.csv' }),
      ];
    }),
  ];
}
