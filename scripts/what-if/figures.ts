/**
 * The figures of a year in the order in which one follows from another: collection, levy to prepay, budgets, subsidy, monthly
 * checks, levy, shares, evaluation, findings.
 */
import type { Queryable } from '../../db/connect';
import type { ResultFile, ResultRow } from '../../db/results';
import type { ComparedFigure } from '../../figures/what-if';
import type { Scheme } from '../../rules/vocabulary';
import { sortedRows } from '../client/result-files';

interface Link {
  file: ResultFile;
  columns: string;
  /** The column whose cells name the figure; without one the figure is named by its own column. */
  named?: string;
  /** The columns that distinguish the rows of an area. */
  subject?: string;
}
const CHAIN: readonly Link[] = [
  {
    file: 'collection.csv',
    columns:
      'registered,due,accepted_rows,quarantined_rows,quarantined_amount,paid,collected,aid,progress,low_income_rate,difference',
  },
  { file: 'levy.csv', columns: 'rate,estimate_base,prepaid' },
  { file: 'budget_checks.csv', named: 'check', columns: 'figure,result', subject: 'version' },
  { file: 'budgets.csv', named: 'item', columns: 'amount,origin', subject: 'part' },
  { file: 'subsidy.csv', columns: 'due,arrived,missing,settlement', subject: 'level,banner' },
  { file: 'risk.csv', columns: 'accumulated_surplus,months_payable,level', subject: 'month' },
  { file: 'levy.csv', columns: 'base,uncapped,levy,true_up' },
  {
    file: 'sharing.csv',
    columns:
      'income,expenditure,levy,gap,own_surplus,residual,managerial,general,alpha,entitled,fund_share,area_share,cause',
  },
  { file: 'evaluation.csv', named: 'indicator', columns: 'value,score' },
  { file: 'findings.csv', named: 'code', columns: 'figure', subject: 'month' },
];

/** Every figure of a year by area and scheme, in the order of the chain. */
export async function figuresOf(db: Queryable, year: number): Promise<ComparedFigure[]> {
  const figures: ComparedFigure[] = [];
  for (const [step, link] of CHAIN.entries()) {
    for (const row of await sortedRows(db, link.file, year)) figures.push(...figuresIn(row, link, step));
  }
  return figures;
}

function figuresIn(row: ResultRow, { file, columns, named, subject = '' }: Link, step: number): ComparedFigure[] {
  const text = (column: string): string => String(row[column] ?? '');
  const result = file.replace('.csv', '');
  const of = subject.split(',').filter((column) => column !== '' && text(column) !== '');
  return columns.split(',').map((column, at) => ({
    // Collection and subsidy exist for residents only.
    scheme: (row.scheme ?? 'resident') as Scheme,
    area: text('area'),
    figure: `${result}.${named === undefined ? column : text(named)}`,
    subject: [...(named === undefined ? [] : [column]), ...of.map(text)].join(' '),
    value: text(column),
    place: step * 100 + at,
  }));
}
