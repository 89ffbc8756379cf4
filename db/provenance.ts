/**
 * The stored rows that a reason names: rows of input files with their lines, and figures with their own reasons.
 * A selector is the `of` and `not` of a reason's source (`rules/rule.ts`). Person ids are never selected.
 */
import { executionReasons } from '../rules/budget-execution';
import { decimal, fixed, sum, yuanText } from '../rules/money';
import { EXPENDITURE_ITEMS, INCOME_ITEMS } from '../rules/vocabulary';
import { CLASS_OF_ROW, FLAGS } from './burdens';
import type { Queryable } from './connect';
import { ENROLLED } from './enrolment';
import { quarterlyExecution } from './execution';
import { finalAccounts } from './final-accounts';
import { openingFigures } from './opening';
import { select, selectOne } from './rows';

type Cell = string | number | boolean | null;

export type Wanted = Record<string, Cell | readonly (string | number)[]>;

/** The rows of one file as reasons name them, with file and line. */
const lines = (table: string, file: string): string =>
  `select t.*, '${file}' as file from fund.${table} t where t.fund_year = :year`;

const words = (list: object): string =>
  Object.keys(list)
    .map((item) => `'${item}'`)
    .join(', ');

const FILES: Record<string, string> = {
  'areas.csv': lines('area', 'areas.csv'),
  'banners.csv': lines('banner', 'banners.csv'),
  'history.csv': lines('history', 'history.csv'),
  'opening.csv': lines('opening', 'opening.csv'),
  'adjustment_fund.csv': lines('adjustment_fund', 'adjustment_fund.csv'),
  'insured.csv': lines('insured', 'insured.csv'),
  'medical_aid.csv': lines('medical_aid', 'medical_aid.csv'),
  'collection_totals.csv': lines('collection_total', 'collection_totals.csv'),
  'actuals.csv': lines('actual', 'actuals.csv'),
  'subsidy_arrivals.csv': lines('subsidy_arrival', 'subsidy_arrivals.csv'),
  'conduct.csv': lines('conduct', 'conduct.csv'),
  'positions.csv': lines('position', 'positions.csv'),
  'bank.csv': lines('bank_balance', 'bank.csv'),
  'premium_basis.csv': lines('premium_basis', 'premium_basis.csv'),
  'benefit_basis.csv': lines('benefit_basis', 'benefit_basis.csv'),
  'payment_units.csv': lines('payment_unit', 'payment_units.csv'),
  'unit_accounts.csv': lines('unit_account', 'unit_accounts.csv'),
  'targets.csv': lines('target', 'targets.csv'),
  'budget_submissions.csv': `
    select t.*, 'budget_submissions.csv' as file,
      case when item in (${words(INCOME_ITEMS)}) then amount when item in (${words(EXPENDITURE_ITEMS)}) then -amount end
        as income_less_expenditure
    from fund.budget_submission t where t.fund_year = :year`,
  'budget_adjustments.csv': `
    select t.*, 'budget_adjustments.csv' as file,
      case when item in (${words(INCOME_ITEMS)}) then amount when item in (${words(EXPENDITURE_ITEMS)}) then -amount end
        as income_less_expenditure
    from fund.budget_adjustment t where t.fund_year = :year`,
  'resident_roll.csv': `
    select r.area, r.banner, r."group", r.file, r.line, t.due, e.person is not null as enrolled, e.aid, e.enrolled_on as date,
      e.person is not null or p.line is not null as paid
    from fund.resident_roll r
    left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
    left join fund.full_aid_enrolment e on (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)
    left join fund.resident_payment p on p.fund_year = r.fund_year and p.person = r.person and p.area = r.area
      and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
    where r.fund_year = :year`,
  // A released payment counts from its release on, and was under review from its own day on: it is here once for either.
  'resident_payments.csv': `
    select coalesce(p.area, 'unknown') as area, p.file, p.line, kind, outcome, reason, refunded, amount, aid,
      coalesce(r.released_on, paid_on) as date, r.number is not null as released,
      kind = 'refund' and outcome = 'accepted' and aid is null as of_quarantined,
      outcome = 'quarantined' and reason <> 'duplicate_receipt' and paid_on is not null as under_review,
      case when outcome = 'accepted' and kind = 'payment' then amount + aid
           when outcome = 'accepted' and aid is not null then -(amount + aid) end as premium
    from fund.resident_payment p left join fund.payment_release r using (fund_year, file, line) where fund_year = :year
    union all
    select r.area, file, line, kind, null, quarantined_as, refunded, amount, null, paid_on, true, false, true, null
    from fund.payment_release r join fund.resident_payment p using (fund_year, file, line) where fund_year = :year`,
  // Everybody paid on a roll, with the years enrolled before; the line is that of the roll.
  enrolled: `
    select e.area, e."group", e.file, e.line, coalesce(e.last_year::text, 'never') as last_year, e.unbroken_before, e.never_waits
    from (${ENROLLED}) e`,
  // A row of burdens is the person's latest as of its month and those after it, until the next row.
  'burdens.csv': `
    select b.area, b."group", b.month, ${CLASS_OF_ROW} as class, b.self_paid, 'burdens.csv' as file, b.line, f.id is not null as flagged,
      m.as_of
    from (select *, lead(month) over (partition by person, area order by month) as next_month
          from fund.burden where fund_year = :year) b
    cross join lateral generate_series(b.month, coalesce(b.next_month, 13) - 1) as m (as_of)
    left join fund.burden_flag f on (f.fund_year, f.person, f.area, f.month) = (b.fund_year, b.person, b.area, b.month)
      and not f.withdrawn`,
  // Answers that count, in the month of their date; those of another year belong to no month.
  'recognitions.csv': `
    select f.area, f.class, extract(month from f.answered_on)::int as month, f.answered_on as date, f.outcome, f.help,
      'recognitions.csv' as file, f.answer_line as line
    from (${FLAGS}) f where extract(year from f.answered_on) = :year`,
  // Flags that nobody had answered in time as of a month's end; the line is that of the burden that raised it.
  flags: `
    select f.area, f.class, f.month, m.month as as_of, 'burdens.csv' as file, b.line
    from (${FLAGS}) f
    join fund.burden b on (b.fund_year, b.person, b.area, b.month) = (f.fund_year, f.person, f.area, f.month)
    join fund.parameter_in_force p on p.fund_year = f.fund_year and p.name = 'monitoring.answer_days'
    cross join lateral (
      select month, (make_date(:year, month, 1) + interval '1 month - 1 day')::date as ends from generate_series(1, 12) as month
    ) m
    where f.pushed_on + (p.value #>> '{}')::int < m.ends and (f.answered_on is null or f.answered_on > m.ends)`,
  // Lines as they are exported (scripts/client/result-files.ts): sorted by code point, below the header. `act` is `kindOfEntry`
  // of rules/keys.ts, to which test/db/journal.test.ts holds it.
  'journal.csv': `
    select entity, scheme, part, account, date, debit, credit, debit_less_credit, -debit_less_credit as credit_less_debit,
      key, basis, 'journal.csv' as file,
      1 + row_number() over (order by date, entity collate "C", scheme collate "C", part collate "C", key collate "C",
        account collate "C") as line,
      split_part(key, '/', 1) as act, case when debit > 0 then 'debit' else 'credit' end as side
    from fund.ledger where fund_year = :year`,
  // Rows that are in no file: what an area asked for within the year, and what it was paid.
  emergency_request: `
    select area, scheme, number, amount, document, requested_on as date, 'emergency_request' as file, null::int as line
    from fund.emergency_request where fund_year = :year`,
  emergency_advance: `
    select area, scheme, number, amount, paid_on as date, 'emergency_advance' as file, null::int as line
    from fund.emergency_advance where fund_year = :year`,
  'budgets.csv': `
    select area, scheme, part, item, amount, 'budgets.csv' as file, null::int as line
    from fund.budget_item where fund_year = :year`,
  'adjusted_budgets.csv': `
    select area, scheme, version, part, item, amount, 'adjusted_budgets.csv' as file, null::int as line
    from fund.adjusted_budget_item where fund_year = :year`,
};

