/** 绩效评价: each area and scheme by its indicators, and its rank in the scheme. */
import type { Database, Transaction } from '../../db/connect';
import { once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { indicatorsOf } from '../../figures/evaluation/indicators';
import { performanceOf } from '../../figures/evaluation/performance';
import { evaluationRows } from '../../figures/evaluation/totals';
import { unpaidClaimFindings } from '../../figures/evaluation/unpaid-claims';
import type { Law } from '../../parameters/law';
import { actKey } from '../../rules/keys';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { bind } from '../bind';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { evaluationFacts } from './facts';

interface EvaluationReceipt {
  rows: number;
  unpaidClaims: number;
}
/** Scores, totals and ranks of both schemes; and what hospitals were still owed on 31 December. */
export async function evaluateYear(
  database: Database,
  { year, phases }: { year: number; phases: Record<Scheme, boolean> },
): Promise<EvaluationReceipt> {
  return once(database, { key: actKey.evaluated(year), input: { year, phases } }, async (trx) => {
    const law = await lawOf(trx, year);
    const receipt = { rows: 0, unpaidClaims: 0 };
    for (const scheme of SCHEMES) {
      const { rows, unpaidClaims } = await evaluateScheme(trx, law, { year, scheme, inPhase: phases[scheme] });
      receipt.rows += rows;
      receipt.unpaidClaims += unpaidClaims;
    }
    return receipt;
  });
}

async function evaluateScheme(
  trx: Transaction,
  law: Law,
  evaluated: { year: number; scheme: Scheme; inPhase: boolean },
): Promise<EvaluationReceipt> {
  const { year, scheme } = evaluated;
  const areas = await evaluationFacts(trx, evaluated);
  const measured = areas.map((facts) => ({ facts, area: facts.area, indicators: indicatorsOf(facts, law) }));
  const rows = evaluationRows(scheme, measured);
  await insertRows(
    trx,
    'evaluation',
    rows.map((row) => ({ fund_year: year, scheme, ...row })),
  );
  const performance = measured.flatMap(({ facts, indicators }) => performanceOf(facts, indicators, law));
  await insertRows(
    trx,
    'performance',
    performance.map((row) => ({ fund_year: year, scheme, ...row })),
  );
  const claims = areas.flatMap((facts) => unpaidClaimFindings(facts, law));
  await recordFindings(trx, year, claims);
  return { rows: rows.length, unpaidClaims: claims.length };
}

export const createEvaluationActivities = (database: Database) => bind(database, { evaluateYear });
