/** A balance is the sum of the entries of its account, act by act; no table keeps it. */
import type { Queryable } from '../db/connect';
import { resultRows } from '../db/results';
import { balanceReason } from '../rules/posting';
import { Explainer } from './explainer';
import { NoSuchFigure, type Question } from './question';
import type { Node } from './tree';

const KEY = ['entity', 'scheme', 'part', 'account'] as const;
type Row = Awaited<ReturnType<typeof resultRows>>[number];

export async function explainBalance(db: Queryable, question: Question, column: string): Promise<Node> {
  const row = await rowOf(db, question);
  const key = Object.fromEntries(KEY.map((name) => [name, String(row[name])]));
  const dated = column === 'at_year_end' ? { until: `${question.year}-12-31` } : {};
  const because = balanceReason(String(row.account), { ...key, ...dated });
  return new Explainer(db, { ...question, key }).answerWith(key, String(row[column]), because);
}

/** The only balance that the question names. An area is the entity of its own books. */
async function rowOf(db: Queryable, { year, key: { area, entity = area, ...others } }: Question): Promise<Row> {
  const key: Record<string, string> = { ...others, ...(entity === undefined ? {} : { entity }) };
  const rows = (await resultRows(db, 'balances.csv', year)).filter((row) =>
    Object.entries(key).every(([name, cell]) => String(row[name]) === cell),
  );
  const [row] = rows;
  if (row === undefined) throw new NoSuchFigure(`${year} 年度账簿没有这个科目：${Object.values(key).join(' ')}`);
  if (rows.length === 1) return row;
  const missing = KEY.filter((name) => !(name in key)).map((name) => `--${name}`);
  const accounts = [...new Set(rows.map(({ account }) => account))];
  throw new NoSuchFigure(
    `有 ${rows.length} 个科目，请再指明 (name the row)：${missing.join(' ')}；科目有 ${accounts.join('、')}`,
  );
}