export const isKnownFile = (file: string): boolean => Object.hasOwn(FILES, file);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The conditions of a selector, and the values that they name. */
function conditions(wanted: Wanted, not: Wanted, dated: { since?: string; until?: string }) {
  const values: Record<string, unknown> = {};
  const place = (value: unknown): string => {
    const name = `value${Object.keys(values).length}`;
    values[name] = value;
    return `:${name}`;
  };
  const isAny = ([name, cell]: [string, Wanted[string]]): string =>
    `${quoted(name)}::text = any (${place([cell].flat().map(String))}::text[])`;
  const tests = [
    ...Object.entries(wanted).map(isAny),
    ...Object.entries(not).map((entry) => `not ${isAny(entry)}`),
    ...(dated.since === undefined ? [] : [`date >= ${place(dated.since)}::date`]),
    ...(dated.until === undefined ? [] : [`date <= ${place(dated.until)}::date`]),
  ];
  return { where: tests.length === 0 ? 'true' : tests.join(' and '), values };
}

export interface Selection {
  file: string;
  of: Wanted;
  not: Wanted;
  since?: string;
  until?: string;
  complete: readonly string[];
  column: string;
}

export interface Line {
  file: string;
  line: number | null;
  value: Cell;
  /** The cells by which this row differs from the others of its selection. */
  cells: Record<string, Cell>;
}

