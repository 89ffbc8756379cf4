/**
 * The rows of the result files (CONTRACT 3), as text, unsorted. Reads views and figures; computes only what follows from the
 * books: balances, execution by quarter and final accounts.
 */
import type { ParameterValue } from '../parameters';
import { yuanText } from '../rules/money';
import { DEBIT_ACCOUNTS } from '../rules/posting';
import { LEVEL_ITEMS } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { quarterlyExecution } from './execution';
import { finalAccounts } from './final-accounts';
import type { YearStatus } from './fund-year';
import { select } from './rows';

export type ResultRow = Record<string, string | number | null>;

/** Of the items between levels, only the levy is estimated. */
const otherLevelItems = LEVEL_ITEMS.filter((item) => item !== 'levy_to_superior')
  .map((item) => `'${item}'`)
  .join(', ');

const QUERIES = {
  'collection.csv': `
    select area, registered, paid, due, collected, aid, progress, low_income_rate, accepted_rows, quarantined_rows,
      quarantined_amount, tax_rows, tax_amount, difference
    from fund.collection where fund_year = :year`,
  'quarantine.csv': `
    select file, line, receipt, reason from fund.resident_payment where fund_year = :year and outcome = 'quarantined'`,
  'subsidy.csv': `
    select area, banner, level, due, arrived, missing, settlement from fund.subsidy where fund_year = :year`,
  'budget_checks.csv': `
    select area, scheme, version, "check", result, figure from fund.budget_check where fund_year = :year`,
  'budgets.csv': `
    select i.area, i.scheme, i.part, i.item, i.amount, b.origin, b.version
    from fund.budget_item i join fund.budget b using (fund_year, area, scheme)
    where i.fund_year = :year and i.amount <> 0`,
  'risk.csv': `
    select area, scheme, month, accumulated_surplus, months_payable, level from fund.risk where fund_year = :year`,
  'levy.csv': `
    select e.scheme, e.area, e.estimate_base, e.prepaid, l.base, trim_scale(l.rate) as rate, l.uncapped, l.levy, l.true_up
    from fund.levy_estimate e left join fund.levy l using (fund_year, scheme, area) where e.fund_year = :year`,
  'sharing.csv': `
    select scheme, area, income, expenditure, levy, gap, own_surplus, residual, managerial, general,
      round(alpha, 4) as alpha, entitled, fund_share, area_share, coalesce(cause, '') as cause
    from fund.sharing where fund_year = :year`,
  'evaluation.csv': `
    select area, scheme, indicator, value, score from fund.evaluation where fund_year = :year`,
  'findings.csv': `
    select code, area, scheme, month, figure, text from fund.current_finding where fund_year = :year`,
  'agreement.csv': `
    select area, scheme, part, account, date, books, bank, difference from fund.agreement where fund_year = :year`,
  'estimate.csv': `
    select area, scheme, part, item, trend, factors, amount as estimate
    from fund.budget_estimate
    where fund_year = :year and item not in (${otherLevelItems}) and (trend <> 0 or factors <> 0 or amount <> 0)`,
  'rates.csv': `
    select area, trim_scale(employer_rate) as employer_rate, grounds, trim_scale(next_rate) as next_rate
    from fund.rate_step where fund_year = :year`,
  'performance.csv': `
    select area, scheme, indicator, trim_scale(target) as target, value, reached
    from fund.performance where fund_year = :year`,
  'adjusted_budgets.csv': `
    select i.area, i.scheme, i.version, i.part, i.item, i.amount, b.in_force_from as "from"
    from fund.adjusted_budget_item i join fund.adjusted_budget b using (fund_year, area, scheme, version)
    where i.fund_year = :year and i.amount <> 0`,
  'region_budget.csv': `
    select scheme, part, item, amount from fund.region_budget where fund_year = :year`,
  'premium_sources.csv': `
    select area, source, amount from fund.premium_source where fund_year = :year`,
  'enrolment.csv': `
    select area, class, count, persons from fund.enrolment where fund_year = :year`,
  'monitoring.csv': `
    select area, month, class, persons, flagged, flagged_to_date, answered, recognised, help, overdue
    from fund.monitoring where fund_year = :year`,
  'total_budget.csv': `
    select area, scheme, unit, kind, weight, budget, incurred, paid, retained, entitled, fund_share, payable, clearing
    from fund.total_budget where fund_year = :year`,
  'journal.csv': `
    select date, fund_year, entity, scheme, part, account, to_char(debit, 'FM999999999999999999999990.00') as debit,
      to_char(credit, 'FM999999999999999999999990.00') as credit, key, basis
    from fund.ledger where fund_year = :year`,
} as const;

/** Files whose rows are worked out from the books as they stand. */
const FROM_BOOKS = {
  'balances.csv': balanceRows,
  'execution.csv': executionRows,
  'final_accounts.csv': finalAccountRows,
} as const;
const isFromBooks = (file: ResultFile): file is keyof typeof FROM_BOOKS => Object.hasOwn(FROM_BOOKS, file);

export type ResultFile = keyof typeof QUERIES | keyof typeof FROM_BOOKS;

/** The rows of one result file of a fund year. */
export const resultRows = (db: Queryable, file: ResultFile, year: number): Promise<ResultRow[]> =>
  isFromBooks(file) ? FROM_BOOKS[file](db, year) : select<ResultRow>(db, QUERIES[file], { year });

function balanceRows(db: Queryable, year: number): Promise<ResultRow[]> {
  return select(
    db,
    `select entity, scheme, part, account,
       sum(case when account = any (:debitAccounts) then debit_less_credit else -debit_less_credit end) as balance,
       coalesce(sum(case when account = any (:debitAccounts) then debit_less_credit else -debit_less_credit end)
         filter (where date <= make_date(:year, 12, 31)), 0.00) as at_year_end
     from fund.ledger where fund_year = :year group by entity, scheme, part, account`,
    { year, debitAccounts: DEBIT_ACCOUNTS },
  );
}

async function executionRows(db: Queryable, year: number): Promise<ResultRow[]> {
  return (await quarterlyExecution(db, year)).map((row) => ({ ...row }));
}

async function finalAccountRows(db: Queryable, year: number): Promise<ResultRow[]> {
  return (await finalAccounts(db, year)).flatMap(({ lines, ...of }) =>
    lines.map(({ line, budget, amount }) => ({
      ...of,
      line,
      budget: budget.value === null ? null : yuanText(budget.value),
      amount: yuanText(amount.value),
    })),
  );
}

export interface CycleFacts {
  year: number;
  status: YearStatus;
  simulation: boolean;
  parameters: { name: string; value: ParameterValue; from: string; source: string; assumed: boolean }[];
  skipped: { step: string; scheme: string; reason: string }[];
}

/** What `cycle.json` holds about a year, without the dates of its calendar; undefined when the year is not in the database. */
export async function cycleFacts(db: Queryable, year: number): Promise<CycleFacts | undefined> {
  const row = await db('fund_year').where({ year }).first('status', 'simulation');
  if (row === undefined) return undefined;
  const parameters = await select<CycleFacts['parameters'][number]>(
    db,
    `select name, value, "from", source, assumed from fund.parameter_in_force
     where fund_year = :year and name not like 'calendar.%' order by name collate "C"`,
    { year },
  );
  const skipped = await db('skipped_step')
    .where({ fund_year: year })
    .orderBy(['step', 'scheme'])
    .select('step', 'scheme', 'reason');
  return { year, status: row.status, simulation: row.simulation ?? true, parameters, skipped };
}
