/** The execution of a quarter: a budget beside what the entries of its account add up to. No table keeps it. */
import type { Queryable } from '../db/connect';
import type { FigureRow, StoredReason } from '../db/provenance';
import { quarterlyExecution } from '../db/execution';
import { executedShare } from '../rules/budget-execution';
import { QUARTERS, dateIn, lastMonthOf, monthEnd } from '../rules/calendar-day';
import { own } from '../rules/own';
import { taken } from '../rules/rule';
import { ITEM_NAMES, type Item, isIncome } from '../rules/vocabulary';
import { balanceReason } from './balance';
import { Explainer } from './explainer';
import { type Question, manyRows, noColumn, noRow } from './question';
import { RESULTS } from './results';
import { keyNames } from './stored-figure';
import type { Node } from './tree';

type Row = Record<string, string>;

export async function explainExecution(db: Queryable, question: Question, column: string): Promise<Node> {
  if (own(RESULTS.execution?.columns, column) === undefined) throw noColumn('execution', column);
  const row = await rowOf(db, question);
  const key = Object.fromEntries(keyNames('execution').map((name) => [name, row[name] as string]));
  return new Explainer(db, { ...question, key }).answerWith(
    key,
    row[column] as string,
    reasonOf(column, row, question.year),
  );
}

function reasonOf(column: string, row: Row, year: number): StoredReason {
  switch (column) {
    case 'actual':
      return balanceReason(entriesOf(row, year), { isDebit: !isIncome(row.item as Item) });
    case 'ratio':
      return {
        article: executedShare.article,
        formula: executedShare.formula,
        inputs: {
          actual: {
            value: row.actual,
            from: { rows: 'journal.csv', of: { ...entriesOf(row, year), column: sideOf(row) } },
          },
          in_force: { value: row.budget_in_force, from: inForceOf(row) },
        },
      };
    case 'budget_in_force':
      return taken(executedShare.article, row[column], inForceOf(row));
    default:
      return taken(executedShare.article, row[column], budgetOf(row));
  }
}

/** The item's account, from the first day of the year to the last of the quarter. */
const entriesOf = ({ area, scheme, part, item, quarter: of }: Row, year: number) => ({
  entity: area as string,
  scheme: scheme as string,
  part: part as string,
  account: ITEM_NAMES[item as Item],
  since: dateIn(year, '01-01'),
  until: monthEnd(year, lastMonthOf(QUARTERS.find((quarter) => String(quarter) === of) ?? 4)),
});
const sideOf = ({ item }: Row): string => (isIncome(item as Item) ? 'credit_less_debit' : 'debit_less_credit');

const budgetOf = ({ area, scheme, part, item }: Row) => ({
  rows: 'budgets.csv',
  of: { area: area as string, scheme: scheme as string, part: part as string, item: item as string },
});

const inForceOf = (row: Row) => {
  const { rows, of } = budgetOf(row);
  const { adjustment } = row;
  return adjustment === 'null'
    ? { rows, of }
    : { rows: 'adjusted_budgets.csv', of: { ...of, version: adjustment as string } };
};

/** The only row that the question names. */
async function rowOf(db: Queryable, question: Question): Promise<Row> {
  const { year, key } = question;
  const all = (await quarterlyExecution(db, year)).map((row) => ({
    cells: Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, String(cell)])),
    because: {},
  })) satisfies FigureRow[];
  const rows = all.filter(({ cells }) => Object.entries(key).every(([name, cell]) => cells[name] === cell));
  const [row] = rows;
  if (row === undefined) throw noRow(question, all);
  if (rows.length === 1) return row.cells;
  const differs = (name: string): boolean => new Set(rows.map(({ cells }) => cells[name])).size > 1;
  throw manyRows(
    keyNames('execution').filter((name) => !(name in key) && differs(name)),
    rows,
  );
}