export interface Picked {
  count: string;
  /** Null where the column holds words. */
  sum: string | null;
  lines: Line[];
}

/** The condition that all columns a selection needs are filled. */
const filledIn = ({ complete }: Selection): string =>
  complete.map((name) => ` and ${quoted(name)} is not null`).join('');

/** Columns that identify a row, in the order in which they are shown. */
const IDENTIFYING = [
  'number',
  'document',
  'year',
  'month',
  'date',
  'part',
  'item',
  'banner',
  'unit',
  'level',
  'group',
  'area',
  'key',
  'account',
];

/** The rows of a selection: how many, what they add up to, and the first of them by file and line. */
export async function pickRows(db: Queryable, year: number, wanted: Selection, limit: number): Promise<Picked> {
  const source = FILES[wanted.file] as string;
  const { where, values } = conditions(wanted.of, wanted.not, wanted);
  const value = wanted.column === 'count' ? '1' : quoted(wanted.column);
  const rows = await select<{ row: Record<string, Cell>; value: string | null; count: string }>(
    db,
    `select to_jsonb(s) as row, (${value})::text as value, count(*) over () as count
     from (${source}) s where ${where}${filledIn(wanted)} order by file collate "C", line nulls first limit ${limit}`,
    { year, ...values },
  );
  const count = rows[0]?.count ?? '0';
  const filled = rows.flatMap((row) => row.value ?? []);
  const isNumber = filled.every((text) => /^-?\d+(\.\d+)?$/.test(text));
  const isWhole = count === String(rows.length);
  const total =
    isNumber && !isWhole
      ? await selectOne<{ sum: string }>(
          db,
          `select coalesce(sum((${value})::numeric), 0) as sum from (${source}) s where ${where}${filledIn(wanted)}`,
          { year, ...values },
        )
      : undefined;
  return {
    count,
    sum: isNumber && isWhole ? sumText(filled) : (total?.sum ?? null),
    lines: rows.map(({ row, value: cell }) => ({
      file: String(row.file),
      line: row.line === null || row.line === undefined ? null : Number.parseInt(String(row.line), 10),
      value: cell,
      cells: Object.fromEntries(
        IDENTIFYING.filter((name) => (row[name] ?? '') !== '' && !isOne(wanted.of[name])).map((name) => [
          name,
          row[name] as Cell,
        ]),
      ),
    })),
  };
}

/** Like a sum in the database: with as many decimal places as the longest of the amounts. */
const sumText = (amounts: readonly string[]): string =>
  fixed(sum(amounts.map(decimal)), Math.max(0, ...amounts.map((text) => text.split('.')[1]?.length ?? 0)));

/** Consecutive lines of one file. */
export interface LineRange {
  file: string;
  from: number;
  to: number;
}

/**
 * Every line of a selection, as ranges (gaps and islands): within consecutive lines, line number less rank stays the same, so
 * the difference identifies the range.
 */
export function lineRanges(db: Queryable, year: number, wanted: Selection): Promise<LineRange[]> {
  const { where, values } = conditions(wanted.of, wanted.not, wanted);
  return select<LineRange>(
    db,
    `select file, min(line)::int as "from", max(line)::int as "to"
     from (select file, line, line - row_number() over (partition by file order by line) as island
           from (select distinct file, line from (${FILES[wanted.file] as string}) s
                 where ${where}${filledIn(wanted)} and line is not null) lines) islands
     group by file, island order by file collate "C", min(line)`,
    { year, ...values },
  );
}

