/** `fund explain`: any figure of CONTRACT 3, by its stored reason or by the rows that it counts. */
import type { Queryable } from '../db/connect';
import { isFigureTable } from '../db/provenance';
import { own } from '../rules/own';
import { explainBalance } from './balance';
import { explainCycle } from './cycle';
import { Explainer } from './explainer';
import { explainQuarantine } from './quarantine';
import { type Question, noColumn, noResult, withKeyOf } from './question';
import { relatedFindings } from './related-findings';
import { splitFigure } from './figure-names';
import { RESULTS } from './results';
import { shareOverview } from './share-overview';
import type { FigureOf, Node } from './tree';

/** The figures that a question names; its key may leave out cells that are not needed to distinguish rows. */
export async function explainFigure(db: Queryable, asked: Question): Promise<Node[]> {
  const { result, column } = splitFigure(asked.figure);
  if (result === 'cycle') return [await explainCycle(db, asked, column)];
  const question = withKeyOf(result, asked);
  if (result === 'quarantine' || result === 'balances') {
    if (own(RESULTS[result]?.columns, column) === undefined) throw noColumn(result, column);
    return result === 'quarantine'
      ? explainQuarantine(db, question, column)
      : [await explainBalance(db, question, column)];
  }
  if (!isFigureTable(result)) throw noResult(result);
  const nodes = await new Explainer(db, question).answer(result);
  return result === 'sharing' ? Promise.all(nodes.map((node) => withSurroundings(db, asked.year, node))) : nodes;
}

/**
 * Beside a share, the whole gap and the findings about the area and scheme are shown: no formula names them, but they bear on
 * it.
 */
async function withSurroundings(db: Queryable, year: number, node: Node): Promise<Node> {
  const from = node.from as FigureOf;
  const of = { area: from.key.area ?? '', scheme: from.key.scheme ?? '' };
  const [share, findings] = await Promise.all([shareOverview(db, year, of), relatedFindings(db, year, of)]);
  return { ...node, from: { ...from, findings, ...(share === undefined ? {} : { share }) } };
}
