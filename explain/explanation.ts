/** `fund explain`: any figure of CONTRACT 3, told by its stored reason, or by the rows it is counted from. */
import type { Queryable } from '../db/connect';
import { isFigureTable } from '../db/provenance';
import { resultRows } from '../db/results';
import { DEBIT_ACCOUNTS } from '../rules/posting';
import { type Asked, Explainer, type FigureOf, type Node, NoSuchFigure, noColumn, partsOf } from './explain';
import { explainCycle } from './explain-cycle';
import { explainQuarantine } from './explain-quarantine';
import { relatedFindings } from './related-findings';
import { RESULTS } from './results';
import { shareOverview } from './share-overview';

/** What is asked for; the key may leave out what the figure has only one of. */
export async function explainFigure(db: Queryable, asked: Asked): Promise<Node[]> {
  const { result, column } = partsOf(asked.figure);
  if (result === 'cycle') return [await explainCycle(db, asked, column)];
  const question = { ...asked, key: keyFor(result, asked.key) };
  if (result === 'quarantine' || result === 'balances') {
    if (!(column in (RESULTS[result]?.columns ?? {}))) throw new NoSuchFigure(noColumn(result, column));
    return result === 'quarantine'
      ? explainQuarantine(db, question, column)
      : [await explainBalance(db, question, column)];
  }
  if (!isFigureTable(result)) throw new NoSuchFigure(noResult(result));
  const told = await new Explainer(db, question).explain(result);
  return result === 'sharing' ? Promise.all(told.map((node) => withSurroundings(db, asked.year, node))) : told;
}

/** A share is one part of its gap; and it rests on what was found about its area and scheme as well, though no formula names it. */
async function withSurroundings(db: Queryable, year: number, node: Node): Promise<Node> {
  const from = node.from as FigureOf;
  const of = { area: from.key.area ?? '', scheme: from.key.scheme ?? '' };
  const [share, findings] = await Promise.all([shareOverview(db, year, of), relatedFindings(db, year, of)]);
  return { ...node, from: { ...from, findings, ...(share === undefined ? {} : { share }) } };
}

/** Results of the residents alone do not tell the scheme; whoever names it is understood. */
function keyFor(result: string, { scheme, ...key }: Record<string, string>): Record<string, string> {
  const names = RESULTS[result]?.key;
  if (scheme === undefined) return checked(result, key);
  if (names === undefined || names.includes('scheme') || result === 'journal')
    return checked(result, { scheme, ...key });
  if (scheme !== 'resident') throw new NoSuchFigure(`“${result}”只有居民医保 (residents only)：--scheme resident`);
  return checked(result, key);
}

/** A cell that names no row of this result is a mistake, not to be passed over. */
function checked(result: string, key: Record<string, string>): Record<string, string> {
  const names = RESULTS[result]?.key;
  const more: Record<string, string[]> = {
    journal: ['entity', 'scheme', 'part'],
    balances: ['area'],
    quarantine: ['area'],
    budgets: ['version'],
  };
  const allowed = [...(names ?? []), ...(more[result] ?? [])];
  const strange = Object.keys(key).filter((name) => names !== undefined && !allowed.includes(name));
  if (strange.length === 0) return key;
  throw new NoSuchFigure(
    `“${result}”的行不用 --${strange.join('、--')} 指明 (does not name a row)：用 ${allowed.map((name) => `--${name}`).join(' ')}`,
  );
}

const noResult = (result: string): string =>
  `没有名为“${result}”的结果 (no such result)：--figure 为 结果.列，结果有 ${Object.entries(RESULTS)
    .map(([name, { zh }]) => `${name} ${zh}`)
    .join('、')}`;

/** A balance is what the entries of its account come to, act by act; it stands in no table of its own. */
async function explainBalance(db: Queryable, asked: Asked, column: string): Promise<Node> {
  const { area, entity = area, ...named } = asked.key;
  const key: Record<string, string> = { ...named, ...(entity === undefined ? {} : { entity }) };
  const rows = (await resultRows(db, 'balances.csv', asked.year)).filter((row) =>
    Object.entries(key).every(([name, cell]) => String(row[name]) === cell),
  );
  const [row] = rows;
  if (row === undefined) throw new NoSuchFigure(`${asked.year} 年度账簿没有这个科目：${Object.values(key).join(' ')}`);
  if (rows.length > 1) {
    const names = ['entity', 'scheme', 'part', 'account'].filter((name) => !(name in key));
    throw new NoSuchFigure(
      `有 ${rows.length} 个科目，请再指明 (name the row)：${names.map((name) => `--${name}`).join(' ')}；科目有 ${[...new Set(rows.map(({ account }) => account))].join('、')}`,
    );
  }
  const of = { entity: row.entity, scheme: row.scheme, part: row.part, account: row.account } as Record<string, string>;
  const dated = column === 'at_year_end' ? { until: `${asked.year}-12-31` } : {};
  const side = (name: 'debit' | 'credit') => ({
    from: { rows: 'journal.csv', of: { ...of, ...dated, side: name, column: name, by: 'act' } },
  });
  const isDebit = DEBIT_ACCOUNTS.includes(String(row.account));
  return new Explainer(db, { ...asked, key: of }).told(asked.figure, of, String(row[column]), {
    article: 'RULES 9“Balance = debit − credit”：财政专户存款和支出科目的余额为借方减贷方，其余科目为贷方减借方',
    formula: isDebit ? 'sum(debits) - sum(credits)' : 'sum(credits) - sum(debits)',
    inputs: { debits: side('debit'), credits: side('credit') },
  });
}