const isOne = (cell: Wanted[string] | undefined): boolean =>
  cell !== undefined && (!Array.isArray(cell) || cell.length === 1);

/** The values of a column among the rows of a selection: in the order in which the selector lists them, else in text order. */
export async function valuesOf(db: Queryable, year: number, wanted: Selection, by: string): Promise<string[]> {
  const listed = wanted.of[by];
  if (listed !== undefined) return [listed].flat().map(String);
  const { where, values } = conditions(wanted.of, wanted.not, wanted);
  const rows = await select<{ value: string }>(
    db,
    `select distinct ${quoted(by)}::text collate "C" as value from (${FILES[wanted.file] as string}) s
     where ${where} and ${quoted(by)} is not null order by 1`,
    { year, ...values },
  );
  return by === 'line'
    ? rows.map(({ value }) => value).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    : rows.map(({ value }) => value);
}

/** The tables of figures: each row has the reasons of its columns. */
const FIGURES = {
  collection: 'select t.* from fund.collection t',
  collection_term: 'select t.* from fund.collection_term t',
  aid_funding: 'select t.* from fund.aid_funding t',
  premium_sources: 'select t.* from fund.premium_source t',
  enrolment: 'select t.* from fund.enrolment t',
  monitoring: 'select t.* from fund.monitoring t',
  subsidy: 'select t.* from fund.subsidy t',
  budget_estimate: 'select t.* from fund.budget_estimate t',
  estimate: `
    select fund_year, area, scheme, part, item, trend, factors, amount as estimate,
      because || jsonb_build_object('estimate', because -> 'amount') as because
    from fund.budget_estimate`,
  rates: 'select t.* from fund.rate_step t',
  performance: 'select t.* from fund.performance t',
  budget_checks: 'select t.* from fund.budget_check t',
  budgets: `
    select i.fund_year, i.area, i.scheme, i.part, i.item, i.amount, b.origin, b.version, b.in_force_from,
      i.because || b.because as because
    from fund.budget_item i join fund.budget b using (fund_year, area, scheme)`,
  budget: 'select t.* from fund.budget t',
  adjusted_budgets: `
    select i.fund_year, i.area, i.scheme, i.version, i.part, i.item, i.amount, b.in_force_from as "from",
      i.because || b.because as because
    from fund.adjusted_budget_item i join fund.adjusted_budget b using (fund_year, area, scheme, version)`,
  region_budget: 'select t.* from fund.region_budget t',
  published_standard: 'select t.* from fund.published_standard t',
  risk: 'select t.* from fund.risk t',
  levy: `
    select e.fund_year, e.scheme, e.area, e.estimate_base, e.prepaid, l.base, trim_scale(l.rate) as rate, l.uncapped, l.levy,
      l.true_up, coalesce(l.because, '{}') || jsonb_build_object('estimate_base', e.because -> 'estimate_base',
        'prepaid', e.because -> 'prepaid') as because
    from fund.levy_estimate e left join fund.levy l using (fund_year, scheme, area)`,
  levy_estimate: 'select t.* from fund.levy_estimate t',
  sharing: 'select t.* from fund.sharing t',
  total_budget: 'select t.* from fund.total_budget t',
  agreement: 'select t.* from fund.agreement t',
  evaluation: 'select t.* from fund.evaluation t',
  findings: 'select t.* from fund.current_finding t',
  emergency_advance: 'select t.* from fund.emergency_advance t',
  journal: `
    select e.*, l.account, case when l.side = 1 then l.amount else 0.00 end as debit,
      case when l.side = -1 then l.amount else 0.00 end as credit, l.side
    from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id`,
} as const;

/** Figures that no table keeps, worked out with their reasons from the books as they stand. */
const WORKED_OUT = {
  final_accounts: finalAccountFigures,
  opening_surplus: openingSurplusFigures,
  execution: executionFigures,
} as const;

export type FigureTable = keyof typeof FIGURES | keyof typeof WORKED_OUT;

const isWorkedOut = (name: string): name is keyof typeof WORKED_OUT => Object.hasOwn(WORKED_OUT, name);
export const isFigureTable = (name: string): name is FigureTable => Object.hasOwn(FIGURES, name) || isWorkedOut(name);

/** A stored row of figures: every cell as text, so that money stays exact, and the reason of each column. */
export interface FigureRow {
  cells: Record<string, string | null>;
  because: Record<string, StoredReason>;
}

