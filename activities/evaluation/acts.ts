/** 绩效评价: each area and scheme by its indicators, and its rank in the scheme. */
import type { Pool } from 'pg';
import { type Law, lawOf } from '../../audit/law';
import { areasOf } from '../../db/inputs';
import { once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { TOTAL_SCORE, rankOf, totalScore, weightedScore } from '../../rules/evaluation';
import type { Because } from '../../rules/rule';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { recordFindings } from '../findings';
import { type Facts, factsOf } from './facts';
import {
  type Measured,
  budgetIndicators,
  conductIndicators,
  participationIndicators,
  residentIndicators,
} from './indicators';
export const createEvaluationActivities = (pool: Pool) => ({
  /** Scores, totals and ranks of both schemes; and what hospitals were still owed on 31 December. */
  async evaluateYear({
    year,
    phases,
  }: {
    year: number;
    phases: Record<Scheme, boolean>;
  }): Promise<{ rows: number; unpaidClaims: number }> {
    return once(pool, { key: `fund-year-${year}/evaluation`, input: { year, phases } }, async (trx) => {
      const law = await lawOf(trx, year);
      let rows = 0;
      let unpaidClaims = 0;
      for (const scheme of SCHEMES) {
        const facts = await factsOf(trx, year, scheme);
        const areas = await areasOf(trx, year, scheme);
        const measured = areas.map((area) => ({
          area,
          indicators: [
            ...budgetIndicators(law, facts, area),
            ...participationIndicators(law, facts, area),
            ...(scheme === 'resident' ? residentIndicators(law, facts, area) : []),
            ...conductIndicators(law, facts, area, phases[scheme]),
          ],
        }));
        const evaluation = evaluationRows(year, scheme, measured);
        await insertRows(trx, 'evaluation', evaluation);
        const claims = unpaidClaimFindings(law, facts, areas);
        await recordFindings(trx, year, claims);
        rows += evaluation.length;
        unpaidClaims += claims.length;
      }
      return { rows, unpaidClaims };
    });
  },
});

function evaluationRows(year: number, scheme: Scheme, measured: readonly { area: string; indicators: Measured[] }[]) {
  const totals = measured.map(({ indicators }) => totalScore(indicators));
  const printed = totals.filter((total): total is string => total !== null);
  return measured.flatMap(({ area, indicators }, i) => {
    const key = { fund_year: year, area, scheme };
    const own = indicators.map((one) => ({
      ...key,
      indicator: one.indicator,
      value: one.value,
      score: weightedScore(one),
      because: one.because,
    }));
    const total = totals[i];
    if (total == null) return own;
    const because: Because = {
      ...TOTAL_SCORE,
      inputs: { indicators: { from: { figure: 'evaluation.score', of: { area, scheme } } } },
    };
    return [...own, { ...key, indicator: 'total', value: String(rankOf(total, printed)), score: total, because }];
  });
}

/** 应付未付: paying late moves a cash-basis deficit; more than one month's expenditure is a finding. */
function unpaidClaimFindings(law: Law, facts: Facts, areas: readonly string[]) {
  const months = law.given('risk.unpaid_claims_months').value;
  return areas.flatMap((area) => {
    const owed = facts.conduct(area).unpaid_claims;
    if (owed === null || owed.times(12).lte(months.times(facts.actuals.area(area).expenditure))) return [];
    return [
      {
        code: 'unpaid_claims',
        area,
        scheme: facts.scheme,
        figure: owed.toFixed(2),
        text: '应付未付医药机构款超过一个月的支出',
      },
    ];
  });
}
