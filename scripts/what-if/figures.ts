/**
 * The figures of a year in the order in which one follows from another: collection, levy to prepay, budgets, rates, subsidy,
 * monthly checks, clearing, levy, shares, final accounts, evaluation, findings.
 */
import type { Queryable } from '../../db/connect';
import type { ResultFile, ResultRow } from '../../db/results';
import type { ComparedFigure } from '../../figures/what-if';
import { REGION, type Scheme } from '../../rules/vocabulary';
import { sortedRows } from '../client/result-files';

interface Link {
  file: ResultFile;
  columns: string;
  /** The column whose cells name the figure; without one the figure is named by its own column. */
  named?: string;
  /** The columns that distinguish the rows of an area. */
  subject?: string;
}
export const CHAIN: readonly Link[] = [
  {
    file: 'collection.csv',
    columns:
      'registered,due,accepted_rows,quarantined_rows,quarantined_amount,paid,collected,aid,progress,low_income_rate,difference',
  },
  { file: 'premium_sources.csv', columns: 'amount', subject: 'source' },
  { file: 'enrolment.csv', columns: 'persons', subject: 'class,count' },
  { file: 'levy.csv', columns: 'rate,estimate_base,prepaid' },
  { file: 'estimate.csv', named: 'item', columns: 'trend,factors,estimate', subject: 'part' },
  { file: 'budget_checks.csv', named: 'check', columns: 'figure,result', subject: 'version' },
  { file: 'budgets.csv', named: 'item', columns: 'amount,origin', subject: 'part' },
  { file: 'adjusted_budgets.csv', named: 'item', columns: 'amount,from', subject: 'version,part' },
  { file: 'rates.csv', columns: 'employer_rate,grounds,next_rate' },
  { file: 'subsidy.csv', columns: 'due,arrived,missing,settlement', subject: 'level,banner' },
  { file: 'risk.csv', columns: 'accumulated_surplus,months_payable,level', subject: 'month' },
  { file: 'execution.csv', named: 'item', columns: 'budget,budget_in_force,actual,ratio', subject: 'quarter,part' },
  {
    file: 'monitoring.csv',
    columns: 'persons,flagged,flagged_to_date,answered,recognised,help,overdue',
    subject: 'month,class',
  },
  {
    file: 'total_budget.csv',
    columns: 'budget,incurred,paid,retained,entitled,fund_share,payable,clearing',
    subject: 'unit',
  },
  { file: 'levy.csv', columns: 'base,uncapped,levy,true_up' },
  {
    file: 'sharing.csv',
    columns:
      'income,expenditure,levy,gap,own_surplus,residual,managerial,general,alpha,entitled,fund_share,area_share,cause',
  },
  { file: 'final_accounts.csv', named: 'line', columns: 'budget,amount', subject: 'part' },
  { file: 'agreement.csv', columns: 'books,difference', subject: 'part,account,date' },
  { file: 'evaluation.csv', named: 'indicator', columns: 'value,score' },
  { file: 'performance.csv', columns: 'target,value,reached', subject: 'indicator' },
  { file: 'findings.csv', named: 'code', columns: 'figure', subject: 'month' },
];
/** Results that are not compared: they add up or list what the others hold, or belong to no area. */
export const NOT_COMPARED: readonly ResultFile[] = [
  'quarantine.csv',
  'journal.csv',
  'balances.csv',
  'region_budget.csv',
];

/** Results without a column for the scheme exist for residents only, except the rates of employers. */
const schemeOf = (file: ResultFile, { scheme }: ResultRow): Scheme =>
  (scheme ?? (file === 'rates.csv' ? 'employee' : 'resident')) as Scheme;

/** Every figure of a year by area and scheme, in the order of the chain. */
export async function figuresOf(db: Queryable, year: number): Promise<ComparedFigure[]> {
  const figures: ComparedFigure[] = [];
  for (const [step, link] of CHAIN.entries()) {
    const rows = await sortedRows(db, link.file, year);
    // The region's own balances belong to no area.
    for (const row of rows.filter(({ area }) => area !== REGION)) figures.push(...figuresIn(row, link, step));
  }
  return figures;
}

function figuresIn(row: ResultRow, { file, columns, named, subject = '' }: Link, step: number): ComparedFigure[] {
  const text = (column: string): string => String(row[column] ?? '');
  const result = file.replace('.csv', '');
  const of = subject.split(',').filter((column) => column !== '' && text(column) !== '');
  return columns.split(',').map((column, at) => ({
    scheme: schemeOf(file, row),
    area: text('area'),
    figure: `${result}.${named === undefined ? column : text(named)}`,
    subject: [...(named === undefined ? [] : [column]), ...of.map(text)].join(' '),
    value: text(column),
    place: step * 100 + at,
  }));
}