/** A reason as stored: `Because` of rules/rule.ts. */
export interface StoredReason {
  article: string;
  formula: string;
  inputs: Record<string, { value?: unknown; from: unknown }>;
  value?: string | boolean;
}

/** The figures whose key has these cells, in the order of areas, then of the table's key. */
export type FigureReader = (table: FigureTable, wanted: Wanted) => Promise<FigureRow[]>;

/** Reads the figures of a year. Those that no table keeps are worked out once, however often they are asked for. */
export function figureReader(db: Queryable, year: number): FigureReader {
  const workedOut: Partial<Record<keyof typeof WORKED_OUT, Promise<FigureRow[]>>> = {};
  return async (table, wanted) => {
    if (!isWorkedOut(table)) return storedRows(db, year, table, wanted);
    const rows = await (workedOut[table] ??= WORKED_OUT[table](db, year));
    return rows.filter((row) => meets(row, wanted));
  };
}

async function storedRows(
  db: Queryable,
  year: number,
  table: keyof typeof FIGURES,
  wanted: Wanted,
): Promise<FigureRow[]> {
  const { where, values } = conditions(wanted, {}, {});
  return select<FigureRow>(
    db,
    `select f.because, (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(f) - 'because')) as cells
     from (${FIGURES[table]}) f where f.fund_year = :year and ${where} order by ${ORDER[table] ?? 'f.area collate "C"'}`,
    { year, ...values },
  );
}

const meets = ({ cells }: FigureRow, wanted: Wanted): boolean =>
  Object.entries(wanted).every(([name, cell]) =>
    [cell]
      .flat()
      .map(String)
      .includes(cells[name] ?? ''),
  );

async function finalAccountFigures(db: Queryable, year: number): Promise<FigureRow[]> {
  return (await finalAccounts(db, year)).flatMap(({ lines: all, ...of }) =>
    all.map(({ line, budget, amount }) => ({
      cells: {
        ...of,
        line,
        budget: budget.value === null ? null : yuanText(budget.value),
        amount: yuanText(amount.value),
      },
      because: { budget: budget.because, amount: amount.because },
    })),
  );
}

async function openingSurplusFigures(db: Queryable, year: number): Promise<FigureRow[]> {
  return (await openingFigures(db, year)).map(({ area, scheme, surplus, advance }) => ({
    cells: {
      ...{ area, scheme, surplus: yuanText(surplus.value) },
      advance: advance === null ? null : yuanText(advance.value),
    },
    because: { surplus: surplus.because, ...(advance === null ? {} : { advance: advance.because }) },
  }));
}

async function executionFigures(db: Queryable, year: number): Promise<FigureRow[]> {
  return (await quarterlyExecution(db, year)).map(({ adjustment, quarter, ...row }) => ({
    cells: { ...row, quarter: String(quarter) },
    because: executionReasons({ ...row, adjustment, quarter }, year),
  }));
}

const ORDER: Partial<Record<keyof typeof FIGURES, string>> = {
  subsidy: 'f.area collate "C", f.level, f.banner collate "C"',
  budget_checks: 'f.area collate "C", f.version, f."check"',
  budgets: 'f.area collate "C", f.part desc, f.item',
  adjusted_budgets: 'f.area collate "C", f.version, f.part desc, f.item',
  budget_estimate: 'f.area collate "C", f.part desc, f.item',
  estimate: 'f.area collate "C", f.part desc, f.item',
  region_budget: 'f.scheme, f.part desc, f.item',
  published_standard: 'f.name',
  risk: 'f.area collate "C", f.month',
  total_budget: 'f.area collate "C", f.scheme, f.unit collate "C"',
  evaluation: 'f.area collate "C", f.indicator',
  performance: 'f.area collate "C", f.indicator',
  findings: 'f.code, f.area collate "C", f.month, f.subject',
  journal: 'f.date, f.entity, f.key, f.account',
  collection_term: 'f.area collate "C", f."group"',
  agreement: 'f.area collate "C", f.scheme, f.part desc, f.account collate "C", f.date',
  aid_funding: 'f.area collate "C", f."group"',
  premium_sources: 'f.area collate "C", f.source',
  enrolment: 'f.area collate "C", f.class, f.count',
  monitoring: 'f.area collate "C", f.month, f.class',
};
